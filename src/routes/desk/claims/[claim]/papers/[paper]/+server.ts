import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { openPaper } from '#lib/server/claims/open-paper.ts';
import { PaperStore } from '#lib/server/claims/papers.ts';
import { paperFolder } from '#lib/server/claims/the-family-desk.ts';
import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { claimOf, claimWorker } from '../../../claims.server.ts';
import type { RequestHandler } from './$types';

/** A photo of a paper that a family sent, for who works on its claim; `?copy=small` for the page itself. Each opening is logged. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = claimWorker(locals, url);
	const claimId = claimOf(params);
	const paper = z.uuid().safeParse(params.paper);
	const copy = url.searchParams.get('copy') === 'small' ? 'small' : 'full';
	const store = new PaperStore(paperFolder(processConfig()));
	const bytes = paper.success ? await openPaper(theDatabase(), store, user, claimId, paper.data, copy) : undefined;
	if (!bytes) error(404, 'claim_unknown');
	return new Response(bytes, {
		headers: {
			'content-type': 'image/jpeg',
			'content-length': String(bytes.byteLength),
			'content-disposition': 'inline',
			'cache-control': 'no-store'
		}
	});
};
