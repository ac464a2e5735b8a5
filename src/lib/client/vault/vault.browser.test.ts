import { afterEach, describe, expect, it } from 'vitest';
import type { Vault } from '../tablet.ts';
import { startVault } from './connect.ts';
import { childNumber, enrolled, intake, known, must, passphrase, pin, workerId } from './vault-scenes.ts';

/* The vault in a real browser: workers, Web Locks, IndexedDB, WebCrypto, WebAssembly. */

const workers: Worker[] = [];
let count = 0;

function freshStore(): string {
	count += 1;
	return `lampkeep-test-${Date.now()}-${count}`;
}

function start(name: string): { vault: Vault; worker: Worker } {
	const started = startVault(name);
	workers.push(started.worker);
	return started;
}

afterEach(() => {
	for (const worker of workers.splice(0)) worker.terminate();
});

const everything = { offset: 0, limit: 50 } as const;

describe('a tablet', () => {
	it('is enrolled, records, opens, searches, locks and unlocks', async () => {
		const { vault } = start(freshStore());
		expect(await vault.status()).toEqual({ status: 'not_enrolled' });
		await enrolled(vault);
		expect(await vault.status()).toMatchObject({ status: 'open', staff: { staffId: workerId, name: '林护理' } });

		const child = childNumber(1);
		const saved = must(await vault.record([intake(child, { nameGiven: known('欧阳小明'), sex: known('1') })]));
		expect(saved.entryIds).toHaveLength(1);
		expect(must(await vault.search({ ...everything, words: 'oyxm' })).rows.map(({ name }) => name)).toEqual(['欧阳小明']);
		const opened = must(await vault.open(child));
		expect(opened?.entries.map(({ parsed, delivery }) => [parsed.entry.type, delivery.state])).toEqual([['intake.recorded', 'waiting']]);

		await vault.lock();
		expect(await vault.status()).toMatchObject({ status: 'locked', institutionName: '青禾儿童福利院' });
		expect(await vault.search(everything)).toEqual({ ok: false, error: { type: 'vault_locked' } });
		must(await vault.unlock(workerId, passphrase));
		expect(must(await vault.search(everything)).rows.map(({ name }) => name)).toEqual(['欧阳小明']);
	});

	it('finds everything again after the worker was killed right after a save', async () => {
		const name = freshStore();
		const first = start(name);
		await enrolled(first.vault);
		for (let n = 1; n <= 5; n++) must(await first.vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
		first.worker.terminate();

		const second = start(name);
		must(await second.vault.unlock(workerId, passphrase));
		expect(must(await second.vault.search(everything)).total).toBe(5);
		expect(await second.vault.nextEntries(100, 1_000_000)).toHaveLength(5);
	});

	it('rests under the PIN, and five wrong ones leave only the passphrase', async () => {
		const { vault } = start(freshStore());
		await enrolled(vault);
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		expect(await vault.rest()).toMatchObject({ status: 'resting', triesLeft: 5 });
		expect(await vault.search(everything)).toEqual({ ok: false, error: { type: 'vault_locked' } });
		expect(await vault.reopen('000000')).toEqual({ ok: false, error: { type: 'wrong_secret', triesLeft: 4 } });
		must(await vault.reopen(pin));
		expect(must(await vault.search(everything)).total).toBe(1);

		await vault.rest();
		for (let left = 4; left >= 0; left--) {
			expect(await vault.reopen('000000')).toEqual({ ok: false, error: { type: 'wrong_secret', triesLeft: left } });
		}
		expect(await vault.status()).toMatchObject({ status: 'locked' });
		expect(await vault.reopen(pin)).toEqual({ ok: false, error: { type: 'slot_missing' } });
	});
});
