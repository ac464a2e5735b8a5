import { cdp } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import { must, pin, enrolled, workerId } from '../vault/vault-scenes.ts';
import { startVault } from '../vault/connect.ts';
import { MyWays } from './my-ways.svelte.ts';
import { askPasskey, canUsePasskeys, makePasskey } from './passkey.ts';
import { tabletAuthenticator } from './virtual-authenticator.ts';

/* Chromium's virtual authenticator stands for the tablet's own: it has the PRF extension, or it has not. */

const person = { staffId: workerId, name: '林护理' };
let remove: (() => Promise<unknown>) | undefined;

async function authenticator(change: { hasPrf?: boolean; isUserVerified?: boolean } = {}): Promise<void> {
	const session = cdp();
	await session.send('WebAuthn.enable');
	const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
		options: { ...tabletAuthenticator, ...change }
	});
	remove = () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
}

afterEach(async () => {
	await remove?.();
	remove = undefined;
});

test('a passkey gives the same 32 bytes every time, and another passkey others', async () => {
	await authenticator();
	expect(await canUsePasskeys()).toBe(true);
	const one = await makePasskey(person);
	const two = await makePasskey(person);
	expect(one?.prf).toHaveLength(32);
	expect(one && (await askPasskey(one))).toEqual(one?.prf);
	expect(two?.prf).not.toEqual(one?.prf);
});

test('a passkey without the extension, or without its owner, is none', async () => {
	await authenticator({ hasPrf: false });
	expect(await makePasskey(person)).toBeUndefined();
	await remove?.();
	await authenticator({ isUserVerified: false });
	expect(await makePasskey(person)).toBeUndefined();
});

test('a person who added a passkey opens the tablet with it', async () => {
	await authenticator();
	const { vault, worker } = startVault(`lampkeep-passkey-${Date.now()}`);
	try {
		await enrolled(vault);
		const mine = new MyWays(vault);
		mine.begin({ do: 'passkey' });
		await mine.confirm(pin, person);
		expect([mine.done, mine.refusal]).toEqual([true, undefined]);
		const status = await vault.lock();
		if (status.status !== 'locked') throw new Error(status.status);
		const way = status.staff[0]?.ways.find((candidate) => candidate.way === 'passkey');
		if (way?.way !== 'passkey') throw new Error('no passkey');
		const prf = await askPasskey(way);
		if (!prf) throw new Error('the passkey was not given');
		expect(must(await vault.unlock(workerId, { way: 'passkey', prf }))).toMatchObject({ status: 'open' });
	} finally {
		worker.terminate();
	}
});
