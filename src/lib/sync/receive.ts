import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { emptyCaseFile, evolve, firstHouse, fold, housesInvolved } from '#lib/domain/case-file/case-file.ts';
import { filesOfChild, foldChild, standingMerges } from '#lib/domain/case-file/one-child.ts';
import { mayWrite } from '#lib/domain/case-file/who-writes.ts';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import {
	entryBytesMaximum,
	isDesksOwn,
	parseEntry,
	type EntryFault,
	type ParsedEntry
} from '#lib/domain/case-file/entry.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import {
	entryIdSchema,
	type ChildId,
	type DeviceId,
	type EntryId,
	type InstitutionId,
	type Sha256,
	type StaffId
} from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Sha256Of } from './chain.ts';
import type { Sender } from './entry-log.ts';
import { instantOf } from './instant.ts';
import type { QuarantineReason } from './protocol.ts';
import { utf8Length } from './raw-text.ts';

/*
 * What becomes of a pushed item, decided without a database: the caller looks things up and stores what is decided.
 *
 *   item ── readItem ──► candidate ── signature verified ──► receive ──► accepted | duplicate
 *              └────────────┴──────────────────────────────────┴───────► set aside, with the reason
 *
 * Facts are never refused for what they say. An item is set aside when it cannot be read, when its author cannot be
 * proved, when it repeats an id or a sequence number with other words, when it does not join the chain of its tablet, when it
 * is not its author's to say (domain/case-file/who-writes.ts), or when the house has nothing to do with the child.
 *
 * A tablet's chain (`previous`): an entry joins when `previous` is the hash of what stands at the number before it, and what
 * stands at the number after it names this entry. What is not there is not judged: batches arrive in any order, and what was
 * accepted before the registry looked has its neighbours looked at from the other side only.
 *   1. Number 1 says null, and no other number does.
 *   2. An accepted entry decides alone what stands at its number. Where there is none, entries set aside as `child_elsewhere`
 *      or `not_yours_to_merge` keep the place: their author is proved, and nothing of them is in doubt.
 *   3. What is set aside for any other reason decides nothing: its author is not proved, or it is itself the doubtful one,
 *      and it must not put in doubt what an honest tablet recorded after it.
 *   4. Another text at a number that is held is an equivocation: the tablet, or a copy of it, has told two stories. It is set
 *      aside as `sequence_taken`, and told (`Decided.equivocations`).
 *
 * Which houses have to do with a child (`grants`, never taken back, in the order they came):
 *   1. the house whose entry was the first of the child to reach the registry;
 *   2. every house that a house of the list names in a hand-over, as receiver or as giver.
 *   3. where files were merged (domain/case-file/one-child.ts) every house of each of them: it reads and writes one child.
 *      A merge stands only when both files hold their half, so that no house can open a file by writing on its own.
 * A house cannot name itself: knowing a child's id opens nothing. The id stands on hand-over sheets (docs/adr/0017), so the
 * first house may be one that only says that it received the child: its own entries are taken, but what the giver writes is
 * shown to it once a hand-over names it. When a house comes onto the list, what was set aside
 * of it for this child is taken up at once (a registry restored from a backup may hear the second house first).
 */

/** A readable item with its author named; its signature is still to be verified by the caller. */
export interface Candidate {
	/** Where it stood in the push. */
	readonly index: number;
	readonly parsed: ParsedEntry;
	/** The canonical JSON, with the signature: what is stored and hashed. */
	readonly text: string;
	/** The author's, as the roster has it; nobody knows that of a desk's entry here. */
	readonly role?: Role | undefined;
	/** Made at a desk, which has checked that the person may decide about this child; never said of a tablet's push. */
	readonly atDesk?: true;
}

/** A public key of a person on one tablet. */
export interface StaffKey {
	readonly publicKey: string;
	/** ISO 8601; a key that was removed still proves what was recorded before. */
	readonly removedAt: string | undefined;
	/** The person's, which an account keeps for life; who has none known writes only what everybody may. */
	readonly role?: Role | undefined;
}

