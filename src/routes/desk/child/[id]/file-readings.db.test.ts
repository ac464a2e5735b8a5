import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { items } from '#lib/domain/case-file/case-file.ts';
import { listReadings } from '#lib/server/access/readings.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { caseOffice, registryScope, signedIn, type CaseOffice } from '../../../../../tests/support/case-office.ts';
import { certifiedChild } from '../../../../../tests/support/leaving-story.ts';
import { childId } from '../../../../../tests/support/notice-story.ts';
import * as documents from './documents/+page.server.ts';
import * as paper from './documents/[item]/+page.server.ts';
import * as record from './documents/record/+page.server.ts';
import * as leaving from './leaving/+page.server.ts';
import * as exit from './leaving/exit/+page.server.ts';
import * as match from './leaving/match/+page.server.ts';

/* Every page that shows what is in a child's file is an opening of the file: from a grant, by duty, or with a reason. */

type Person = Parameters<typeof signedIn>[0];
process.env['DATA_DIR'] = '/nowhere';

const told = certifiedChild();
const certificate = items(told.story.caseFile, 'document').find(({ value }) => value.code === 'DOC-C')?.itemId ?? '';
const file = `/desk/child/${childId}`;

/** Each page with who may see it by duty or a standing grant. */
const pages: readonly (readonly [string, unknown, Person])[] = [
	['/documents', documents.load, 'a'],
	[`/documents/${certificate}`, paper.load, 'a'],
	[`/documents/record?item=${certificate}`, record.load, 'a'],
	['/leaving', leaving.load, 'a'],
	['/leaving/exit?reason=deceased', exit.load, 'a'],
	['/leaving/match', match.load, 'b']
];

async function office(): Promise<CaseOffice> {
	const place = await caseOffice(told.story.entries, told.today);
	provideDatabase(place.database);
	return place;
}

async function opens(load: unknown, who: Person, path: string): Promise<{ status: number; location?: string }> {
	const event = {
		locals: { locale: 'zh-CN', largeType: false, user: signedIn(who) },
		params: { id: childId, item: certificate },
		url: new URL(`https://registry.example${file}${path}`)
	};
	try {
		const answer = await (load as (event: object) => unknown)(event);
		return { status: isActionFailure(answer) ? answer.status : 200 };
	} catch (thrown) {
		if (isRedirect(thrown)) return { status: thrown.status, location: thrown.location };
		if (isHttpError(thrown)) return { status: thrown.status };
		throw thrown;
	}
}

const readings = (place: CaseOffice) =>
	place.database.inScope(registryScope, (session) => listReadings(session, { childId }, 100));

describe.each(pages)('%s', (path, load, usual) => {
	test('is written down as a reading of the file', async () => {
		const place = await office();
		expect(await opens(load, usual, path)).toEqual({ status: 200 });
		expect((await readings(place)).map(({ staffId, what }) => [staffId, what])).toEqual([[signedIn(usual).id, 'full']]);
	});

	test('asks an officer whom no grant covers why, and opens nothing before', async () => {
		const place = await office();
		const { status, location } = await opens(load, 'f', path);
		expect(status).toBe(303);
		expect(location).toContain(`${file}/open?for=review&`);
		expect(new URL(location ?? '', 'https://registry.example').searchParams.get('to')).toBe(`${file}${path}`);
		expect(await readings(place)).toEqual([]);
	});

	test('is not there for an auditor, nor for another house', async () => {
		const place = await office();
		expect((await opens(load, 'd', path)).status).toBe(404);
		expect((await opens(load, 'e', path)).status).toBe(404);
		expect(await readings(place)).toEqual([]);
	});
});

test('whoever files a new paper reads nothing of the file by that', async () => {
	const place = await office();
	expect(await opens(record.load, 'p', '/documents/record?code=DOC-C')).toEqual({ status: 200 });
	expect(await readings(place)).toEqual([]);
});
