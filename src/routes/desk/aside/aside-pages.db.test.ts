import { randomUUID } from 'node:crypto';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import {
	caseOffice,
	otherHouseId,
	registryScope,
	signedIn,
	type CaseOffice
} from '../../../../tests/support/case-office.ts';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import { newChild, newItem, signed, testTablet, type TestTablet } from '../../../../tests/contract/entry-log/tablet.ts';
import { receivedChild } from '../../../../tests/support/leaving-story.ts';
import { childId, houseId } from '../../../../tests/support/notice-story.ts';
import type { Envelope } from '#lib/domain/case-file/entry.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { PostgresEntryLog } from '#lib/server/entry-log/postgres-entry-log.ts';
import { countAside, listAside, type AsideCursor } from '#lib/server/entry-log/set-aside.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import * as one from '../child/[id]/aside/[n]/+page.server.ts';
import * as list from './+page.server.ts';
import type { PageServerData } from './$types';

/* What tablets brought and the registry did not accept, as the people of the desk see it. */

type Person = Parameters<typeof signedIn>[0];
process.env['DATA_DIR'] = '/nowhere';

const everybody: readonly Person[] = ['a', 'b', 'c', 'd', 'e', 'f', 'p'];
const note = '左臂划破了，已经包扎';
const daily = (words = note) => ({ itemId: newItem(), care: { kind: 'daily' as const, note: words } });
let place: CaseOffice;
let log: PostgresEntryLog;
/** A care worker's of the child's house, and one of the other house, which has nothing to do with the child. */
let own: TestTablet;
let others: TestTablet;

beforeEach(async () => {
	const told = receivedChild();
	place = await caseOffice(told.story.entries, told.today);
	provideDatabase(place.database);
	log = new PostgresEntryLog(place.database);
	own = testTablet(houseId);
	others = testTablet(otherHouseId);
	for (const tablet of [own, others]) await enrolled(place.database, tablet);
});

async function asked(
	handler: unknown,
	who: Person,
	path: string,
	params: object = {}
): Promise<{ readonly status: number; readonly data?: unknown; readonly to?: string }> {
	const url = new URL(path, 'https://registry.example');
	const event = { locals: { locale: 'zh-CN', largeType: false, user: signedIn(who) }, params, url };
	try {
		return { status: 200, data: await (handler as (event: object) => unknown)(event) };
	} catch (thrown) {
		if (isRedirect(thrown)) return { status: thrown.status, to: thrown.location };
		if (isHttpError(thrown)) return { status: thrown.status };
		throw thrown;
	}
}

const pageOf = async (who: Person, query = '') =>
	(await asked(list.load, who, `/desk/aside${query}`)).data as PageServerData;
const reasonsOf = (page: PageServerData) => page.lines.map(({ reason }) => reason).sort();
const unsigned = ({ signature: _, ...entry }: Envelope): Omit<Envelope, 'signature'> => entry;

/** One of each kind: of the own house three entries and a sealed record, of the other house one. */
async function fill() {
	const merge = own.record('child.merged', childId, {
		itemId: newItem(),
		merge: { other: newChild(), reason: '照片是一个人' }
	});
	const damaged = { ...own.record('care.recorded', childId, daily()), occurredOn: '2020-01-01' };
	await log.append(own, [merge], '2026-11-22T04:00:00.000Z');
	await log.append(own, [damaged], '2026-11-22T04:01:00.000Z');
	await log.append(own, [{ id: 'nothing', note }], '2026-11-22T04:02:00.000Z');
	const elsewhere = others.record('care.recorded', childId, daily());
	await log.append(others, [elsewhere], '2026-11-22T04:03:00.000Z');
	await place.database.inScope(registryScope, (session) =>
		session.query(
			`INSERT INTO sealed_aside (institution_id, device_id, number, problem, body, body_hash, received_at)
			VALUES ($1, $2, 7, 'does_not_open', '{}', $3, '2026-11-22T04:04:00.000Z')`,
			[houseId, own.deviceId, '0'.repeat(64)]
		)
	);
	return { merge, elsewhere };
}

