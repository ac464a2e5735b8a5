import { translator } from '#lib/messages/message.ts';
import { exportColumns, review as words } from '#lib/messages/review.ts';
import { writeAudit } from '#lib/server/audit/audit.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { readBoard } from '#lib/server/eligibility/board.ts';
import { csvMediaType, csvOf } from '#lib/server/export/csv.ts';
import { sheetOf, xlsxMediaType, xlsxOf } from '#lib/server/export/xlsx.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday } from '../../desk.server.ts';
import { filterIn } from '../board-filter.server.ts';
import { reviewer } from '../reviewer.server.ts';
import { boardColumns } from './columns.server.ts';
import type { RequestHandler } from './$types';

/** As much as one file is made of in memory; a province's children of many years stay below it. */
const exportMaximum = 20_000;

/** The children of the current filter as a table, all of them or none. Who exported how many by which filter is logged. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const user = reviewer(locals, url);
	const t = translator(locals.locale);
	const today = registryToday();
	const filter = filterIn(url, user.institutionId);
	const format = url.searchParams.get('as') === 'csv' ? 'csv' : 'xlsx';
	const lines = await theDatabase().inScope(
		scopeOf(user),
		async (session) => {
			const page = await readBoard(session, filter, today, exportMaximum);
			if (page.next !== undefined) return undefined;
			await writeAudit(session, {
				institutionId: user.institutionId,
				userId: user.id,
				action: 'review.exported',
				details: {
					format,
					children: page.lines.length,
					...(filter.stage && { stage: filter.stage }),
					...(filter.list && { list: filter.list }),
					...(filter.place.kind === 'house' && { house: filter.place.id }),
					...(filter.place.kind === 'region' && { region: filter.place.code }),
					// That it was narrowed by words, not the words: they may be a name.
					...(filter.words && { searched: 1 })
				}
			});
			return page.lines;
		},
		{ statementTimeout: 120_000 }
	);
	if (!lines) {
		return new Response(`${t(words.exportTooMany, { n: exportMaximum })}\n`, {
			status: 400,
			headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
		});
	}
	const columns = boardColumns(today, t);
	return format === 'csv'
		? file(csvOf(columns, lines), csvMediaType, `review-${today}.csv`)
		: file(
				new Uint8Array(await xlsxOf([sheetOf(t(exportColumns.sheet), columns, lines)])),
				xlsxMediaType,
				`review-${today}.xlsx`
			);
};

/** The name of the file tells a day and nothing else: it lies in a folder of downloads for anyone to see. */
function file(body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
	return new Response(body, {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'no-store'
		}
	});
}
