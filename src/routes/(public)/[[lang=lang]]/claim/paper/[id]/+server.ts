import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { ownPaper } from '#lib/server/claims/family.ts';
import { openFamily } from '../../../../family/family.server.ts';
import type { RequestHandler } from './$types';

/** A small picture of a paper, for the family whose claim is open in this browser and nobody else. */
export const GET: RequestHandler = async ({ params, cookies, url, locals }) => {
	const { desk, claim } = await openFamily({ cookies, url, locals });
	const id = z.uuid().safeParse(params.id);
	const bytes = id.success ? await ownPaper(desk, claim.claimId, id.data, 'small') : undefined;
	if (!bytes) error(404, 'not_found');
	return new Response(bytes, {
		headers: {
			'content-type': 'image/jpeg',
			'content-length': String(bytes.byteLength),
			'content-disposition': 'inline',
			'cache-control': 'no-store'
		}
	});
};