/** A candidate with the keys one of which must have signed it. */
export interface Claimed {
	readonly candidate: Candidate;
	readonly keys: readonly StaffKey[];
}

/** An item that is kept, but not as a fact. */
export interface SetAside {
	readonly index: number;
	readonly id: EntryId | undefined;
	readonly reason: QuarantineReason;
}

/**
 * Reads one item of a push as far as it can be judged without knowing what the registry has.
 *
 * @param keysOf the keys of a person on the sending tablet, removed ones included
 */
export function readItem(
	item: unknown,
	index: number,
	sender: Sender,
	keysOf: (staffId: StaffId, deviceId: DeviceId) => readonly StaffKey[]
): Result<Claimed, SetAside> {
	const aside = (reason: QuarantineReason) => err({ index, id: idOf(item), reason });
	// 0: weighed below, as it came; the canonical JSON of something nested too deep would break the stack.
	const parsed = parseEntry(item, 0);
	if (!parsed.ok) return aside(reasonOf(parsed.error));
	// As it came, not as the schemas read it: they trim, and what was signed must stay what was signed.
	const text = canonicalJson(item as Json);
	const bytes = utf8Length(text);
	if (bytes > entryBytesMaximum) return aside({ type: 'too_large', bytes, maximum: entryBytesMaximum });
	const { entry } = parsed.value;
	if (entry.deviceId !== sender.deviceId || entry.institutionId !== sender.institutionId) {
		return aside({ type: 'device_mismatch' });
	}
	if (isDesksOwn(entry.type)) return aside({ type: 'decision_not_here' });
	// The tablet's clock is a claim, but the only one there is: who has the key may have signed late, not under another name.
	const recorded = instantOf(entry.recordedAt);
	const keys = keysOf(entry.staffId, entry.deviceId).filter(
		(key) => key.removedAt === undefined || recorded <= instantOf(key.removedAt)
	);
	if (keys.length === 0) return aside({ type: 'staff_unknown' });
	return ok({ candidate: { index, parsed: parsed.value, text, role: keys[0]?.role }, keys });
}

/**
 * The text that the author's key signed: the canonical JSON without the signature. Cut out of the text instead of
 * printed again: keys are sorted, and after `signature` come only a UUID, a type and a number, so that its last
 * occurrence is the entry's own. (Printing again took a third of the time of a push.)
 */
export function signedTextOf({ text, parsed }: Candidate): string {
	const member = `"signature":"${parsed.entry.signature}",`;
	const at = text.lastIndexOf(member);
	return text.slice(0, at) + text.slice(at + member.length);
}

/** What the registry has of one child, before a push. */
export interface ChildBefore {
	/** Houses that have to do with the child, in the order they came; empty for a child nobody has heard of. */
	readonly grants: readonly InstitutionId[];
	/** Every accepted entry of the child, in the order of arrival. */
	readonly entries: readonly ParsedEntry[];
	/** Which houses' feeds have an entry already. */
	readonly delivered: ReadonlyMap<EntryId, ReadonlySet<InstitutionId>>;
	/** Entries of the child set aside as `child_elsewhere` and not accepted since, in the order of arrival. */
	readonly waiting: readonly Waiting[];
}

/** An entry that was set aside until its house has to do with the child. */
export interface Waiting {
	readonly parsed: ParsedEntry;
	readonly text: string;
	/** When it first came. */
	readonly receivedAt: string;
}

/** An entry as one link of its tablet's chain. */
export interface Link {
	readonly id: EntryId;
	/** SHA-256 of its text. */
	readonly hash: Sha256;
	readonly previous: Sha256 | null;
	/** False of one that was set aside and keeps its place (rule 2 of a chain). */
	readonly accepted: boolean;
}

