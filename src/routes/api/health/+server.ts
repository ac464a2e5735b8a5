import { serverLog } from '#lib/server/audit/server-log.ts';
import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import type { RequestHandler } from './$types';

/** For a load balancer: 200 while the database answers. Tells tablets whether this is a demo, and nothing else. */
export const GET: RequestHandler = async () => {
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	try {
		await theDatabase().inScope({ kind: 'public' }, (session) => session.query('SELECT 1'), {
			statementTimeout: 2_000
		});
		return new Response(JSON.stringify({ status: 'ok', demo: processConfig().demo }), { headers });
	} catch (error) {
		serverLog.error({ err: error }, 'The database does not answer');
		return new Response('{"status":"database_unreachable"}', {
			status: 503,
			headers: { ...headers, 'retry-after': '5' }
		});
	}
};
