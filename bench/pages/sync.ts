import type { Fact, StorageFault, Vault } from '../../src/lib/client/tablet.ts';
import type { Result } from '../../src/lib/domain/result.ts';
import { deviceIdSchema } from '../../src/lib/domain/ids.ts';
import { requestEnrolment } from '../../src/lib/client/state/enrol.ts';
import { connectSync } from '../../src/lib/client/sync/connect.ts';
import type { SyncEngine } from '../../src/lib/client/sync/progress.ts';
import { connectVault } from '../../src/lib/client/vault/connect.ts';
import { cursorPosition, PROTOCOL_VERSION } from '../../src/lib/sync/protocol.ts';
import type { Finished } from './finished.ts';

/* The tablet's own vault and sync engine, as the app connects them, on a tablet that was just enrolled. */
const passphrase = 'lumei taiguo hebao xiwei dafu';
const pin = '482615';

const vault: Vault = connectVault();

const bench = {
	/** Enrols over the API with the one-time code; nothing synchronises yet. */
	async enrol(code: string): Promise<void> {
		const { deviceId, devicePublicKey, staffPublicKey } = await vault.beginEnrolment();
		const answer = await requestEnrolment(fetch.bind(globalThis), {
			protocol: PROTOCOL_VERSION,
			code,
			deviceId: deviceIdSchema.parse(deviceId),
			deviceName: 'bench',
			devicePublicKey,
			staffPublicKey
		});
		if (!answer.ok) throw new Error(`The registry did not enrol the tablet: ${JSON.stringify(answer.error)}`);
		must(await vault.finishEnrolment(answer.value, passphrase, pin));
	},

	/** Records the facts on the tablet, a hundred a save. Not part of what is measured. */
	async record(facts: readonly Fact[]): Promise<void> {
		for (let from = 0; from < facts.length; from += 100) must(await vault.record(facts.slice(from, from + 100)));
	},

	/** Synchronises until every own entry has its receipt, then until there is nothing left to say. */
	async push(): Promise<{ readonly receipts: Finished; readonly quiet: Finished }> {
		const engine = await connect();
		const began = performance.now();
		const quiet = untilQuiet(engine, began);
		const receipts = until(engine, began, async () => (await vault.usage()).waitingEntries === 0);
		engine.start();
		try {
			const done = { receipts: await receipts, quiet: await quiet };
			const aside = (await vault.queue(1)).find(({ delivery }) => delivery.state === 'quarantined');
			if (aside) throw new Error(`The registry set an entry aside: ${JSON.stringify(aside.delivery)}`);
			return done;
		} finally {
			engine.stop();
		}
	},

	/** Synchronises until the tablet stands at this position of the feed. */
	async pull(entries: number): Promise<Finished & { readonly children: number }> {
		const engine = await connect();
		const began = performance.now();
		const read = until(engine, began, async () => cursorPosition((await vault.syncPosition()).cursor) >= entries);
		engine.start();
		try {
			const finished = await read;
			const { total } = must(await vault.search({ offset: 0, limit: 1 }));
			return { ...finished, children: total };
		} finally {
			engine.stop();
		}
	}
};
export type SyncBench = typeof bench;
Object.assign(globalThis, { bench });

function connect(): Promise<SyncEngine> {
	return connectSync(vault, { photosOnWifiOnly: () => false, report: (error) => reportError(error) });
}

/** Looks whenever the vault or the engine has news. */
function until(engine: SyncEngine, began: number, done: () => Promise<boolean>): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const look = () => {
			const now = performance.now();
			done().then((is) => is && resolve({ milliseconds: now - began, at: performance.timeOrigin + now }), reject);
		};
		engine.onProgress(({ phase, error }) => {
			if (phase === 'offline' || phase === 'error') reject(new Error(`Sync failed: ${JSON.stringify(error)}`));
		});
		vault.subscribe(look).catch(reject);
	});
}

/** The end of the first whole turn. */
function untilQuiet(engine: SyncEngine, began: number): Promise<Finished> {
	return new Promise((resolve) => {
		engine.onProgress(({ phase, lastSyncAt }) => {
			const now = performance.now();
			if (phase === 'idle' && lastSyncAt !== undefined)
				resolve({ milliseconds: now - began, at: performance.timeOrigin + now });
		});
	});
}

function must<T>(result: Result<T, StorageFault>): T {
	if (!result.ok) throw new Error(`The vault answered ${JSON.stringify(result.error)}`);
	return result.value;
}
