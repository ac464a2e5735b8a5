import { tablets as words } from '#lib/messages/tablets.ts';
import { translator } from '#lib/messages/message.ts';
import { readableOn, type ReadableChild } from '#lib/server/accounts/tablets.ts';
import { writeAudit } from '#lib/server/audit/audit.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { csvMediaType, csvOf } from '#lib/server/export/csv.ts';
import type { Column } from '#lib/server/export/safe-cells.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, wallTime } from '../../../desk.server.ts';
import { deviceOf, manager, tabletOf } from '../tablet.server.ts';
import type { RequestHandler } from './$types';

/** Which files the tablet could read, as a table; who exported it is logged. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = manager(locals, url);
	const t = translator(locals.locale);
	const children = await theDatabase().inScope(scopeOf(user), async (session) => {
		const tablet = await tabletOf(session, deviceOf(params));
		const readable = await readableOn(session, tablet);
		await writeAudit(session, {
			institutionId: user.institutionId,
			userId: user.id,
			action: 'tablet.readable_exported',
			details: { device: tablet.id, children: readable.length }
		});
		return readable;
	});
	const columns: readonly Column<ReadableChild>[] = [
		{ heading: t(words.name), value: ({ name }) => name },
		{ heading: t(words.caseNumber), value: ({ caseNumber }) => caseNumber },
		{ heading: 'ID', value: ({ childId }) => childId },
		{ heading: t(words.newest), value: ({ newest }) => wallTime(newest) },
		{ heading: t(words.opened), value: ({ openedAt }) => (openedAt ? wallTime(openedAt) : t(words.neverOpened)) }
	];
	// The name of the file tells a day and nothing else: it lies in a folder of downloads for anyone to see.
	return new Response(csvOf(columns, children), {
		headers: {
			'content-type': csvMediaType,
			'content-disposition': `attachment; filename="tablet-${registryToday()}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