describe('the list of what was set aside', () => {
	test('is for supervisors and officers alone; a house sees its own tablets’, the registry all', async () => {
		await fill();
		for (const who of everybody) {
			const { status } = await asked(list.load, who, '/desk/aside');
			expect(status, who).toBe(['supervisor', 'registry_officer'].includes(signedIn(who).role) ? 200 : 403);
		}
		const ofHouse = ['does_not_open', 'not_yours_to_merge', 'signature_wrong', 'unreadable'];
		expect(reasonsOf(await pageOf('a'))).toEqual(ofHouse);
		expect(reasonsOf(await pageOf('e'))).toEqual(['child_elsewhere']);
		expect(reasonsOf(await pageOf('f'))).toEqual(['child_elsewhere', ...ofHouse].sort());
	});

	test('says what, whose and of which child, and no word of what is inside', async () => {
		await fill();
		const page = await pageOf('a');
		const [record, unreadable, damaged, merge] = page.lines;
		expect(record).toMatchObject({ kind: 'record', number: 7, deviceId: own.deviceId, type: undefined });
		expect(unreadable).toMatchObject({ reason: 'unreadable', path: 'id', child: undefined, author: undefined });
		expect(damaged).toMatchObject({
			type: 'care.recorded',
			author: { name: 'Person', proved: false },
			child: { childId, caseNumber: 'YL-2024-0031', visible: true }
		});
		expect(merge).toMatchObject({
			type: 'child.merged',
			author: { name: 'Person', proved: true },
			at: '2026-11-22 12:00'
		});
		expect(JSON.stringify([page, await pageOf('f')])).not.toContain(note);
		expect(JSON.stringify(page)).not.toContain('照片是一个人');
		// The other house wrote of a child whose file it does not have.
		expect((await pageOf('e')).lines).toMatchObject([{ child: { childId, caseNumber: null, visible: false } }]);
	});

	test('is filtered by reason and by tablet, and counts what fits', async () => {
		await fill();
		const byReason = await pageOf('f', '?reason=child_elsewhere');
		expect([reasonsOf(byReason), byReason.total]).toEqual([['child_elsewhere'], 1]);
		const byTablet = await pageOf('f', `?tablet=${own.deviceId}`);
		expect([byTablet.lines.length, byTablet.total]).toEqual([4, 4]);
		expect(byTablet.reasons.map(({ reason }) => reason)).not.toContain('child_elsewhere');
		expect((await pageOf('f')).tablets.map(({ id }) => id).sort()).toEqual([own.deviceId, others.deviceId].sort());
		// A filter that means nothing hides nothing.
		expect((await pageOf('f', '?reason=none&tablet=none&before=none')).total).toBe(5);
		expect(await pageOf('a', `?tablet=${others.deviceId}`)).toMatchObject({ lines: [], total: 0 });
	});

	test('is read page by page without a gap or a repetition, where many came at one moment', async () => {
		await fill();
		const moment = '2026-11-22T05:00:00.000Z';
		const many = Array.from({ length: 5 }, (_, n) => ({ id: 'nothing', n }));
		await log.append(own, many, moment);
		const read: string[] = [];
		await place.database.inScope(scopeOf(signedIn('a')), async (session) => {
			for (let before: AsideCursor | undefined; ;) {
				const page = await listAside(session, {}, 2, before);
				read.push(...page.map(({ kind, id }) => `${kind}${id}`));
				before = page.at(-1);
				if (page.length < 2) break;
			}
			expect([...(await countAside(session)).values()].reduce((sum, n) => sum + n, 0)).toBe(9);
		});
		expect(read).toHaveLength(9);
		expect(new Set(read).size).toBe(9);
	});

	test('forgets what was accepted after all, and keeps what bears an accepted entry’s name with other words', async () => {
		const { elsewhere } = await fill();
		const giving = testTablet(houseId);
		await enrolled(place.database, giving);
		const handover = giving.record('handover.sent', childId, { itemId: newItem(), handover: { to: otherHouseId } });
		expect(await log.append(giving, [handover], '2026-11-22T06:00:00.000Z')).toMatchObject([{ outcome: 'accepted' }]);
		expect((await pageOf('e')).lines).toEqual([]);
		const other = signed({ ...unsigned(elsewhere), occurredOn: '2020-01-01' as never }, others.privateKey);
		await log.append(others, [other], '2026-11-22T06:01:00.000Z');
		expect(reasonsOf(await pageOf('e'))).toEqual(['sequence_taken']);
	});
});

