import type { ParsedEntry, EntryType, Envelope, PayloadOf } from '../case-file/entry.ts';
import { parseEntry } from '../case-file/entry.ts';
import type { ChildId, EntryId, InstitutionId, ItemId } from '../ids.ts';

/* Invented children on their way from a rescue station to an institution, for tests. */

const uuid = (kind: number, number: number) =>
	`0190a0b0-00${kind.toString(16).padStart(2, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
export const childOne = uuid(1, 1) as ChildId;
export const station = uuid(2, 1) as InstitutionId;
export const institution = uuid(2, 2) as InstitutionId;
export const stranger = uuid(2, 3) as InstitutionId;
export const registryHouse = uuid(2, 9) as InstitutionId;
export const itemNumber = (number: number) => uuid(3, number) as ItemId;
export const entryNumber = (number: number) => uuid(4, number) as EntryId;

/** Looks like a signature or a hash of its own for every number. */
const letters = (number: number, length: number, from: string) =>
	Array.from({ length }, (_, i) => from[(number * 31 + i * i * 7 + i * number) % from.length]).join('');
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function signedEntry<T extends EntryType>(
	number: number,
	type: T,
	payload: PayloadOf<T>,
	change: Partial<Envelope> = {}
): unknown {
	return {
		id: entryNumber(number),
		childId: childOne,
		type,
		version: type === 'document.recorded' || type === 'notice.approved' ? 2 : 1,
		replaces: [],
		occurredOn: '2026-03-01',
		recordedAt: `2026-03-01T08:00:${String(number).padStart(2, '0')}.120+08:00`,
		staffId: uuid(5, 1),
		institutionId: station,
		deviceId: uuid(6, 1),
		deviceSeq: number,
		previous: letters(number, 64, '0123456789abcdef'),
		signature: `${letters(number, 85, base64url)}A`,
		payload,
		...change
	};
}

export function parsed(raw: unknown): ParsedEntry {
	const read = parseEntry(raw);
	if (!read.ok) throw new Error(JSON.stringify(read.error));
	return read.value;
}

const known = <V>(value: V) => ({ state: 'known', value }) as const;

/**
 * A child of a station as its tablet has it on the day it leaves: an intake with things that must not stand on a sheet, papers, a
 * notice published on 1 March, a portrait, and the hand-over of 7 April. Number 20 is the hand-over.
 */
export function childAtStation(): readonly unknown[] {
	return [
		signedEntry(1, 'intake.recorded', {
			answers: {
				admissionBasis: known('01'),
				birth: known({ precision: 'range', earliest: '2021-09-01', latest: '2022-08-31' }),
				birthMethod: known('dental'),
				bloodGroup: known('1'),
				caseNumber: known('YL-2026-0117'),
				clothing: known('蓝色棉袄，左袖有补丁'),
				handoverDate: known('2026-02-20'),
				nameAssigned: known('小虎'),
				nameCalled: known('石头娃'),
				namePinyin: known('xiao hu'),
				noticeDate: known('2026-02-20'),
				noticeNumber: known('云公临照〔2026〕17号'),
				ownAccount: known('家里有一头黑牛，门口是大河。'),
				sex: known('1'),
				urgentNeeds: known('青霉素过敏')
			}
		} as PayloadOf<'intake.recorded'>),
		signedEntry(2, 'intake.submitted', {}),
		signedEntry(3, 'photo.added', {
			itemId: itemNumber(3),
			photo: {
				sha256: letters(3, 64, '0123456789abcdef'),
				view: 'front',
				mediaType: 'image/jpeg',
				bytes: 180_000,
				width: 1200,
				height: 1600,
				quality: 'usable',
				publishable: true
			}
		} as PayloadOf<'photo.added'>),
		signedEntry(4, 'mark.recorded', {
			itemId: itemNumber(4),
			mark: { kind: '1', site: '12', side: 'left', description: '左前臂有一块月牙形胎记' }
		}),
		signedEntry(5, 'document.recorded', {
			itemId: itemNumber(5),
			document: { code: 'DOC-A', number: '云公临照〔2026〕17号', date: '2026-02-20', issuer: '云岭县公安局' }
		} as PayloadOf<'document.recorded'>),
		signedEntry(6, 'document.recorded', {
			itemId: itemNumber(6),
			document: { code: 'DOC-D', date: '2026-03-01', issuer: '云岭日报' }
		} as PayloadOf<'document.recorded'>),
		signedEntry(
			7,
			'notice.approved',
			{
				approval: {
					draft: entryNumber(90),
					publicNumber: 'LK-7F3K-29QX',
					identitySeen: [entryNumber(1)]
				}
			},
			{ institutionId: registryHouse, occurredOn: '2026-03-01' as Envelope['occurredOn'] }
		),
		signedEntry(8, 'care.recorded', {
			itemId: itemNumber(8),
			care: { kind: 'daily', note: '夜里咳嗽' }
		} as PayloadOf<'care.recorded'>),
		signedEntry(
			20,
			'handover.sent',
			{
				itemId: itemNumber(20),
				handover: { to: institution, time: '10:00', officer: '杨老师', reason: '公告期满移交', condition: '精神好' }
			},
			{ occurredOn: '2026-04-07' as Envelope['occurredOn'] }
		)
	];
}

export const sentNumber = 20;
