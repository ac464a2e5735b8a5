import { looseContentSchema, type LooseContent } from '#lib/domain/loose/loose.ts';
import { writersNumber } from '#lib/domain/loose/number.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { keysAnswerSchema, looseAnswerSchema, PROTOCOL_VERSION } from '#lib/sync/protocol.ts';
import { storageFault } from '../db/storage-fault.ts';
import { sealForRegistry } from '../vault/outbox-seal.ts';
import type { LooseRow, LooseStore } from './loose-store.ts';

/*
 * Recording without an account: seal, keep, send, show the receipt. Everything here works without the vault.
 */

export interface LooseDeps {
	readonly store: LooseStore;
	readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
	readonly now: () => number;
	readonly random: (bytes: number) => Uint8Array<ArrayBuffer>;
	/** One tab at a time sends. */
	readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}

export type LooseFault =
	/** This tablet has never spoken to the registry: there is no key to seal to. */
	| { readonly type: 'no_key' }
	| { readonly type: 'storage_full' }
	| { readonly type: 'storage_unopenable'; readonly detail: string };

export class LooseOutbox {
	readonly #deps: LooseDeps;

	constructor(deps: LooseDeps) {
		this.#deps = deps;
	}

	/** Fetches the registry's key once, while there is a network, so that it is there when there is none. True where one is kept. */
	async prepare(): Promise<boolean> {
		const { store, fetch } = this.#deps;
		if ((await store.sealingKey()) !== undefined) return true;
		const answer = keysAnswerSchema.safeParse(await jsonOf(() => fetch('/api/keys')));
		if (!answer.success) return false;
		await store.keepSealingKey(answer.data.sealingKey);
		return true;
	}

	/** Seals the record and keeps it. From then on nobody on this tablet can read it. */
	async record(content: LooseContent): Promise<Result<LooseRow, LooseFault>> {
		const { store, now, random } = this.#deps;
		const sealingKey = await store.sealingKey();
		if (sealingKey === undefined) return err({ type: 'no_key' });
		const id = uuidV7(now(), random(10));
		const plaintext = new TextEncoder().encode(JSON.stringify(looseContentSchema.parse(content)));
		const sealed = await sealForRegistry(plaintext, { deviceId: id, number: 1, kind: 'loose' }, sealingKey, random);
		plaintext.fill(0);
		const row: LooseRow = {
			id,
			number: writersNumber(id),
			savedAt: new Date(now()).toISOString(),
			delivery: { state: 'waiting', ...sealed }
		};
		try {
			await store.records.add(row);
		} catch (cause) {
			const fault = storageFault(cause);
			if (fault?.type === 'storage_full') return err(fault);
			if (fault?.type === 'storage_unopenable') return err(fault);
			throw cause;
		}
		return ok(row);
	}

	/** Sends what waits, oldest first, until all is there or the registry cannot be reached. Sending twice does no harm. */
	async send(): Promise<void> {
		const { store, exclusively } = this.#deps;
		await exclusively(async () => {
			for (const row of [...(await store.list())].reverse()) {
				if (row.delivery.state === 'waiting' && (await this.#sendOne(row)) === 'later') return;
			}
		});
	}

	list(): Promise<readonly LooseRow[]> {
		return this.#deps.store.list();
	}

	/** Takes a receipt that was written down off the list. What waits stays. */
	async forget(id: string): Promise<void> {
		const row = await this.#deps.store.records.get(id);
		if (row?.delivery.state === 'received') await this.#deps.store.records.delete(id);
	}

	async #sendOne({ id, delivery }: LooseRow): Promise<'settled' | 'later'> {
		if (delivery.state !== 'waiting') return 'settled';
		const { store, fetch } = this.#deps;
		const { enc, key, body } = delivery;
		const response = await answered(() =>
			fetch('/api/loose', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ protocol: PROTOCOL_VERSION, id, enc, key, body }),
				credentials: 'omit',
				cache: 'no-store'
			})
		);
		if (response === undefined) return 'later';
		if (response.ok) {
			const answer = looseAnswerSchema.safeParse(await jsonOf(() => Promise.resolve(response)));
			// A page that is not the registry's, such as a hotel's sign-in.
			if (!answer.success) return 'later';
			const { receivedAt, receipt } = answer.data;
			await store.records.update(id, { delivery: { state: 'received', receivedAt, receipt } });
			return 'settled';
		}
		// It will never be taken as it is; the others go on.
		if ([400, 409, 413, 422].includes(response.status)) {
			await store.records.update(id, {
				delivery: { state: 'refused', problem: String(response.status), enc, key, body }
			});
			return 'settled';
		}
		return 'later';
	}
}

/** Undefined without a network. */
async function answered(ask: () => Promise<Response>): Promise<Response | undefined> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof TypeError) return undefined;
		throw error;
	}
}

/** Undefined where there is no answer, or none in JSON. */
async function jsonOf(ask: () => Promise<Response>): Promise<unknown> {
	const response = await answered(ask);
	try {
		return JSON.parse((await response?.text()) ?? '') as unknown;
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
		throw error;
	}
}
