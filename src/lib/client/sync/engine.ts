import { z } from 'zod';
import type { DeviceId, EntryId, Sha256 } from '#lib/domain/ids.ts';
import {
	pullEntriesMaximum,
	pushBytesMaximum,
	readingsMaximum,
	type Epoch,
	type PhotoState,
	type Receipt,
	type SignedStatement
} from '#lib/sync/protocol.ts';
import {
	afterReceipts,
	begin,
	greeting,
	nextCommand,
	nothingWaits,
	pause,
	pulling,
	pushing,
	resting,
	settle,
	type Keep,
	type SyncEvent,
	type SyncState
} from '#lib/sync/sync-state.ts';
import type { Vault } from '../tablet.ts';
import {
	heldMaximum,
	quietProgress,
	type Held,
	type HeldProblem,
	type SyncEngine,
	type SyncFault,
	type SyncProgress
} from './progress.ts';
import { onlyHere, orderFault } from './closing.ts';
import type { HeldSending } from './held-sending.ts';
import { Registry, type ExchangeFault, type RegistryDeps, type Timers } from './registry.ts';
import { sendSealed } from './sealed-sender.ts';
import { believedRoster, type RosterBrought, type RosterFault } from './signed-roster.ts';
import type { uploadPhoto } from './upload-photo.ts';

/*
 * Brings the tablet and the registry to the same facts, whenever there is a network, from one tab at a time.
 *
 *   start ─► lock (other tabs wait for it) ─► turn ─► wait ─► turn ─► …
 *                                              │       └── ended by: time, `online`, something recorded, syncNow, resume
 *                                    └─ entries out ─► entries in ─► readings out ─► roster ─► photos out ─► thumbnails in
 *
 * While the vault rests or is locked, a turn is another: records out as they lie sealed in the journal (sealed-sender.ts), and
 * nothing else. A locked tab gives the lock to an open one.
 *
 * What entries do is decided by sync/sync-state.ts, the code that the simulation tests; here are the network, the vault,
 * the photos and what the screens see. Text always goes before photos. One item that the registry cannot take is left
 * aside for a while and everything else goes on.
 */

/** What of the vault the engine uses. */
export type SyncVault = Pick<
	Vault,
	| 'status'
	| 'signRequest'
	| 'syncPosition'
	| 'nextEntries'
	| 'applyReceipts'
	| 'applyPull'
	| 'startAgain'
	| 'treeHeadsToShow'
	| 'treeHeadsShown'
	| 'nextReadings'
	| 'readingsTold'
	| 'nextPhotos'
	| 'photo'
	| 'photoRegistered'
	| 'photoRefused'
	| 'missingThumbnails'
	| 'keepThumbnail'
	| 'rosterGround'
	| 'keepRoster'
	| 'keepSealingKey'
	| 'usage'
	| 'contactMade'
	| 'outbox'
	| 'nextSealed'
	| 'sealedSettled'
	| 'wipe'
	| 'registryKey'
>;

export interface SyncDeps {
	readonly vault: SyncVault;
	/** Undefined until the tablet is enrolled. */
	readonly deviceId: () => Promise<DeviceId | undefined>;
	readonly fetch: RegistryDeps['fetch'];
	readonly upload: typeof uploadPhoto;
	readonly locks: Pick<LockManager, 'request'>;
	readonly channel: SyncChannel;
	readonly timers: Timers;
	/** The tablet's clock, milliseconds since 1970. */
	readonly now: () => number;
	/** From 0 up to 1. */
	readonly random: () => number;
	/** Calls back when the browser believes that the network came; the answer ends it. A hint: the engine tries anyway. */
	readonly onOnline: (listener: () => void) => () => void;
	/** May photos travel now? False on a mobile network where the person chose Wi-Fi only. */
	readonly photosMayTravel: () => boolean;
	/** Remembers over restarts when everything was last exchanged (ISO 8601), so that a tablet without network can say so. */
	readonly lastSync: { read(): string | undefined; keep(at: string): void };
	/** Remembered over restarts, also over one that nobody wished for. */
	readonly held: HeldSending;
	/** Forgets what the vault does not hold: the program's caches, small things, the service worker. After `wipe`. */
	readonly leaveNothing: () => Promise<void>;
	/** Hears of errors nobody foresaw; sync goes on later. */
	readonly report: (error: unknown) => void;
}

/** How the tabs of this program speak to each other; nothing about a child. A post does not reach the tab that made it. */
export interface SyncChannel {
	post(message: unknown): void;
	listen(listener: (message: unknown) => void): () => void;
}

export const syncLock = 'lampkeep-sync';

/** Without news from here the registry is asked again after so long, milliseconds (Enketo's queue does as much). */
const idleTurn = 300_000;
/** How long an item that the registry could not take is left aside, milliseconds. */
const asideFor = 900_000;
/** A photo that arrived and has no receipt yet: the registry is still reading it. */
const photoUnread = 30_000;
/** Bytes a second of one exchange at which a second and a third photo may travel with it: a piece of 256 kB takes 13 and 6 s. */
const fastEnoughForMore = [20_000, 40_000];
const rosterEvery = 6 * 3_600_000;
/** The registry's clock is read again after so long. */
const helloEvery = 3_600_000;
/** The feed may change its life in one turn; a registry that changes it at every answer is not believed. */
const startsPerTurn = 3;
const smallestPage = 100;

/** How a turn ended: what to say, and when the next one is due. */
type End =
	| { readonly type: 'done'; readonly wait: number }
	| { readonly type: 'fault'; readonly fault: ExchangeFault; readonly wait: number };

const forever = Number.POSITIVE_INFINITY;

