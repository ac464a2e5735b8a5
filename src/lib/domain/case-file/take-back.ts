import { err, ok, type Result } from '../result.ts';
import type { ChildId, EntryId, ItemId } from '../ids.ts';
import { fieldKeys, type Answers, type FieldKey } from '../intake/fields.ts';
import type { CivilDate } from '../time.ts';
import type { CaseFile, ItemKind } from './case-file.ts';
import type { Entry, EntryType, PayloadOf } from './entry.ts';
import { live, type Version, type Versions } from './versions.ts';

/*
 * Taking an entry back. Nothing is deleted: further entries say again what the entry had replaced, and the history shows
 * both. What cannot be taken back by who wrote it (a decision, a submission) is said to be so.
 */

/** A fact that undoes what an entry said; the vault signs it like any other. */
export type TakenBack = {
	readonly [T in EntryType]: {
		readonly type: T;
		readonly childId: ChildId;
		readonly occurredOn: CivilDate;
		readonly replaces: readonly EntryId[];
		readonly payload: PayloadOf<T>;
	};
}[EntryType];

export type TakeBackFault =
	/** Not in this file. */
	| { readonly type: 'entry_missing' }
	/** Something newer stands in its place already: there is nothing left to take back. */
	| { readonly type: 'superseded' }
	/** A decision of a desk, a submission, or an entry of a newer program. */
	| { readonly type: 'not_by_taking_back' };

/**
 * The facts that put back what the entry replaced.
 *
 * - An answer: what the field said before; where it said nothing, `notNow`, for a field once answered cannot become
 *   unasked, and "can come later" is what is true of it. Where the entry had settled a contradiction, both sides stand again.
 * - An item: its earlier version, or a withdrawal where there was none.
 * - A withdrawal: the item as it was.
 *
 * @param reason why, in the words of the person, 1 to 500 characters; kept with a withdrawal
 */
export function takeBack(file: CaseFile, id: EntryId, reason: string): Result<readonly TakenBack[], TakeBackFault> {
	const parsed = file.entries.get(id);
	if (!parsed) return err({ type: 'entry_missing' });
	if (!parsed.known) return err({ type: 'not_by_taking_back' });
	const { entry } = parsed;
	const facts = factsAgainst(file, entry, reason);
	if (facts === undefined) return err({ type: 'not_by_taking_back' });
	return facts.length > 0 ? ok(facts) : err({ type: 'superseded' });
}

function factsAgainst(file: CaseFile, entry: Entry, reason: string): readonly TakenBack[] | undefined {
	switch (entry.type) {
		case 'intake.recorded':
			return answersBefore(file, entry);
		case 'photo.added':
			return itemBefore(file, 'photo', entry, entry.payload.itemId, reason);
		case 'mark.recorded':
			return itemBefore(file, 'mark', entry, entry.payload.itemId, reason);
		case 'belonging.recorded':
			return itemBefore(file, 'belonging', entry, entry.payload.itemId, reason);
		case 'care.recorded':
			return itemBefore(file, 'care', entry, entry.payload.itemId, reason);
		case 'document.recorded':
			return itemBefore(file, 'document', entry, entry.payload.itemId, reason);
		case 'sample.recorded':
			return itemBefore(file, 'sample', entry, entry.payload.itemId, reason);
		case 'handover.sent':
			return itemBefore(file, 'handoverSent', entry, entry.payload.itemId, reason);
		case 'handover.received':
			return itemBefore(file, 'handoverReceived', entry, entry.payload.itemId, reason);
		case 'consent.recorded':
			return itemBefore(file, 'consent', entry, entry.payload.itemId, reason);
		case 'remark.recorded':
			return itemBefore(file, 'remark', entry, entry.payload.itemId, reason);
		case 'item.withdrawn':
			return itemAgain(file, entry.id, entry.payload.itemId);
		// Submitted is submitted: what was wrong in it is corrected answer by answer.
		case 'intake.submitted':
		// Merging and telling apart have an undoing of their own (domain/merge), with a page that shows both files.
		case 'child.merged':
		case 'child.parted':
		case 'child.told_apart':
		case 'notice.drafted':
		case 'notice.approved':
		case 'notice.taken_down':
		case 'claim.opened':
		case 'claim.closed':
		case 'flag.raised':
		case 'flag.cleared':
		case 'date.confirmed':
		case 'review.opened':
		case 'review.signed':
		case 'review.returned':
		case 'guardianship.changed':
		case 'adoption.recorded':
		case 'exit.proposed':
		case 'exit.confirmed':
		case 'exit.withdrawn':
			return undefined;
	}
}

