import { describe, expect, it } from 'vitest';
import { answersBy, childNo, entryBy, entryNo, itemNo, staffNo } from '../../../../tests/support/entry-by.ts';
import { fieldDefinition, fieldKeys } from '../intake/fields.ts';
import { fold } from './case-file.ts';
import { conflictOf, conflictsOf, mergedByThemselves, othersOf } from './conflict.ts';
import type { ParsedEntry } from './entry.ts';

const file = (...entries: ParsedEntry[]) => fold(childNo(1), entries);

describe('a conflict', () => {
	it('has one side for each different answer, with everyone who gave it, the earliest first', () => {
		const said = file(
			answersBy(3, { language: '彝语' }, { staff: 3 }),
			answersBy(1, { language: '藏语' }, { staff: 1 }),
			answersBy(2, { language: '彝语' }, { staff: 2 })
		);
		const conflict = conflictOf(said, 'language');
		expect(conflict?.sides.map(({ answer, versions }) => [answer, versions.map(({ staffId }) => staffId)])).toEqual([
			[{ state: 'known', value: '藏语' }, [staffNo(1)]],
			[{ state: 'known', value: '彝语' }, [staffNo(2), staffNo(3)]]
		]);
		expect(conflict && othersOf(conflict, staffNo(1))).toEqual([staffNo(2), staffNo(3)]);
	});

	it('is none where the same was said twice, or one saw the other', () => {
		expect(conflictsOf(file(answersBy(1, { sex: '1' }), answersBy(2, { sex: '1' })))).toEqual([]);
		expect(conflictsOf(file(answersBy(1, { sex: '1' }), answersBy(2, { sex: '2' }, { replaces: [1] })))).toEqual([]);
	});

	it('of words keeps both: the first as it stands, of the other what it adds', () => {
		const both = (key: 'features' | 'nameCalled' | 'ownAccount', a: string, b: string) =>
			conflictOf(file(answersBy(1, { [key]: a }), answersBy(2, { [key]: b })), key)?.both;
		expect(both('features', '右手背烫伤，长约 3 厘米', '右手背烫伤，门牙缺一颗。')).toEqual({
			state: 'known',
			value: '右手背烫伤，长约 3 厘米；门牙缺一颗'
		});
		expect(both('nameCalled', '阿依', '古力仙')).toEqual({ state: 'known', value: '阿依、古力仙' });
		expect(both('ownAccount', '“有一棵大树。”', '“树上有铃铛。”')).toEqual({
			state: 'known',
			value: '“有一棵大树。”\n\n“树上有铃铛。”'
		});
	});

	it('of what can be only one thing, or would not fit, keeps no both', () => {
		const sided = (key: string, a: unknown, b: unknown) =>
			conflictsOf(file(answersBy(1, { [key]: a }), answersBy(2, { [key]: b })))[0];
		expect(sided('handoverDate', '2026-01-01', '2026-01-02')).toMatchObject({ both: undefined, legal: true });
		expect(sided('nameGiven', '甲', '乙')).toMatchObject({ both: undefined, legal: false });
		expect(sided('language', '甲'.repeat(150), '乙'.repeat(150))?.both).toBeUndefined();
		expect(sided('features', '圆脸，左耳后疤痕', '左耳后疤痕')?.both).toBeUndefined();
		const unknown = entryBy(2, 'intake.recorded', { answers: { features: { state: 'unknown' } } });
		expect(conflictOf(file(answersBy(1, { features: '痣' }), unknown), 'features')?.both).toBeUndefined();
	});

	it('no field that days or decisions hang on can hold both', () => {
		for (const key of fieldKeys) {
			const { legal, several, value } = fieldDefinition(key);
			if (several) expect([legal, ['text', 'line'].includes(value.kind)]).toEqual([undefined, true]);
		}
	});

	it('tells what else the same entries said and nobody contradicts', () => {
		const said = file(answersBy(1, { sex: '1', height: 90, language: '彝语' }), answersBy(2, { sex: '2', weight: 12 }));
		expect(mergedByThemselves(said, conflictsOf(said))).toBe(3);
	});
});

describe('remarks on a conflict', () => {
	const asked = (number: number, about: number[]) =>
		entryBy(number, 'remark.recorded', {
			itemId: itemNo(number),
			remark: { kind: 'asked', field: 'sex', about: about.map(entryNo), words: '看过书面材料吗？' }
		});

	it('a question stands as long as what it asks about is not settled', () => {
		const said = [answersBy(1, { sex: '1' }), answersBy(2, { sex: '2' }), asked(3, [1, 2])];
		expect(conflictOf(file(...said), 'sex')?.asked).toHaveLength(1);
		const settled = [...said, answersBy(4, { sex: '1' }, { replaces: [1, 2] })];
		expect(conflictOf(file(...settled), 'sex')).toBeUndefined();
		// Another conflict later is not what was asked about.
		const again = [...settled, answersBy(5, { sex: '2' }, { replaces: [1, 2] })];
		expect(conflictOf(file(...again), 'sex')?.asked).toEqual([]);
	});

	it('a reason is shown beside the answer it was given for, and beside no other', () => {
		const because = entryBy(4, 'remark.recorded', {
			itemId: itemNo(4),
			remark: { kind: 'because', field: 'sex', about: [entryNo(1), entryNo(2)], words: '看过移送书原件' }
		});
		const said = file(
			answersBy(1, { sex: '1' }),
			answersBy(2, { sex: '2' }),
			answersBy(3, { sex: '1' }, { replaces: [1, 2] }),
			because,
			answersBy(5, { sex: '2' }, { staff: 2 })
		);
		expect(conflictOf(said, 'sex')?.sides.map((side) => side.because)).toEqual([['看过移送书原件'], []]);
	});
});
