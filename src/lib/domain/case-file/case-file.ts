import type { Care } from '../care/care.ts';
import type { Consent } from '../consent/consent.ts';
import type { CaseDocument } from '../document/document.ts';
import type { Merge, ToldApart } from '../duplicate/merge.ts';
import type { HandoverReceived, HandoverSent } from '../handover/handover.ts';
import type { ChildId, EntryId, InstitutionId, ItemId } from '../ids.ts';
import { fieldKeys, type Answer, type FieldKey, type FieldValue } from '../intake/fields.ts';
import type { NoticeApproval, NoticeDraft, NoticeTakeDown } from '../notice/notice.ts';
import type { Belonging, Mark, Photo } from '../photo/photo.ts';
import type { Remark } from '../remark/remark.ts';
import type { Sample } from '../sample/sample.ts';
import { isDecision, type DecisionType, type Entry, type ParsedEntry, type UnknownEntry } from './entry.ts';
import { live, originOf, withVersion, type Origin, type Version, type Versions } from './versions.ts';

/*
 * A case file is a pure function of the SET of its entries: fold(shuffle(entries)) = fold(entries), and an entry twice
 * is an entry once. It keeps everything ever said; what holds now is asked of it by the functions below.
 */

/** What an item can be: the lists of a case file. */
export interface Items {
	readonly photo: Photo;
	readonly mark: Mark;
	readonly belonging: Belonging;
	readonly care: Care;
	readonly document: CaseDocument;
	readonly sample: Sample;
	readonly handoverSent: HandoverSent;
	readonly handoverReceived: HandoverReceived;
	readonly consent: Consent;
	readonly remark: Remark;
	readonly merge: Merge;
	readonly toldApart: ToldApart;
}
export type ItemKind = keyof Items;

/** What happened to the public notice: the entries themselves, since each is a decision by a person. */
export type NoticeStep =
	| {
			readonly step: 'drafted';
			readonly draft: NoticeDraft;
			readonly origin: Origin;
			readonly replaces: readonly EntryId[];
	  }
	| {
			readonly step: 'approved';
			readonly approval: NoticeApproval;
			readonly origin: Origin;
			readonly replaces: readonly EntryId[];
	  }
	| {
			readonly step: 'taken_down';
			readonly takeDown: NoticeTakeDown;
			readonly origin: Origin;
			readonly replaces: readonly EntryId[];
	  };

/** Decisions that are no steps of the notice. */
export type CaseDecisionType = Exclude<DecisionType, `notice.${string}`>;
export type DecisionEntry = Extract<Entry, { type: CaseDecisionType }>;

export interface CaseFile {
	readonly childId: ChildId;
	readonly fields: { readonly [K in FieldKey]?: Versions<Answer<FieldValue<K>>> };
	readonly items: { readonly [K in ItemKind]: ReadonlyMap<ItemId, Versions<Items[K]>> };
	/** Reasons why items were taken off the lists. */
	readonly withdrawn: ReadonlyMap<ItemId, Versions<string>>;
	/** Reasons why merges were undone, by the item of the merge. */
	readonly parted: ReadonlyMap<ItemId, Versions<string>>;
	readonly submitted: Versions<true>;
	readonly noticeSteps: ReadonlyMap<EntryId, NoticeStep>;
	/** Every other decision of a desk, as it was signed; what stands is told by the modules of each (claim, flag, leaving, …). */
	readonly decisions: ReadonlyMap<EntryId, DecisionEntry>;
	/** Entries of newer programs; a case that holds one is never shown as elapsed. */
	readonly unknown: ReadonlyMap<EntryId, UnknownEntry>;
	/** Every entry folded in, by id. */
	readonly entries: ReadonlyMap<EntryId, ParsedEntry>;
}

export function emptyCaseFile(childId: ChildId): CaseFile {
	return {
		childId,
		fields: {},
		items: {
			photo: new Map(),
			mark: new Map(),
			belonging: new Map(),
			care: new Map(),
			document: new Map(),
			sample: new Map(),
			handoverSent: new Map(),
			handoverReceived: new Map(),
			consent: new Map(),
			remark: new Map(),
			merge: new Map(),
			toldApart: new Map()
		},
		withdrawn: new Map(),
		parted: new Map(),
		submitted: [],
		noticeSteps: new Map(),
		decisions: new Map(),
		unknown: new Map(),
		entries: new Map()
	};
}