/** What the registry has, as far as it matters for one push. */
export interface Before {
	/** Text of an accepted entry. */
	readonly textOf: (id: EntryId) => string | undefined;
	/** What holds this number of this tablet: the accepted entry, and those set aside that keep their place. */
	readonly links: (deviceId: DeviceId, deviceSeq: number) => readonly Link[];
	readonly child: (childId: ChildId) => ChildBefore | undefined;
	/**
	 * Beside the children of the candidates: every file that is one child with one of theirs, and those that a merge among the
	 * candidates or in their files names.
	 */
	readonly others: readonly ChildId[];
	/** The pure layers have no crypto. */
	readonly sha256: Sha256Of;
}

/** An entry newly accepted. */
export interface Accepted {
	readonly parsed: ParsedEntry;
	readonly text: string;
	readonly receivedAt: string;
}

/** One entry to be added to one house's feed. */
export interface Delivery {
	readonly institutionId: InstitutionId;
	readonly entryId: EntryId;
}

export type Outcome =
	| { readonly outcome: 'accepted' | 'duplicate'; readonly index: number; readonly id: EntryId }
	| ({ readonly outcome: 'quarantined' } & SetAside);

/** Everything to be stored for one push, in one transaction. */
export interface Decided {
	/** One for each candidate, in their order. */
	readonly outcomes: readonly Outcome[];
	readonly accepted: readonly Accepted[];
	readonly grants: readonly {
		readonly childId: ChildId;
		readonly institutionId: InstitutionId;
		readonly because: EntryId;
	}[];
	/** In the order in which each feed takes them. */
	readonly deliveries: readonly Delivery[];
	/**
	 * The case files that changed, as they are now, and with them every file that is or was one child with one of them: of the
	 * file that names a child the child's, of another its own (`fileOf`).
	 */
	readonly caseFiles: ReadonlyMap<ChildId, CaseFile>;
	/** By file of `caseFiles` the child it is of, and the houses that may read it now. */
	readonly readers: ReadonlyMap<ChildId, Readers>;
	/** Entries with a number that another text of the same tablet holds, each one of the set aside. */
	readonly equivocations: readonly Equivocation[];
}

export interface Readers {
	/** The file that names the child: this one, unless it was merged with an older one. */
	readonly child: ChildId;
	readonly houses: readonly InstitutionId[];
}

/** A tablet told two stories under one number. */
export interface Equivocation {
	readonly index: number;
	readonly deviceId: DeviceId;
	readonly deviceSeq: number;
	/** The entry that was set aside, and the one that holds the number. */
	readonly id: EntryId;
	readonly holder: EntryId;
}

/** The files that merges among these entries name, for `Before.others`: those of the candidates, and of each file found. */
export function filesNamed(entries: readonly { readonly parsed: ParsedEntry }[]): readonly ChildId[] {
	return entries.flatMap(({ parsed: { known, entry } }) =>
		known && entry.type === 'child.merged' ? [entry.payload.merge.other] : []
	);
}

