import { describe, expect, test } from 'vitest';
import { civilDate } from '../time.ts';
import { adopterFaults, adopterOddities, adopterSchema, type Adopter, type ChildToAdopt } from './adopter.ts';

const on = civilDate('2026-03-02');

/** A couple of about forty, fit in every way. */
const couple: Adopter = adopterSchema.parse({
	name: '周明',
	birth: '1985-06-01',
	sex: '1',
	marital: 'married',
	children: 1,
	spouse: { name: '林芳', birth: '1987-02-11', sex: '2' },
	domestic: true,
	kin: false,
	relatedToBuyer: false,
	able: true,
	healthy: true,
	unblemished: true,
	checkedBy: '何文静'
});

const girl: ChildToAdopt = {
	sex: '2',
	birthEarliest: civilDate('2021-03-01'),
	ground: 'certified',
	disabled: false
};

function faults(changes: Partial<Adopter>, child: ChildToAdopt = girl) {
	return adopterFaults({ ...couple, ...changes }, child, on).map(({ type, article }) => [type, article]);
}
const single = (changes: Partial<Adopter>): Partial<Adopter> => ({ marital: 'single', spouse: undefined, ...changes });

describe('who may adopt', () => {
	test('a couple who are both thirty, able, healthy and without adverse record', () => {
		expect(faults({})).toEqual([]);
	});

	test('thirty on the day of the match, not a day younger; both of a couple', () => {
		expect(faults({ birth: civilDate('1996-03-02') })).toEqual([]);
		expect(adopterFaults({ ...couple, birth: civilDate('1996-03-03') }, girl, on)).toEqual([
			{ type: 'too_young', who: 'adopter', thirtyOn: '2026-03-03', article: '民法典 1098(5)' }
		]);
		const young = { name: '林芳', birth: civilDate('1996-03-03'), sex: '2' as const };
		expect(adopterFaults({ ...couple, spouse: young }, girl, on)).toMatchObject([{ type: 'too_young', who: 'spouse' }]);
	});

	test.each([
		['able', 'not_able', '民法典 1098(2)'],
		['healthy', 'not_healthy', '民法典 1098(3)'],
		['unblemished', 'adverse_record', '民法典 1098(4)']
	] as const)('not who is not %s', (condition, fault, article) => {
		expect(faults({ [condition]: false })).toEqual([[fault, article]]);
	});

	test('couples adopt jointly; who has no spouse adopts alone', () => {
		expect(faults({ spouse: undefined })).toEqual([['spouse_missing', '民法典 1101']]);
		expect(faults({ marital: 'single' }, { ...girl, sex: '1' })).toEqual([['spouse_of_single', '民法典 1101']]);
	});

	test('a man without a wife is forty years older than a girl, whose estimated birth counts at its earliest', () => {
		expect(faults(single({ birth: civilDate('1981-03-01') }))).toEqual([]);
		expect(adopterFaults({ ...couple, ...single({ birth: civilDate('1981-03-02') }) }, girl, on)).toEqual([
			{ type: 'age_gap', bornBy: '1981-03-01', article: '民法典 1102' }
		]);
		expect(faults(single({}), { ...girl, sex: '1' })).toEqual([]);
	});

	test('the gap is asked too where the child’s sex is not known, and cannot be judged without a birth', () => {
		expect(faults(single({}), { ...girl, sex: undefined })).toEqual([['age_gap', '民法典 1102']]);
		expect(faults(single({}), { ...girl, sex: '0' })).toEqual([['age_gap', '民法典 1102']]);
		expect(faults(single({}), { ...girl, birthEarliest: undefined })).toEqual([['age_gap_unknown', '民法典 1102']]);
	});

	test('how many children they have is not asked for a child whose parents cannot be found, an orphan or a disabled child', () => {
		expect(faults({ children: 3 })).toEqual([]);
		expect(faults({ children: 3 }, { ...girl, ground: 'parents_dead' })).toEqual([]);
		expect(faults({ children: 3 }, { ...girl, ground: 'court' })).toEqual([
			['too_many_children', '民法典 1098(1)、1100']
		]);
		expect(faults({ children: 1 }, { ...girl, ground: 'court' })).toEqual([]);
		expect(faults({ children: 3 }, { ...girl, ground: 'court', disabled: true })).toEqual([]);
	});

	test('never who bought the child or took part, however fit', () => {
		expect(faults({ relatedToBuyer: true })[0]?.[0]).toBe('related_to_buyer');
	});

	test('from abroad only step-parents and blood kin', () => {
		expect(faults({ domestic: false })[0]?.[0]).toBe('foreign');
		expect(faults({ domestic: false, kin: true })).toEqual([]);
	});

	test('everything that speaks against it is named at once', () => {
		expect(faults({ able: false, relatedToBuyer: true, domestic: false }).map(([type]) => type)).toEqual([
			'not_able',
			'foreign',
			'related_to_buyer'
		]);
	});
});

describe('what does not fit together is shown', () => {
	test('an identity number that fits birth and sex is not odd', () => {
		const man: Adopter = { ...couple, birth: civilDate('1949-12-31'), sex: '2', idNumber: '11010519491231002X' };
		expect(adopterOddities(man, undefined)).toEqual([]);
	});

	test('a wrong check sign, with the sign that would fit', () => {
		expect(
			adopterOddities(
				{ ...couple, birth: civilDate('1949-12-31'), sex: '2', idNumber: '110105194912310021' },
				undefined
			)
		).toEqual([{ type: 'id_number', who: 'adopter', fault: { type: 'check_sign', fits: 'X' } }]);
	});

	test('a number of somebody of another birth date or sex, also of the spouse', () => {
		const odd = adopterOddities(
			{ ...couple, spouse: { name: '林芳', birth: civilDate('1987-02-11'), sex: '1', idNumber: '11010519491231002X' } },
			undefined
		);
		expect(odd).toEqual([
			{ type: 'id_birth', who: 'spouse', birth: '1949-12-31' },
			{ type: 'id_sex', who: 'spouse' }
		]);
	});

	test('a name that the child’s file has beside the trafficking', () => {
		expect(adopterOddities(couple, '买主住在城东砖厂，中间人周 明')).toEqual([
			{ type: 'named_as_suspect', who: 'adopter' }
		]);
		expect(adopterOddities({ ...couple, name: '周' }, '周某')).toEqual([]);
	});
});