export class TabSyncEngine implements SyncEngine {
	readonly #deps: SyncDeps;
	readonly #registry: Registry;
	readonly #listeners = new Set<(progress: SyncProgress) => void>();
	#progress: SyncProgress = quietProgress;
	/** Undefined while stopped. */
	#life: AbortController | undefined;
	#leads = false;
	#givesWay = false;
	#turn: AbortController | undefined;
	#wake: (() => void) | undefined;
	#wokenDuringTurn = false;

	#state: SyncState = resting;
	#pageLimit = pullEntriesMaximum;
	#failures = 0;
	#rosterAt = -forever;
	#helloAt = -forever;
	/**
	 * What the registry's clock last said, epoch milliseconds: an hour old at most while this tablet's clock goes as it should,
	 * and never led astray by one that jumps.
	 */
	#registryTime = -forever;
	/** Ids and hashes not to be tried before a time. */
	readonly #aside = new Map<string, Aside>();
	/** An order to erase that came with an answer, not looked at yet. */
	#order: SignedStatement | undefined;
	#orderHolds = false;
	/** Bytes that have arrived of photos that are on the way. */
	readonly #arriving = new Map<Sha256, number>();
	/** Items the registry has taken since this page was opened. */
	#sent = 0;
	/** The registry was last spoken to while locked, by the tablet's clock. */
	#sealedContactAt = -forever;

