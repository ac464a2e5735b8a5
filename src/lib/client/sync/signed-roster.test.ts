import { beforeAll, describe, expect, it } from 'vitest';
import type { Roster } from '#lib/sync/protocol.ts';
import { statementText } from '#lib/sync/statements.ts';
import { roster } from './fakes.ts';
import { believedRoster } from './signed-roster.ts';

/* A roster takes people off a tablet: only the registry's own word may. */

let registry: { key: string; signs: (text: string) => Promise<string> };
let stranger: typeof registry;

beforeAll(async () => {
	registry = await signer();
	stranger = await signer();
});

describe('the roster a tablet goes by', () => {
	it('is the one that was signed, not the one beside it', async () => {
		const signedRoster = await signed(registry, roster);
		const beside = { ...roster, staff: [] };
		expect(await believedRoster({ roster: beside, signedRoster }, registry.key)).toEqual({ ok: true, value: roster });
	});

	it('is none where somebody else signed it, or where the signed text was changed', async () => {
		const byStranger = await signed(stranger, roster);
		expect(await believedRoster({ roster, signedRoster: byStranger }, registry.key)).toMatchObject({
			ok: false,
			error: { type: 'signature_wrong' }
		});
		const genuine = await signed(registry, roster);
		const changed = { ...genuine, text: genuine.text.replace('"version":', '"version":1') };
		expect(await believedRoster({ roster, signedRoster: changed }, registry.key)).toMatchObject({
			ok: false,
			error: { type: 'signature_wrong' }
		});
	});

	it('is none where the registry signed it for another house, or signed something else', async () => {
		const other: Roster = { ...roster, institutionId: roster.staff[0]?.id as string as Roster['institutionId'] };
		expect(await believedRoster({ roster, signedRoster: await signed(registry, other) }, registry.key)).toMatchObject({
			ok: false,
			error: { type: 'unreadable' }
		});
		const text = statementText({
			is: 'wipe',
			deviceId: roster.institutionId as never,
			revokedAt: '2026-11-27T08:00:00Z'
		});
		const order = { text, signature: await registry.signs(text) };
		expect(await believedRoster({ roster, signedRoster: order }, registry.key)).toMatchObject({
			ok: false,
			error: { type: 'unreadable' }
		});
	});

	it('is what came, from a registry that signs none and on a tablet that kept no key', async () => {
		expect(await believedRoster({ roster }, registry.key)).toEqual({ ok: true, value: roster });
		const signedRoster = await signed(stranger, roster);
		expect(await believedRoster({ roster, signedRoster }, undefined)).toEqual({ ok: true, value: roster });
	});
});

async function signed({ signs }: typeof registry, of: Roster) {
	const issuedAt = '2026-11-27T08:00:00.000Z';
	const text = statementText({ is: 'roster', roster: of, issuedAt, expiresAt: '2027-01-01T08:00:00.000Z' });
	return { text, signature: await signs(text) };
}

async function signer(): Promise<typeof registry> {
	const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
	const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');
	return {
		key: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)),
		signs: async (text) =>
			base64url(
				await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(text))
			)
	};
}
