import { argon2id } from 'hash-wasm';
import { describe, expect, it, vi } from 'vitest';
import { writeBadge } from '#lib/domain/badge.ts';
import type { FirstSlotRow, SlotRow, WayRow } from '../db/database.ts';
import type { Secret } from '../tablet.ts';
import { coldParameters, warmParameters, type ArgonParameters } from './argon.ts';
import { Cipher } from './cipher.ts';
import { passphraseBits } from './passphrase.ts';
import { makeOpeningPair, sealLetter } from './ring.ts';
import { isPin, makeSlot, openSlot, withLetters, withoutWay, withPin, withWay, type OpenedSlot } from './slot.ts';
import first from './slot-version-1.json' with { type: 'json' };
import { must, passphrase, pin, spoken } from './vault-scenes.ts';

// Every opening computes a real Argon2id.
vi.setConfig({ testTimeout: 30_000 });

const deviceId = '018f0000-0000-7000-8000-00000000d001';
const owner = { deviceId, staffId: '0b8a1f7e-5555-4555-8555-555555555555', name: '林护理', role: 'care_worker' };
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const asked: ArgonParameters[] = [];
const tools = {
	random,
	parameters: { cold: warmParameters, warm: warmParameters },
	argon2id: async (secret: string, salt: Uint8Array<ArrayBuffer>, parameters: ArgonParameters) => {
		asked.push(parameters);
		const { memory, iterations, parallelism } = parameters;
		return new Uint8Array(
			await argon2id({
				password: secret,
				salt,
				memorySize: memory,
				iterations,
				parallelism,
				hashLength: 32,
				outputType: 'binary'
			})
		);
	}
};
const dek = random(32);
const badge = writeBadge(random(16));
const otherBadge = writeBadge(random(16));
const prf = random(32);
const passkey = { way: 'passkey', credentialId: 'Y3JlZA', salt: 'c2FsdA', prf } as const;

async function signingKey(): Promise<Uint8Array<ArrayBuffer>> {
	const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
	return new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
}

async function made(): Promise<OpenedSlot> {
	return makeSlot(owner, { ring: [{ n: 1, key: dek }], signingKey: await signingKey() }, { passphrase, pin }, tools);
}

const shownBadge = (card: string, digits: string): Secret => ({ way: 'badge', badge: card, pin: digits });

async function opensWith(slot: SlotRow, secret: Secret): Promise<string> {
	const opened = await openSlot(slot, deviceId, secret, tools);
	return opened.ok ? 'open' : opened.error.type;
}

