import type { StaffId } from '../ids.ts';
import { fieldDefinition, type Answer, type FieldKey } from '../intake/fields.ts';
import { ownAccountMaximum, withSaying } from '../intake/own-account.ts';
import type { Remark } from '../remark/remark.ts';
import { conflicts, fieldState, items, sameAnswer, type CaseFile } from './case-file.ts';
import type { Origin, Version } from './versions.ts';

/*
 * Two people said different things about one field. Nothing is deleted and nobody is overruled by a program: a person keeps
 * one side, keeps both where the field can hold both, or writes a third; each is one more entry that replaces every side.
 */

/** One of the answers that contradict each other, and everyone who gave it. */
export interface Side {
	readonly answer: Answer<unknown>;
	/** At least one, the earliest by its device's clock first. */
	readonly versions: readonly Version<Answer<unknown>>[];
	/** Why, where somebody wrote it down. */
	readonly because: readonly string[];
}

/** A field whose live answers contradict each other. */
export interface Conflict {
	readonly key: FieldKey;
	/** Two or more, the side that was said first before the others. */
	readonly sides: readonly Side[];
	/** What the field would hold if both were kept; undefined where it can hold only one thing. */
	readonly both: Answer<string> | undefined;
	/** A date or a decision hangs on it. */
	readonly legal: boolean;
	/** Who asked whom, and nobody has settled it since. */
	readonly asked: readonly { readonly remark: Remark; readonly origin: Origin }[];
}

/** Every conflict of a file, in the order of the fields. */
export function conflictsOf(caseFile: CaseFile): readonly Conflict[] {
	return conflicts(caseFile).flatMap((key) => conflictOf(caseFile, key) ?? []);
}

/** The conflict of one field, if it is in one. */
export function conflictOf(caseFile: CaseFile, key: FieldKey): Conflict | undefined {
	const state = fieldState(caseFile, key);
	if (state.status !== 'conflict') return undefined;
	const versions: readonly Version<Answer<unknown>>[] = [...state.versions].sort(bySaying);
	const sides: { answer: Answer<unknown>; versions: Version<Answer<unknown>>[] }[] = [];
	for (const version of versions) {
		const same = sides.find(({ answer }) => sameAnswer(answer, version.value));
		if (same) same.versions.push(version);
		else sides.push({ answer: version.value, versions: [version] });
	}
	const remarks = items(caseFile, 'remark').filter(({ value }) => value.field === key);
	return {
		key,
		sides: sides.map((side) => ({
			...side,
			because: side.versions.flatMap((version) =>
				remarks.flatMap(({ value, version: by }) =>
					value.kind === 'because' && value.words !== undefined && isReasonFor(value, by, version) ? [value.words] : []
				)
			)
		})),
		both: bothOf(key, versions),
		legal: fieldDefinition(key).legal === true,
		asked: remarks.flatMap(({ value, version }) =>
			// A question about answers that all were replaced was about another conflict.
			value.kind === 'asked' && value.about.some((id) => versions.some(({ entryId }) => entryId === id))
				? [{ remark: value, origin: version }]
				: []
		)
	};
}

/** How many fields the same entries told without contradiction: what merged by itself. */
export function mergedByThemselves(caseFile: CaseFile, found: readonly Conflict[]): number {
	const entries = new Set(found.flatMap(({ sides }) => sides.flatMap(({ versions }) => versions.map(idOf))));
	const told = Object.entries(caseFile.fields).filter(([, versions]) =>
		(versions as readonly Version<unknown>[]).some(({ entryId }) => entries.has(entryId))
	);
	return told.filter(([key]) => !found.some((conflict) => conflict.key === key)).length;
}

/** The people who said the sides, without the one who looks: whom to ask. */
export function othersOf({ sides }: Conflict, me: StaffId): readonly StaffId[] {
	const people = sides.flatMap(({ versions }) => versions.map(({ staffId }) => staffId));
	return [...new Set(people)].filter((id) => id !== me);
}

/**
 * What several texts say together: the first as it stands, then of each other what the first ones lack, clause by clause. The
 * child's own words are kept whole.
 */
function bothOf(key: FieldKey, versions: readonly Version<Answer<unknown>>[]): Answer<string> | undefined {
	const { several, value: kind } = fieldDefinition(key);
	if (!several || (kind.kind !== 'text' && kind.kind !== 'line')) return undefined;
	const texts = versions.flatMap(({ value }) =>
		value.state === 'known' && typeof value.value === 'string' ? [value.value.trim()] : []
	);
	// "Nobody knows" beside a text is no second thing to keep.
	if (new Set(texts).size < 2) return undefined;
	if (key === 'ownAccount') return within(withSaying(versions, ''), ownAccountMaximum);
	const [first = '', ...others] = texts;
	const known = new Set(clausesOf(first));
	const parts = [first.replace(/[。；;，,、\s]+$/u, '')];
	for (const other of others) {
		const fresh = clausesOf(other).filter((clause) => !known.has(clause));
		for (const clause of fresh) known.add(clause);
		if (fresh.length > 0) parts.push(fresh.join('，'));
	}
	// One that says all the others say is itself the both.
	if (parts.length === 1) return undefined;
	return within(parts.join(kind.kind === 'line' ? '、' : '；'), kind.maximum);
}

function within(text: string, maximum: number): Answer<string> | undefined {
	return text.length <= maximum ? { state: 'known', value: text } : undefined;
}

function clausesOf(text: string): readonly string[] {
	return text
		.split(/[。；;，,、\n]+/u)
		.map((clause) => clause.trim())
		.filter((clause) => clause !== '');
}

function isReasonFor(remark: Remark, by: Origin, version: Version<unknown>): boolean {
	return (
		by.staffId === version.staffId &&
		by.deviceId === version.deviceId &&
		remark.about.length === version.replaces.length &&
		remark.about.every((id) => version.replaces.includes(id))
	);
}

function bySaying(a: Version<unknown>, b: Version<unknown>): number {
	return compare(a.recordedAt, b.recordedAt) || compare(a.entryId, b.entryId);
}

function idOf({ entryId }: Origin) {
	return entryId;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