	constructor(deps: SyncDeps) {
		this.#deps = deps;
		this.#progress = { ...quietProgress, lastSyncAt: deps.lastSync.read(), paused: deps.held.read() };
		this.#registry = new Registry({
			fetch: deps.fetch,
			sign: (text) => deps.vault.signRequest(text),
			deviceId: deps.deviceId,
			timers: deps.timers,
			now: deps.now,
			onBytes: (bytes, milliseconds) => this.#measure(bytes, milliseconds),
			onClock: (clockOffset, registryTime) => {
				this.#registryTime = registryTime;
				this.#helloAt = deps.now();
				this.#show({ clockOffset });
			},
			onOrder: (order) => (this.#order = order)
		});
	}

	get progress(): SyncProgress {
		return this.#progress;
	}

	onProgress(listener: (progress: SyncProgress) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	start(): void {
		if (this.#life !== undefined) return;
		const life = new AbortController();
		this.#life = life;
		const endings = [
			this.#deps.channel.listen((message) => this.#hear(message)),
			this.#deps.onOnline(() => this.#wakeUp())
		];
		life.signal.addEventListener('abort', () => endings.forEach((end) => end()));
		this.#deps.channel.post({ type: 'who_leads' } satisfies TabMessage);
		this.#leadWhile(life.signal).catch((error: unknown) => {
			// Stopped while another tab held the lock.
			if (!life.signal.aborted) this.#deps.report(error);
		});
	}

	/** Who gave the lock away stands behind those who wait for it. */
	async #leadWhile(life: AbortSignal): Promise<void> {
		while (!life.aborted) {
			this.#givesWay = false;
			await this.#deps.locks.request(syncLock, { signal: life }, () => this.#lead(life));
		}
	}

	statusChanged(): void {
		if (this.#life === undefined) return;
		this.#deps.vault.status().then(({ status }) => {
			if (status === 'open') {
				if (!this.#leads) this.#deps.channel.post({ type: 'open_waits' } satisfies TabMessage);
			} else if (this.#leads) {
				// What was on the way belongs to a vault that is shut now.
				this.#givesWay = true;
				this.#turn?.abort();
			}
			this.#wakeUp();
		}, this.#deps.report);
	}

	stop(): void {
		this.#life?.abort();
		this.#life = undefined;
		this.#turn?.abort();
		this.#wakeUp();
		this.#show({ phase: 'idle' });
	}

	syncNow(): void {
		if (this.#leads) this.#wakeUp();
		else this.#deps.channel.post({ type: 'sync_now' } satisfies TabMessage);
	}

	retry(): void {
		if (this.#leads) {
			this.#aside.clear();
			this.#wakeUp();
		} else this.#deps.channel.post({ type: 'retry' } satisfies TabMessage);
	}

	pause(): void {
		this.#deps.held.keep(true);
		this.#setPaused(true);
		this.#deps.channel.post({ type: 'paused', paused: true } satisfies TabMessage);
	}

	resume(): void {
		this.#deps.held.keep(false);
		this.#setPaused(false);
		this.#deps.channel.post({ type: 'paused', paused: false } satisfies TabMessage);
	}

	#setPaused(paused: boolean): void {
		if (paused) this.#turn?.abort();
		this.#show({ paused, ...(paused ? { phase: 'idle' as const, error: undefined } : {}) });
		if (!paused) this.#wakeUp();
	}

	#hear(message: unknown): void {
		const parsed = tabMessageSchema.safeParse(message);
		// A tab with another version of the program speaks otherwise.
		if (!parsed.success) return;
		switch (parsed.data.type) {
			case 'progress':
				if (!this.#leads) this.#tell(parsed.data.progress as SyncProgress);
				return;
			case 'paused':
				this.#setPaused(parsed.data.paused);
				return;
			case 'sync_now':
				if (this.#leads) this.#wakeUp();
				return;
			case 'open_waits':
				if (this.#leads) this.#yieldIfShut();
				return;
			case 'retry':
				if (this.#leads) this.retry();
				return;
			case 'who_leads':
				if (this.#leads) this.#show({});
				return;
		}
	}

	/** An open tab sends more than a locked one. */
	#yieldIfShut(): void {
		this.#deps.vault.status().then(({ status }) => {
			if (status === 'open') return;
			this.#givesWay = true;
			this.#turn?.abort();
			this.#wakeUp();
		}, this.#deps.report);
	}

	/** Holds the lock until this tab stops or gives way; the browser gives it to the next tab, also when this one dies. */
	async #lead(life: AbortSignal): Promise<void> {
		this.#leads = true;
		try {
			while (!life.aborted && !this.#givesWay) {
				this.#wokenDuringTurn = false;
				const wait = this.#progress.paused ? forever : await this.#takeTurn();
				if (!life.aborted && !this.#givesWay) await this.#rest(wait);
			}
		} finally {
			this.#leads = false;
		}
	}

	/** Until the time has come or something happens. */
	#rest(milliseconds: number): Promise<void> {
		if (this.#wokenDuringTurn && !this.#progress.paused) return Promise.resolve();
		return new Promise((resolve) => {
			const timer = milliseconds === forever ? undefined : this.#deps.timers.set(() => this.#wakeUp(), milliseconds);
			this.#wake = () => {
				if (timer !== undefined) this.#deps.timers.clear(timer);
				this.#wake = undefined;
				resolve();
			};
		});
	}

	#wakeUp(): void {
		if (this.#wake !== undefined) this.#wake();
		else this.#wokenDuringTurn = true;
	}

	/** One exchange of everything. Answers how long to wait, milliseconds. */
	async #takeTurn(): Promise<number> {
		const turn = new AbortController();
		this.#turn = turn;
		try {
			const end = await this.#closeIfOrdered(await this.#exchange(turn.signal), turn.signal);
			if (end.type === 'done') {
				this.#failures = 0;
				this.#show({ phase: 'idle', error: undefined, held: this.#held() });
				return end.wait;
			}
			this.#show({ ...shown(end.fault), held: this.#held() });
			return end.wait;
		} catch (error) {
			// What was in flight when the turn was ended is not known: begin again as after a crash.
			this.#state = { ...resting, batch: this.#state.batch };
			if (turn.signal.aborted) return this.#progress.paused ? forever : 0;
			// Locked meanwhile: the next turn sends what is sealed.
			if (isLocked(error)) {
				this.#show({ phase: 'idle', error: undefined });
				return 0;
			}
			const refusal = vaultRefusal(error);
			if (refusal === undefined) this.#deps.report(error);
			this.#show({ phase: 'error', error: refusal });
			return this.#backOff();
		} finally {
			this.#turn = undefined;
		}
	}

	/** One turn of the kind that the vault's state allows. */
	async #exchange(signal: AbortSignal): Promise<End> {
		if (this.#progress.closed) return { type: 'done', wait: forever };
		const { status } = await this.#deps.vault.status();
		switch (status) {
			case 'open':
				return this.#exchangeEverything(signal);
			case 'locked':
			case 'resting':
				return this.#exchangeSealed(signal);
			case 'not_enrolled':
				return { type: 'done', wait: forever };
		}
	}

	async #exchangeSealed(signal: AbortSignal): Promise<End> {
		const { vault, now, photosMayTravel } = this.#deps;
		if (now() - this.#helloAt > helloEvery) this.#registry.forgetChallenge();
		this.#forgetAside();
		const { records, bytes } = await vault.outbox();
		this.#show({ itemsDone: 0, itemsTotal: records, bytesDone: 0, bytesTotal: bytes });
		this.#wokenDuringTurn = false;
		const fault = await this.#sendSealed(signal, photosMayTravel);
		if (fault !== undefined) return this.#failed(fault);
		// A tablet with nothing to send still hears whether it was closed.
		if (now() - this.#sealedContactAt > helloEvery) {
			const contact = await this.#registry.sendSealed([], signal);
			if (!contact.ok) return this.#failed(contact.error);
			this.#sealedContactAt = now();
		}
		return { type: 'done', wait: this.#untilNext() };
	}

	#sendSealed(signal: AbortSignal, photosMayTravel: () => boolean): Promise<ExchangeFault | undefined> {
		const { vault, now } = this.#deps;
		const nameOf = (number: number) => `sealed/${number}`;
		const aside = this.#aside;
		return sendSealed(
			{
				vault,
				registry: {
					sendSealed: (batch, during) => {
						this.#show({ phase: 'sending' });
						return this.#registry.sendSealed(batch, during);
					}
				},
				photosMayTravel,
				aside: {
					has: (number) => aside.has(nameOf(number)),
					get size() {
						return aside.size;
					},
					add: (number) => this.#leaveAside(nameOf(number), asideFor, 0)
				},
				onSent: (records, bytes) => {
					this.#sealedContactAt = now();
					this.#done(records, bytes);
				}
			},
			signal
		);
	}

	/** Follows an order to erase, once it is proved and everything has been handed in. */
	async #closeIfOrdered(end: End, signal: AbortSignal): Promise<End> {
		if (this.#progress.closed) return this.#tellWiped(signal);
		const order = this.#order;
		if (order === undefined) return end;
		const { vault, deviceId, report } = this.#deps;
		const device = await deviceId();
		if (device === undefined) return end;
		if (!this.#orderHolds) {
			const fault = await orderFault(order, device, await vault.registryKey());
			if (fault !== undefined) {
				this.#order = undefined;
				report(new Error(`An order to erase this tablet is not believed: ${fault}`));
				return end;
			}
			this.#orderHolds = true;
		}
		// Whoever closed the tablet wants what it holds more than its owner wants to spare the network.
		const fault = await this.#sendSealed(signal, () => true);
		const left = await onlyHere(vault);
		this.#show({ closing: { left } });
		if (fault !== undefined) return this.#failed(fault);
		if (left > 0) return { type: 'fault', fault: { type: 'tablet_refused' }, wait: this.#untilNext() };
		await vault.wipe();
		this.#show({ closing: undefined, closed: { handedIn: this.#sent, told: false } });
		const told = await this.#tellWiped(signal);
		await this.#deps.leaveNothing();
		return told;
	}

	async #tellWiped(signal: AbortSignal): Promise<End> {
		const { closed } = this.#progress;
		if (closed === undefined || closed.told) return { type: 'done', wait: forever };
		const told = await this.#registry.tellWiped(0, signal);
		if (!told.ok) return this.#failed(told.error);
		this.#show({ closed: { ...closed, told: true } });
		return { type: 'done', wait: forever };
	}

	#forgetAside(): void {
		const now = this.#deps.now();
		for (const [id, { until }] of this.#aside) if (until <= now) this.#aside.delete(id);
	}

	/** Until the next turn without news: five minutes, or sooner where something was left aside. */
	#untilNext(): number {
		const earliest = Math.min(...[...this.#aside.values()].map(({ until }) => until));
		return Math.max(0, Math.min(idleTurn, earliest - this.#deps.now()));
	}

	async #exchangeEverything(signal: AbortSignal): Promise<End> {
		const { now } = this.#deps;
		if (now() - this.#helloAt > helloEvery) this.#registry.forgetChallenge();
		this.#forgetAside();
		this.#show({ itemsDone: 0, itemsTotal: 0, bytesDone: 0, bytesTotal: 0 });

		// A wish of this moment is served by this turn.
		this.#wokenDuringTurn = false;
		const entries = await this.#exchangeEntries(signal);
		if (entries !== undefined) {
			// A tablet that a supervisor closed is given nothing any more, and still hands in what was read on it.
			if (entries.type === 'fault' && entries.fault.type === 'tablet_refused') await this.#tellReadings(signal);
			return entries;
		}
		for (const part of [
			this.#bearWitness,
			this.#tellReadings,
			this.#fetchRoster,
			this.#sendPhotos,
			this.#fetchThumbnails
		]) {
			const fault = await part.call(this, signal);
			if (fault === 'text_first') return { type: 'done', wait: 0 };
			if (fault?.type === 'feed_changed') {
				await this.#startAgain(fault.epoch);
				return { type: 'done', wait: 0 };
			}
			if (fault !== undefined) return this.#failed(fault);
		}
		const lastSyncAt = new Date(now()).toISOString();
		this.#deps.lastSync.keep(lastSyncAt);
		this.#show({ lastSyncAt });
		return { type: 'done', wait: this.#untilNext() };
	}

	/** Pushes and pulls as sync-state says; undefined when nothing is left to exchange. */
	async #exchangeEntries(signal: AbortSignal): Promise<End | undefined> {
		const { vault, random } = this.#deps;
		let starts = 0;
		this.#state = begin({ ...this.#state, inFlight: undefined });
		for (;;) {
			const position = await vault.syncPosition();
			const command = nextCommand(this.#state, position);
			let answer: Answer;
			switch (command.type) {
				case 'rest':
					return undefined;
				case 'hello':
					this.#state = greeting(this.#state);
					answer = await this.#greet(signal);
					break;
				case 'push': {
					const batch = await this.#nextBatch(command.limit, command.bytes);
					if (batch.length === 0) {
						this.#state = nothingWaits(this.#state);
						continue;
					}
					this.#state = pushing(
						this.#state,
						batch.map(({ id }) => id)
					);
					answer = await this.#push(batch, signal);
					break;
				}
				case 'pull':
					this.#state = pulling(this.#state, command.after);
					answer = await this.#pull(command.after, command.epoch, Math.min(command.limit, this.#pageLimit), signal);
					break;
			}
			const request = this.#state.latest;
			if (answer.type === 'fault') {
				const { fault } = answer;
				if (fault.type === 'tablet_refused' || fault.type === 'program_outdated') return this.#failed(fault);
				const settled = settle(this.#state, await vault.syncPosition(), eventOf(fault, request), random());
				this.#state = settled.state;
				await this.#keep(settled.keep);
				if (fault.type === 'feed_changed') starts += 1;
				if (starts > startsPerTurn) return this.#failed({ type: 'unreadable_answer' });
				// An answer came: a smaller push is worth sending at once.
				if (settled.wait > 0 && !answer.goOn) return { type: 'fault', fault, wait: settled.wait };
				continue;
			}
			const settled = settle(this.#state, await vault.syncPosition(), { ...answer.event, request }, random());
			this.#state = settled.state;
			if (settled.keep.type === 'startAgain' && ++starts > startsPerTurn) {
				return this.#failed({ type: 'unreadable_answer' });
			}
			const kept = await this.#keep(settled.keep);
			// The page was not of where the vault stands, or the vault saw that the registry had forgotten: look again.
			if (!kept) {
				if (++starts > startsPerTurn) return this.#failed({ type: 'unreadable_answer' });
				this.#state = begin(this.#state);
			}
		}
	}

	async #greet(signal: AbortSignal): Promise<Answer> {
		const hello = await this.#registry.hello(signal);
		if (!hello.ok) return { type: 'fault', fault: hello.error, goOn: false };
		return { type: 'answered', event: { type: 'greeted', epoch: hello.value.epoch } };
	}

	/** Waiting entries, oldest first, without those left aside. */
	async #nextBatch(limit: number, bytes: number): Promise<readonly Outgoing[]> {
		const { vault } = this.#deps;
		let asideBytes = 0;
		for (const left of this.#aside.values()) asideBytes += left.bytes;
		const next = await vault.nextEntries(limit + this.#aside.size, Math.min(bytes, pushBytesMaximum) + asideBytes);
		return next.filter(({ id }) => !this.#aside.has(id)).slice(0, limit);
	}

	async #push(batch: readonly Outgoing[], signal: AbortSignal): Promise<Answer> {
		const { vault } = this.#deps;
		await this.#showWaiting('sending');
		const pushed = await this.#registry.push(batch, signal);
		if (!pushed.ok) {
			const fault = pushed.error;
			const only = batch.length === 1 ? batch[0] : undefined;
			if (fault.type === 'too_large' && only !== undefined) {
				await this.#setAsideTooLarge(only);
				return { type: 'fault', fault, goOn: true };
			}
			// The registry stumbled over something in the push, not over itself (502 to 504, 429): find out over what.
			if (fault.type === 'registry_failed' && [400, 422, 500].includes(fault.status)) {
				if (only !== undefined) this.#leaveAside(only.id, asideFor, only.text.length, 'stumbled');
				return { type: 'fault', fault, goOn: true };
			}
			return { type: 'fault', fault, goOn: fault.type === 'too_large' };
		}
		const answer = pushed.value;
		await this.#heardOf();
		if (answer.epoch === (await vault.syncPosition()).epoch) {
			const answered = afterReceipts(
				answer.epoch,
				answer.receipts,
				batch.map(({ id }) => id)
			);
			for (const { id, text } of batch)
				if (!answered.has(id)) this.#leaveAside(id, asideFor, text.length, 'no_receipt');
			this.#done(
				answered.size,
				batch.filter(({ id }) => answered.has(id)).reduce((sum, { text }) => sum + text.length, 0)
			);
		}
		return { type: 'answered', event: { type: 'pushAnswered', answer } };
	}

	/**
	 * The registry knew this tablet and answered: its silence begins anew, by its own time. A hello alone proves nothing, it is
	 * given to a closed tablet too.
	 */
	async #heardOf(): Promise<void> {
		const { vault, now } = this.#deps;
		await vault.contactMade(new Date(now() + (this.#progress.clockOffset ?? 0)).toISOString());
	}

	/** The registry takes no push that small: the entry is kept here and shown with the reason. */
	async #setAsideTooLarge({ id, text }: Outgoing): Promise<void> {
		const { epoch } = await this.#deps.vault.syncPosition();
		if (epoch === undefined) return;
		const receipt: Receipt = {
			outcome: 'quarantined',
			id,
			index: 0,
			reason: { type: 'too_large', bytes: text.length, maximum: pushBytesMaximum }
		};
		await this.#deps.vault.applyReceipts(epoch, [receipt], [id]);
	}

	async #pull(
		after: Parameters<Registry['pull']>[0],
		epoch: Epoch,
		limit: number,
		signal: AbortSignal
	): Promise<Answer> {
		const pulled = await this.#registry.pull(after, epoch, limit, signal);
		if (!pulled.ok) {
			// A line that is cut every minute never brings a large page.
			if (pulled.error.type !== 'feed_changed')
				this.#pageLimit = Math.max(smallestPage, Math.floor(this.#pageLimit / 2));
			return { type: 'fault', fault: pulled.error, goOn: false };
		}
		this.#pageLimit = Math.min(pullEntriesMaximum, this.#pageLimit * 2);
		const answer = pulled.value;
		await this.#heardOf();
		if (answer.entries.length > 0) {
			const done = answer.entries[answer.entries.length - 1]?.position ?? 0;
			this.#show({
				phase: 'receiving',
				itemsDone: done,
				itemsTotal: Math.max(done, answer.head),
				bytesDone: 0,
				bytesTotal: 0
			});
		}
		return { type: 'answered', event: { type: 'pullAnswered', answer } };
	}

	/** Does what sync-state asks of the store; false where the vault did not take a page. */
	async #keep(keep: Keep): Promise<boolean> {
		const { vault } = this.#deps;
		switch (keep.type) {
			case 'nothing':
				return true;
			case 'receipts':
				await vault.applyReceipts(keep.epoch, keep.receipts, keep.sent);
				return true;
			case 'page':
				if (keep.answer.entries.length === 0 && keep.answer.next === keep.answer.after) return true;
				return (await vault.applyPull(keep.answer)).applied;
			case 'startAgain':
				await this.#startAgain(keep.epoch);
				return true;
		}
	}

	async #startAgain(epoch: Epoch): Promise<void> {
		await this.#deps.vault.startAgain(epoch);
		this.#aside.clear();
	}

	/** Shows the registry what it once signed of the feed, after it came to live another life. */
	async #bearWitness(signal: AbortSignal): Promise<ExchangeFault | undefined> {
		const { vault } = this.#deps;
		const heads = await vault.treeHeadsToShow();
		if (heads.length === 0 || this.#aside.has(witnessAside)) return undefined;
		const shown = await this.#registry.showTreeHeads(heads, signal);
		if (shown.ok) {
			await vault.treeHeadsShown(heads, shown.value.heads.includes('forgotten'));
			return undefined;
		}
		if (!isOfOneItem(shown.error)) return shown.error;
		// A registry that knows no witnesses: nothing else waits for that.
		this.#leaveAside(witnessAside, asideFor, 0);
		return undefined;
	}

	/** Who opened which file. What the registry has is forgotten here; nothing else waits for it. */
	async #tellReadings(signal: AbortSignal): Promise<ExchangeFault | undefined> {
		const { vault } = this.#deps;
		for (;;) {
			const waiting = await vault.nextReadings(readingsMaximum + this.#aside.size);
			const next = waiting.filter(({ id }) => !this.#aside.has(id)).slice(0, readingsMaximum);
			if (next.length === 0) return undefined;
			const told = await this.#registry.tellReadings(next, signal);
			if (!told.ok && !isOfOneItem(told.error)) return told.error;
			const kept = new Set<string>(told.ok ? told.value.kept : []);
			await vault.readingsTold(next.map(({ id }) => id).filter((id) => kept.has(id)));
			for (const { id } of next) if (!kept.has(id)) this.#leaveAside(id, asideFor, 0);
		}
	}

	async #fetchRoster(signal: AbortSignal): Promise<ExchangeFault | undefined> {
		if (this.#deps.now() - this.#rosterAt < rosterEvery) return undefined;
		const roster = await this.#registry.roster(signal);
		if (roster.ok) {
			await this.#judgeRoster(roster.value);
			this.#rosterAt = this.#deps.now();
			return undefined;
		}
		if (!isOfOneItem(roster.error)) return roster.error;
		// The names on screen may be old for a while; photos do not wait for them.
		this.#rosterAt = this.#deps.now() - rosterEvery + asideFor;
		this.#deps.report(new Error(`The registry gives no roster: ${JSON.stringify(roster.error)}`));
		return undefined;
	}

	/** Keeps a roster that may be believed, and says on the screens where one may not. */
	async #judgeRoster(brought: RosterBrought): Promise<void> {
		const { vault, report } = this.#deps;
		const believed = await believedRoster(brought, await vault.rosterGround(), this.#registryTime);
		this.#show({ rosterRefused: believed.ok ? undefined : believed.error.type });
		if (!believed.ok) {
			report(new Error(`The roster is not to be believed: ${believed.error.type}`));
			return;
		}
		const { roster, mark, sealingKey } = believed.value;
		await vault.keepRoster(roster, mark);
		// A roster may have taken the open person off the tablet, and locked it.
		if ((await vault.status()).status !== 'open') return;
		if (sealingKey !== undefined) await vault.keepSealingKey(sealingKey, true);
		else if (brought.sealingKey !== undefined) await vault.keepSealingKey(brought.sealingKey);
	}

	/**
	 * Sends photos until none is left, the line fails, or something else waits: text goes first, also before the rest of a
	 * month of photos.
	 */
	async #sendPhotos(signal: AbortSignal): Promise<ExchangeFault | 'text_first' | undefined> {
		const { vault, photosMayTravel } = this.#deps;
		const travelling = new Map<Sha256, Promise<void>>();
		const failed: { error: unknown }[] = [];
		let fault: ExchangeFault | undefined;
		let begun = 0;
		for (;;) {
			while (fault === undefined && failed.length === 0 && travelling.size < this.#photosAtOnce()) {
				if (begun > 0 && this.#wokenDuringTurn) break;
				const next = photosMayTravel()
					? (await vault.nextPhotos(1 + travelling.size + this.#aside.size)).find(
							({ sha256 }) => !travelling.has(sha256) && !this.#aside.has(sha256)
						)
					: undefined;
				if (next === undefined) break;
				await this.#showWaiting('sending');
				begun += 1;
				const { sha256 } = next;
				const travel = this.#sendPhotoAlone(next, signal)
					.then((found) => {
						fault ??= found;
					})
					.catch((error: unknown) => {
						failed.push({ error });
					})
					.finally(() => travelling.delete(sha256));
				travelling.set(sha256, travel);
			}
			if (travelling.size === 0) break;
			await Promise.race(travelling.values());
		}
		this.#arriving.clear();
		// Thrown once nothing of this turn is on the way any more.
		if (failed[0] !== undefined) throw failed[0].error;
		if (fault !== undefined) return fault;
		const left = (await vault.nextPhotos(1 + this.#aside.size)).some(({ sha256 }) => !this.#aside.has(sha256));
		const held = left && !photosMayTravel();
		this.#show({ photosHeld: held ? (await vault.usage()).waitingPhotos : undefined });
		return left && !held ? 'text_first' : undefined;
	}

	/**
	 * While the registry reads one photo, and is asked about another, a third fills the line. Where one piece takes a while,
	 * several would only take as many times as long each, and a cut would cost all of them.
	 */
	#photosAtOnce(): number {
		const speed = this.#progress.bytesPerSecond ?? 0;
		return fastEnoughForMore.filter((enough) => speed >= enough).length + 1;
	}

	/** Undefined where it was sent or the trouble is its own: the others go on. */
	async #sendPhotoAlone(photo: OutgoingPhoto, signal: AbortSignal): Promise<ExchangeFault | undefined> {
		const { sha256 } = photo;
		const fault = await this.#sendPhoto(photo, signal);
		if (fault === undefined) {
			// The line carries: the next cut is the first, or a month of photos would mostly wait (a cut a minute, R12).
			this.#failures = 0;
			return undefined;
		}
		if (isOfOneItem(fault)) {
			this.#leaveAside(sha256, asideFor, 0, fault.type === 'too_large' ? 'too_large' : 'stumbled');
			return undefined;
		}
		// The registry may have failed over this photo or over itself: the next turn begins with another.
		if (fault.type === 'registry_failed' && fault.status === 503) this.#leaveAside(sha256, photoUnread, 0, 'stumbled');
		return fault;
	}

	async #sendPhoto(photo: OutgoingPhoto, signal: AbortSignal): Promise<ExchangeFault | undefined> {
		const { upload } = this.#deps;
		const { sha256, mediaType } = photo;
		const before = await this.#photoAnswer(photo, signal);
		if (before.type === 'fault') return before.fault;
		if (before.type === 'settled') return undefined;

		const bytes = await this.#bytesOf(sha256);
		if (bytes === undefined) {
			this.#leaveAside(sha256, asideFor, 0, 'photo_missing');
			return undefined;
		}
		const onArrived = (arrived: number) => this.#showArriving(sha256, arrived);
		const sent = await upload(this.#registry, { sha256, mediaType, bytes, begun: before.begun, onArrived, signal });
		this.#showArriving(sha256, 0);
		if (!sent.ok) return sent.error;

		const after =
			sent.value === undefined
				? await this.#photoAnswer(photo, signal)
				: await this.#believePhotoState(photo, sent.value);
		if (after.type === 'fault') return after.fault;
		if (after.type === 'open') this.#leaveAside(sha256, photoUnread, 0, 'unread');
		return undefined;
	}

	/** The photo as it was taken; undefined where it is not here or cannot be opened, which holds up no other. */
	async #bytesOf(sha256: Sha256): Promise<Uint8Array<ArrayBuffer> | undefined> {
		const { vault, report } = this.#deps;
		try {
			return await vault.photo(sha256, 'full');
		} catch (error) {
			if (isLocked(error) || vaultRefusal(error) !== undefined) throw error;
			report(error);
			return undefined;
		}
	}

	/** Shows how much of the photos on the way has arrived, beside what is done. */
	#showArriving(sha256: Sha256, bytes: number): void {
		const before = this.#arrivingBytes();
		if (bytes === 0) this.#arriving.delete(sha256);
		else this.#arriving.set(sha256, bytes);
		this.#show({ bytesDone: Math.max(0, this.#progress.bytesDone - before + this.#arrivingBytes()) });
	}

	#arrivingBytes(): number {
		return [...this.#arriving.values()].reduce((sum, arrived) => sum + arrived, 0);
	}

	/** Asks what became of the photo. */
	async #photoAnswer(photo: OutgoingPhoto, signal: AbortSignal): Promise<PhotoAnswer> {
		const asked = await this.#registry.photoState(photo.sha256, signal);
		return asked.ok ? this.#believePhotoState(photo, asked.value) : { type: 'fault', fault: asked.error };
	}

	/** Tells the vault what became of the photo, where it is decided. Only here does a photo get its receipt. */
	async #believePhotoState({ sha256, bytes }: OutgoingPhoto, answer: PhotoState): Promise<PhotoAnswer> {
		const { vault } = this.#deps;
		const { epoch, state } = answer;
		if (epoch !== (await vault.syncPosition()).epoch) return { type: 'fault', fault: { type: 'feed_changed', epoch } };
		if (answer.sha256 !== sha256) return { type: 'fault', fault: { type: 'unreadable_answer' } };
		switch (state.status) {
			case 'missing':
				return { type: 'open', begun: false };
			case 'partial':
				return { type: 'open', begun: true };
			case 'stored':
				await vault.photoRegistered(sha256, epoch, state.receivedAt, state.receipt);
				this.#done(1, bytes);
				return { type: 'settled' };
			case 'refused':
				await vault.photoRefused(sha256, state.reason);
				this.#done(1, bytes);
				return { type: 'settled' };
		}
	}

	async #fetchThumbnails(signal: AbortSignal): Promise<ExchangeFault | undefined> {
		const { vault } = this.#deps;
		let done = 0;
		for (;;) {
			const missing = (await vault.missingThumbnails(thumbnailsAtOnce + this.#aside.size)).filter(
				(id) => !this.#aside.has(id)
			);
			if (missing.length === 0) return undefined;
			for (const sha256 of missing) {
				this.#show({
					phase: 'receiving',
					itemsDone: done,
					itemsTotal: done + missing.length,
					bytesDone: 0,
					bytesTotal: 0
				});
				const thumbnail = await this.#registry.thumbnail(sha256, signal);
				if (!thumbnail.ok) {
					if (!isOfOneItem(thumbnail.error)) return thumbnail.error;
					this.#leaveAside(sha256, asideFor, 0);
				} else if (thumbnail.value === undefined) this.#leaveAside(sha256, asideFor, 0);
				else await vault.keepThumbnail(sha256, thumbnail.value);
				done += 1;
			}
		}
	}

	#failed(fault: ExchangeFault): End {
		const asked = fault.type === 'registry_failed' ? (fault.retryAfter ?? 0) : 0;
		const person = fault.type === 'tablet_refused' || fault.type === 'program_outdated';
		return { type: 'fault', fault, wait: person ? idleTurn : Math.max(asked, this.#backOff()) };
	}

	#backOff(): number {
		return pause(this.#failures++, this.#deps.random());
	}

	/** @param problem of something that a person waits for; readings and thumbnails have none */
	#leaveAside(id: string, milliseconds: number, bytes: number, problem?: HeldProblem): void {
		this.#aside.set(id, { until: this.#deps.now() + milliseconds, bytes, problem });
	}

	#held(): readonly Held[] {
		return [...this.#aside]
			.flatMap(([id, { until, problem }]) =>
				problem === undefined ? [] : [{ id, problem, until: new Date(until).toISOString() }]
			)
			.slice(0, heldMaximum);
	}

	async #showWaiting(phase: 'sending'): Promise<void> {
		const { waitingEntries, waitingPhotos, waitingBytes } = await this.#deps.vault.usage();
		const { itemsDone, bytesDone } = this.#progress.phase === 'receiving' ? quietProgress : this.#progress;
		this.#show({
			phase,
			itemsDone,
			itemsTotal: itemsDone + waitingEntries + waitingPhotos,
			bytesDone,
			bytesTotal: bytesDone - this.#arrivingBytes() + waitingBytes
		});
	}

	#done(items: number, bytes: number): void {
		this.#sent += items;
		const { itemsDone, bytesDone, itemsTotal, bytesTotal } = this.#progress;
		this.#show({
			itemsDone: itemsDone + items,
			itemsTotal: Math.max(itemsTotal, itemsDone + items),
			bytesDone: bytesDone + bytes,
			bytesTotal: Math.max(bytesTotal, bytesDone + bytes)
		});
	}

	#measure(bytes: number, milliseconds: number): void {
		// A hello is all waiting and says nothing of the speed.
		if (bytes < 4_000 || milliseconds <= 0) return;
		const speed = (bytes * 1000) / milliseconds;
		const { bytesPerSecond = speed } = this.#progress;
		this.#show({ bytesPerSecond: Math.round(0.7 * bytesPerSecond + 0.3 * speed) });
	}

	/** Changes what is shown here and, where this tab leads, in the other tabs. */
	#show(change: Partial<SyncProgress>): void {
		this.#tell({ ...this.#progress, ...change });
		if (this.#leads) this.#deps.channel.post({ type: 'progress', progress: this.#progress } satisfies TabMessage);
	}

	#tell(progress: SyncProgress): void {
		this.#progress = progress;
		for (const listener of this.#listeners) listener(progress);
	}
}