describe('a slot', () => {
	it('opens by any of its ways to the same secrets, and by nothing else', async () => {
		const one = await made();
		const two = await withWay(one, deviceId, { way: 'badge', badge }, tools);
		const { slot, secrets } = await withWay(two, deviceId, passkey, tools);
		for (const secret of [spoken(), shownBadge(badge, pin), { way: 'passkey', prf } as const]) {
			const opened = must(await openSlot(slot, deviceId, secret, tools));
			expect(opened.secrets).toEqual(secrets);
			expect(opened.slot).toBe(slot);
		}
		for (const secret of [
			spoken('lumei taiguo hebao xiwei dafo'),
			shownBadge(badge, '000000'),
			shownBadge(otherBadge, pin),
			{ way: 'passkey', prf: random(32) } as const
		])
			expect(await opensWith(slot, secret)).toBe('wrong_secret');
		expect(await opensWith(one.slot, shownBadge(badge, pin))).toBe('way_missing');
	});

	it('opens neither on another tablet nor for another person', async () => {
		const { slot } = await made();
		expect((await openSlot(slot, owner.staffId, spoken(), tools)).ok).toBe(false);
		expect(await opensWith({ ...slot, staffId: '0b8a1f7e-6666-4666-8666-666666666666' }, spoken())).toBe(
			'wrong_secret'
		);
	});

	it('does not open where anything authenticated was changed, and cheap parameters are not even tried', async () => {
		const { slot } = await withWay(await made(), deviceId, passkey, tools);
		const other = await makeOpeningPair();
		const changedWay = (change: (way: WayRow) => WayRow): SlotRow => ({ ...slot, ways: slot.ways.map(change) });
		const dearer = { ...warmParameters, iterations: 3 };
		for (const changed of [
			{ ...slot, publicKey: other.publicKey },
			{ ...slot, pin: dearer },
			{ ...slot, pinSalt: random(32) },
			changedWay((way) => ({ ...way, salt: random(32) })),
			changedWay((way) => (way.way === 'passphrase' ? { ...way, parameters: dearer } : way))
		])
			expect(await opensWith(changed, spoken())).toBe('wrong_secret');
		const elsewhere = changedWay((way) => (way.way === 'passkey' ? { ...way, credentialId: 'b3RoZXI' } : way));
		expect(await opensWith(elsewhere, { way: 'passkey', prf })).toBe('wrong_secret');

		asked.length = 0;
		const cheap = { memory: 8, iterations: 1, parallelism: 1 };
		const downgraded = changedWay((way) => (way.way === 'passphrase' ? { ...way, parameters: cheap } : way));
		expect(await opensWith(downgraded, spoken())).toBe('parameters_refused');
		expect(await opensWith({ ...slot, pin: cheap }, spoken())).toBe('parameters_refused');
		expect(asked).toEqual([]);
	});

	it('forgets a replaced badge, and keeps the card when the PIN is changed', async () => {
		const lost = await withWay(await made(), deviceId, { way: 'badge', badge }, tools);
		const { slot } = await withWay(lost, deviceId, { way: 'badge', badge: otherBadge }, tools);
		expect(await opensWith(slot, shownBadge(badge, pin))).toBe('wrong_secret');
		const opened = must(await openSlot(slot, deviceId, shownBadge(otherBadge, pin), tools));
		const renewed = await withPin(opened, deviceId, '730159', tools);
		expect(await opensWith(renewed.slot, shownBadge(otherBadge, '730159'))).toBe('open');
		expect(await opensWith(renewed.slot, shownBadge(otherBadge, pin))).toBe('wrong_secret');
		expect(await opensWith(renewed.slot, spoken())).toBe('open');
		expect(await isPin(renewed.slot, renewed.secrets, '730159', tools.argon2id)).toBe(true);
		expect(await isPin(renewed.slot, renewed.secrets, pin, tools.argon2id)).toBe(false);
	});

	it('never loses its last way', async () => {
		const one = await made();
		expect(await withoutWay(one, deviceId, 'passphrase', tools)).toBeUndefined();
		const two = await withWay(one, deviceId, { way: 'badge', badge }, tools);
		const left = await withoutWay(two, deviceId, 'passphrase', tools);
		expect(left?.slot.ways.map(({ way }) => way)).toEqual(['badge']);
		expect(left && (await opensWith(left.slot, shownBadge(badge, pin)))).toBe('open');
	});
});

describe('a slot of the first version', () => {
	const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
	const slot: FirstSlotRow = {
		...first.slot,
		version: 1,
		passphraseSalt: bytes(first.slot.passphraseSalt),
		pinSalt: bytes(first.slot.pinSalt),
		sealed: bytes(first.slot.sealed)
	};

	it('opens with its passphrase, becomes one of this version, and reads what was sealed before', async () => {
		const opened = must(await openSlot(slot, first.deviceId, spoken(first.passphrase), tools));
		expect(opened.slot.version).toBe(2);
		const again = must(await openSlot(opened.slot, first.deviceId, spoken(first.passphrase), tools));
		expect(again.secrets).toEqual(opened.secrets);
		expect(await isPin(again.slot, again.secrets, first.pin, tools.argon2id)).toBe(true);
		const cipher = await Cipher.from(again.secrets.ring, random);
		expect(await cipher.openJson('notes', 'roster', bytes(first.notes.roster))).toMatchObject({ version: 1 });
		expect(await cipher.nameOf('drafts', 'intake/1')).toBe(first.drafts.name);
		// Its signing key still signs.
		await crypto.subtle.importKey('pkcs8', again.secrets.signingKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
			'sign'
		]);
	});

	it('stays shut for another passphrase and for ways it never had', async () => {
		expect(await openSlot(slot, first.deviceId, spoken('deng deng'), tools)).toEqual({
			ok: false,
			error: { type: 'wrong_secret' }
		});
		expect(await openSlot(slot, first.deviceId, shownBadge(badge, first.pin), tools)).toEqual({
			ok: false,
			error: { type: 'way_missing' }
		});
	});
});

