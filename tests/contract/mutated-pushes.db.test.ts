import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from '../../src/lib/domain/canonical-json.ts';
import { entryText, type Envelope } from '../../src/lib/domain/case-file/entry.ts';
import type { Sha256 } from '../../src/lib/domain/ids.ts';
import { push } from '../../src/lib/server/sync/routes.ts';
import { pushAnswerSchema, type Receipt } from '../../src/lib/sync/protocol.ts';
import { Chance } from '../../src/lib/sync/simulation/chance.ts';
import { enrolled } from './entry-log/enrolled.ts';
import { newChild, newHouse, newItem, signed, testTablet, type TestTablet } from './entry-log/tablet.ts';
import { registry, signedRequest } from './registry.ts';

/*
 * SECURITY.md 4: whoever has a tablet's connection, or even the tablet with its request key, and changes what a person signed,
 * gets nothing accepted. The pushes go the whole road, signed as a tablet signs, over the real routes and PostgreSQL.
 * 300 in `npm test`; LAMPKEEP_LONG=1 sends 10,000.
 */
const pushes = process.env['LAMPKEEP_LONG'] === '1' ? 10_000 : 300;
/** As a careless or hostile tablet would: many at once. */
const batch = 50;

type Mutation = (entry: Envelope, ground: Ground) => unknown;

interface Ground {
	readonly chance: Chance;
	readonly a: TestTablet;
	/** A tablet of the same house, and one of another. */
	readonly colleague: TestTablet;
	readonly stranger: TestTablet;
	/** Everything the tablet wrote, in order; the mutated entries come out of the middle. */
	readonly history: readonly Envelope[];
}

/** Each makes something else of an honest entry. None has the person's key, but the last three, which break the chain. */
const mutations: Readonly<Record<string, Mutation>> = {
	'one sign of the text flipped': (entry, { chance }) => flipped(entryText(entry), chance),
	'one sign of the signature flipped': (entry, { chance }) => ({
		...entry,
		// The last sign carries bits that are no part of the 64 bytes.
		signature: otherAt(entry.signature, chance.below(entry.signature.length - 1), chance)
	}),
	'a signature cut short': (entry, { chance }) => ({ ...entry, signature: entry.signature.slice(0, chance.below(86)) }),
	'the signature of another entry': (entry, { history, chance }) => ({
		...entry,
		signature: pickOther(history, entry, chance).signature
	}),
	'another number': (entry, { history, chance }) => ({ ...entry, deviceSeq: history.length + 1 + chance.below(50) }),
	'a number that is taken': (entry, { chance }) => ({
		...entry,
		id: randomUUID(),
		deviceSeq: entry.deviceSeq + chance.below(2)
	}),
	'another id': (entry) => ({ ...entry, id: randomUUID() }),
	'another child': (entry) => ({ ...entry, childId: newChild() }),
	'another tablet of the house': (entry, { colleague }) => ({ ...entry, deviceId: colleague.deviceId }),
	'a tablet of another house': (entry, { stranger }) => ({ ...entry, deviceId: stranger.deviceId }),
	'another house': (entry, { stranger }) => ({ ...entry, institutionId: stranger.institutionId }),
	'another person': (entry, { colleague }) => ({ ...entry, staffId: colleague.staffId }),
	'the previous of another entry': (entry, { history, chance }) => ({
		...entry,
		previous: pickOther(history, entry, chance).previous
	}),
	'no previous': (entry) => ({ ...entry, previous: null }),
	'another day': (entry, { chance }) => ({ ...entry, occurredOn: `2026-10-${10 + chance.below(20)}` }),
	'a later clock': (entry) => ({ ...entry, recordedAt: '2026-11-01T09:00:01+08:00' }),
	'another payload': (entry, { chance }) => ({
		...entry,
		payload: { ...entry.payload, care: { kind: 'daily', note: `changed ${chance.below(1_000_000)}` } }
	}),
	'a field more': (entry) => ({ ...entry, role: 'supervisor' }),
	'a field less': (entry, { chance }) => {
		const names = Object.keys(entry);
		const left = names[chance.below(names.length)];
		return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== left));
	},
	'a decision in its place': (entry) => ({ ...entry, type: 'exit.confirmed', payload: { proposal: randomUUID() } }),
	'signed by a colleague': (entry, { colleague }) =>
		signed({ ...entry, id: randomUUID() as never }, colleague.privateKey),
	'a second story, signed by the person, under a number that is taken': (entry, { a }) =>
		signed({ ...entry, id: randomUUID() as never, occurredOn: '2020-01-01' as never }, a.privateKey),
	'signed by the person, and not joined to the chain': (entry, { a, history }) =>
		signed(
			{
				...entry,
				id: randomUUID() as never,
				deviceSeq: history.length + 1,
				previous: createHash('sha256').update(randomUUID()).digest('hex') as Sha256
			},
			a.privateKey
		),
	'signed by the person, as the beginning of a chain': (entry, { a, history, chance }) =>
		signed(
			{ ...entry, id: randomUUID() as never, deviceSeq: history.length + 2 + chance.below(99), previous: null },
			a.privateKey
		)
};

