import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { newChild, newItem } from '../../../../tests/contract/entry-log/tablet.ts';
import { registry } from '../../../../tests/contract/registry.ts';
import type { Sha256, StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { serverLog } from '../audit/server-log.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { readConfig } from '../config.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { PostgresEntryLog } from '../entry-log/postgres-entry-log.ts';
import { keepingNoticesTrue, publicPress } from './published.ts';

const noon = '2026-11-22T04:00:00.000Z';
const sha256 = 'a'.repeat(64) as Sha256;

/** A child with a notice two persons decided on, which the public tables do not show yet. */
async function decided() {
	const { door, a, database } = await registry();
	const dataDir = await mkdtemp(`${tmpdir()}/lampkeep-published-`);
	onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
	const press = await publicPress(readConfig({ DATA_DIR: dataDir, LAMPKEEP_SECRET: 'x'.repeat(32) }, '/'));
	const child = newChild();
	const photo = newItem();
	const shown = {
		sha256,
		view: 'front',
		mediaType: 'image/jpeg',
		bytes: 1000,
		width: 600,
		height: 400,
		publishable: true
	} as const;
	await door.log.append(a, [a.record('photo.added', child, { itemId: photo, photo: shown })], noon);
	const log = new PostgresDecisionLog(
		database,
		registryKeyPair('a secret of the test').privateKey,
		door.now,
		randomBytes
	);
	const supervisor = {
		id: a.staffId,
		name: '',
		role: 'supervisor',
		institutionId: a.institutionId,
		institutionName: '',
		institutionNameEn: ''
	} as const;
	const second = { ...supervisor, id: randomUUID() as StaffId };
	const decide = async (expected: number, decision: Parameters<typeof log.append>[3]) => {
		const taken = await log.append(
			expected === 1 ? supervisor : second,
			child,
			expected,
			decision,
			async () => undefined
		);
		if (!taken.ok) throw new Error(taken.error.type);
		return taken.value;
	};
	const day = { replaces: [], occurredOn: civilDate('2026-11-22') };
	const words = { shown: { name: '小明' }, sexCode: '1', photos: [photo], contactPhone: '110' } as const;
	const draft = await decide(1, { type: 'notice.drafted', payload: { draft: { ...words, photos: [photo] } }, ...day });
	await decide(2, { type: 'notice.approved', payload: { approval: { draft, publicNumber: 'LK-7F3K-29QX' } }, ...day });
	const listed = async () => {
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query<{ name: string }>('SELECT name FROM public_notices')
		);
		return rows.map(({ name }) => name);
	};
	const push = (log: PostgresEntryLog) =>
		log.append(
			a,
			[a.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: 'ate well' } })],
			noon
		);
	return { database, press, listed, push };
}

describe('a public notice', () => {
	test('follows the file in the transaction of the push that changes it', async () => {
		const { database, press, listed, push } = await decided();
		expect(await listed()).toEqual([]);
		expect(await push(new PostgresEntryLog(database, keepingNoticesTrue(press)))).toMatchObject([
			{ outcome: 'accepted' }
		]);
		expect(await listed()).toEqual(['小明']);
	});

	test('that cannot follow costs no entry', async () => {
		const { database, press, listed, push } = await decided();
		const said = vi.spyOn(serverLog, 'error').mockImplementation(() => undefined);
		onTestFinished(() => said.mockRestore());
		const broken = { ...press, originals: () => Promise.reject(new Error('the disk is gone')) };
		expect(await push(new PostgresEntryLog(database, keepingNoticesTrue(broken)))).toMatchObject([
			{ outcome: 'accepted' }
		]);
		expect(await listed()).toEqual([]);
		expect(said).toHaveBeenCalledOnce();
	});
});
