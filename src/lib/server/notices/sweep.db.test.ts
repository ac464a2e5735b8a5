import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import { policyById } from '#lib/domain/hold/policy.ts';
import type { Birth } from '#lib/domain/intake/fields.ts';
import { civilDate, type CivilDate } from '#lib/domain/time.ts';
import { receive } from '#lib/sync/receive.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { childId, houseId, modestDraft, person, registeredChild } from '../../../../tests/support/notice-story.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson } from '../accounts/people.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { readAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { lockCases, lookUp, store } from '../entry-log/postgres-entry-log.ts';
import { listInbox } from '../inbox/inbox.ts';
import { NoticeBoard } from './board.ts';
import { readCase } from './case-reading.ts';
import { approveNotice, draftNotice, takeDownNotice, type DecisionDesk } from './decisions.ts';
import { PublicPhotos } from './public-photos.ts';
import { publishDecided } from './publish.ts';
import { rebuildNotices } from './rebuild.ts';
import { sweepPublication } from './sweep.ts';

const registry = { kind: 'registry' } as const;
const picture = sharp({ create: { width: 600, height: 750, channels: 3, background: '#dfe7e3' } })
	.jpeg()
	.toBuffer();

function user(letter: string, role: Role): SignedInUser {
	return { id: person(letter), name: letter, role, institutionId: houseId, institutionName: '', institutionNameEn: '' };
}
const author = user('a', 'supervisor');
const approver = user('b', 'second_administrator');

