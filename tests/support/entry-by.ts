import { parseEntry, type EntryType, type ParsedEntry, type PayloadOf } from '#lib/domain/case-file/entry.ts';
import type { ChildId, EntryId, InstitutionId, ItemId } from '#lib/domain/ids.ts';
import type { Answers } from '#lib/domain/intake/fields.ts';
import type { CivilDate } from '#lib/domain/time.ts';

/* Entries for tests of what is made of them: nobody checks their signatures. */

const uuid = (kind: number, number: number) =>
	`0190a0b0-00${kind.toString(16).padStart(2, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
export const childNo = (number: number) => uuid(1, number) as ChildId;
export const houseNo = (number: number) => uuid(2, number) as InstitutionId;
export const itemNo = (number: number) => uuid(3, number) as ItemId;
export const entryNo = (number: number) => uuid(4, number) as EntryId;
export const staffNo = (number: number) => uuid(5, number) as ParsedEntry['entry']['staffId'];

export interface Told {
	readonly child?: number;
	readonly house?: number;
	readonly staff?: number;
	readonly on?: string;
	/** Numbers of entries. */
	readonly replaces?: readonly number[];
}

/** Entry `number`; by default of child 1, house 1, person 1. */
export function entryBy<T extends EntryType>(
	number: number,
	type: T,
	payload: PayloadOf<T>,
	{ child = 1, house = 1, staff = 1, on = '2026-01-01', replaces = [] }: Told = {}
): ParsedEntry {
	const parsed = parseEntry({
		id: entryNo(number),
		childId: childNo(child),
		type,
		version: 1,
		replaces: replaces.map(entryNo),
		occurredOn: on as CivilDate,
		recordedAt: `2026-01-01T08:00:${String(number % 60).padStart(2, '0')}+08:00`,
		staffId: staffNo(staff),
		institutionId: houseNo(house),
		deviceId: uuid(6, house),
		deviceSeq: number,
		previous: null,
		signature: 'A'.repeat(86),
		payload
	});
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return parsed.value;
}

/** Answers of the intake, all known. */
export function answersBy(
	number: number,
	values: { readonly [K in keyof Answers]?: unknown },
	told: Told = {}
): ParsedEntry {
	const answers = Object.fromEntries(
		Object.entries(values).map(([key, value]) => [key, { state: 'known', value }])
	) as Answers;
	return entryBy(number, 'intake.recorded', { answers }, told);
}

/** Both halves of a merge of two files: entries `number` and `number + 1`. */
export function mergeBy(number: number, files: readonly [number, number], told: Told = {}): readonly ParsedEntry[] {
	const reason = '同一个孩子';
	return files.map((child, index) =>
		entryBy(
			number + index,
			'child.merged',
			{ itemId: itemNo(number), merge: { other: childNo(files[1 - index] ?? 0), reason } },
			{ ...told, child }
		)
	);
}