describe('a new data key', () => {
	const next = { n: 2, key: random(32) };

	it('reaches somebody who was away, at the next unlocking, and is theirs from then on', async () => {
		const away = await made();
		const letter = await sealLetter({ ...away.slot, deviceId }, next, { n: 1, key: dek }, random);
		const slot = { ...away.slot, letters: [letter] };
		const opened = must(await openSlot(slot, deviceId, spoken(), tools));
		expect(opened.secrets.ring).toEqual([{ n: 1, key: dek }, next]);
		expect(opened.slot.letters).toEqual([]);
		const again = must(await openSlot(opened.slot, deviceId, spoken(), tools));
		expect(again.secrets.ring).toEqual([{ n: 1, key: dek }, next]);
	});

	it('is not taken from a stranger who can write on the disk and has no data key', async () => {
		const away = await made();
		const forged = await sealLetter({ ...away.slot, deviceId }, next, { n: 1, key: random(32) }, random);
		const moved = { ...(await sealLetter({ ...away.slot, deviceId }, next, { n: 1, key: dek }, random)), n: 3 };
		const opened = await withLetters({ ...away, slot: { ...away.slot, letters: [forged, moved] } }, deviceId, random);
		expect(opened.secrets.ring).toEqual([{ n: 1, key: dek }]);
	});

	it('seals what is new, and leaves what is old readable under the old names', async () => {
		const old = await Cipher.from([{ n: 1, key: dek }], random);
		const sealed = await old.sealJson('log', 1, { words: '早' });
		const cipher = await Cipher.from([{ n: 1, key: dek }, next], random);
		expect(await cipher.openJson('log', 1, sealed)).toEqual({ words: '早' });
		expect(await cipher.nameOf('drafts', 'x')).toBe(await old.nameOf('drafts', 'x'));
		const fresh = await cipher.sealJson('log', 2, { words: '晚' });
		await expect(old.openJson('log', 2, fresh)).rejects.toThrow('log|2 does not open');
		old.moreKeys = async () => {
			await old.learn(next);
			return true;
		};
		expect(await old.openJson('log', 2, fresh)).toEqual({ words: '晚' });
	});
});

describe('guessing without the tablet', () => {
	it('costs 2^60 Argon2id computations for a passphrase, and 2^128 guesses without the badge', async ({ annotate }) => {
		// SECURITY.md 6: the attacker has the disk. One guess of a passphrase moves 64 MiB three times.
		expect(coldParameters).toEqual({ memory: 64 * 1024, iterations: 3, parallelism: 1 });
		expect(passphraseBits).toBeGreaterThanOrEqual(60);
		const secondsPerGuess = 0.3;
		const years = (2 ** (passphraseBits - 1) * secondsPerGuess) / 64 / (365.25 * 86_400);
		await annotate(
			`passphrase: 2^${passphraseBits.toFixed(1)} guesses, ${years.toExponential(1)} years on 64 cores at ${secondsPerGuess} s a guess (half of them); badge unknown: 2^128`
		);
		expect(years).toBeGreaterThan(1e9);
		// A badge is 128 bits that the PIN is added to; what is short of them is not even hashed.
		expect(writeBadge(new Uint8Array(16).fill(255))).toHaveLength(27);
		expect(() => writeBadge(new Uint8Array(15))).toThrow(RangeError);
	});
});
