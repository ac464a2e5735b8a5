import { describe, expect, test } from 'vitest';
import { Story } from '../../../../tests/support/notice-story.ts';
import { defaultPolicyId, policyById } from '../hold/policy.ts';
import type { Birth } from '../intake/fields.ts';
import { civilDate } from '../time.ts';
import { askedFrom } from './asked-from.ts';

const found = policyById(defaultPolicyId);
if (!found.ok) throw new Error('no policy');
const policy = found.value;
const born = (birth?: Birth) => {
	const story = new Story();
	if (birth) story.tell('intake.recorded', { answers: { birth: { state: 'known', value: birth } } });
	return story.caseFile;
};
const exact = born({ precision: 'exact', date: civilDate('2019-02-28') });

describe('from when the child itself is asked', () => {
	test.each([
		['the day before', '2027-02-27', false],
		['the eighth birthday', '2027-02-28', true]
	])('about its adoption: %s', (_, day, reached) => {
		expect(askedFrom(exact, policy, 'adoption', civilDate(day))).toEqual({
			status: 'from',
			years: 8,
			day: '2027-02-28',
			reached
		});
	});

	test('an estimated birth counts from its earliest day: who may be eight is asked', () => {
		const estimated = born({ precision: 'range', earliest: civilDate('2018-01-01'), latest: civilDate('2020-12-31') });
		expect(askedFrom(estimated, policy, 'dissolution', civilDate('2026-01-01'))).toMatchObject({ reached: true });
	});

	test('a child whose age nobody knows may be old enough', () => {
		expect(askedFrom(born(), policy, 'adoption', civilDate('2026-11-27'))).toEqual({ status: 'age_unknown', years: 8 });
	});

	test.each(['publication', 'reunion'] as const)('about %s no law says when', (matter) => {
		expect(askedFrom(exact, policy, matter, civilDate('2026-11-27'))).toEqual({ status: 'not_required' });
	});
});
