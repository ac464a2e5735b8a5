import { expect, test } from 'vitest';
import { adopterIn } from './adopter-form.server.ts';

const filled = {
	on: '2026-03-02',
	name: ' 周明 ',
	birth: '1985年6月1日',
	sex: '1',
	idNumber: '',
	marital: 'married',
	children: '1',
	spouseName: '林芳',
	spouseBirth: '1987-02-11',
	spouseSex: '2',
	spouseIdNumber: '110105 19491231 002X',
	domestic: 'yes',
	kin: 'no',
	relatedToBuyer: 'no',
	able: 'yes',
	healthy: 'yes',
	unblemished: 'yes',
	checkedBy: '何文静',
	oddReason: ''
};

test('a couple as typed', () => {
	expect(adopterIn(filled)).toEqual({
		ok: true,
		value: {
			on: '2026-03-02',
			adopter: {
				name: '周明',
				birth: '1985-06-01',
				sex: '1',
				marital: 'married',
				children: 1,
				spouse: { name: '林芳', birth: '1987-02-11', sex: '2', idNumber: '110105 19491231 002X' },
				domestic: true,
				kin: false,
				relatedToBuyer: false,
				able: true,
				healthy: true,
				unblemished: true,
				checkedBy: '何文静'
			}
		}
	});
});

test('a question nobody answered is asked again: a missing answer is no yes and no no', () => {
	const { able: _, relatedToBuyer: __, ...unanswered } = filled;
	expect(adopterIn(unanswered)).toEqual({
		ok: false,
		error: [
			{ field: 'relatedToBuyer', because: 'choose' },
			{ field: 'able', because: 'choose' }
		]
	});
});

test('of a spouse everything or nothing', () => {
	expect(adopterIn({ ...filled, spouseName: '', spouseBirth: '', spouseSex: '', spouseIdNumber: '' })).toMatchObject({
		ok: true
	});
	expect(adopterIn({ ...filled, spouseBirth: '', spouseSex: '' })).toEqual({
		ok: false,
		error: [
			{ field: 'spouseBirth', because: 'dateNeeded' },
			{ field: 'spouseSex', because: 'choose' }
		]
	});
});

test('every box that is wrong is named at once', () => {
	const result = adopterIn({ ...filled, on: 'heute', name: '', children: 'zwei', idNumber: '1'.repeat(41) });
	expect(result).toEqual({
		ok: false,
		error: [
			{ field: 'on', because: 'dateForm' },
			{ field: 'name', because: 'needed' },
			{ field: 'children', because: 'number' }
		]
	});
	expect(adopterIn({ ...filled, idNumber: '1'.repeat(41) })).toEqual({
		ok: false,
		error: [{ field: 'idNumber', because: 'tooLong' }]
	});
});