/** The case file of a child from any set of its entries, in any order. Entries of other children are left out. */
export function fold(childId: ChildId, entries: Iterable<ParsedEntry>): CaseFile {
	// One entry may arrive many times and by many roads: first the set, in the order of ids, then the state.
	const byId = new Map<EntryId, ParsedEntry>();
	for (const parsed of entries) if (parsed.entry.childId === childId) byId.set(parsed.entry.id, parsed);
	let caseFile = emptyCaseFile(childId);
	for (const id of [...byId.keys()].sort()) {
		const parsed = byId.get(id);
		if (parsed) caseFile = evolve(caseFile, parsed);
	}
	return caseFile;
}

/** The case file with one more entry. Pure; the old case file stays what it was. */
export function evolve(caseFile: CaseFile, parsed: ParsedEntry): CaseFile {
	const { id } = parsed.entry;
	if (caseFile.entries.has(id)) return caseFile;
	const grown: CaseFile = { ...caseFile, entries: sortedMap(caseFile.entries, id, parsed) };
	if (!parsed.known) return { ...grown, unknown: sortedMap(caseFile.unknown, id, parsed.entry) };
	return applied(grown, parsed.entry);
}

function applied(caseFile: CaseFile, entry: Entry): CaseFile {
	const origin = originOf(entry);
	const version = <T>(value: T): Version<T> => ({ ...origin, value, replaces: entry.replaces });

	const withItem = <K extends ItemKind>(kind: K, itemId: ItemId, value: Items[K]): CaseFile => {
		const versions = caseFile.items[kind] as ReadonlyMap<ItemId, Versions<Items[K]>>;
		return {
			...caseFile,
			items: {
				...caseFile.items,
				[kind]: sortedMap(versions, itemId, withVersion(versions.get(itemId), version(value)))
			}
		};
	};
	const withNoticeStep = (step: NoticeStep): CaseFile => ({
		...caseFile,
		noticeSteps: sortedMap(caseFile.noticeSteps, entry.id, step)
	});

	switch (entry.type) {
		case 'intake.recorded': {
			const fields: Record<string, Versions<unknown>> = { ...caseFile.fields };
			for (const key of fieldKeys) {
				const answer = entry.payload.answers[key];
				if (answer !== undefined) fields[key] = withVersion(fields[key], version<unknown>(answer));
			}
			return { ...caseFile, fields: fields as CaseFile['fields'] };
		}
		case 'intake.submitted':
			return { ...caseFile, submitted: withVersion(caseFile.submitted, version(true as const)) };
		case 'photo.added':
			return withItem('photo', entry.payload.itemId, entry.payload.photo);
		case 'mark.recorded':
			return withItem('mark', entry.payload.itemId, entry.payload.mark);
		case 'belonging.recorded':
			return withItem('belonging', entry.payload.itemId, entry.payload.belonging);
		case 'care.recorded':
			return withItem('care', entry.payload.itemId, entry.payload.care);
		case 'document.recorded':
			return withItem('document', entry.payload.itemId, entry.payload.document);
		case 'sample.recorded':
			return withItem('sample', entry.payload.itemId, entry.payload.sample);
		case 'handover.sent':
			return withItem('handoverSent', entry.payload.itemId, entry.payload.handover);
		case 'handover.received':
			return withItem('handoverReceived', entry.payload.itemId, entry.payload.handover);
		case 'item.withdrawn': {
			const { itemId, reason } = entry.payload;
			return {
				...caseFile,
				withdrawn: sortedMap(caseFile.withdrawn, itemId, withVersion(caseFile.withdrawn.get(itemId), version(reason)))
			};
		}
		case 'remark.recorded':
			return withItem('remark', entry.payload.itemId, entry.payload.remark);
		case 'child.merged':
			return withItem('merge', entry.payload.itemId, entry.payload.merge);
		case 'child.told_apart':
			return withItem('toldApart', entry.payload.itemId, entry.payload.toldApart);
		case 'child.parted': {
			const { itemId, reason } = entry.payload;
			return {
				...caseFile,
				parted: sortedMap(caseFile.parted, itemId, withVersion(caseFile.parted.get(itemId), version(reason)))
			};
		}
		case 'notice.drafted':
			return withNoticeStep({ step: 'drafted', draft: entry.payload.draft, origin, replaces: entry.replaces });
		case 'notice.approved':
			return withNoticeStep({ step: 'approved', approval: entry.payload.approval, origin, replaces: entry.replaces });
		case 'notice.taken_down':
			return withNoticeStep({ step: 'taken_down', takeDown: entry.payload.takeDown, origin, replaces: entry.replaces });
		case 'consent.recorded':
			return withItem('consent', entry.payload.itemId, entry.payload.consent);
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
			return { ...caseFile, decisions: sortedMap(caseFile.decisions, entry.id, entry) };
	}
}

