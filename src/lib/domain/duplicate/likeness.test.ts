import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { filesOfHouses } from '#lib/demo/matching-set.ts';
import { answersBy, childNo, entryBy, itemNo } from '../../../../tests/support/entry-by.ts';
import { fold } from '../case-file/case-file.ts';
import { childRow } from '../case-file/child-row.ts';
import { programsOwnRules } from '../case-file/child-hold.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import type { ParsedEntry } from '../case-file/entry.ts';
import { likenesses, worthComparing, type Comparable, type Likeness } from './likeness.ts';

const soundsOf = (names: readonly string[]) =>
	names.map((name) => pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed' }).join(' '));
const comparable = (file: CaseFile): Comparable => {
	const row = childRow(file, programsOwnRules);
	return { row, sounds: soundsOf(row.names) };
};
const finished = <T>(work: Generator<unknown, T>): T => {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
};

describe('likeness of files', () => {
	const file = (child: number, values: Record<string, unknown>, more: readonly ParsedEntry[] = []) =>
		comparable(fold(childNo(child), [answersBy(child, values, { child }), ...more]));
	const scored = (...files: Comparable[]): Likeness | undefined => finished(likenesses(files, -100))[0];
	const tiger = { nameAssigned: '小虎', sex: '1', dateRescued: { y: 2026, m: 3, d: 2 } };

	it('is told in reasons, the strongest first', () => {
		const found = scored(file(1, tiger), file(2, { ...tiger, nameCalled: '虎子', sex: '1' }));
		expect(found).toMatchObject({ a: childNo(1), b: childNo(2) });
		expect(found?.reasons.map(({ code }) => code).sort()).toEqual(['same_name', 'same_rescue']);
	});

	it('hears names that sound alike', () => {
		const found = scored(file(1, { ...tiger, nameAssigned: '小琥' }), file(2, tiger));
		expect(found?.reasons).toContainEqual(expect.objectContaining({ code: 'same_sound', name: '小琥', other: '小虎' }));
	});

	it('another sex and another age take points away', () => {
		const birth = (year: number) => ({
			birth: { precision: 'range', earliest: `${year}-01-01`, latest: `${year}-12-31` }
		});
		const same = scored(file(1, { ...tiger, ...birth(2020) }), file(2, { ...tiger, ...birth(2020) }))?.score ?? 0;
		const older = scored(file(1, { ...tiger, ...birth(2020) }), file(2, { ...tiger, ...birth(2015) }))?.score ?? 0;
		const girl =
			scored(file(1, { ...tiger, ...birth(2020) }), file(2, { ...tiger, ...birth(2020), sex: '2' }))?.score ?? 0;
		expect(same - older).toBeGreaterThan(8);
		expect(same - girl).toBe(7);
	});

	it('those told apart are never named again', () => {
		const apart = entryBy(50, 'child.told_apart', { itemId: itemNo(1), toldApart: { other: childNo(2) } });
		expect(scored(file(1, tiger, [apart]), file(2, tiger))).toBeUndefined();
	});

	it('does not depend on the order of the files', () => {
		const files = filesOfHouses({ seed: 3, twice: 10, files: 60 }).map(({ caseFile }) => comparable(caseFile));
		const pairs = (list: readonly Comparable[]) =>
			finished(likenesses(list))
				.map(({ a, b, score }) => `${[a, b].sort().join(' ')} ${score.toFixed(6)}`)
				.sort();
		expect(pairs([...files].reverse())).toEqual(pairs(files));
	});
});

describe('on a made set whose truth is known', () => {
	it('every second pair shown is true, half of the true ones are shown, and hardly a brother or neighbour, among 10,000 files', () => {
		const set = filesOfHouses({ seed: 11, twice: 300, files: 10_000 });
		const files = set.map(({ caseFile }) => comparable(caseFile));
		const personOf = new Map(set.map(({ childId, person }) => [childId, person]));
		const besideOf = new Map(set.map(({ childId, beside }) => [childId, beside]));
		const began = performance.now();
		const found = finished(likenesses(files, 8));
		const took = performance.now() - began;
		const isTrue = ({ a, b }: Likeness) => personOf.get(a) === personOf.get(b);
		const isHard = ({ a, b }: Likeness) => besideOf.get(a) === personOf.get(b) || besideOf.get(b) === personOf.get(a);
		const at = (threshold: number) => {
			const shown = found.filter(({ score }) => score >= threshold);
			const right = shown.filter(isTrue).length;
			return {
				threshold,
				shown: shown.length,
				precision: right / Math.max(1, shown.length),
				recall: right / 300,
				hard: shown.filter(isHard).length
			};
		};
		const table = [8, 10, 12, 14, 15, 16, 17, 18, 19, 20, 22].map(at);
		process.stdout.write(`10,000 files in ${took.toFixed(0)} ms: ${JSON.stringify(table)}\n`);
		const { precision, recall, hard, shown } = at(worthComparing(10_000));
		expect(precision).toBeGreaterThan(0.5);
		expect(recall).toBeGreaterThan(0.45);
		expect(hard / shown).toBeLessThan(0.05);
	});
});
