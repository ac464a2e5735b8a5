import { expect, test } from 'vitest';
import type { ChildId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { shownChanges } from './rules.server.ts';

test('a last day that moves is listed before those that only become certain', () => {
	const change = (childId: string, from: string, to: string) => ({
		childId: childId as ChildId,
		caseNumber: childId,
		houseId: null,
		before: { policyId: 'CN', lastDay: civilDate(from), provisional: true },
		after: { policyId: 'CN', lastDay: civilDate(to), provisional: false },
		clocks: []
	});
	const shown = shownChanges(
		[
			change('1', '2027-01-07', '2027-01-07'),
			change('2', '2027-02-08', '2027-02-11'),
			change('3', '2027-03-01', '2027-03-01')
		],
		[],
		new Map(),
		'zh-CN'
	);
	expect(shown.map(({ caseNumber }) => caseNumber)).toEqual(['2', '1', '3']);
});
