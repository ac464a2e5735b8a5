import { parseEntry, type Envelope, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, DeviceId, EntryId, InstitutionId, Sha256 } from '#lib/domain/ids.ts';
import type { Sender } from '../entry-log.ts';
import type { PullAnswer } from '../protocol.ts';
import {
	afterChildSeen,
	afterReceipts,
	afterSeen,
	begin,
	forgotten,
	greeting,
	needsPush,
	nextCommand,
	nothingWaits,
	pulling,
	pushing,
	resting,
	settle,
	type Keep,
	type OwnDelivery,
	type SyncEvent,
	type SyncPosition,
	type SyncState
} from '../sync-state.ts';
import type { Chance } from './chance.ts';

/** An entry of the tablet's own, with how it stands. */
export interface OwnEntry {
	readonly entry: Envelope;
	/** False for what can never be an entry: it ends in quarantine. */
	readonly good: boolean;
	delivery: OwnDelivery;
}

/** What a tablet asks of the registry. */
export type Question =
	| { readonly type: 'hello' }
	| { readonly type: 'push'; readonly items: readonly unknown[] }
	| { readonly type: 'pull'; readonly after: SyncPosition['cursor']; readonly epoch: string; readonly limit: number };

export interface Sent {
	readonly tablet: SimulatedTablet;
	/** Of which life of the tablet's program; an answer to an earlier one finds nobody. */
	readonly life: number;
	readonly request: number;
	readonly question: Question;
}

/** Things by id that are found by their child too: what a schedule asks must not cost more the longer it runs. */
class ByChild<T> extends Map<EntryId, T> {
	readonly #childOf: (thing: T) => ChildId;
	readonly #byChild = new Map<ChildId, Map<EntryId, T>>();

	constructor(childOf: (thing: T) => ChildId) {
		super();
		this.#childOf = childOf;
	}

