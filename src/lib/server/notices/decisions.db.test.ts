import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { DeskEntry } from '#lib/domain/decision/decision.ts';
import type { EntryId, InstitutionId } from '#lib/domain/ids.ts';
import type { Exit } from '#lib/domain/leaving/exit.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { policyById } from '#lib/domain/hold/policy.ts';
import { civilDate } from '#lib/domain/time.ts';
import { receive } from '#lib/sync/receive.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import {
	childId,
	houseId,
	itemId,
	modestDraft,
	person,
	photoHash,
	registeredChild
} from '../../../../tests/support/notice-story.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson } from '../accounts/people.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { readAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { lockCases, lookUp, store } from '../entry-log/postgres-entry-log.ts';
import { verifySignature } from '../entry-log/signatures.ts';
import { NoticeBoard } from './board.ts';
import { listChildren, readCase } from './case-reading.ts';
import {
	approveNotice,
	draftNotice,
	previewNotice,
	takeDownNotice,
	type DecisionDesk,
	type DecisionFault
} from './decisions.ts';
import { PublicPhotos, type Originals } from './public-photos.ts';
import { publishDecided } from './publish.ts';
import { rebuildNotices } from './rebuild.ts';

const registry = { kind: 'registry' } as const;
const secret = 'a secret of the tests, long enough';
const registryHouse = '00000000-0000-7000-8000-00000000a009' as InstitutionId;
const otherHouse = '00000000-0000-7000-8000-00000000a002' as InstitutionId;

function user(letter: string, role: Role = 'supervisor', institutionId = houseId): SignedInUser {
	return { id: person(letter), name: letter, role, institutionId, institutionName: '', institutionNameEn: '' };
}
const author = user('a');
const approver = user('b', 'second_administrator');

const picture = sharp({ create: { width: 1200, height: 1500, channels: 3, background: '#dfe7e3' } })
	.withExif({ IFD0: { Copyright: 'CANARY-EXIF' } })
	.jpeg()
	.toBuffer();

interface Office {
	readonly database: TestDatabase;
	readonly desk: DecisionDesk;
	readonly folder: string;
	version(): Promise<number>;
}

async function office(
	originals: Originals = async (sha256) => (sha256 === photoHash(1) ? await picture : undefined)
): Promise<Office> {
	const database = await testDatabase();
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-photos-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await database.inScope(registry, async (session) => {
		for (const [id, name, kind] of [
			[houseId, '云岭县儿童福利院', 'welfare_institution'],
			[otherHouse, '别处福利院', 'welfare_institution'],
			[registryHouse, '登记处', 'registry']
		] as const) {
			await addInstitution(session, { id, name, nameEn: '', kind, uscc: null, phone: '0870', regionCode: null });
		}
		for (const [letter, role, institutionId] of [
			['a', 'supervisor', houseId],
			['b', 'second_administrator', houseId],
			['c', 'care_worker', houseId],
			['d', 'auditor', registryHouse],
			['e', 'supervisor', otherHouse],
			['f', 'registry_officer', registryHouse]
		] as const) {
			await addPerson(session, { id: person(letter), institutionId, name: letter, role });
		}
		await put(session, registeredChild());
	});
	const policy = policyById('CN-2015-159');
	if (!policy.ok) throw new Error('no policy');
	const desk: DecisionDesk = {
		database,
		log: new PostgresDecisionLog(
			database,
			registryKeyPair(secret).privateKey,
			() => new Date('2026-11-22T04:00:00.000Z'),
			randomBytes
		),
		press: {
			policy: policy.value,
			photos: new PublicPhotos(folder, 'photo secret'),
			originals,
			today: () => civilDate('2026-11-22')
		},
		board: new NoticeBoard(database),
		random: randomBytes,
		today: () => civilDate('2026-11-22')
	};
	const version = async () =>
		(await database.inScope(registry, (session) => readCase(session, childId)))?.version ?? -1;
	return { database, desk, folder, version };
}

/** Stores a story as if a tablet had pushed it. */
async function put(
	session: Parameters<Parameters<TestDatabase['inScope']>[1]>[0],
	{ entries }: Pick<ReturnType<typeof registeredChild>, 'entries'>
): Promise<void> {
	const candidates = entries.map((parsed, index) => ({
		index,
		parsed,
		text: canonicalJson(parsed.entry as unknown as Json),
		atDesk: true as const
	}));
	await lockCases(session, [childId]);
	const decided = receive(candidates, '2026-11-01T01:00:00.000Z', await lookUp(session, candidates, [childId]));
	expect(decided.outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true);
	await store(session, decided);
}

async function drafted({ desk, version }: Office, by = author, draft = modestDraft): Promise<EntryId> {
	const made = await draftNotice(desk, by, childId, await version(), draft);
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	return made.value;
}

async function published(place: Office): Promise<string> {
	const draftId = await drafted(place);
	const approved = await approveNotice(place.desk, approver, childId, await place.version(), draftId);
	if (!approved.ok) throw new Error(JSON.stringify(approved.error));
	const { notices } = await place.desk.board.snapshot();
	return notices[0]?.publicNumber ?? '';
}

function fault(result: Awaited<ReturnType<typeof approveNotice>>): DecisionFault['type'] | 'none' {
	return result.ok ? 'none' : result.error.type;
}

describe('two persons publish a notice', () => {
	test('a draft shows nothing to the public; the approval of another shows exactly the draft', async () => {
		const place = await office();
		const draftId = await drafted(place);
		expect((await place.desk.board.snapshot()).notices).toEqual([]);
		expect(fault(await approveNotice(place.desk, approver, childId, await place.version(), draftId))).toBe('none');
		const { notices } = await place.desk.board.snapshot();
		expect(notices).toMatchObject([
			{
				name: '小虎',
				features: '耳后有疤',
				clothing: null,
				ownAccount: null,
				publishedOn: '2026-11-22',
				institutionName: '云岭县儿童福利院',
				contactPhone: '0870-000 0000'
			}
		]);
		expect(notices[0]?.photos).toMatchObject([{ view: 'front', width: 512, height: 640 }]);
		const { children } = await place.database.inScope(registry, (session) =>
			listChildren(session, { words: '', notice: 'published', house: '' }, 10)
		);
		expect(children).toHaveLength(1);
	});

	test('whoever decides sees before what the draft would show, and writes nothing by looking', async () => {
		const place = await office();
		const version = await place.version();
		const previewed = await previewNotice(place.desk, author, childId, modestDraft);
		expect(previewed).toMatchObject({ ok: true, value: { faults: [], notice: { words: { name: '小虎' } } } });
		expect(await place.version()).toBe(version);
	});

	test('the author cannot approve the own draft', async () => {
		const place = await office();
		const draftId = await drafted(place);
		expect(fault(await approveNotice(place.desk, author, childId, await place.version(), draftId))).toBe(
			'author_cannot_approve'
		);
		expect((await place.desk.board.refresh()).notices).toEqual([]);
	});

	test('of a child that has left nothing is drafted, approved or made public', async () => {
		const place = await office();
		const draftId = await drafted(place);
		const { log } = place.desk;
		const occurredOn = civilDate('2026-11-22');
		const put = async (by: SignedInUser, entry: DeskEntry) => {
			const added = await log.append(by, childId, await place.version(), [entry], async () => undefined);
			if (!added.ok) throw new Error(added.error.type);
			return added.value;
		};
		const exit: Exit = { reason: 'entered_in_error', papers: [], note: '重复建档' };
		const proposal = await put(author, { type: 'exit.proposed', payload: { exit }, replaces: [], occurredOn });
		await put(approver, { type: 'exit.confirmed', payload: { proposal }, replaces: [], occurredOn });
		const approved = await approveNotice(place.desk, approver, childId, await place.version(), draftId);
		expect(fault(approved)).toBe('child_has_left');
		const again = await draftNotice(place.desk, author, childId, await place.version(), modestDraft);
		expect(again).toEqual({ ok: false, error: { type: 'child_has_left' } });

		// An approval that stands beside the exit all the same, as an older program let it through, shows nothing.
		const approval = { draft: draftId, publicNumber: 'LK-7F3K-29QX', identitySeen: [] };
		await put(approver, { type: 'notice.approved', payload: { approval }, replaces: [], occurredOn });
		await place.database.inScope(registry, async (session) => {
			const found = await readCase(session, childId);
			if (found) await publishDecided(session, place.desk.press, found.caseFile);
		});
		expect((await place.desk.board.refresh()).notices).toEqual([]);
	});

	test('an officer of the registry may be the second person', async () => {
		const place = await office();
		const draftId = await drafted(place);
		const officer = user('f', 'registry_officer', registryHouse);
		expect(fault(await approveNotice(place.desk, officer, childId, await place.version(), draftId))).toBe('none');
		const found = await place.database.inScope({ kind: 'institution', institutionId: houseId }, (session) =>
			readCase(session, childId)
		);
		expect(found && noticeState(found.caseFile).published?.entryId).toBe(draftId);
	});

	test.each([
		['a care worker', user('c', 'care_worker'), 'not_yours_to_decide'],
		['an auditor', user('d', 'auditor', registryHouse), 'not_yours_to_decide'],
		['a supervisor of another house', user('e', 'supervisor', otherHouse), 'child_unknown']
	])('%s cannot preview, draft, approve or take down', async (_, stranger, refusal) => {
		const place = await office();
		const version = await place.version();
		const previewed = await previewNotice(place.desk, stranger, childId, modestDraft);
		expect(previewed).toMatchObject({ ok: false, error: { type: refusal } });
		expect(fault(await draftNotice(place.desk, stranger, childId, version, modestDraft))).toBe(refusal);
		const draftId = await drafted(place);
		expect(fault(await approveNotice(place.desk, stranger, childId, await place.version(), draftId))).toBe(refusal);
		expect(fault(await takeDownNotice(place.desk, stranger, childId, { reason: 'other' }))).toBe(refusal);
	});

	test('whoever looked at an older file is told so, and nothing is written', async () => {
		const place = await office();
		const draftId = await drafted(place);
		const seen = await place.version();
		await drafted(place, approver);
		expect(await approveNotice(place.desk, approver, childId, seen, draftId)).toEqual({
			ok: false,
			error: { type: 'file_changed', version: seen + 1 }
		});
		expect(fault(await approveNotice(place.desk, approver, childId, seen + 1, draftId))).toBe('draft_gone');
		expect(await place.version()).toBe(seen + 1);
	});

	test('of two approvals at the same moment one counts', async () => {
		const place = await office();
		const draftId = await drafted(place);
		const seen = await place.version();
		const officer = user('f', 'registry_officer', registryHouse);
		const both = await Promise.all(
			[approver, officer].map((by) => approveNotice(place.desk, by, childId, seen, draftId))
		);
		expect(both.map(fault).sort()).toEqual(['file_changed', 'none']);
	});

	test('a draft with a fault cannot be approved, also when its form never said so', async () => {
		const place = await office();
		const draftId = await drafted(place, author, { ...modestDraft, photos: [] });
		expect(fault(await approveNotice(place.desk, approver, childId, await place.version(), draftId))).toBe(
			'notice_faults'
		);
	});

	test('a photo that has not arrived is waited for', async () => {
		const place = await office(async () => undefined);
		const draftId = await drafted(place);
		expect(fault(await approveNotice(place.desk, approver, childId, await place.version(), draftId))).toBe(
			'photos_missing'
		);
	});

	test('a decision is an entry that the registry’s key signed, and a line of the log', async () => {
		const place = await office();
		await published(place);
		const { rows } = await place.database.inScope(registry, (session) =>
			session.query<{ body: string }>(`SELECT body FROM entries WHERE type LIKE 'notice.%' ORDER BY device_seq`)
		);
		const { publicKey } = registryKeyPair(secret);
		for (const { body } of rows) {
			const { signature, ...unsigned } = JSON.parse(body) as Record<string, Json> & { signature: string };
			expect(await verifySignature(publicKey, canonicalJson(unsigned), signature)).toBe(true);
		}
		expect(rows).toHaveLength(2);
		const log = await place.database.inScope(registry, (session) => readAudit(session, 10));
		expect(log.slice(0, 2)).toMatchObject([
			{ action: 'notice.approved', userName: 'b', childId },
			{ action: 'notice.drafted', userName: 'a', childId }
		]);
	});
});

describe('taking a notice down', () => {
	test('removes page, search hits and every file of a picture, and keeps the number', async () => {
		const place = await office();
		const number = await published(place);
		expect((await readdir(place.folder)).length).toBe(2);
		const seen: number[] = [];
		place.desk.board.onChange(({ notices }) => seen.push(notices.length));
		expect(fault(await takeDownNotice(place.desk, author, childId, { reason: 'found' }))).toBe('none');
		const after = await place.desk.board.snapshot();
		expect(seen).toEqual([0]);
		expect(after.byNumber.size).toBe(0);
		expect(after.photoTokens.size).toBe(0);
		expect(after.withdrawn).toEqual(new Set([number]));
		expect(
			after.index.find({ words: '小虎', name: '', features: '', clothing: '', region: '', sex: '', age: undefined })
		).toEqual([]);
		expect(await readdir(place.folder)).toEqual([]);
		expect(fault(await takeDownNotice(place.desk, author, childId, { reason: 'found' }))).toBe('not_published');
	});

	test('is not stopped by what tablets bring while the person reads and writes', async () => {
		const place = await office();
		await published(place);
		const story = registeredChild();
		const pushedMeanwhile = async () => {
			story.tell('care.recorded', { itemId: itemId(90), care: { kind: 'daily', note: '吃得好' } });
			await place.database.inScope(registry, (session) => put(session, { entries: story.entries.slice(-1) }));
		};
		let pushes = 0;
		const { log } = place.desk;
		const busy: DecisionDesk = {
			...place.desk,
			log: {
				read: async (...asked) => {
					const found = await log.read(...asked);
					if (++pushes <= 3) await pushedMeanwhile();
					return found;
				},
				append: (...decision) => log.append(...decision)
			}
		};
		expect(fault(await takeDownNotice(busy, author, childId, { reason: 'danger' }))).toBe('none');
		expect(pushes).toBe(4);
		expect((await place.desk.board.snapshot()).notices).toEqual([]);
		expect(await readdir(place.folder)).toEqual([]);
	});

	test('shows on another server’s board when it next looks', async () => {
		const place = await office();
		await published(place);
		const elsewhere = new NoticeBoard(place.database);
		expect((await elsewhere.snapshot()).notices).toHaveLength(1);
		await takeDownNotice(place.desk, author, childId, { reason: 'danger' });
		const stop = elsewhere.watch((error) => {
			throw error;
		}, 20);
		onTestFinished(stop);
		await expect.poll(async () => (await elsewhere.snapshot()).notices.length, { timeout: 5_000 }).toBe(0);
	});

	test('published again it has the same number, and its pictures other names', async () => {
		const place = await office();
		const number = await published(place);
		const before = [...(await place.desk.board.snapshot()).photoTokens];
		await takeDownNotice(place.desk, author, childId, { reason: 'mistake' });
		expect(await published(place)).toBe(number);
		const after = [...(await place.desk.board.snapshot()).photoTokens];
		expect(after).toHaveLength(1);
		expect(after).not.toEqual(before);
		expect((await place.desk.board.snapshot()).withdrawn.size).toBe(0);
	});
});

describe('what is public', () => {
	test('holds none of what is planted in the file: not in the tables, not in the pictures', async () => {
		const place = await office();
		await published(place);
		const { notices } = await place.desk.board.snapshot();
		const text = JSON.stringify(notices);
		const planted = [
			'阿果子',
			'白鹤滩',
			'麦收',
			'阿呷',
			'彝语',
			'凉山口音',
			'月牙形',
			'条绒',
			'黑牛',
			'沙马',
			'砖厂',
			'贫血',
			'小汽车',
			'FT-99812',
			'2026-03-14',
			childId,
			houseId,
			photoHash(1),
			itemId(1),
			person('a')
		];
		expect(planted).toHaveLength(20);
		expect(planted.filter((canary) => text.includes(canary))).toEqual([]);
		for (const name of await readdir(place.folder)) {
			const bytes = await readFile(join(place.folder, name));
			expect(bytes.includes('CANARY-EXIF')).toBe(false);
			const { exif, icc, xmp, width, height } = await sharp(bytes).metadata();
			expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
			expect(Math.max(width, height)).toBe(name.endsWith('.s.jpg') ? 320 : 640);
		}
	});

	test('carries its number in every picture: the pixels differ where the mark is', async () => {
		const place = await office();
		await published(place);
		const [name = ''] = (await readdir(place.folder)).filter((each) => !each.endsWith('.s.jpg'));
		const { data, info } = await sharp(join(place.folder, name))
			.greyscale()
			.raw()
			.toBuffer({ resolveWithObject: true });
		const row = (y: number) => data.subarray(y * info.width, (y + 1) * info.width);
		const band = row(info.height - 20);
		expect(Math.max(...band) - Math.min(...band)).toBeGreaterThan(100);
		expect(Math.max(...row(10)) - Math.min(...row(10))).toBeLessThan(10);
	});

	test('is made again from the log, the same to the last byte', async () => {
		const place = await office();
		await published(place);
		const tables = () =>
			place.database.inScope(registry, async (session) => [
				(await session.query('SELECT * FROM public_notices')).rows,
				(await session.query('SELECT * FROM public_photos')).rows,
				(await session.query('SELECT * FROM withdrawn_notices')).rows
			]);
		const before = await tables();
		await rm(place.folder, { recursive: true });
		await place.database.inScope(registry, (session) => rebuildNotices(session, place.desk.press));
		expect(await tables()).toEqual(before);
		expect((await readdir(place.folder)).length).toBe(2);
		await takeDownNotice(place.desk, author, childId, { reason: 'left' });
		const down = await tables();
		await place.database.inScope(registry, (session) => rebuildNotices(session, place.desk.press));
		expect(await tables()).toEqual(down);
	});

	test('loses a photo that was withdrawn from the file, as soon as it is published again', async () => {
		const place = await office();
		await published(place);
		const story = registeredChild();
		const first = story.entries.length;
		story.tell('item.withdrawn', { itemId: itemId(1), reason: '拍错了人' });
		await place.database.inScope(registry, async (session) => {
			const candidate = story.entries.slice(first).map((parsed) => ({
				index: 0,
				parsed,
				text: canonicalJson(parsed.entry as unknown as Json),
				atDesk: true as const
			}));
			await lockCases(session, [childId]);
			const decided = receive(candidate, '2026-11-22T05:00:00.000Z', await lookUp(session, candidate, [childId]));
			await store(session, decided);
			const grown = decided.caseFiles.get(childId);
			if (grown) await publishDecided(session, place.desk.press, grown);
		});
		expect((await place.desk.board.refresh()).notices[0]?.photos).toEqual([]);
	});

	test('is read by the public’s connection, and written by none of it', async () => {
		const place = await office();
		await published(place);
		await expect(
			place.database.inScope({ kind: 'public' }, (session) => session.query('DELETE FROM public_notices'))
		).resolves.toMatchObject({ rowCount: 0 });
		await expect(
			place.database.inScope({ kind: 'public' }, (session) =>
				session.query(`INSERT INTO withdrawn_notices VALUES ('x', '2026-01-01')`)
			)
		).rejects.toThrow(/row-level security/);
		for (const table of ['entries', 'child_rows', 'users', 'photos', 'cases']) {
			const { rows } = await place.database.inScope({ kind: 'public' }, (session) =>
				session.query(`SELECT 1 FROM ${table}`)
			);
			expect(rows).toEqual([]);
		}
	});
});

test('a public photo’s name is nobody’s to guess: another secret, another name', () => {
	const draft = randomUUID();
	const name = (secret: string, mark: string, draftId = draft) =>
		new PublicPhotos('/nowhere', secret).token(draftId, photoHash(1), mark);
	expect(name('one', 'LK 1')).toMatch(/^[A-Za-z0-9_-]{22}$/);
	expect(name('one', 'LK 1')).toBe(name('one', 'LK 1'));
	expect(
		new Set([name('one', 'LK 1'), name('two', 'LK 1'), name('one', 'LK 2'), name('one', 'LK 1', randomUUID())]).size
	).toBe(4);
});

test('leftovers go once they are old, what is shown stays', async () => {
	const place = await office();
	await published(place);
	const { photoTokens } = await place.desk.board.snapshot();
	const bytes = await picture;
	await place.desk.press.photos.derive(randomUUID(), photoHash(1), 'LK-0000-0000', async () => bytes);
	const now = Date.now();
	expect(await place.desk.press.photos.sweep(photoTokens, now - 3_600_000)).toBe(0);
	expect(await place.desk.press.photos.sweep(photoTokens, now + 60_000)).toBe(2);
	expect(await readdir(place.folder)).toHaveLength(2);
});