describe('what one of them says', () => {
	const opened = (who: Person, n: number | string, child: string = childId) =>
		asked(one.load, who, `/desk/child/${child}/aside/${n}`, { id: child, n: String(n) });
	const numberOf = async (who: Person, reason: string) =>
		(await pageOf(who)).lines.find((line) => line.reason === reason)?.id ?? 0;
	const readings = async () =>
		(
			await place.database.inScope(registryScope, (session) =>
				session.query(`SELECT staff_id AS staff, child_id AS child, what FROM access_readings WHERE place = 'desk'`)
			)
		).rows;

	test('is read by whoever may open the child’s file, and the reading is written down', async () => {
		await fill();
		const damaged = await numberOf('a', 'signature_wrong');
		expect(await readings()).toEqual([]);
		const seen = await opened('a', damaged);
		expect(seen.status).toBe(200);
		expect(JSON.stringify(seen.data)).toContain(note);
		expect(seen.data).toMatchObject({ author: { name: 'Person', proved: false }, reason: 'signature_wrong' });
		expect(await readings()).toEqual([{ staff: signedIn('a').id, child: childId, what: 'full' }]);
		// An officer says why first, as for the file.
		expect(await opened('f', damaged)).toMatchObject({ status: 303, to: expect.stringContaining('/open?') as string });
	});

	test('is told to nobody else, and by no other child’s address', async () => {
		await fill();
		const damaged = await numberOf('a', 'signature_wrong');
		for (const who of everybody) {
			const { status } = await opened(who, damaged);
			const sees = ['supervisor', 'registry_officer'].includes(signedIn(who).role);
			expect(status, who).toBe(who === 'a' ? 200 : who === 'e' ? 404 : sees ? 303 : 403);
		}
		// Brought by a tablet of another house: not in this house's list, though the child is here.
		const elsewhere = await numberOf('f', 'child_elsewhere');
		for (const who of ['a', 'e'] as const) expect((await opened(who, elsewhere)).status, who).toBe(404);
		expect((await opened('a', await numberOf('a', 'unreadable'))).status).toBe(404);
		expect((await opened('a', damaged, newChild())).status).toBe(404);
		for (const n of ['0', 'x', '1e3', '99999']) expect((await opened('a', n)).status, n).toBe(404);
	});

	test('of a role that does not read all of a file only as much as of the file itself', async () => {
		await fill();
		const first = own.record('care.recorded', childId, {
			itemId: newItem(),
			care: { kind: 'health', finding: '发热三天' }
		} as never);
		await log.append(own, [{ ...first, id: randomUUID() as EntryId }], '2026-11-22T07:00:00.000Z');
		const n = (await pageOf('a')).lines[0]?.id ?? 0;
		const supervisors = await opened('a', n);
		expect(JSON.stringify(supervisors.data)).toContain('发热三天');
		await place.database.inScope(registryScope, (session) =>
			session.query(
				`INSERT INTO access_readings (id, institution_id, staff_id, child_id, at, received_at, place, device_closed, what,
					purpose, basis, reason)
				VALUES ($1, $2, $3, $4, now(), now(), 'desk', false, 'full', 'audit', 'reason', '核对平板')`,
				[randomUUID(), signedIn('f').institutionId, signedIn('f').id, childId]
			)
		);
		const officers = await asked(one.load, 'f', `/desk/child/${childId}/aside/${n}?for=audit`, {
			id: childId,
			n: String(n)
		});
		expect(officers).toMatchObject({ status: 200, data: { withheld: true } });
		expect(JSON.stringify(officers.data)).not.toContain('发热三天');
	});
});