	/** In the order in which they came. */
	of(childId: ChildId): readonly T[] {
		return [...(this.#byChild.get(childId)?.values() ?? [])];
	}

	children(): Iterable<ChildId> {
		return this.#byChild.keys();
	}

	override set(id: EntryId, thing: T): this {
		const childId = this.#childOf(thing);
		const siblings = this.#byChild.get(childId);
		if (siblings) siblings.set(id, thing);
		else this.#byChild.set(childId, new Map([[id, thing]]));
		return super.set(id, thing);
	}

	override delete(id: EntryId): boolean {
		const thing = this.get(id);
		if (thing === undefined) return false;
		const childId = this.#childOf(thing);
		const siblings = this.#byChild.get(childId);
		siblings?.delete(id);
		if (siblings?.size === 0) this.#byChild.delete(childId);
		return super.delete(id);
	}

	override clear(): void {
		this.#byChild.clear();
		super.clear();
	}
}

/**
 * A tablet as the protocol sees it: a disk, which survives everything, and a program, which does not. All decisions are
 * sync-state.ts's; what the vault does on a real tablet is done here with maps.
 */
export class SimulatedTablet {
	readonly sender: Sender;
	/** How wrong its clock is, milliseconds. */
	readonly clockError: number;

	// The disk.
	position: SyncPosition = { epoch: undefined, cursor: 'start' };
	readonly own = new ByChild<OwnEntry>(({ entry }) => entry.childId);
	readonly others = new ByChild<ParsedEntry>(({ entry }) => entry.childId);
	/** The number of its latest entry, and its hash. */
	lastSeq = 0;
	lastHash: Sha256 | null = null;
	// The program's memory.
	state: SyncState = resting;
	life = 0;

	readonly #parsed: Map<EntryId, ParsedEntry>;

	/** @param parsed what was parsed once is not parsed again, by any tablet */
	constructor(deviceId: DeviceId, institutionId: InstitutionId, clockError: number, parsed: Map<EntryId, ParsedEntry>) {
		this.sender = { deviceId, institutionId };
		this.clockError = clockError;
		this.#parsed = parsed;
	}

	/**
	 * Records an entry: on the disk before anything else happens.
	 *
	 * @param hash of its text, which the next one names
	 */
	record(entry: Envelope, good: boolean, hash: Sha256): void {
		this.own.set(entry.id, { entry, good, delivery: { state: 'waiting' } });
		this.lastSeq = entry.deviceSeq;
		this.lastHash = hash;
		this.state = begin(this.state);
	}

	/** Every readable entry the tablet knows of a child, its own included. */
	known(childId: ChildId): readonly ParsedEntry[] {
		const own = this.own
			.of(childId)
			.filter(({ good }) => good)
			.map(({ entry }) => this.parse(entry));
		return [...this.others.of(childId), ...own];
	}

	/** The children the tablet has heard of. */
	children(): readonly ChildId[] {
		const ids = new Set(this.others.children());
		for (const childId of this.own.children())
			if (!ids.has(childId) && this.own.of(childId).some(({ good }) => good)) ids.add(childId);
		return [...ids];
	}

	/** Takes the next step; what is to be sent, if anything. */
	step(): Sent | undefined {
		if (this.state.inFlight) return undefined;
		const command = nextCommand(this.state, this.position);
		switch (command.type) {
			case 'rest':
				return undefined;
			case 'hello':
				this.state = greeting(this.state);
				return this.#sent({ type: 'hello' });
			case 'push': {
				const waiting = [...this.own.values()]
					.filter(({ delivery }) => needsPush(delivery, this.position.epoch))
					.slice(0, command.limit)
					.map(({ entry }) => entry);
				if (waiting.length === 0) {
					this.state = nothingWaits(this.state);
					return undefined;
				}
				this.state = pushing(
					this.state,
					waiting.map(({ id }) => id)
				);
				return this.#sent({ type: 'push', items: waiting });
			}
			case 'pull':
				this.state = pulling(this.state, command.after);
				return this.#sent({ type: 'pull', after: command.after, epoch: command.epoch, limit: command.limit });
		}
	}

	/** An answer, or the end of patience. */
	receive(event: SyncEvent, chance: Chance): void {
		const settled = settle(this.state, this.position, event, chance.next());
		this.state = settled.state;
		this.keep(settled.keep);
	}

	/** One transaction of the disk. */
	keep(keep: Keep): void {
		switch (keep.type) {
			case 'nothing':
				return;
			case 'receipts':
				for (const [id, delivery] of afterReceipts(keep.epoch, keep.receipts, keep.sent)) {
					const own = this.own.get(id);
					if (own) own.delivery = delivery;
				}
				return;
			case 'page':
				if (this.contradicts(keep.answer)) this.startAgain({ epoch: keep.answer.epoch, cursor: 'start' });
				else this.apply(keep.answer);
				return;
			case 'startAgain':
				this.startAgain({ epoch: keep.epoch, cursor: 'start' });
				return;
		}
	}

	/** The program ends and begins again. */
	crash(): void {
		this.state = begin(resting);
		this.life += 1;
	}

	/** The store was damaged; the journal of the tablet's own entries was not. */
	loseOthers(): void {
		this.others.clear();
		this.position = { ...this.position, cursor: 'start' };
		this.crash();
	}

	protected contradicts(answer: PullAnswer): boolean {
		const ids = new Map(answer.entries.map(({ position, entry }) => [position, (entry as Envelope).id]));
		const confirmed = [...this.own.values()].flatMap(({ entry, delivery }) =>
			delivery.state === 'registered' && delivery.epoch === answer.epoch
				? [{ id: entry.id, position: delivery.position }]
				: []
		);
		return forgotten(answer, (position) => ids.get(position), confirmed);
	}

	protected apply(answer: PullAnswer): void {
		this.applyEntries(answer);
		this.position = { epoch: answer.epoch, cursor: answer.next };
	}

	protected applyEntries(answer: PullAnswer): void {
		const children = new Set(answer.entries.map(({ entry }) => (entry as Envelope).childId));
		for (const own of this.own.values()) {
			if (children.has(own.entry.childId)) own.delivery = afterChildSeen(own.delivery);
		}
		for (const { position, receivedAt, entry } of answer.entries) {
			const parsed = this.parse(entry as Envelope);
			const own = this.own.get(parsed.entry.id);
			if (own) own.delivery = afterSeen(own.delivery, answer.epoch, position, receivedAt);
			else this.others.set(parsed.entry.id, parsed);
		}
	}

	protected startAgain(position: SyncPosition): void {
		this.position = position;
		this.state = { ...this.state, stage: 'push' };
		for (const own of this.own.values()) own.delivery = { state: 'waiting' };
	}

	protected parse(entry: Envelope): ParsedEntry {
		const known = this.#parsed.get(entry.id);
		if (known) return known;
		const parsed = parseEntry(entry);
		if (!parsed.ok) throw new Error(`the feed brought what is no entry: ${JSON.stringify(parsed.error)}`);
		this.#parsed.set(entry.id, parsed.value);
		return parsed.value;
	}

	#sent(question: Question): Sent {
		return { tablet: this, life: this.life, request: this.state.latest, question };
	}
}
