import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newChild, newHouse, newItem, type TestTablet } from '../../../../tests/contract/entry-log/tablet.ts';
import { registry } from '../../../../tests/contract/registry.ts';
import { envelopeSchema, signedText, type Envelope } from '#lib/domain/case-file/entry.ts';
import type { StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { PostgresDecisionLog } from './decision-log.ts';
import { verifySignature } from './signatures.ts';
import { verifyChains } from './verify.ts';

const noon = '2026-11-22T04:00:00.000Z';

async function desk() {
	const { door, a, database } = await registry();
	const key = registryKeyPair('a secret of the test, long enough');
	const log = new PostgresDecisionLog(database, key.privateKey, door.now, randomBytes);
	const child = newChild();
	await door.log.append(
		a,
		[a.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: 'ate well' } })],
		noon
	);
	return { log, database, door, a, child, publicKey: key.publicKey, supervisor: person(a, 'supervisor') };
}

function person(
	{ staffId, institutionId }: Pick<TestTablet, 'staffId' | 'institutionId'>,
	role: SignedInUser['role']
): SignedInUser {
	return { id: staffId, name: 'Person', role, institutionId, institutionName: 'House', institutionNameEn: 'House' };
}

const takeDown = {
	type: 'notice.taken_down',
	payload: { takeDown: { reason: 'found' } },
	replaces: [],
	occurredOn: civilDate('2026-11-22')
} as const;
const nothingMore = async () => undefined;

describe('a decision at a desk', () => {
	test('is an entry like any other, signed by the registry, in the feed of the house', async () => {
		const { log, database, door, a, child, publicKey, supervisor } = await desk();
		const first = await log.append(supervisor, child, 1, [takeDown], nothingMore);
		const second = await log.append(supervisor, child, 2, [takeDown], nothingMore);
		expect([first.ok, second.ok]).toEqual([true, true]);
		const page = await door.log.read(a.institutionId, 'start', 10);
		if (!page.ok) throw new Error(page.error.because);
		const decisions = page.value.entries.slice(1).map(({ text }) => envelopeSchema.parse(JSON.parse(text)));
		expect(decisions.map(({ deviceSeq, staffId }) => ({ deviceSeq, staffId }))).toEqual([
			{ deviceSeq: 1, staffId: supervisor.id },
			{ deviceSeq: 2, staffId: supervisor.id }
		]);
		expect(decisions[1]?.previous).toMatch(/^[0-9a-f]{64}$/);
		for (const decision of decisions) {
			expect(await verifySignature(publicKey, signedText(decision as Envelope), decision.signature)).toBe(true);
		}
		expect((await verifyChains(database)).broken).toEqual([]);
	});

	test('is not taken when the file has grown since the person looked at it', async () => {
		const { log, door, a, child, supervisor } = await desk();
		const seen = await log.read(supervisor, child);
		expect(seen?.version).toBe(1);
		await door.log.append(
			a,
			[a.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: 'slept' } })],
			noon
		);
		expect(await log.append(supervisor, child, 1, [takeDown], nothingMore)).toEqual({
			ok: false,
			error: { type: 'file_changed', version: 2 }
		});
	});

	test('of two at the same moment one is taken', async () => {
		const { log, child, supervisor } = await desk();
		const both = await Promise.all([1, 2].map(() => log.append(supervisor, child, 1, [takeDown], nothingMore)));
		expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	});

	test('is as if it had never been when what belongs to it fails', async () => {
		const { log, child, supervisor } = await desk();
		const failing = log.append(supervisor, child, 1, [takeDown], () => Promise.reject(new Error('no picture')));
		await expect(failing).rejects.toThrow('no picture');
		expect((await log.read(supervisor, child))?.version).toBe(1);
		expect((await log.append(supervisor, child, 1, [takeDown], nothingMore)).ok).toBe(true);
	});

	test('a house that has nothing to do with the child neither reads nor decides; an officer of the registry does both', async () => {
		const { log, child } = await desk();
		const stranger = { staffId: newChild() as string as StaffId, institutionId: newHouse() };
		expect(await log.read(person(stranger, 'supervisor'), child)).toBeUndefined();
		await expect(log.append(person(stranger, 'supervisor'), child, 1, [takeDown], nothingMore)).rejects.toThrow(
			/may not see/
		);
		const officer = person(stranger, 'registry_officer');
		expect((await log.read(officer, child))?.version).toBe(1);
		const grown: number[] = [];
		const decided = await log.append(
			officer,
			child,
			1,
			[takeDown],
			async (_, file) => void grown.push(file.entries.size)
		);
		expect(decided.ok).toBe(true);
		expect(grown).toEqual([2]);
	});
});
