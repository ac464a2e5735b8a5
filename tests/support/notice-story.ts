import { fold, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { Entry, EntryType, ParsedEntry, PayloadOf } from '#lib/domain/case-file/entry.ts';
import type { ChildId, DeviceId, EntryId, InstitutionId, ItemId, Sha256, StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import type { NoticeDraft } from '#lib/domain/notice/notice.ts';

/*
 * Tells a case as entries, for the tests of notices, disclosure and the desk: one child, people by letter, ids that count.
 */
export const childId = '00000000-0000-7000-8000-00000000c001' as ChildId;
export const houseId = '00000000-0000-7000-8000-00000000a001' as InstitutionId;

export function person(letter: string): StaffId {
	return `00000000-0000-7000-8000-0000000000${letter.charCodeAt(0).toString(16)}` as StaffId;
}
export function entryId(number: number): EntryId {
	return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as EntryId;
}
export function itemId(number: number): ItemId {
	return `00000000-0000-7000-9000-${String(number).padStart(12, '0')}` as ItemId;
}
export function photoHash(number: number): Sha256 {
	return number.toString(16).padStart(64, '0') as Sha256;
}

/** A story grows by entries; each `tell` returns the id of the new one. */
export class Story {
	readonly entries: ParsedEntry[] = [];

	tell<T extends EntryType>(
		type: T,
		payload: PayloadOf<T>,
		more: {
			readonly by?: string;
			readonly replaces?: readonly EntryId[];
			readonly on?: string;
			readonly house?: InstitutionId;
		} = {}
	): EntryId {
		const number = this.entries.length + 1;
		const entry = {
			id: entryId(number),
			childId,
			type,
			version: 1,
			payload,
			replaces: [...(more.replaces ?? [])],
			occurredOn: civilDate(more.on ?? '2026-11-01'),
			recordedAt: '2026-11-01T08:00:00+08:00',
			staffId: person(more.by ?? 'a'),
			institutionId: more.house ?? houseId,
			deviceId: '00000000-0000-7000-8000-00000000d001' as DeviceId,
			deviceSeq: number,
			previous: null,
			signature: 'A'.repeat(86)
		} as unknown as Entry;
		this.entries.push({ known: true, entry });
		return entry.id;
	}

	get caseFile(): CaseFile {
		return fold(childId, this.entries);
	}
}

/** A child with a front photo, a sample and a record full of what must not leak. */
export function registeredChild(): Story {
	const story = new Story();
	const known = <V>(value: V) => ({ state: 'known' as const, value });
	story.tell('intake.recorded', {
		answers: {
			nameAssigned: known('小虎'),
			nameCalled: known('阿果子'),
			sex: known('1'),
			placeTaken: known({ code: '513400', text: '四川省凉山州' }),
			placeRescued: known({ text: '云南省昭通市巧家县白鹤滩镇' }),
			dateRescued: known({ y: 2026, m: 3, d: 14 }),
			dateTaken: known({ y: 2024, text: '麦收的时候' }),
			siblings: known('有一个妹妹叫阿呷'),
			language: known('彝语'),
			accent: known('凉山口音'),
			height: known(96),
			features: known('左耳后有月牙形疤痕'),
			clothing: known('红色棉袄，黑色条绒裤'),
			ownAccount: known('家里有一头黑牛，门口是大河'),
			policeOfficer: known('沙马警官'),
			suspectLink: known('买主住在城东砖厂'),
			healthFirstCheck: known('轻度贫血')
		}
	});
	story.tell('photo.added', { itemId: itemId(1), photo: photo(1, 'front') });
	story.tell('photo.added', { itemId: itemId(2), photo: { ...photo(2, 'mark'), publishable: false } });
	story.tell('photo.added', { itemId: itemId(3), photo: photo(3, 'paper') });
	story.tell('mark.recorded', { itemId: itemId(4), mark: { kind: 'scar', site: 'ear', description: '月牙形旧疤' } });
	story.tell('belonging.recorded', {
		itemId: itemId(5),
		belonging: { description: '蓝色塑料小汽车', sealNumber: 'FT-99812' }
	});
	story.tell('sample.recorded', { itemId: itemId(6), sample: { step: 'collected' } });
	return story;
}

export function photo(number: number, view: 'front' | 'mark' | 'paper') {
	return {
		sha256: photoHash(number),
		view,
		mediaType: 'image/jpeg' as const,
		bytes: 1000,
		width: 800,
		height: 1000,
		publishable: true
	};
}

export const modestDraft: NoticeDraft = {
	shown: {
		name: '小虎',
		placeTaken: '四川省凉山州',
		ageWhenRescued: '约 4 岁',
		height: '96 厘米',
		features: '耳后有疤'
	},
	regionCode: '513400',
	ageMonths: { least: 42, most: 54 },
	sexCode: '1',
	photos: [itemId(1)],
	contactName: '杨老师',
	contactPhone: '0870-000 0000'
};