const thumbnailsAtOnce = 50;
const witnessAside = 'witness';

/** Not to be tried before a time. */
interface Aside {
	readonly until: number;
	readonly bytes: number;
	readonly problem: HeldProblem | undefined;
}

type Outgoing = { readonly id: EntryId; readonly text: string };
type OutgoingPhoto = { readonly sha256: Sha256; readonly bytes: number; readonly mediaType: string };

type Answer =
	| { readonly type: 'answered'; readonly event: WithoutRequest<SyncEvent> }
	/** `goOn`: the registry is there, the next attempt needs no pause. */
	| { readonly type: 'fault'; readonly fault: ExchangeFault; readonly goOn: boolean };

type WithoutRequest<E> = E extends unknown ? Omit<E, 'request'> : never;

type PhotoAnswer =
	| { readonly type: 'settled' }
	| { readonly type: 'open'; readonly begun: boolean }
	| { readonly type: 'fault'; readonly fault: ExchangeFault };

const faultSchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('unreachable') }),
	z.object({ type: z.literal('registry_failed'), status: z.number() }),
	z.object({ type: z.literal('tablet_refused') }),
	z.object({ type: z.literal('program_outdated') }),
	z.object({ type: z.literal('storage_full') })
]);

const rosterFaultSchema = z.enum([
	'signature_wrong',
	'unreadable',
	'of_another_house',
	'unsigned',
	'older',
	'expired'
] satisfies RosterFault['type'][]);

const tabMessageSchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('progress'),
		progress: z.object({
			phase: z.enum(['idle', 'offline', 'sending', 'receiving', 'error']),
			itemsDone: z.number(),
			itemsTotal: z.number(),
			bytesDone: z.number(),
			bytesTotal: z.number(),
			lastSyncAt: z.string().or(z.undefined()),
			error: faultSchema.or(z.undefined()),
			paused: z.boolean(),
			bytesPerSecond: z.number().optional(),
			clockOffset: z.number().optional(),
			photosHeld: z.number().optional(),
			rosterRefused: rosterFaultSchema.optional(),
			closing: z.object({ left: z.number() }).optional(),
			closed: z.object({ handedIn: z.number(), told: z.boolean() }).optional(),
			held: z
				.array(
					z.object({
						id: z.string(),
						problem: z.enum(['stumbled', 'no_receipt', 'too_large', 'unread', 'photo_missing']),
						until: z.string()
					})
				)
				.readonly()
				.optional()
		})
	}),
	z.object({ type: z.literal('paused'), paused: z.boolean() }),
	z.object({ type: z.literal('sync_now') }),
	z.object({ type: z.literal('retry') }),
	z.object({ type: z.literal('open_waits') }),
	z.object({ type: z.literal('who_leads') })
]);
type TabMessage = z.infer<typeof tabMessageSchema>;

