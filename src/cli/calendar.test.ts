import { isOperatorError } from '#lib/server/operator-error.ts';
import { describe, expect, it } from 'vitest';
import { calendarCommand, usage } from './calendar.ts';

describe('lampkeep calendar', () => {
	it('answers every period in order, with exactly raw, lastDay and provisional', () => {
		const periods = [
			{ start: '2024-02-29', amount: 12, unit: 'months' },
			{ start: '2024-09-05', amount: 30, unit: 'days' },
			{ start: '2026-02-14', amount: 12, unit: 'months' }
		];
		expect(calendarCommand(JSON.stringify(periods))).toBe(
			'[{"raw":"2025-02-28","lastDay":"2025-02-28","provisional":false},' +
				'{"raw":"2024-10-05","lastDay":"2024-10-08","provisional":false},' +
				'{"raw":"2027-02-14","lastDay":"2027-02-15","provisional":true}]'
		);
		expect(calendarCommand('[]')).toBe('[]');
	});

	it('shows an example in its help that is true', () => {
		const [, input, output] = /echo '(.*)' \|.*\n\s*(.*)/.exec(usage) ?? [];
		expect(calendarCommand(input ?? '')).toBe(output);
	});

	it.each([
		['', /^Standard input is empty/],
		['[{', /^Standard input is not JSON/],
		['{}', /^standard input: must be a list of periods/],
		['[7]', /^\[0\]: must be an object with start, amount and unit/],
		['[{"start":"2025-02-29","amount":1,"unit":"days"}]', /^\[0\]\.start: must be a day that exists/],
		['[{"amount":1,"unit":"days"}]', /^\[0\]\.start: is missing/],
		['[{"start":"2025-02-28","amount":1.5,"unit":"days"}]', /^\[0\]\.amount: must be a whole number/],
		['[{"start":"2025-02-28","amount":-1,"unit":"days"}]', /^\[0\]\.amount: must not be negative/],
		['[{"start":"2025-02-28","amount":1,"unit":"weeks"}]', /^\[0\]\.unit: must be "days" or "months"/],
		['[{"start":"9999-02-28","amount":12,"unit":"months"}]', /^\[0\]: the last day lies after the year 9999/]
	])('refuses %s with a sentence', (input, sentence) => {
		expect(refusalOf(() => calendarCommand(input))).toMatch(sentence);
	});
});

function refusalOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		if (isOperatorError(error)) return error.message;
		throw error;
	}
	return 'not refused';
}