/** Decides a push: `candidates` are readable and their authors are proved. */
export function receive(candidates: readonly Candidate[], receivedAt: string, before: Before): Decided {
	const children = new Map<ChildId, Child>();
	const accepted = new Map<EntryId, Accepted>();
	const chains = new Chains(before);
	const equivocations: Equivocation[] = [];
	const grants: Decided['grants'][number][] = [];
	const outcomes: Outcome[] = [];

	const childOf = (childId: ChildId): Child => {
		const known = children.get(childId);
		if (known) return known;
		const child = openChild(childId, before.child(childId));
		children.set(childId, child);
		return child;
	};
	const taken = ({ parsed: { entry } }: { parsed: ParsedEntry }) =>
		chains.at(entry.deviceId, entry.deviceSeq).some((link) => link.accepted && link.id !== entry.id);
	const grant = (child: Child, institutionId: InstitutionId, because: EntryId) => {
		if (child.grants.has(institutionId)) return;
		child.grants.add(institutionId);
		grants.push({ childId: child.childId, institutionId, because });
		const freed = child.waiting.filter((waiting) => waiting.parsed.entry.institutionId === institutionId);
		child.waiting = child.waiting.filter((waiting) => !freed.includes(waiting));
		for (const waiting of freed) if (!accepted.has(waiting.parsed.entry.id) && !taken(waiting)) accept(child, waiting);
	};
	const accept = (child: Child, entry: Accepted) => {
		const { id } = entry.parsed.entry;
		accepted.set(id, entry);
		chains.add(entry, true);
		child.added.push(entry.parsed);
		const named = houseNamed(entry.parsed);
		if (named) grant(child, named, id);
		if (named || (entry.parsed.known && entry.parsed.entry.type === 'child.merged')) grantTogether(id);
	};
	/** Every house of a merged file may write on the others: what it records of the child may stand on any of them. */
	const grantTogether = (because: EntryId) => {
		for (const files of groupsOf([...children.values()], ({ before, added }) => [...before.entries, ...added])) {
			const houses = files.flatMap((file) => [...file.grants]);
			for (const file of files) for (const house of houses) grant(file, house, because);
		}
	};
	for (const childId of before.others) childOf(childId);

	for (const candidate of candidates) {
		const { entry } = candidate.parsed;
		const { index } = candidate;
		const text = before.textOf(entry.id) ?? accepted.get(entry.id)?.text;
		if (text === candidate.text) {
			outcomes.push({ outcome: 'duplicate', index, id: entry.id });
			continue;
		}
		const holder = chains.otherText(candidate);
		if (holder) {
			const { deviceId, deviceSeq } = entry;
			equivocations.push({ index, deviceId, deviceSeq, id: entry.id, holder: holder.id });
		}
		if (text !== undefined || holder) {
			outcomes.push({ outcome: 'quarantined', index, id: entry.id, reason: { type: 'sequence_taken' } });
			continue;
		}
		// The desk's chain is made where this is called, under a lock; `verify` looks at both.
		if (!candidate.atDesk && !chains.joins(candidate)) {
			outcomes.push({ outcome: 'quarantined', index, id: entry.id, reason: { type: 'chain_broken' } });
			continue;
		}
		const arrival: Accepted = { parsed: candidate.parsed, text: candidate.text, receivedAt };
		// Before anything of the child: who may not say it opens no file by saying it.
		if (!candidate.atDesk && !mayWrite(entry.type, candidate.role)) {
			chains.add(arrival, false);
			outcomes.push({ outcome: 'quarantined', index, id: entry.id, reason: { type: 'not_yours_to_merge' } });
			continue;
		}
		const child = childOf(entry.childId);
		if (child.grants.size === 0) grant(child, entry.institutionId, entry.id);
		if (candidate.atDesk || child.grants.has(entry.institutionId)) {
			accept(child, arrival);
			outcomes.push({ outcome: 'accepted', index, id: entry.id });
		} else {
			child.waiting.push(arrival);
			chains.add(arrival, false);
			outcomes.push({ outcome: 'quarantined', index, id: entry.id, reason: { type: 'child_elsewhere' } });
		}
	}

	const deliveries: Delivery[] = [];
	const caseFiles = new Map<ChildId, CaseFile>();
	const readers = new Map<ChildId, Readers>();
	const opened = [...children.values()];
	const were = groupsOf(opened, (child) => child.before.entries);
	for (const files of groupsOf(opened, (child) => [...child.before.entries, ...child.added])) {
		const before = were.filter((others) => others.some((file) => files.includes(file))).flat();
		// A parting leaves two groups, each of which changed because the other did.
		if (![...files, ...before].some(({ added }) => added.length > 0)) continue;
		deliver(files, before, deliveries, caseFiles, readers);
	}
	// An entry set aside early in the push may have been taken up by a hand-over further on.
	const settled = outcomes.map((outcome): Outcome =>
		outcome.outcome === 'quarantined' &&
		outcome.id &&
		outcome.reason.type === 'child_elsewhere' &&
		accepted.has(outcome.id)
			? { outcome: 'accepted', index: outcome.index, id: outcome.id }
			: outcome
	);
	return { outcomes: settled, accepted: [...accepted.values()], grants, deliveries, caseFiles, readers, equivocations };
}

