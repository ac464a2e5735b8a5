import Dexie, { type EntityTable } from 'dexie';

/*
 * Loose records of a tablet that nobody enrolled (domain/loose): sealed to the registry the moment they are saved, so that nobody who
 * holds the tablet reads one, its writer included. A store of its own, which enrolling and erasing the tablet leave alone:
 * a record stays until the registry has it.
 */

/** A record on its way. In clear: when it was saved and its own short number. */
export interface LooseRow {
	/** UUIDv7; the registry knows the record by it. */
	readonly id: string;
	/** To be written down: the last 6 hex digits of the id, upper case. */
	readonly number: string;
	/** By the tablet's clock (ISO 8601). */
	readonly savedAt: string;
	readonly delivery:
		| { readonly state: 'waiting'; readonly enc: string; readonly key: string; readonly body: string }
		/** The sealed bytes are gone, for the registry has them. */
		| { readonly state: 'received'; readonly receivedAt: string; readonly receipt: string }
		/** It could not be read there: kept, for a person to carry to the registry. */
		| {
				readonly state: 'refused';
				readonly problem: string;
				readonly enc: string;
				readonly key: string;
				readonly body: string;
		  };
}

interface KeyRow {
	readonly name: 'registry';
	/** P-256 point, base64url: what records are sealed to. */
	readonly sealingKey: string;
}

export class LooseStore extends Dexie {
	declare readonly records: EntityTable<LooseRow, 'id'>;
	declare readonly keys: EntityTable<KeyRow, 'name'>;

	constructor(platform: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }) {
		// Strict: with Chromium's default the last seconds are lost in a power cut (SECURITY.md 0.1).
		super('lampkeep-loose', { ...platform, chromeTransactionDurability: 'strict', cache: 'disabled' });
		this.version(1).stores({ records: 'id', keys: 'name' });
	}

	/** The key of the first contact; undefined before there was one. */
	async sealingKey(): Promise<string | undefined> {
		return (await this.keys.get('registry'))?.sealingKey;
	}

	/** Trusted on first use and then kept: whoever stands between later cannot put another in its place. */
	async keepSealingKey(sealingKey: string): Promise<void> {
		await this.transaction('rw', this.keys, async () => {
			if (!(await this.keys.get('registry'))) await this.keys.add({ name: 'registry', sealingKey });
		});
	}

	/** Newest first. */
	async list(): Promise<readonly LooseRow[]> {
		return (await this.records.toArray()).sort((a, b) => (a.id < b.id ? 1 : -1));
	}
}