/** A house with one child, whose notice two people made public on 22 November 2026. */
async function published(birth: Birth | undefined) {
	const database = await testDatabase();
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-sweep-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const story = registeredChild();
	if (birth) story.tell('intake.recorded', { answers: { birth: { state: 'known', value: birth } } });
	await database.inScope(registry, async (session) => {
		await addInstitution(session, {
			id: houseId,
			name: '云岭县儿童福利院',
			nameEn: '',
			kind: 'welfare_institution',
			uscc: null,
			phone: '0870',
			regionCode: null
		});
		for (const { id, role } of [author, approver]) {
			await addPerson(session, { id, institutionId: houseId, name: role, role });
		}
		const candidates = story.entries.map((parsed, index) => ({
			index,
			parsed,
			text: canonicalJson(parsed.entry as unknown as Json),
			atDesk: true as const
		}));
		await lockCases(session, [childId]);
		await store(session, receive(candidates, '2026-11-01T01:00:00.000Z', await lookUp(session, candidates, [childId])));
	});
	let today: CivilDate = civilDate('2026-11-22');
	const policy = policyById('CN-2015-159');
	if (!policy.ok) throw new Error('no policy');
	const press = {
		policy: policy.value,
		photos: new PublicPhotos(folder, 'photo secret'),
		originals: () => picture,
		today: () => today
	};
	const board = new NoticeBoard(database);
	const { privateKey } = registryKeyPair('a secret of the tests, long enough');
	const log = new PostgresDecisionLog(database, privateKey, () => new Date('2026-11-22T04:00:00.000Z'), randomBytes);
	const desk: DecisionDesk = { database, log, press, board, random: randomBytes, today: () => today };
	const file = () => database.inScope(registry, (session) => readCase(session, childId));
	const version = async () => (await file())?.version ?? -1;
	const drafted = await draftNotice(desk, author, childId, await version(), modestDraft);
	if (!drafted.ok) throw new Error(drafted.error.type);
	const approve = async () => approveNotice(desk, approver, childId, await version(), drafted.value);
	return {
		database,
		desk,
		press,
		approve,
		file,
		on: (day: string) => (today = civilDate(day)),
		sweep: (thorough = false) => sweepPublication({ database, press, board }, thorough),
		listed: async () => (await board.refresh()).notices.length,
		pictures: async () => (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.s.jpg')).length
	};
}

async function publicOne(birth: Birth | undefined) {
	const place = await published(birth);
	const approved = await place.approve();
	if (!approved.ok) throw new Error(JSON.stringify(approved.error));
	expect(await place.listed()).toBe(1);
	return place;
}

const turns18OnNov30 = { precision: 'exact', date: civilDate('2008-11-30') } as const;

describe('the notice of a child who comes of age', () => {
	test('is public on the day before, and gone on the birthday, its pictures too', async () => {
		const { sweep, on, listed, pictures, database } = await publicOne(turns18OnNov30);
		on('2026-11-29');
		expect(await sweep()).toEqual([]);
		expect([await listed(), await pictures()]).toEqual([1, 1]);
		on('2026-11-30');
		expect(await sweep()).toEqual([childId]);
		expect([await listed(), await pictures()]).toEqual([0, 0]);
		const { rows } = await database.inScope({ kind: 'public' }, (session) =>
			session.query('SELECT withdrawn_on FROM withdrawn_notices')
		);
		expect(rows).toEqual([{ withdrawn_on: '2026-11-30' }]);
	});

	test('is found once: the next minute has nothing left to do', async () => {
		const { sweep, on, database } = await publicOne(turns18OnNov30);
		on('2026-12-05');
		expect(await sweep()).toEqual([childId]);
		expect(await sweep()).toEqual([]);
		expect(await sweep(true)).toEqual([]);
		const house = { kind: 'institution', institutionId: houseId } as const;
		const told = await database.inScope(house, (session) => listInbox(session, author, 10));
		expect(told.items).toMatchObject([{ code: 'notice_withheld', childId, read: false }]);
		const log = await database.inScope(registry, (session) => readAudit(session, 5));
		expect(log[0]).toMatchObject({ action: 'notice.withheld', childId, userName: null });
	});

	test('with an estimated birth date goes on the latest day the child can have come of age', async () => {
		const { sweep, on, listed } = await publicOne({
			precision: 'range',
			earliest: civilDate('2006-01-01'),
			latest: civilDate('2008-12-31')
		});
		on('2026-12-30');
		await sweep();
		expect(await listed()).toBe(1);
		on('2026-12-31');
		await sweep();
		expect(await listed()).toBe(0);
	});

	test('of a child born on 29 February goes on the day the law reckons, in a year that has none', async () => {
		const { sweep, on, listed } = await publicOne({ precision: 'exact', date: civilDate('2012-02-29') });
		on('2030-02-27');
		await sweep();
		expect(await listed()).toBe(1);
		on('2030-02-28');
		await sweep();
		expect(await listed()).toBe(0);
	});

	test('stays away when a tablet brings something later, and when everything is made again', async () => {
		const { sweep, on, listed, database, press, file } = await publicOne(turns18OnNov30);
		on('2026-12-05');
		await sweep();
		const found = await file();
		if (!found) throw new Error('no file');
		await database.inScope(registry, (session) => publishDecided(session, press, found.caseFile));
		expect(await listed()).toBe(0);
		await database.inScope(registry, (session) => rebuildNotices(session, press));
		expect(await listed()).toBe(0);
	});

	test('cannot be approved any more', async () => {
		const { approve, on } = await published(turns18OnNov30);
		on('2026-11-30');
		expect(await approve()).toEqual({ ok: false, error: { type: 'came_of_age' } });
	});

	test('without a birth date nobody comes of age by the clock', async () => {
		const { sweep, on, listed } = await publicOne(undefined);
		on('2099-01-01');
		expect(await sweep()).toEqual([]);
		expect(await listed()).toBe(1);
	});
});

test('a notice that is left on the public pages though the file ended it is found by the hourly look', async () => {
	const { desk, sweep, database, listed } = await publicOne(turns18OnNov30);
	const [shown] = (await desk.board.refresh()).notices;
	const taken = await takeDownNotice(desk, author, childId, { reason: 'other' });
	expect(taken.ok).toBe(true);
	// As a road would leave it that decides and forgets the pages.
	await database.inScope(registry, (session) =>
		session.query(
			`INSERT INTO public_notices (public_number, published_on, sex_code, institution_name, institution_name_en, contact_phone)
			VALUES ($1, '2026-11-22', '1', '', '', '110')`,
			[shown?.publicNumber]
		)
	);
	expect(await sweep()).toEqual([]);
	expect(await listed()).toBe(1);
	expect(await sweep(true)).toEqual([childId]);
	expect(await listed()).toBe(0);
});