/** The links of tablets' chains: those there were, and those this push adds. */
class Chains {
	readonly #before: Before;
	readonly #added = new Map<string, Link[]>();

	constructor(before: Before) {
		this.#before = before;
	}

	at(deviceId: DeviceId, deviceSeq: number): readonly Link[] {
		const added = this.#added.get(`${deviceId} ${deviceSeq}`);
		const known = this.#before.links(deviceId, deviceSeq);
		return added ? [...known, ...added] : known;
	}

	add({ parsed: { entry }, text }: Accepted, accepted: boolean): void {
		const key = `${entry.deviceId} ${entry.deviceSeq}`;
		const link = { id: entry.id, hash: this.#before.sha256(text), previous: entry.previous, accepted };
		this.#added.set(key, [...(this.#added.get(key) ?? []), link]);
	}

	/** What holds the candidate's number with another text. */
	otherText({ parsed: { entry }, text }: Candidate): Link | undefined {
		const held = deciding(this.at(entry.deviceId, entry.deviceSeq));
		if (held.length === 0) return undefined;
		const hash = this.#before.sha256(text);
		return held.some((link) => link.hash === hash) ? undefined : held[0];
	}

	/** Whether the candidate follows what stands before it, and is followed by what stands after it. */
	joins({ parsed: { entry }, text }: Candidate): boolean {
		const { deviceId, deviceSeq, previous } = entry;
		if ((previous === null) !== (deviceSeq === 1)) return false;
		const before = deviceSeq === 1 ? [] : deciding(this.at(deviceId, deviceSeq - 1));
		if (before.length > 0 && !before.some((link) => link.hash === previous)) return false;
		const after = deciding(this.at(deviceId, deviceSeq + 1));
		if (after.length === 0) return true;
		const hash = this.#before.sha256(text);
		return after.some((link) => link.previous === hash);
	}
}

/** An accepted entry decides alone what stands at a number. */
function deciding(links: readonly Link[]): readonly Link[] {
	const accepted = links.filter((link) => link.accepted);
	return accepted.length > 0 ? accepted : links;
}

/** A child while a push is decided. */
interface Child {
	readonly childId: ChildId;
	readonly before: ChildBefore;
	readonly grants: Set<InstitutionId>;
	readonly added: ParsedEntry[];
	waiting: Waiting[];
}

function openChild(childId: ChildId, before: ChildBefore | undefined): Child {
	const known = before ?? { grants: [], entries: [], delivered: new Map(), waiting: [] };
	return { childId, before: known, grants: new Set(known.grants), added: [], waiting: [...known.waiting] };
}

/** The other house of a hand-over. */
function houseNamed(parsed: ParsedEntry): InstitutionId | undefined {
	if (!parsed.known) return undefined;
	if (parsed.entry.type === 'handover.sent') return parsed.entry.payload.handover.to;
	if (parsed.entry.type === 'handover.received') return parsed.entry.payload.handover.from;
	return undefined;
}

/** The opened files by the child they are of, as these of their entries say; a file without company stands alone. */
function groupsOf(
	opened: readonly Child[],
	entriesOf: (child: Child) => readonly ParsedEntry[]
): readonly (readonly Child[])[] {
	const merges = standingMerges(opened.flatMap(entriesOf));
	if (merges.length === 0) return opened.map((child) => [child]);
	const groups = new Map<ChildId, Child[]>();
	for (const child of opened) {
		const name = filesOfChild(child.childId, merges)[0] ?? child.childId;
		groups.set(name, [...(groups.get(name) ?? []), child]);
	}
	return [...groups.values()];
}

/**
 * Adds to `deliveries` what the feeds still lack of a child. New entries go to the houses involved before or after them
 * (a house from which a child is taken away learns that it was), older ones to the houses involved now. The author's
 * house gets its own entries always, and a house that an entry names gets that entry: a tablet of it whose entries were
 * set aside then knows to send them again.
 *
 * @param files of the child, one unless files were merged
 * @param before the files that were one child with one of them until now
 */
function deliver(
	files: readonly Child[],
	before: readonly Child[],
	deliveries: Delivery[],
	caseFiles: Map<ChildId, CaseFile>,
	readers: Map<ChildId, Readers>
): void {
	const own = files.map((file) => {
		const started =
			file.before.entries.length === 0 ? emptyCaseFile(file.childId) : fold(file.childId, file.before.entries);
		return { file, caseFile: file.added.reduce(evolve, started) };
	});
	const involvedNow = new Set(own.flatMap(({ file, caseFile }) => involved(caseFile, file.grants)));
	const involvedBefore = before
		.flatMap((file) => involved(fold(file.childId, file.before.entries), new Set(file.before.grants)))
		.filter((house) => involvedNow.has(house) || !own.some(({ caseFile }) => hasOnlyItsOwnWord(caseFile, house)));
	const audience = new Set([...involvedBefore, ...involvedNow]);
	for (const file of files) {
		for (const institutionId of involvedNow) {
			for (const { entry } of file.before.entries) {
				if (!file.before.delivered.get(entry.id)?.has(institutionId))
					deliveries.push({ institutionId, entryId: entry.id });
			}
		}
	}
	for (const file of files) {
		for (const parsed of file.added) {
			const named = houseNamed(parsed);
			const to = new Set([parsed.entry.institutionId, ...audience, ...(named === undefined ? [] : [named])]);
			for (const institutionId of to) deliveries.push({ institutionId, entryId: parsed.entry.id });
		}
	}
	const [first] = own;
	if (!first) return;
	const whole =
		own.length === 1
			? first.caseFile
			: foldChild(
					first.file.childId,
					own.flatMap(({ caseFile }) => [...caseFile.entries.values()])
				);
	for (const { file, caseFile } of own) {
		// A file that is only named, by half of a merge, is not there.
		if (caseFile.entries.size === 0) continue;
		caseFiles.set(file.childId, file.childId === whole.childId ? whole : { ...caseFile, decisions: whole.decisions });
		readers.set(file.childId, { child: whole.childId, houses: [...involvedNow] });
	}
}

/**
 * The houses that a child's entries go to: involved by the case file and on the list; the first of the list always, unless
 * it has only its own word for it.
 */
export function involved(file: CaseFile, grants: ReadonlySet<InstitutionId>): readonly InstitutionId[] {
	const now = new Set(housesInvolved(file));
	return [...grants].filter((house, index) => (index === 0 || now.has(house)) && !hasOnlyItsOwnWord(file, house));
}

/** The house says that it received the child from another, which has spoken since, and no hand-over names it. */
function hasOnlyItsOwnWord(file: CaseFile, house: InstitutionId): boolean {
	const entries = [...file.entries.values()].flatMap(({ known, entry }) => (known ? [entry] : []));
	return (
		firstHouse(file) !== house &&
		entries.some(({ type, institutionId }) => type === 'handover.received' && institutionId === house) &&
		!entries.some((entry) => entry.type === 'handover.sent' && entry.payload.handover.to === house)
	);
}

function reasonOf(fault: EntryFault): QuarantineReason {
	switch (fault.type) {
		case 'envelope_invalid':
		case 'payload_invalid':
			return { type: 'unreadable', path: fault.path, problem: fault.problem };
		case 'too_large':
			return { type: 'too_large', bytes: fault.bytes, maximum: fault.maximum };
		case 'too_deep':
			return { type: 'too_deep', maximum: fault.maximum };
	}
}

/** The id of something that may not be an entry at all. */
function idOf(item: unknown): EntryId | undefined {
	if (item === null || typeof item !== 'object' || !('id' in item)) return undefined;
	const id = entryIdSchema.safeParse(item.id);
	return id.success ? id.data : undefined;
}
