import { createContext } from 'svelte';
import type { PreparePhoto } from '../photos/prepare-photo.ts';
import { quietProgress, type SyncEngine, type SyncProgress } from '../sync/progress.ts';
import type { Outbox, RecoveryReport, Usage, Vault, VaultStatus } from '../tablet.ts';
import { uuidV7, type ChildId, type InstitutionId, type ItemId, type StaffId } from '#lib/domain/ids.ts';
import { civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import type { Roster } from '#lib/sync/protocol.ts';

export interface TabletParts {
	readonly vault: Vault;
	/** Undefined in tests and in development without a registry. */
	readonly engine?: SyncEngine;
	readonly preparePhoto: PreparePhoto;
	readonly now: () => number;
	readonly random: (bytes: number) => Uint8Array;
	/** IANA name; the policies' zone, not the tablet's setting. */
	readonly timeZone: string;
}

/** How long a panic waits for what was being written. */
const panicMilliseconds = 500;

const nothingUsed: Usage = {
	recordBytes: 0,
	photoBytes: 0,
	waitingEntries: 0,
	waitingPhotos: 0,
	waitingBytes: 0,
	waitingPhotoBytes: 0,
	quarantined: 0,
	photosNotKept: 0
};

/**
 * The tablet as the screens hold it: whether it is open and for whom, how far sync is, which day it is. It wires the
 * vault and the sync engine to the screens and decides nothing itself.
 */
export class Tablet {
	readonly vault: Vault;
	readonly engine: SyncEngine | undefined;
	readonly preparePhoto: PreparePhoto;
	readonly now: () => number;
	readonly #random: (bytes: number) => Uint8Array;
	readonly #timeZone: string;
	#closing: readonly (() => Promise<void>)[] = [];

	/** Undefined until the vault has answered for the first time. */
	status = $state.raw<VaultStatus | undefined>();
	usage = $state.raw<Usage>(nothingUsed);
	/** What waits in the journal; undefined until it was asked for. */
	outbox = $state.raw<Outbox | undefined>();
	/** What was found damaged at the start, until somebody has read it. */
	recovery = $state.raw<RecoveryReport | undefined>();
	progress = $state.raw<SyncProgress>(quietProgress);
	roster = $state.raw<Roster | undefined>();
	/** The day by this tablet's clock: for display and for what is due, never law. */
	today = $state.raw<CivilDate>('1970-01-01' as CivilDate);
	/** Grow with every change, so that a screen that read one of them reads again. */
	recordsSeen = $state(0);
	queueSeen = $state(0);
	draftsSeen = $state(0);

	constructor(parts: TabletParts) {
		this.vault = parts.vault;
		this.engine = parts.engine;
		this.preparePhoto = parts.preparePhoto;
		this.now = parts.now;
		this.#random = parts.random;
		this.#timeZone = parts.timeZone;
		this.tellTime();
	}

	/** Asks the vault for the first time and listens from then on. */
	async start(): Promise<void> {
		await this.vault.subscribe((event) => {
			switch (event) {
				case 'status':
					void this.refresh();
					return;
				case 'records':
					this.recordsSeen += 1;
					return;
				case 'queue':
					this.queueSeen += 1;
					void this.refreshUsage();
					void this.refreshOutbox();
					return;
				case 'drafts':
					this.draftsSeen += 1;
					return;
			}
		});
		if (this.engine) {
			this.progress = this.engine.progress;
			this.engine.onProgress((progress) => {
				this.progress = progress;
			});
		}
		await this.refresh();
	}

	/** Reads the vault's status again, and with it who is here and what waits. */
	async refresh(): Promise<void> {
		const before = this.status?.status;
		const status = await this.vault.status();
		if (status.status === 'open') {
			this.roster = await this.vault.roster();
			this.recovery = await this.vault.recovery();
			await this.refreshUsage();
		}
		await this.refreshOutbox();
		// Locked too: what was saved before is sent as it lies sealed.
		if (status.status !== 'not_enrolled') this.engine?.start();
		if (before !== undefined && before !== status.status) this.engine?.statusChanged();
		this.status = status;
	}

	/** What waits, as far as it can be known while the tablet is locked. */
	async refreshOutbox(): Promise<void> {
		this.outbox = await this.vault.outbox();
	}

	async refreshUsage(): Promise<void> {
		this.usage = await this.vault.usage();
	}

	/** To be called now and then: a tablet that lies open over midnight shows the new day. */
	tellTime(): void {
		const today = civilDateAt(this.now(), this.#timeZone);
		if (today !== this.today) this.today = today;
	}

	/** What is written but not kept is saved before the vault closes. The answer takes the promise back. */
	beforeClosing(flush: () => Promise<void>): () => void {
		this.#closing = [...this.#closing, flush];
		return () => {
			this.#closing = this.#closing.filter((other) => other !== flush);
		};
	}

	/** Waits until nothing written is only on the screen. */
	async flush(): Promise<void> {
		await Promise.all(this.#closing.map((flush) => flush()));
	}

	async rest(): Promise<void> {
		await this.flush();
		await this.vault.rest();
		await this.refresh();
	}

	async lock(): Promise<void> {
		await this.flush();
		await this.vault.lock();
		await this.refresh();
	}

	/**
	 * Panic: the screen is empty at once, the keys are dropped as soon as what was being written is kept, and after half a
	 * second in any case.
	 */
	async panic(): Promise<void> {
		const flushed = this.flush();
		this.status = undefined;
		let late: ReturnType<typeof setTimeout> | undefined;
		const deadline = new Promise<void>((resolve) => (late = setTimeout(resolve, panicMilliseconds)));
		try {
			// A draft that cannot be kept must not keep the tablet open.
			await Promise.race([flushed, deadline]);
		} finally {
			clearTimeout(late);
			await this.vault.lock();
			await this.refresh();
		}
	}

	/** Everything that waits or needs a person, entries and photos. */
	get waiting(): number {
		return this.usage.waitingEntries + this.usage.waitingPhotos;
	}

	get institutionId(): InstitutionId | undefined {
		return this.status?.status === 'open' ? this.status.institutionId : undefined;
	}

	staffName(id: StaffId): string | undefined {
		return this.roster?.staff.find((person) => person.id === id)?.name;
	}

	institutionName(id: InstitutionId): string | undefined {
		return this.roster?.institutions.find((institution) => institution.id === id)?.name;
	}

	newChildId(): ChildId {
		return this.#newId() as ChildId;
	}

	newItemId(): ItemId {
		return this.#newId() as ItemId;
	}

	#newId(): string {
		return uuidV7(this.now(), this.#random(10));
	}
}

/** The tablet of this page, set once by the app's layout. */
export const [useTablet, setTablet] = createContext<Tablet>();
