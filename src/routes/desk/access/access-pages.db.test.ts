import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { caseOffice, registryScope, signedIn, type CaseOffice } from '../../../../tests/support/case-office.ts';
import { receivedChild } from '../../../../tests/support/leaving-story.ts';
import { childId } from '../../../../tests/support/notice-story.ts';
import { recordRequest } from '#lib/server/access/requests.ts';
import { civilDate } from '#lib/domain/time.ts';
import * as open from '../child/[id]/open/+page.server.ts';
import * as oneRequest from '../requests/[id]/+page.server.ts';
import * as access from './+page.server.ts';
import * as readings from './readings/+page.server.ts';

/* The desk's pages about who reads what, called by people of every role: no right, no answer that tells anything. */

type Person = Parameters<typeof signedIn>[0];
process.env['DATA_DIR'] = '/nowhere';

let place: CaseOffice;
beforeEach(async () => {
	const told = receivedChild();
	place = await caseOffice(told.story.entries, told.today);
	provideDatabase(place.database);
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

describe('the form that gives a grant', () => {
	const boxes = { purpose: 'care', about: 'house', until: '2099-01-01' };

	test('tells nobody without the right whether a sign-in is there', async () => {
		await place.database.inScope(registryScope, (session) =>
			session.query(`INSERT INTO users (id, institution_id, name, role, login)
				SELECT gen_random_uuid(), id, '别人', 'care_worker', 'wang' FROM institutions WHERE name = '别处福利院'`)
		);
		for (const who of ['b', 'c', 'd', 'p'] as const) {
			const there = await asked(access.actions['grant'], who, '/desk/access', {}, { ...boxes, login: 'wang' });
			const nobody = await asked(access.actions['grant'], who, '/desk/access', {}, { ...boxes, login: 'nobody' });
			expect(there, who).toEqual({ status: 403 });
			expect(nobody, who).toEqual({ status: 403 });
		}
	});
});

describe('a request about a file', () => {
	test('is read, with the name of whoever asked, by those alone who record and answer requests', async () => {
		const { id } = await place.database.inScope(registryScope, (session) =>
			recordRequest(
				session,
				signedIn('f'),
				{
					childId,
					kind: 'see',
					requester: 'claimant',
					requesterName: '杨秀英',
					words: '想看孩子的档案',
					receivedOn: civilDate('2026-01-05')
				},
				15
			)
		);
		const statuses = [];
		for (const who of ['a', 'b', 'c', 'd', 'e', 'f', 'p'] as const)
			statuses.push([who, (await asked(oneRequest.load, who, `/desk/requests/${id}`, { id })).status]);
		expect(Object.fromEntries(statuses)).toEqual({ a: 200, b: 200, c: 404, d: 404, e: 404, f: 200, p: 200 });
	});
});

describe('an address that means nothing', () => {
	test.each(['//', '/\\', 'https://evil.example/desk', '//evil.example/desk/child'])(
		'leads nowhere but to the file: %j',
		async (to) => {
			const path = `/desk/child/${childId}/open?to=${encodeURIComponent(to)}`;
			expect(await asked(open.load, 'a', path, { id: childId })).toMatchObject({
				status: 200,
				data: { to: `/desk/child/${childId}` }
			});
		}
	);

	test.each(['0000-01', '0001-12', '9999-12'])('lists no reading of the month %s, and fails nobody', async (month) => {
		expect(await asked(readings.load, 'a', `/desk/access/readings?month=${month}`)).toMatchObject({
			status: 200,
			data: { lines: [] }
		});
	});
});
