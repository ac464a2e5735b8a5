import { error } from '@sveltejs/kit';
import { seesReadings } from '#lib/domain/disclosure/roles.ts';
import { institutionIdSchema } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { access as words } from '#lib/messages/access.ts';
import { translator } from '#lib/messages/message.ts';
import { listGrants } from '#lib/server/access/grants.ts';
import { countReadings, listReadings, spanOf } from '#lib/server/access/readings.ts';
import { writeAudit } from '#lib/server/audit/audit.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { csvMediaType, csvOf } from '#lib/server/export/csv.ts';
import { xlsxMediaType, xlsxOf } from '#lib/server/export/xlsx.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, signedIn } from '../../desk.server.ts';
import { readingColumns, sheetsOf, type YearOfAccess } from './tables.server.ts';
import type { RequestHandler } from './$types';

/** As much as one file is made of in memory. A house of 300 children read twice a day by five people stays below it. */
const readingsMaximum = 200_000;
const grantsMaximum = 20_000;

export const GET: RequestHandler = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	if (!seesReadings.includes(user.role)) error(403, 'not_yours');
	const t = translator(locals.locale);
	const year = /^\d{4}$/.exec(url.searchParams.get('year') ?? '')?.[0];
	if (year === undefined || year < '2000' || year > registryToday().slice(0, 4)) return said(t(words.exportYearWrong));
	const house = institutionIdSchema.safeParse(url.searchParams.get('house'));
	const format = url.searchParams.get('as') === 'csv' ? 'csv' : 'xlsx';
	const filter = { span: spanOf(Number(year)), ...(house.success && { house: house.data }) };
	const found = await theDatabase().inScope(
		scopeOf(user),
		async (session): Promise<YearOfAccess | undefined> => {
			const readings = await listReadings(session, filter, readingsMaximum + 1);
			if (readings.length > readingsMaximum) return undefined;
			const counts = await countReadings(session, filter);
			const grants = await listGrants(
				session,
				{
					since: civilDate(`${year}-01-01`),
					begunBy: civilDate(`${year}-12-31`),
					all: true,
					...(house.success && { house: house.data })
				},
				grantsMaximum
			);
			await writeAudit(session, {
				institutionId: user.institutionId,
				userId: user.id,
				action: 'access.exported',
				details: { year, format, readings: readings.length, ...(house.success && { house: house.data }) }
			});
			return { readings, counts, grants };
		},
		// One picture of the year: what is read while it is made is not counted in one table and missing in another.
		{ isolation: 'repeatable read', statementTimeout: 120_000 }
	);
	if (!found) return said(t(words.exportTooMany, { n: readingsMaximum }));
	return format === 'csv'
		? file(csvOf(readingColumns(t), found.readings), csvMediaType, `readings-${year}.csv`)
		: file(new Uint8Array(await xlsxOf(sheetsOf(found, t))), xlsxMediaType, `access-${year}.xlsx`);
};

/** The name of the file tells a year and nothing else: it lies in a folder of downloads for anyone to see. */
function file(body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
	return new Response(body, {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}

function said(sentence: string): Response {
	return new Response(`${sentence}\n`, {
		status: 400,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
}