/** The decisions of one type, by entry id. */
export function decisionsOf<T extends CaseDecisionType>(
	caseFile: CaseFile,
	type: T
): readonly Extract<DecisionEntry, { type: T }>[] {
	return [...caseFile.decisions.values()].filter(
		(entry): entry is Extract<DecisionEntry, { type: T }> => entry.type === type
	);
}

/**
 * The files a case file was folded from, each by itself, the one that names the child first. One, unless files were merged
 * (one-child.ts).
 */
export function filesOf(caseFile: CaseFile): readonly CaseFile[] {
	const byFile = new Map<ChildId, ParsedEntry[]>();
	for (const parsed of caseFile.entries.values()) {
		const file = byFile.get(parsed.entry.childId);
		if (file) file.push(parsed);
		else byFile.set(parsed.entry.childId, [parsed]);
	}
	if (byFile.size < 2) return [caseFile];
	return [...byFile.keys()].sort().map((childId) => fold(childId, byFile.get(childId) ?? []));
}

/** What a field says now: nothing, one answer, or several that contradict each other. */
export type FieldState<T> =
	| { readonly status: 'empty' }
	| { readonly status: 'settled'; readonly answer: Answer<T>; readonly version: Version<Answer<T>> }
	| { readonly status: 'conflict'; readonly versions: Versions<Answer<T>> };

/** What a field says now. The same answer given twice on two tablets is no conflict. */
export function fieldState<K extends FieldKey>(caseFile: CaseFile, key: K): FieldState<FieldValue<K>> {
	const versions = live(caseFile.fields[key] as Versions<Answer<FieldValue<K>>> | undefined);
	const [first, ...others] = versions;
	if (!first) return { status: 'empty' };
	if (others.every((other) => sameAnswer(other.value, first.value)))
		return { status: 'settled', answer: first.value, version: first };
	return { status: 'conflict', versions };
}

/** The value of a field if it is known and undisputed. */
export function knownValue<K extends FieldKey>(caseFile: CaseFile, key: K): FieldValue<K> | undefined {
	const state = fieldState(caseFile, key);
	return state.status === 'settled' && state.answer.state === 'known' ? state.answer.value : undefined;
}

/** The fields whose live answers contradict each other. */
export function conflicts(caseFile: CaseFile): readonly FieldKey[] {
	return fieldKeys.filter((key) => fieldState(caseFile, key).status === 'conflict');
}

/** An item as it stands: its value, or the values two people gave it. */
export interface Item<T> {
	readonly itemId: ItemId;
	readonly value: T;
	readonly version: Version<T>;
	/** More than one where edits contradict each other; `value` is then the first by id. */
	readonly live: Versions<T>;
}

/** The items of one list that are not withdrawn, oldest first by the date they are about, then by id. */
export function items<K extends ItemKind>(caseFile: CaseFile, kind: K): readonly Item<Items[K]>[] {
	const list: Item<Items[K]>[] = [];
	for (const [itemId, versions] of caseFile.items[kind] as ReadonlyMap<ItemId, Versions<Items[K]>>) {
		if (isWithdrawn(caseFile, itemId, versions)) continue;
		const alive = live(versions);
		const version = alive[0];
		if (version) list.push({ itemId, value: version.value, version, live: alive });
	}
	return list.sort(
		(a, b) => compareText(a.version.occurredOn, b.version.occurredOn) || compareText(a.itemId, b.itemId)
	);
}

