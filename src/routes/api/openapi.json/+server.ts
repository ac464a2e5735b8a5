import { apiDocument } from '#lib/server/openapi/document.ts';
import type { RequestHandler } from './$types';

const document = JSON.stringify(apiDocument());

/** What /api can do, for those who write a client or audit one. Describes forms only and is the same for everybody. */
export const GET: RequestHandler = () =>
	new Response(document, {
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' }
	});
