import { lastDay, type LastDay } from '#lib/domain/hold/calendar.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { civilDateSchema } from '#lib/domain/time.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import { z } from 'zod';
import type { CommandContext } from './command.ts';
import { readJsonInput } from './json-input.ts';

export const summary = 'the last day of legal periods';

export const usage = `lampkeep calendar [--json] < periods.json

Standard input: a list of periods, under the calendar of ${defaultPolicyId}.
  start   day of the fact the period runs from, YYYY-MM-DD; not counted itself
  amount  whole number from 0 to 12000
  unit    "days" or "months"
Standard output: in the same order, for each
  raw          the last day before rest days are looked at
  lastDay      moved to the next day that is not a rest day; it ends at midnight
  provisional  true: it depends on a year whose holidays are not published, and may move

Example
  echo '[{"start":"2024-02-29","amount":12,"unit":"months"}]' | npm run -s lampkeep -- calendar --json
  [{"raw":"2025-02-28","lastDay":"2025-02-28","provisional":false}]`;

const periodsSchema = z.array(
	z.object(
		{
			start: civilDateSchema,
			amount: z
				.int({ error: 'must be a whole number' })
				.min(0, { error: 'must not be negative' })
				.max(12_000, { error: 'must be at most 12000' }),
			unit: z.enum(['days', 'months'], { error: 'must be "days" or "months"' })
		},
		{ error: 'must be an object with start, amount and unit' }
	),
	{ error: 'must be a list of periods, [{"start": …, "amount": …, "unit": …}]' }
);

export async function run(context: CommandContext): Promise<void> {
	context.answer(reckonPeriods(await context.input()));
}

/** JSON in, JSON out. @throws OperatorError naming the field that does not fit */
export function calendarCommand(stdinText: string): string {
	return JSON.stringify(reckonPeriods(stdinText));
}

function reckonPeriods(stdinText: string): readonly LastDay[] {
	const periods = readJsonInput('calendar', stdinText, periodsSchema);
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`There is no policy ${defaultPolicyId}.`);
	const { calendar } = policy.value;
	return periods.map((period, index) => {
		try {
			return lastDay(period, calendar, restDaysFor(calendar));
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			throw new OperatorError(`[${index}]: the last day lies after the year 9999; use a smaller amount.`);
		}
	});
}
