import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
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
import { NoticeBoard } from '../notices/board.ts';
import type { Press } from '../notices/publish.ts';
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
	const decide = async (expected: number, decision: Parameters<typeof log.append>[3][number]) => {
		const taken = await log.append(
			expected === 1 ? supervisor : second,
			child,
			expected,
			[decision],
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
	const board = new NoticeBoard(database);
	const keeping = (press: Press) => new PostgresEntryLog(database, keepingNoticesTrue(press, board));
	const push = (log: PostgresEntryLog) =>
		log.append(
			a,
			[a.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: 'ate well' } })],
			noon
		);
	const withdrawPhoto = (log: PostgresEntryLog) =>
		log.append(a, [a.record('item.withdrawn', child, { itemId: photo, reason: 'not this child' })], noon);
	const pictures = async () =>
		(await readdir(join(dataDir, 'public-photos'))).filter((name) => !name.endsWith('.s.jpg'));
	return { press: { ...press, originals: () => picture }, board, keeping, listed, push, withdrawPhoto, pictures };
}

const picture = sharp({ create: { width: 600, height: 400, channels: 3, background: '#dfe7e3' } })
	.jpeg()
	.toBuffer();

describe('a public notice', () => {
	test('follows the file in the transaction of the push that changes it', async () => {
		const { press, keeping, listed, push } = await decided();
		expect(await listed()).toEqual([]);
		expect(await push(keeping(press))).toMatchObject([{ outcome: 'accepted' }]);
		expect(await listed()).toEqual(['小明']);
	});

	test('loses a photo withdrawn on a tablet, and the file of its picture', async () => {
		const { press, board, keeping, push, withdrawPhoto, pictures } = await decided();
		await push(keeping(press));
		expect((await board.snapshot()).notices[0]?.photos).toHaveLength(1);
		expect(await pictures()).toHaveLength(1);
		expect(await withdrawPhoto(keeping(press))).toMatchObject([{ outcome: 'accepted' }]);
		expect((await board.snapshot()).notices[0]?.photos).toEqual([]);
		expect(await pictures()).toEqual([]);
	});

	test('that cannot follow costs no entry, and is withheld until it can', async () => {
		const { press, board, keeping, listed, push, withdrawPhoto, pictures } = await decided();
		await push(keeping(press));
		expect(await listed()).toEqual(['小明']);
		const said = vi.spyOn(serverLog, 'error').mockImplementation(() => undefined);
		onTestFinished(() => said.mockRestore());
		// Of the steps that follow a withdrawal the first: the rules of what may be public.
		const broken: Press = {
			...press,
			get policy(): Press['policy'] {
				throw new Error('the policy cannot be read');
			}
		};
		expect(await withdrawPhoto(keeping(broken))).toMatchObject([{ outcome: 'accepted' }]);
		expect(await listed()).toEqual([]);
		expect((await board.snapshot()).photoTokens).toEqual(new Set());
		expect(await pictures()).toEqual([]);
		expect(said).toHaveBeenCalledOnce();

		await push(keeping(press));
		expect(await listed()).toEqual(['小明']);
	});

	test('whose picture’s file cannot be deleted is not shown all the same', async () => {
		const { press, board, keeping, push, withdrawPhoto } = await decided();
		await push(keeping(press));
		const said = vi.spyOn(serverLog, 'error').mockImplementation(() => undefined);
		onTestFinished(() => said.mockRestore());
		vi.spyOn(press.photos, 'remove').mockRejectedValue(new Error('the disk is gone'));
		expect(await withdrawPhoto(keeping(press))).toMatchObject([{ outcome: 'accepted' }]);
		expect((await board.snapshot()).photoTokens).toEqual(new Set());
		expect(said).toHaveBeenCalledOnce();
	});
});
