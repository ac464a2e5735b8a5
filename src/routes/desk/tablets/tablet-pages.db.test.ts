import { randomUUID } from 'node:crypto';
import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { caseOffice, registryScope, signedIn, type CaseOffice } from '../../../../tests/support/case-office.ts';
import { receivedChild } from '../../../../tests/support/leaving-story.ts';
import type { DeviceId } from '#lib/domain/ids.ts';
import * as looseList from '../loose/+page.server.ts';
import * as looseOne from '../loose/[id]/+page.server.ts';
import { linkOf } from '../inbox/links.ts';
import * as one from './[id]/+page.server.ts';
import * as csv from './[id]/export/+server.ts';

/* The desk's pages about tablets and loose records, called by people of every role: who sees what, who may do what. */

type Person = Parameters<typeof signedIn>[0];
process.env['DATA_DIR'] = '/nowhere';
process.env['LAMPKEEP_SECRET'] = 'a secret of the tests, long enough for the registry';

const everybody: readonly Person[] = ['a', 'b', 'c', 'd', 'e', 'f', 'p'];
let place: CaseOffice;
let tablet: DeviceId;

beforeEach(async () => {
	const told = receivedChild();
	place = await caseOffice(told.story.entries, told.today);
	provideDatabase(place.database);
	tablet = randomUUID() as DeviceId;
	const house = signedIn('a').institutionId;
	await place.database.inScope(registryScope, async (session) => {
		const { rows } = await session.query<{ position: number }>(
			'SELECT position FROM feed_heads WHERE institution_id = $1',
			[house]
		);
		await session.query(
			`INSERT INTO devices (id, institution_id, name, public_key, read_position) VALUES ($1, $2, '一号平板', 'x', $3)`,
			[tablet, house, rows[0]?.position ?? 0]
		);
	});
});

async function asked(
	handler: unknown,
	who: Person,
	path: string,
	params: object = {},
	boxes?: Readonly<Record<string, string>>
): Promise<{ readonly status: number; readonly data?: unknown }> {
	const url = new URL(path, 'https://registry.example');
	const body = new FormData();
	for (const [name, value] of Object.entries(boxes ?? {})) body.append(name, value);
	const event = {
		locals: { locale: 'zh-CN', largeType: false, user: signedIn(who) },
		params,
		url,
		request: new Request(url, boxes ? { method: 'POST', body } : {})
	};
	try {
		const answer = await (handler as (event: object) => unknown)(event);
		return isActionFailure(answer) ? { status: answer.status, data: answer.data } : { status: 200, data: answer };
	} catch (thrown) {
		if (isRedirect(thrown) || isHttpError(thrown)) return { status: thrown.status };
		throw thrown;
	}
}

/** The people of the office in these roles, of the house or of the registry. */
const inRoles = (...roles: readonly string[]) => everybody.filter((who) => roles.includes(signedIn(who).role));

describe('a tablet at the desk', () => {
	const page = (who: Person, id: string = tablet) => asked(one.load, who, `/desk/tablets/${id}`, { id });

	test('is seen, with what it could read, by those alone who close tablets', async () => {
		const managers = inRoles('supervisor', 'registry_officer');
		expect(managers.length).toBeGreaterThan(1);
		for (const who of everybody) {
			const seen = await page(who);
			const own = managers.includes(who);
			const there =
				own &&
				(signedIn(who).role === 'registry_officer' || signedIn(who).institutionId === signedIn('a').institutionId);
			expect(seen.status, `${who} ${signedIn(who).role}`).toBe(there ? 200 : own ? 404 : 403);
		}
		const [manager = 'a'] = managers.filter((who) => signedIn(who).institutionId === signedIn('a').institutionId);
		expect((await page(manager)).data).toMatchObject({
			total: 1,
			tablet: { name: '一号平板', standing: { state: 'in_use' } }
		});
		expect((await page(manager, randomUUID())).status).toBe(404);
	});

	test('is closed with a reason and a second look, once, by those alone; what it could read can be exported, which is logged', async () => {
		const [manager = 'a'] = inRoles('supervisor');
		const close = (who: Person, boxes: Readonly<Record<string, string>>) =>
			asked(one.actions['revoke'], who, `/desk/tablets/${tablet}`, { id: tablet }, boxes);
		for (const who of everybody.filter((each) => !inRoles('supervisor', 'registry_officer').includes(each)))
			expect((await close(who, { reason: '丢了', sure: 'yes' })).status, who).toBe(403);
		expect(await close(manager, { reason: ' ', sure: 'yes' })).toMatchObject({
			status: 400,
			data: { fault: 'reasonMissing' }
		});
		expect(await close(manager, { reason: '丢了' })).toMatchObject({
			status: 400,
			data: { fault: 'sureMissing', typed: { reason: '丢了' } }
		});
		expect(await close(manager, { reason: '丢了', sure: 'yes' })).toEqual({ status: 200, data: { revoked: true } });
		expect(await close(manager, { reason: '丢了', sure: 'yes' })).toMatchObject({
			status: 409,
			data: { fault: 'gone' }
		});
		expect((await page(manager)).data).toMatchObject({
			tablet: { standing: { state: 'waiting' }, revokedBecause: '丢了' }
		});
		const file = await asked(csv.GET, manager, `/desk/tablets/${tablet}/export`, { id: tablet });
		const text = await (file.data as Response).text();
		expect(text.trim().split('\r\n')).toHaveLength(2);
		const { rows } = await place.database.inScope(registryScope, (session) =>
			session.query(`SELECT details FROM audit_events WHERE action = 'tablet.readable_exported'`)
		);
		expect(rows).toEqual([{ details: { device: tablet, children: 1 } }]);
	});
});

describe('loose records at the desk', () => {
	test('are for registry officers alone', async () => {
		const officers = inRoles('registry_officer');
		expect(officers.length).toBeGreaterThan(0);
		const id = randomUUID();
		for (const who of everybody) {
			const mine = officers.includes(who);
			expect((await asked(looseList.load, who, '/desk/loose')).status, who).toBe(mine ? 200 : 403);
			expect((await asked(looseOne.load, who, `/desk/loose/${id}`, { id })).status, who).toBe(mine ? 404 : 403);
			for (const [action, boxes] of [
				['attribute', { house: signedIn('a').institutionId }],
				['aside', { reason: 'x' }]
			] as const)
				expect((await asked(looseOne.actions[action], who, `/desk/loose/${id}`, { id }, boxes)).status, who).toBe(
					mine ? 409 : 403
				);
		}
	});
});

test('what is told in the inbox leads to the page where it is dealt with', () => {
	const at = (code: Parameters<typeof linkOf>[0]['code']) => linkOf({ code, childId: null, claimId: null, ref: 'r' });
	expect(at('tablet_equivocated')).toBe('/desk/tablets/r');
	expect(at('tablet_ahead')).toBe('/desk/tablets/r');
	expect(at('loose_record_came')).toBe('/desk/loose/r');
	expect(at('registry_forgot')).toBe('/desk/log');
});