function eventOf(fault: ExchangeFault, request: number): SyncEvent {
	switch (fault.type) {
		case 'feed_changed':
			return { type: 'feedChanged', request, epoch: fault.epoch };
		case 'too_large':
			return { type: 'tooLarge', request };
		case 'registry_failed':
			return { type: 'failed', request, ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }) };
		case 'unreachable':
		case 'timed_out':
		case 'unreadable_answer':
		case 'tablet_refused':
		case 'program_outdated':
			return { type: 'failed', request };
	}
}

/** What the screens say of a fault. */
function shown(fault: ExchangeFault): Pick<SyncProgress, 'phase' | 'error'> {
	switch (fault.type) {
		case 'unreachable':
		case 'timed_out':
		case 'unreadable_answer':
			return { phase: 'offline', error: { type: 'unreachable' } };
		case 'registry_failed':
			return { phase: 'offline', error: { type: 'registry_failed', status: fault.status } };
		// Of one item or of one moment: the next turn goes on.
		case 'too_large':
		case 'feed_changed':
			return { phase: 'idle', error: undefined };
		case 'tablet_refused':
		case 'program_outdated':
			return { phase: 'error', error: { type: fault.type } satisfies SyncFault };
	}
}

/** The registry is there and stumbles over this one thing; the others may go on. */
function isOfOneItem(fault: ExchangeFault): boolean {
	if (fault.type === 'too_large') return true;
	return fault.type === 'registry_failed' && fault.status >= 400 && fault.status <= 500 && fault.status !== 429;
}

function isLocked(error: unknown): boolean {
	return error instanceof Error && error.name === 'vault_locked';
}

/** What the vault says where its contract has no Result: it throws an error that bears the fault's name. */
function vaultRefusal(error: unknown): SyncFault | undefined {
	if (!(error instanceof Error)) return undefined;
	if (error.name === 'storage_full') return { type: 'storage_full' };
	return error.name === 'program_outdated' ? { type: 'program_outdated' } : undefined;
}