/** An item is off the lists while a withdrawal of it stands that no later version of the item replaced. */
function isWithdrawn(caseFile: CaseFile, itemId: ItemId, versions: Versions<unknown>): boolean {
	const restored = new Set(versions.flatMap((version) => version.replaces));
	return live(caseFile.withdrawn.get(itemId)).some((withdrawal) => !restored.has(withdrawal.entryId));
}

/**
 * Who has the child now. The first house is the one that recorded the intake; after that the latest hand-over that was
 * received, or, while the other side has not recorded it, the latest that was sent stays with the sender.
 */
export function custodian(caseFile: CaseFile): InstitutionId | undefined {
	const files = filesOf(caseFile);
	if (files.length > 1) return latestArrival(files);
	const received = items(caseFile, 'handoverReceived').at(-1);
	if (received) return received.version.institutionId;
	return firstHouse(caseFile);
}

/**
 * Of a child with several files: the house of the arrival that happened last. A second file is made where the child came to
 * without its first, and that is where it is.
 */
function latestArrival(files: readonly CaseFile[]): InstitutionId | undefined {
	return files
		.flatMap((file) => {
			const house = custodian(file);
			const received = items(file, 'handoverReceived').at(-1)?.version;
			const begun = [...file.entries.values()].find(({ entry }) => entry.type.startsWith('intake.'))?.entry;
			const since = (received ?? begun)?.occurredOn;
			return house === undefined || since === undefined ? [] : [{ house, since }];
		})
		.sort((a, b) => compareText(a.since, b.since) || compareText(a.house, b.house))
		.at(-1)?.house;
}

/**
 * The house that took the child from the police: the author of entries that nobody handed the child to. Where a child
 * came back to its first house everyone was handed the child once; then it is the sender of the earliest hand-over.
 */
export function firstHouse(caseFile: CaseFile): InstitutionId | undefined {
	const sent = items(caseFile, 'handoverSent');
	const receivers = new Set([
		...sent.map((handover) => handover.value.to),
		...items(caseFile, 'handoverReceived').map((handover) => handover.version.institutionId)
	]);
	const facts = [...caseFile.entries.values()].filter((parsed) => !isDecision(parsed.entry.type));
	// Who took the child in recorded the intake; a paper can be brought by the police or the registry.
	const intake = facts.filter((parsed) => parsed.entry.type.startsWith('intake.'));
	const authors = [...intake, ...facts].map((parsed) => parsed.entry.institutionId);
	return authors.find((author) => !receivers.has(author)) ?? sent[0]?.version.institutionId ?? authors[0];
}

/** Every house that may read the file: the first, and both sides of every hand-over, also of one not yet received. */
export function housesInvolved(caseFile: CaseFile): readonly InstitutionId[] {
	const files = filesOf(caseFile);
	if (files.length > 1) return [...new Set(files.flatMap(housesInvolved))].sort();
	const houses = new Set<InstitutionId>();
	const first = firstHouse(caseFile);
	if (first) houses.add(first);
	for (const sent of items(caseFile, 'handoverSent')) {
		houses.add(sent.version.institutionId);
		houses.add(sent.value.to);
	}
	for (const received of items(caseFile, 'handoverReceived')) houses.add(received.version.institutionId);
	return [...houses].sort();
}

/** The same value, or the same not-knowing. */
export function sameAnswer(a: Answer<unknown>, b: Answer<unknown>): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** A copy of the map with one more pair, ordered by key: the order of arrival must not show. */
function sortedMap<K extends string, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
	const last = [...map.keys()].at(-1);
	const grown = new Map(map).set(key, value);
	if (map.has(key) || last === undefined || last < key) return grown;
	return new Map([...grown].sort(([a], [b]) => compareText(a, b)));
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