test(
	`${pushes} mutated pushes: none is accepted, and each honest one again gets its first receipt`,
	{ timeout: 1_200_000 },
	async () => {
		const { door, a, database } = await registry();
		const colleague = testTablet(a.institutionId);
		const stranger = testTablet(newHouse());
		await enrolled(database, colleague);
		await enrolled(database, stranger);
		const child = newChild();
		const history = Array.from({ length: 40 }, () => a.record('care.recorded', child, daily()));
		const first = await sent(a, history);
		expect(first.every(({ outcome }) => outcome === 'accepted')).toBe(true);
		const before = await door.log.head(a.institutionId);

		const chance = new Chance(20_261_127);
		const ground: Ground = { chance, a, colleague, stranger, history };
		const names = Object.keys(mutations);
		const reasons = new Map<string, number>();
		for (let done = 0; done < pushes; done += batch) {
			const items = Array.from({ length: batch }, (_, nth) => {
				const name = names[(done + nth) % names.length] ?? '';
				// Not the first: it has no previous to take away.
				const entry = history[1 + chance.below(history.length - 1)] as Envelope;
				const mutated = mutations[name]?.(entry, ground);
				expect(canonical(mutated), name).not.toBe(entryText(entry));
				return { name, mutated };
			});
			// One honest entry rides along: the bad ones keep nothing of it.
			const honest = chance.below(history.length);
			const receipts = await sent(a, [...items.map(({ mutated }) => mutated), history[honest]]);
			expect(receipts).toHaveLength(batch + 1);
			for (const [nth, { name, mutated }] of items.entries()) {
				const receipt = receipts[nth];
				if (receipt?.outcome !== 'quarantined')
					expect.fail(`"${name}" was ${receipt?.outcome}: ${JSON.stringify(mutated)}`);
				reasons.set(receipt.reason.type, (reasons.get(receipt.reason.type) ?? 0) + 1);
			}
			expect(receipts.at(-1)).toEqual({ ...first[honest], outcome: 'duplicate' });
		}
		expect(await door.log.head(a.institutionId)).toEqual(before);
		console.log(`${pushes} mutated pushes, 0 accepted: ${JSON.stringify(Object.fromEntries(reasons))}`);
		// Every way of looking was needed.
		for (const reason of [
			'unreadable',
			'signature_wrong',
			'staff_unknown',
			'device_mismatch',
			'sequence_taken',
			'chain_broken',
			'decision_not_here'
		])
			expect(reasons.get(reason), reason).toBeGreaterThan(0);

		// Sent by another tablet as its own, they are nobody's either.
		for (const other of [colleague, stranger]) {
			const stolen = await sent(other, history);
			expect(stolen.filter(({ outcome }) => outcome !== 'quarantined')).toEqual([]);
		}
		expect(await door.log.head(stranger.institutionId)).toMatchObject({ position: 0 });

		async function sent(tablet: TestTablet, entries: readonly unknown[]): Promise<readonly Receipt[]> {
			const body = gzipSync(JSON.stringify({ protocol: 1, deviceId: tablet.deviceId, entries }));
			const headers = { 'content-encoding': 'gzip' };
			const answer = await push(
				door,
				await signedRequest(door, tablet, '/api/sync/push', { method: 'POST', body, headers })
			);
			expect(answer.status).toBe(200);
			return pushAnswerSchema.parse(await answer.json()).receipts;
		}
	}
);

const daily = () => ({ itemId: newItem(), care: { kind: 'daily' as const, note: 'ate well' } });

/** The text with one sign changed, read again; what is no JSON any more is sent as a text. */
function flipped(text: string, chance: Chance): unknown {
	const changed = otherAt(text, chance.below(text.length), chance);
	try {
		return JSON.parse(changed) as unknown;
	} catch {
		return changed;
	}
}

function otherAt(text: string, at: number, chance: Chance): string {
	const signs = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH-_';
	for (;;) {
		const sign = signs.charAt(chance.below(signs.length));
		if (sign !== text.charAt(at)) return text.slice(0, at) + sign + text.slice(at + 1);
	}
}

function pickOther(history: readonly Envelope[], entry: Envelope, chance: Chance): Envelope {
	for (;;) {
		const other = history[chance.below(history.length)];
		if (other && other.id !== entry.id) return other;
	}
}

function canonical(value: unknown): string {
	return canonicalJson(value as Json);
}
