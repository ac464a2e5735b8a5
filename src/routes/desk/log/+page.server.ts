import { readAudit } from '#lib/server/audit/audit.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { signedIn, wallTime } from '../desk.server.ts';
import type { PageServerLoad } from './$types';

const linesPerPage = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const before = /^\d{1,15}$/.exec(url.searchParams.get('before') ?? '');
	const lines = await theDatabase().inScope(scopeOf(user), (session) =>
		readAudit(session, linesPerPage, before ? Number(before[0]) : undefined)
	);
	return {
		everyHouse: scopeOf(user).kind === 'registry',
		lines: lines.map((line) => ({ ...line, at: wallTime(line.at) })),
		older: lines.length === linesPerPage ? lines.at(-1)?.id : undefined
	};
};
