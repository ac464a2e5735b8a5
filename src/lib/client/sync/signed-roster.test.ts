import { beforeAll, describe, expect, it } from 'vitest';
import type { InstitutionId } from '#lib/domain/ids.ts';
import type { Epoch, Roster } from '#lib/sync/protocol.ts';
import { statementText } from '#lib/sync/statements.ts';
import { epochOf, roster, signer, type Signer } from './fakes.ts';
import { believedRoster, type RosterBrought, type RosterMark } from './signed-roster.ts';

/* A roster takes people off a tablet, and an old one would bring them back: only the registry's newest word may. */

let registry: Signer;
let stranger: Signer;

beforeAll(async () => {
	registry = await signer();
	stranger = await signer();
});

const house = roster.institutionId;
const otherHouse = '018f0000-0000-7000-8000-0000000000b2' as InstitutionId;
const issuedAt = '2026-11-27T08:00:00.000Z';
const sealingKey = 'B'.repeat(87);

describe('the roster a tablet goes by', () => {
	it('is the one that was signed, not the one beside it, and so is the key to seal to', async () => {
		const signedRoster = await signed(registry, { roster, epoch: epochOf(1), sealingKey });
		const beside = { roster: { ...roster, staff: [] }, sealingKey: 'C'.repeat(87), signedRoster };
		expect(await judged(beside)).toEqual({
			ok: true,
			value: { roster, sealingKey, mark: { version: 1, epoch: epochOf(1), issuedAt } }
		});
	});

	it('is none where somebody else signed it, or where the signed text was changed', async () => {
		const byStranger = await signed(stranger, { roster });
		expect(await judged({ roster, signedRoster: byStranger })).toEqual(refused('signature_wrong'));
		const genuine = await signed(registry, { roster });
		const changed = { ...genuine, text: genuine.text.replace('"version":', '"version":1') };
		expect(await judged({ roster, signedRoster: changed })).toEqual(refused('signature_wrong'));
	});

	it('is none of another house, whatever stands beside it, and no other statement', async () => {
		const other: Roster = { ...roster, institutionId: otherHouse };
		const signedRoster = await signed(registry, { roster: other });
		expect(await judged({ roster, signedRoster })).toEqual(refused('of_another_house'));
		expect(await judged({ roster: other, signedRoster })).toEqual(refused('of_another_house'));
		expect(await judged({ roster: other })).toEqual(refused('of_another_house'));
		const text = statementText({ is: 'wipe', deviceId: house as never, revokedAt: '2026-11-27T08:00:00Z' });
		const order = { text, signature: await registry.signs(text) };
		expect(await judged({ roster, signedRoster: order })).toEqual(refused('unreadable'));
	});

	it('is what came, from a registry that signs none and on a tablet that kept no key', async () => {
		expect(await judged({ roster })).toEqual({ ok: true, value: { roster } });
		const signedRoster = await signed(stranger, { roster });
		expect(await judged({ roster, signedRoster }, undefined, { registryKey: undefined })).toEqual({
			ok: true,
			value: { roster }
		});
	});

	it('is never unsigned once a signed one was believed: whoever stands on the line could leave the signature out', async () => {
		expect(await judged({ roster }, mark(1, 1))).toEqual(refused('unsigned'));
	});

	it('is not shown again when its thirty-five days are over', async () => {
		const signedRoster = await signed(registry, { roster, issuedAt: '2026-10-01T08:00:00.000Z' });
		expect(await judged({ roster, signedRoster })).toEqual(refused('expired'));
	});

	it('of the same life of the registry is not one that was said before a newer one', async () => {
		const before = { ...roster, version: 4 };
		// Signed today: an old copy of the registry that still runs signs what it has.
		const signedRoster = await signed(registry, { roster: before, epoch: epochOf(1) });
		expect(await judged({ roster: before, signedRoster }, mark(5, 1))).toEqual(refused('older'));
		expect(await judged({ roster: before, signedRoster }, mark(4, 1))).toMatchObject({ ok: true });
		expect(await judged({ roster: before, signedRoster }, mark(3, 1))).toMatchObject({ ok: true });
	});

	it('of a registry that was honestly put back counts from the backup on, and what was said before it is over', async () => {
		const restored = await signed(registry, { roster: { ...roster, version: 3 }, epoch: epochOf(2) });
		const last = mark(5, 1, '2026-11-26T08:00:00.000Z');
		expect(await judged({ roster, signedRoster: restored }, last)).toMatchObject({
			ok: true,
			value: { mark: { version: 3, epoch: epochOf(2) } }
		});
		// The line shows again what the registry said in its former life, under a version the new life has not reached.
		const former = await signed(registry, {
			roster: { ...roster, version: 7 },
			epoch: epochOf(1),
			issuedAt: '2026-11-26T09:00:00.000Z'
		});
		expect(await judged({ roster, signedRoster: former }, mark(3, 2))).toEqual(refused('older'));
	});

	it('that names no life, of an older program, is measured by when it was signed', async () => {
		const unnamed = await signed(registry, { roster: { ...roster, version: 9 }, issuedAt: '2026-11-20T08:00:00.000Z' });
		expect(await judged({ roster, signedRoster: unnamed }, mark(5, 1))).toEqual(refused('older'));
		const earlier: RosterMark = { version: 5, epoch: undefined, issuedAt: '2026-11-01T08:00:00.000Z' };
		expect(await judged({ roster, signedRoster: unnamed }, earlier)).toMatchObject({ ok: true });
		const named = await signed(registry, { roster: { ...roster, version: 1 }, epoch: epochOf(1) });
		expect(await judged({ roster, signedRoster: named }, earlier)).toMatchObject({ ok: true });
	});
});

function mark(version: number, life: number, at = issuedAt): RosterMark {
	return { version, epoch: epochOf(life), issuedAt: at };
}

function refused(type: string) {
	return { ok: false, error: { type } };
}

function judged(brought: RosterBrought, last?: RosterMark, ground: { registryKey?: undefined } = {}) {
	const now = Date.parse('2026-11-27T09:00:00Z');
	return believedRoster(brought, { registryKey: registry.key, ...ground, house, last }, now);
}

interface Said {
	readonly roster: Roster;
	readonly epoch?: Epoch;
	readonly sealingKey?: string;
	readonly issuedAt?: string;
}

async function signed({ signs }: Signer, { issuedAt: at = issuedAt, ...said }: Said) {
	const expiresAt = new Date(Date.parse(at) + 35 * 86_400_000).toISOString();
	const text = statementText({ is: 'roster', ...said, issuedAt: at, expiresAt });
	return { text, signature: await signs(text) };
}
