import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersBy, childNo, entryBy, houseNo, itemNo, mergeBy } from '../../../../tests/support/entry-by.ts';
import { civilDate } from '../time.ts';
import { conflicts, custodian, filesOf, housesInvolved, knownValue } from './case-file.ts';
import { childHold, programsOwnRules } from './child-hold.ts';
import { childRow } from './child-row.ts';
import type { ParsedEntry } from './entry.ts';
import { filesOfChild, foldChild, standingMerges } from './one-child.ts';

const printed = (file: object) =>
	JSON.stringify(file, (_, value: unknown) => (value instanceof Map ? [...value] : value));
const childOf = (number: number, entries: readonly ParsedEntry[]) =>
	filesOfChild(childNo(number), standingMerges(entries))[0];

describe('several files that are one child’s', () => {
	const first = answersBy(1, { nameAssigned: '小虎', sex: '1' }, { child: 1 });
	const second = answersBy(2, { nameAssigned: '虎子', features: '左耳后疤痕' }, { child: 2, house: 2 });
	const merged = [first, second, ...mergeBy(10, [2, 1])];

	it('are folded together, the file begun first gives the id, and each entry keeps its file', () => {
		const file = foldChild(childNo(2), merged);
		expect(file.childId).toBe(childNo(1));
		expect(printed(foldChild(childNo(1), merged))).toBe(printed(file));
		expect(knownValue(file, 'features')).toBe('左耳后疤痕');
		expect(filesOf(file).map(({ childId }) => childId)).toEqual([childNo(1), childNo(2)]);
		expect(file.fields.features?.[0]?.childId).toBe(childNo(2));
	});

	it('contradict each other where both tell one thing, and one entry settles it', () => {
		expect(conflicts(foldChild(childNo(1), merged))).toEqual(['nameAssigned']);
		const settled = [...merged, answersBy(20, { nameAssigned: '小虎' }, { replaces: [1, 2] })];
		expect(conflicts(foldChild(childNo(1), settled))).toEqual([]);
	});

	it('a half of a merge merges nothing: who may not write on the other file cannot speak for it', () => {
		const half = [first, second, ...mergeBy(10, [2, 1]).slice(0, 1)];
		expect(foldChild(childNo(2), half).childId).toBe(childNo(2));
		expect(foldChild(childNo(1), half).fields.features).toBeUndefined();
	});

	it('a merge with itself, and two halves that name different files, are none', () => {
		expect(standingMerges(mergeBy(10, [1, 1]))).toEqual([]);
		const crossed = [mergeBy(10, [1, 2])[0], mergeBy(10, [2, 3])[0]].filter((entry) => entry !== undefined);
		expect(standingMerges(crossed)).toEqual([]);
	});

	it('are parted again by either file, with everything written since', () => {
		const since = answersBy(20, { height: 97 }, { child: 2, house: 2 });
		const parted = entryBy(
			21,
			'child.parted',
			{ itemId: itemNo(10), reason: '疤痕不一样' },
			{ child: 1, replaces: [10] }
		);
		const entries = [...merged, since, parted];
		expect(knownValue(foldChild(childNo(2), entries), 'height')).toBe(97);
		expect(foldChild(childNo(1), entries).fields.height).toBeUndefined();
		expect(knownValue(foldChild(childNo(1), entries), 'nameAssigned')).toBe('小虎');
		// Merging them again is another merge.
		expect(childOf(2, [...entries, ...mergeBy(30, [1, 2])])).toBe(childNo(1));
	});

	it('every house of each file may read all of them, and the child is where it came to last', () => {
		const file = foldChild(childNo(1), [
			answersBy(1, { sex: '1' }, { child: 1, house: 1, on: '2026-01-01' }),
			answersBy(2, { sex: '1' }, { child: 2, house: 2, on: '2026-02-01' }),
			...mergeBy(10, [1, 2], { house: 3 })
		]);
		expect(housesInvolved(file)).toEqual([houseNo(1), houseNo(2)]);
		expect(custodian(file)).toBe(houseNo(2));
	});

	const mergesOf = (pairs: readonly (readonly [number, number])[]) =>
		pairs.flatMap((pair, index) => mergeBy(100 + index * 2, pair));

	it('a chain, a circle and a merge in both directions come to one child on every tablet', () => {
		for (const pairs of [
			[
				[3, 2],
				[2, 1]
			],
			[
				[1, 2],
				[2, 3],
				[3, 1]
			],
			[
				[1, 2],
				[2, 1],
				[3, 1]
			]
		] as [number, number][][]) {
			expect([1, 2, 3].map((file) => childOf(file, mergesOf(pairs)))).toEqual(Array(3).fill(childNo(1)));
		}
	});

	it('whatever is merged and parted where, in whatever order it arrives and how often: the same children', () => {
		const file = fc.integer({ min: 1, max: 6 });
		fc.assert(
			fc.property(
				fc.array(fc.tuple(file, file), { maxLength: 8 }),
				fc.array(fc.nat({ max: 7 }), { maxLength: 4 }),
				fc.infiniteStream(fc.nat()),
				(pairs, undone, stream) => {
					const answers = [1, 2, 3, 4, 5, 6].map((child) =>
						answersBy(child, { nameAssigned: `名${child}` }, { child })
					);
					const partings = undone
						.filter((index) => index < pairs.length)
						.map((index, n) =>
							entryBy(
								300 + n,
								'child.parted',
								{ itemId: itemNo(100 + index * 2), reason: '不是' },
								{
									child: pairs[index]?.[0] ?? 1
								}
							)
						);
					const entries = [...answers, ...mergesOf(pairs), ...partings];
					const shuffled = [...entries, ...entries.slice(0, 5)]
						.map((entry) => ({ entry, at: stream.next().value }))
						.sort((a, b) => a.at - b.at)
						.map(({ entry }) => entry);
					for (const child of [1, 2, 3, 4, 5, 6]) {
						expect(printed(foldChild(childNo(child), shuffled))).toBe(printed(foldChild(childNo(child), entries)));
					}
					// The files fall into groups: whoever is one child with me has the same id as I.
					const merges = standingMerges(entries);
					for (const child of [1, 2, 3, 4, 5, 6]) {
						const mine = filesOfChild(childNo(child), merges);
						expect(mine).toContain(childNo(child));
						for (const other of mine) expect(filesOfChild(other, merges)).toEqual(mine);
					}
					// Nothing is lost: every entry stands in exactly one child's file.
					const files = new Set([1, 2, 3, 4, 5, 6].map((child) => foldChild(childNo(child), entries).childId));
					const counted = [...files].reduce((sum, id) => sum + foldChild(id, entries).entries.size, 0);
					expect(counted).toBe(entries.length);
				}
			)
		);
	});
});