/** One fact for every earlier entry that is put back: each keeps the day it was about. */
function answersBefore(file: CaseFile, entry: Extract<Entry, { type: 'intake.recorded' }>): readonly TakenBack[] {
	const again = new Map<EntryId | undefined, { occurredOn: CivilDate; answers: Partial<Record<FieldKey, unknown>> }>();
	const say = (from: Version<unknown> | undefined, key: FieldKey, answer: unknown) => {
		const group = again.get(from?.entryId) ?? { occurredOn: from?.occurredOn ?? entry.occurredOn, answers: {} };
		group.answers[key] = answer;
		again.set(from?.entryId, group);
	};
	for (const key of fieldKeys) {
		const versions = file.fields[key] as Versions<unknown> | undefined;
		if (entry.payload.answers[key] === undefined || !isLive(versions, entry.id)) continue;
		const before = (versions ?? []).filter((version) => entry.replaces.includes(version.entryId));
		if (before.length === 0) say(undefined, key, { state: 'notNow' });
		for (const version of before) say(version, key, version.value);
	}
	return [...again.values()].map(({ occurredOn, answers }) => ({
		type: 'intake.recorded',
		childId: entry.childId,
		occurredOn,
		replaces: [entry.id],
		payload: { answers: answers as Answers }
	}));
}

function itemBefore(
	file: CaseFile,
	kind: ItemKind,
	entry: Entry,
	itemId: ItemId,
	reason: string
): readonly TakenBack[] {
	const versions = file.items[kind].get(itemId) as Versions<unknown> | undefined;
	if (!isLive(versions, entry.id) || standingWithdrawals(file, itemId, versions).length > 0) return [];
	const restored = (file.withdrawn.get(itemId) ?? []).some(({ entryId }) => entry.replaces.includes(entryId));
	const before = (versions ?? []).filter((version) => entry.replaces.includes(version.entryId));
	if (restored || before.length === 0) {
		return [
			{
				type: 'item.withdrawn',
				childId: entry.childId,
				occurredOn: entry.occurredOn,
				replaces: [entry.id],
				payload: { itemId, reason }
			}
		];
	}
	return before.flatMap((version) => saidAgain(file, version.entryId, [entry.id]));
}

function itemAgain(file: CaseFile, withdrawal: EntryId, itemId: ItemId): readonly TakenBack[] {
	for (const list of Object.values(file.items) as ReadonlyMap<ItemId, Versions<unknown>>[]) {
		const versions = list.get(itemId);
		if (!versions) continue;
		if (!standingWithdrawals(file, itemId, versions).includes(withdrawal)) return [];
		return live(versions).flatMap((version) => saidAgain(file, version.entryId, [version.entryId, withdrawal]));
	}
	return [];
}

/** What an earlier entry said, as a fact of today. */
function saidAgain(file: CaseFile, id: EntryId, replaces: readonly EntryId[]): readonly TakenBack[] {
	const parsed = file.entries.get(id);
	if (!parsed?.known) return [];
	const { type, childId, occurredOn, payload } = parsed.entry;
	return [{ type, childId, occurredOn, replaces, payload } as TakenBack];
}

function isLive(versions: Versions<unknown> | undefined, id: EntryId): boolean {
	return live(versions).some((version) => version.entryId === id);
}

function standingWithdrawals(
	file: CaseFile,
	itemId: ItemId,
	versions: Versions<unknown> | undefined
): readonly EntryId[] {
	const restored = new Set((versions ?? []).flatMap((version) => version.replaces));
	return live(file.withdrawn.get(itemId))
		.map(({ entryId }) => entryId)
		.filter((id) => !restored.has(id));
}
