import { error } from '@sveltejs/kit';
import { numberOfChild } from '#lib/server/access/grants.ts';
import { scopeToRead } from '#lib/server/access/open-file.ts';
import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { pageFootCss } from '#lib/server/print/page-foot.ts';
import { printRecord } from '#lib/server/print/print-log.ts';
import { childOf, signedIn, wallTime } from '../../../../../desk.server.ts';
import { printedBy } from '../../print.server.ts';
import type { RequestHandler } from './$types';

/** The style sheet of one print: what stands in the margins of its pages. For whoever made the print, and nobody else. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!/^\d{1,15}$/.test(params.record)) error(404, 'print_unknown');
	const database = theDatabase();
	const record = await database.inScope(scopeOf(user), (session) =>
		printRecord(session, user, childId, Number(params.record))
	);
	const scope = await scopeToRead(database, user, childId, new Date());
	const child = record && (await database.inScope(scope, (session) => numberOfChild(session, childId)));
	if (!child) error(404, 'print_unknown');
	const css = pageFootCss({
		record,
		caseNumber: child.caseNumber,
		by: printedBy(user, record.part, wallTime(record.at)),
		demo: processConfig().demo
	});
	return new Response(css, { headers: { 'content-type': 'text/css; charset=utf-8' } });
};
