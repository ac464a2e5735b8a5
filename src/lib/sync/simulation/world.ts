import { custodian, fold, items } from '#lib/domain/case-file/case-file.ts';
import { live } from '#lib/domain/case-file/versions.ts';
import { entryText, type Envelope, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, DeviceId, EntryId, InstitutionId, ItemId, StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import type { Sha256Of } from '../chain.ts';
import type { EntryLog } from '../entry-log.ts';
import { instantOf, instantText } from '../instant.ts';
import { MemoryEntryLog, type Backup } from '../memory-entry-log.ts';
import { cursorAt, type Epoch } from '../protocol.ts';
import { involved } from '../receive.ts';
import { needsPush, begin, type SyncEvent } from '../sync-state.ts';
import { Chance } from './chance.ts';
import { SimulatedTablet, type Sent } from './tablet.ts';

/*
 * Houses, tablets, a bad network and a registry, driven by chance. Everything that can go wrong goes wrong in some
 * schedule: cuts, lost answers, requests that arrive twice, late or out of order, programs that die, a registry put back
 * from an old backup with or without anybody noticing, damaged stores, clocks a year off, entries that are none.
 * Then the weather clears, everybody finishes, and nothing may be missing, doubled, reordered or overwritten.
 */

/** Parts of the world that can be replaced by faulty ones. The product's code knows nothing of faults. */
export interface Fault {
	/** A registry's log that misbehaves; `log` is an honest one behind it. */
	readonly log?: (log: MemoryEntryLog, chance: Chance) => FaultyLog;
	readonly tablet?: typeof SimulatedTablet;
	/** Records an edit as replacing these, given what the person saw and everything there is. */
	readonly replaces?: (seen: readonly EntryId[], everything: readonly EntryId[]) => readonly EntryId[];
}

export interface FaultyLog extends Pick<EntryLog, 'append' | 'read'> {
	/** The registry's process dies and starts again. */
	crash?(): void;
}

export interface Schedule {
	readonly seed: number;
	readonly tablets: number;
	/** Operations before the weather clears. */
	readonly operations: number;
}

/** What happened in a schedule, to see that the bad things do happen. */
export interface Tally {
	entries: number;
	restores: number;
	crashes: number;
	lost: number;
	handovers: number;
	poison: number;
}

interface Truth {
	readonly entry: Envelope;
	readonly good: boolean;
	/** For an answer to the field: the versions its author had on screen. */
	readonly seen?: readonly EntryId[];
}

/** The field everybody edits, so that edits meet. */
const field = 'nameGiven' as const;
const start = instantOf('2026-01-01T00:00:00Z');
const year = 365 * 86_400_000;
const pageSize = 9;
const bodyLimit = 24;

export class World {
	readonly tally: Tally = { entries: 0, restores: 0, crashes: 0, lost: 0, handovers: 0, poison: 0 };
	readonly #chance: Chance;
	readonly #schedule: Schedule;
	readonly #log: MemoryEntryLog;
	readonly #port: FaultyLog;
	readonly #fault: Fault;
	readonly #sha256: Sha256Of;
	readonly #houses: readonly InstitutionId[];
	readonly #tablets: readonly SimulatedTablet[];
	readonly #truth = new Map<EntryId, Truth>();
	readonly #truthOf = new Map<ChildId, Truth[]>();
	readonly #requests: Sent[] = [];
	readonly #answers: { readonly sent: Sent; readonly event: SyncEvent }[] = [];
	readonly #backups: Backup[] = [];
	/** True after a restore nobody was told of: until tablets found out, receipts of the epoch may be void. */
	#putBackInSecret = false;
	/** True after the first restore nobody was told of. */
	#everPutBackInSecret = false;
	#now = start;

	constructor(schedule: Schedule, fault: Fault, sha256: Sha256Of) {
		this.#schedule = schedule;
		this.#fault = fault;
		this.#sha256 = sha256;
		this.#chance = new Chance(schedule.seed);
		this.#log = new MemoryEntryLog(
			{ sha256, verify: () => true, keysOf: () => [{ publicKey: '', removedAt: undefined }] },
			this.#chance.uuid(start) as Epoch
		);
		this.#port = fault.log?.(this.#log, this.#chance) ?? this.#log;
		this.#houses = Array.from({ length: 3 }, () => this.#chance.uuid(start) as InstitutionId);
		const parsed = new Map<EntryId, ParsedEntry>();
		const Tablet = fault.tablet ?? SimulatedTablet;
		this.#tablets = Array.from({ length: schedule.tablets }, (_, index) => {
			const house = this.#houses[index % this.#houses.length];
			if (!house) throw new Error('no house');
			const clockError = Math.round((this.#chance.next() * 2 - 1) * year);
			return new Tablet(this.#chance.uuid(start) as DeviceId, house, clockError, parsed);
		});
		this.#backups.push(this.#log.backup());
	}

	/** Runs the schedule. @throws an Error that says which invariant broke, and where */
	async run(): Promise<Tally> {
		for (let done = 0; done < this.#schedule.operations; done++) {
			this.#now += this.#chance.below(60_000);
			await this.#operation();
		}
		await this.#clearUp();
		for (const tablet of this.#tablets) this.#receiveWhatWasSent(tablet);
		await this.#clearUp();
		await this.#check();
		return this.tally;
	}

	async #operation(): Promise<void> {
		const chance = this.#chance;
		const tablet = chance.pick(this.#tablets);
		if (!tablet) return;
		const lot = chance.next();
		if (lot < 0.14) this.#record(tablet);
		else if (lot < 0.42) this.#stepOf(tablet);
		else if (lot < 0.64) await this.#arrive();
		else if (lot < 0.86) this.#answer();
		else if (lot < 0.9) this.#lose(this.#requests);
		else if (lot < 0.93) this.#lose(this.#answers);
		else if (lot < 0.94) this.#twice();
		else if (lot < 0.975) this.#runOutOfPatience(tablet);
		else if (lot < 0.983) this.#crashOf(tablet);
		else if (lot < 0.988) this.#registryCrashes();
		else if (lot < 0.993) this.#backups.push(this.#log.backup());
		else if (lot < 0.9965) this.#putBack();
		else if (lot < 0.998) tablet.loseOthers();
		else tablet.state = begin(tablet.state);
	}

	// What people do.

	#record(tablet: SimulatedTablet): void {
		const chance = this.#chance;
		const children = tablet.children();
		const childId = chance.happens(0.75) ? chance.pick(children) : undefined;
		if (childId === undefined) return this.#answerField(tablet, this.#id<ChildId>(tablet));
		const lot = chance.next();
		if (lot < 0.5) return this.#answerField(tablet, childId);
		if (lot < 0.65) {
			const itemId = this.#id<ItemId>(tablet);
			return this.#write(tablet, childId, 'care.recorded', { itemId, care: { kind: 'daily', note: 'ate well' } });
		}
		if (lot < 0.7) return this.#write(tablet, childId, 'future.thing', { anything: [1] }, { version: 9 });
		if (lot < 0.76) {
			this.tally.poison += 1;
			return this.#write(tablet, childId, 'care.recorded', { itemId: 'none' }, {}, { good: false });
		}
		if (lot < 0.8) return this.#withdrawItem(tablet, childId);
		return this.#handOver(tablet, childId);
	}

	#answerField(tablet: SimulatedTablet, childId: ChildId): void {
		const seen = live(fold(childId, tablet.known(childId)).fields[field]).map(({ entryId }) => entryId);
		const everything = (this.#truthOf.get(childId) ?? []).flatMap(({ entry, seen }) =>
			seen === undefined ? [] : [entry.id]
		);
		const replaces = this.#fault.replaces?.(seen, everything) ?? seen;
		const answers = { [field]: { state: 'known', value: `name ${this.#chance.below(1_000_000)}` } };
		this.#write(tablet, childId, 'intake.recorded', { answers }, { replaces: [...replaces] }, { seen });
	}

	#handOver(tablet: SimulatedTablet, childId: ChildId): void {
		const own = tablet.sender.institutionId;
		if (custodian(fold(childId, tablet.known(childId))) !== own) return;
		const to = this.#chance.pick(this.#houses.filter((house) => house !== own));
		this.tally.handovers += 1;
		this.#write(tablet, childId, 'handover.sent', { itemId: this.#id<ItemId>(tablet), handover: { to } });
	}

	#withdrawItem(tablet: SimulatedTablet, childId: ChildId): void {
		const file = fold(childId, tablet.known(childId));
		const own = [...items(file, 'care'), ...items(file, 'handoverSent')].filter(
			({ version }) => version.institutionId === tablet.sender.institutionId
		);
		const item = this.#chance.pick(own);
		if (item) this.#write(tablet, childId, 'item.withdrawn', { itemId: item.itemId, reason: 'by mistake' });
	}

	/** People know from whom a child came to them; sooner or later they write it down. */
	#receiveWhatWasSent(tablet: SimulatedTablet): void {
		const house = tablet.sender.institutionId;
		for (const childId of tablet.children()) {
			const senders = new Set<InstitutionId>();
			for (const { entry } of this.#truthOf.get(childId) ?? [])
				if (entry.type === 'handover.sent' && sentTo(entry) === house) senders.add(entry.institutionId);
			for (const from of senders) {
				this.#write(tablet, childId, 'handover.received', { itemId: this.#id<ItemId>(tablet), handover: { from } });
			}
		}
	}

	#write(
		tablet: SimulatedTablet,
		childId: ChildId,
		type: string,
		payload: object,
		change: Partial<Envelope> = {},
		truth: { good?: boolean; seen?: readonly EntryId[] } = {}
	): void {
		const { deviceId, institutionId } = tablet.sender;
		const entry: Envelope = {
			id: this.#id<EntryId>(tablet),
			childId,
			type,
			version: 1,
			replaces: [],
			occurredOn: civilDate('2026-01-01'),
			recordedAt: instantText(this.#now + tablet.clockError),
			staffId: deviceId as string as StaffId,
			institutionId,
			deviceId,
			deviceSeq: tablet.lastSeq + 1,
			previous: tablet.lastHash,
			payload: payload as Envelope['payload'],
			signature: 'A'.repeat(86),
			...change
		};
		const good = truth.good ?? true;
		this.tally.entries += 1;
		const written: Truth = { entry, good, ...(truth.seen && { seen: truth.seen }) };
		this.#truth.set(entry.id, written);
		const siblings = this.#truthOf.get(childId);
		if (siblings) siblings.push(written);
		else this.#truthOf.set(childId, [written]);
		// The tablet's chain goes through the entries that are none too.
		tablet.record(entry, good, this.#sha256(entryText(entry)));
	}

	// What the network does.

	#stepOf(tablet: SimulatedTablet): void {
		const sent = tablet.step();
		if (sent) this.#requests.push(sent);
	}

	async #arrive(): Promise<void> {
		const sent = this.#chance.take(this.#requests);
		if (sent) this.#answers.push({ sent, event: await this.#serve(sent) });
	}

	#answer(): void {
		const answer = this.#chance.take(this.#answers);
		if (answer && answer.sent.life === answer.sent.tablet.life) answer.sent.tablet.receive(answer.event, this.#chance);
	}

	#lose(from: unknown[]): void {
		if (from.length === 0) return;
		this.#chance.take(from);
		this.tally.lost += 1;
	}

	#twice(): void {
		const sent = this.#chance.pick(this.#requests);
		if (sent) this.#requests.push(sent);
	}

	#runOutOfPatience(tablet: SimulatedTablet): void {
		const { inFlight } = tablet.state;
		if (inFlight) tablet.receive({ type: 'failed', request: inFlight.request }, this.#chance);
	}

	#crashOf(tablet: SimulatedTablet): void {
		this.tally.crashes += 1;
		tablet.crash();
	}

	// What the registry does.

	async #serve({ tablet, request, question }: Sent): Promise<SyncEvent> {
		const epoch = await this.#log.epoch();
		const head = { protocol: 1, epoch, challenge: '' } as const;
		switch (question.type) {
			case 'hello':
				return { type: 'greeted', request, epoch };
			case 'push': {
				if (question.items.length > bodyLimit) return { type: 'tooLarge', request };
				try {
					const receivedAt = instantText(this.#now);
					const receipts = await this.#port.append(tablet.sender, question.items, receivedAt);
					return { type: 'pushAnswered', request, answer: { ...head, durable: true, receipts: [...receipts] } };
				} catch (error) {
					if (error instanceof RegistryFault) return { type: 'failed', request };
					throw error;
				}
			}
			case 'pull': {
				if (question.epoch !== epoch) return { type: 'feedChanged', request, epoch };
				const limit = Math.min(question.limit, pageSize);
				const page = await this.#port.read(tablet.sender.institutionId, question.after, limit);
				if (!page.ok) {
					const next = this.#chance.uuid(this.#now) as Epoch;
					this.#log.beginEpoch(next);
					this.#putBackInSecret = false;
					return { type: 'feedChanged', request, epoch: next };
				}
				const entries = page.value.entries.map(({ position, receivedAt, text }) => ({
					position,
					receivedAt,
					entry: JSON.parse(text) as unknown
				}));
				return {
					type: 'pullAnswered',
					request,
					answer: { ...head, ...page.value, after: question.after, entries }
				};
			}
		}
	}

	/** The registry's process dies: what is on its way to it or from it may be gone, what it confirmed may not. */
	#registryCrashes(): void {
		this.tally.crashes += 1;
		this.#port.crash?.();
		this.#requests.splice(0, this.#chance.below(this.#requests.length + 1));
		this.#answers.splice(0, this.#chance.below(this.#answers.length + 1));
		if (!this.#putBackInSecret) this.#checkConfirmed('after a crash of the registry');
	}

	/** The database is put back from a backup, any of them; what was on its way is still on its way. */
	#putBack(): void {
		const backup = this.#chance.pick(this.#backups);
		if (!backup) return;
		this.tally.restores += 1;
		const noticed = this.#chance.happens(0.5);
		if (!noticed) this.#putBackInSecret = this.#everPutBackInSecret = true;
		this.#log.restore(backup, noticed ? (this.#chance.uuid(this.#now) as Epoch) : backup.state.epoch);
	}

	// The end.

	/** Good weather: everybody synchronises until nothing more happens. */
	async #clearUp(): Promise<void> {
		// What is still on its way arrives, in any order.
		while (this.#requests.length + this.#answers.length > 0) {
			await this.#arrive();
			this.#answer();
		}
		for (let round = 0; round < 8; round++) {
			for (const tablet of this.#tablets) {
				if (tablet.state.inFlight) this.#runOutOfPatience(tablet);
				tablet.state = begin(tablet.state);
				for (let steps = 0; steps < 200 && tablet.state.stage !== 'rest'; steps++) {
					const sent = tablet.step();
					if (sent) tablet.receive(await this.#serve(sent), this.#chance);
				}
			}
			if (await this.#quiet()) return;
		}
		throw new Broken(
			'viii',
			'the tablets never come to rest: something is stuck in an outbox, or they go round for ever'
		);
	}

	async #quiet(): Promise<boolean> {
		const epoch = await this.#log.epoch();
		for (const tablet of this.#tablets) {
			const { institutionId } = tablet.sender;
			const head = await this.#log.head(institutionId);
			if (tablet.state.stage !== 'rest' || tablet.position.epoch !== epoch) return false;
			if (tablet.position.cursor !== cursorAt(head.position, head.hash)) return false;
			if ([...tablet.own.values()].some(({ delivery }) => needsPush(delivery, epoch))) return false;
		}
		return true;
	}

	/** (i) Whatever a tablet believes to be on the registry, in the registry's present epoch, is there. */
	#checkConfirmed(when: string): void {
		const epoch = this.#log.backup().state.epoch;
		const there = new Set(this.#log.accepted().map(({ parsed }) => parsed.entry.id));
		for (const tablet of this.#tablets) {
			for (const { entry, delivery } of tablet.own.values()) {
				if (delivery.state === 'registered' && delivery.epoch === epoch && !there.has(entry.id)) {
					throw new Broken('i', `${when}: ${entry.type} ${entry.id} was confirmed and is not there`);
				}
			}
		}
	}

	async #check(): Promise<void> {
		this.#checkConfirmed('in the end');
		this.#checkNothingLostOrDoubled();
		this.#checkSequences();
		await this.#checkFeeds();
		this.#checkReplicas();
		this.#checkValues();
	}

	/**
	 * (i) Every entry recorded is at the registry exactly once; what is no entry is kept aside. A database put back in
	 * secret may forget what was set aside, and nothing in a feed can tell: then it is still on its tablet.
	 */
	#checkNothingLostOrDoubled(): void {
		const there = this.#log.accepted().map(({ parsed }) => parsed.entry.id);
		const ids = new Set(there);
		for (const [id, { good, entry }] of this.#truth) {
			if (good && !ids.has(id)) throw new Broken('i', `${entry.type} ${id} was recorded and is lost`);
			if (!good && !this.#everPutBackInSecret && !this.#log.quarantined().some(({ body }) => body.includes(id))) {
				throw new Broken('i', `${id} was set aside and is not kept`);
			}
		}
		const good = [...this.#truth.values()].filter((truth) => truth.good).length;
		if (there.length !== good)
			throw new Broken('i', `${good} entries were recorded, ${there.length} are at the registry`);
	}

	/** (ii) Each tablet's numbers run 1, 2, 3, …, the set aside ones included. */
	#checkSequences(): void {
		const numbers = new Map<DeviceId, number[]>();
		const add = (entry: Envelope) =>
			numbers.set(entry.deviceId, [...(numbers.get(entry.deviceId) ?? []), entry.deviceSeq]);
		for (const { parsed } of this.#log.accepted()) add(parsed.entry as Envelope);
		for (const { entry, good } of this.#truth.values()) if (!good) add(entry);
		for (const [device, found] of numbers) {
			found.sort((a, b) => a - b);
			const gap = found.findIndex((number, index) => number !== index + 1);
			if (gap !== -1) throw new Broken('ii', `the numbers of tablet ${device} break at ${gap + 1}`);
		}
		// Honest tablets in bad weather: nothing that happens to them may look like a forged chain.
		const doubted = this.#log
			.quarantined()
			.find(({ reason }) => reason.type === 'chain_broken' || reason.type === 'sequence_taken');
		if (doubted || this.#log.equivocations().length > 0)
			throw new Broken('ii', `an honest tablet was held for a forged one: ${doubted?.reason.type ?? 'two stories'}`);
	}

	/** (vi) Every feed has each entry once and its chain holds; the tablets' cursors name its end. */
	async #checkFeeds(): Promise<void> {
		for (const house of this.#houses) {
			const broken = this.#log.firstBroken(house);
			if (broken !== undefined) throw new Broken('vi', `the chain of ${house} breaks at ${broken}`);
			const ids = this.#log.feed(house).map(({ entryId }) => entryId);
			if (new Set(ids).size !== ids.length) throw new Broken('vi', `the feed of ${house} has an entry twice`);
		}
	}

	/** (iii) Every tablet of a house involved with a child has the same case file as the registry. */
	#checkReplicas(): void {
		const { children } = this.#log.backup().state;
		for (const [childId, entries] of this.#acceptedByChild()) {
			const file = fold(childId, entries);
			const expected = printed(file);
			for (const house of involved(file, new Set(children.get(childId)?.grants))) {
				for (const tablet of this.#tablets) {
					if (tablet.sender.institutionId !== house) continue;
					if (printed(fold(childId, tablet.known(childId))) !== expected) {
						throw new Broken(
							'iii',
							`tablet ${tablet.sender.deviceId} has another file of child ${childId} than the registry`
						);
					}
				}
			}
		}
	}

	/** (iv) A value goes only when somebody who saw it replaced it. */
	#checkValues(): void {
		const replaced = new Set<EntryId>();
		for (const { seen } of this.#truth.values()) for (const id of seen ?? []) replaced.add(id);
		for (const [childId, entries] of this.#acceptedByChild()) {
			const shown = new Set(live(fold(childId, entries).fields[field]).map(({ entryId }) => entryId));
			for (const { entry, seen } of this.#truthOf.get(childId) ?? []) {
				if (seen !== undefined && !replaced.has(entry.id) && !shown.has(entry.id))
					throw new Broken('iv', `the answer ${entry.id} disappeared without anybody having seen it`);
			}
		}
	}

	#acceptedByChild(): ReadonlyMap<ChildId, readonly ParsedEntry[]> {
		const byChild = new Map<ChildId, ParsedEntry[]>();
		for (const { parsed } of this.#log.accepted()) {
			const siblings = byChild.get(parsed.entry.childId);
			if (siblings) siblings.push(parsed);
			else byChild.set(parsed.entry.childId, [parsed]);
		}
		return byChild;
	}

	#id<T extends string>(tablet: SimulatedTablet): T {
		return this.#chance.uuid(this.#now + tablet.clockError) as T;
	}
}

/** An invariant of SECURITY.md, section 4, by its number there. */
export class Broken extends Error {
	constructor(invariant: string, what: string) {
		super(`(${invariant}) ${what}`);
		this.name = 'Broken';
	}
}

/** The registry answers with a fault of its own: the tablet tries again. */
export class RegistryFault extends Error {}

function sentTo(entry: Envelope): unknown {
	const { handover } = entry.payload;
	return handover !== null && typeof handover === 'object' && 'to' in handover ? handover.to : undefined;
}

/** A case file as text: equal texts, equal files. */
function printed(file: object): string {
	return JSON.stringify(file, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}