describe('the hold of a child with two files', () => {
	const two = (a: string, b: string) => [
		answersBy(1, { handoverDate: a, admissionBasis: '1' }, { child: 1 }),
		answersBy(2, { handoverDate: b }, { child: 2 }),
		...mergeBy(10, [1, 2])
	];
	const holdOn = (entries: readonly ParsedEntry[], today: string) =>
		childHold(foldChild(childNo(1), entries), civilDate(today), programsOwnRules).hold;

	it('is never over while the files tell two days, however long ago, and a person is told', () => {
		const hold = holdOn(two('2020-01-10', '2020-01-12'), '2026-01-01');
		expect(hold.status).toBe('running');
		expect(hold.blockers.map(({ code }) => code)).toContain('date_dispute');
		const row = childRow(foldChild(childNo(1), two('2020-01-10', '2020-01-12')), programsOwnRules);
		expect(row).toMatchObject({ holdProvisional: true, conflictCount: 1, files: [childNo(1), childNo(2)] });
	});

	it('is over once it is settled, or where both tell the same day', () => {
		const settled = [
			...two('2020-01-10', '2020-01-12'),
			answersBy(20, { handoverDate: '2020-01-12' }, { replaces: [1, 2] })
		];
		expect(holdOn(settled, '2026-01-01').status).toBe('elapsed');
		expect(holdOn(two('2020-01-10', '2020-01-10'), '2026-01-01').status).toBe('elapsed');
	});

	it('is blocked by a claim on either file', () => {
		const claimed = entryBy(
			30,
			'claim.opened',
			{ claimId: childNo(77) as never, number: 'C-1' },
			{ child: 2, on: '2020-06-01' }
		);
		const hold = holdOn([...two('2020-01-10', '2020-01-10'), claimed], '2020-07-01');
		expect('halted' in hold && hold.halted?.claims).toHaveLength(1);
		expect(holdOn([...two('2020-01-10', '2020-01-10')], '2020-07-01')).not.toHaveProperty('halted');
	});
});
