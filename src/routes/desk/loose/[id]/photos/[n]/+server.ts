import { error } from '@sveltejs/kit';
import { theDatabase } from '#lib/server/db/connection.ts';
import { openLoose } from '#lib/server/loose/loose-desk.ts';
import { photoDoor } from '#lib/server/photos/door.ts';
import { officer, recordOf } from '../../../loose.server.ts';
import type { RequestHandler } from './$types';

/** A picture of a loose record, for the officer who reads it. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = officer(locals, url);
	const record = await theDatabase().inScope({ kind: 'registry' }, (session) =>
		openLoose(session, user, recordOf(params))
	);
	const name = record?.photoNames[Number(params.n) - 1];
	const bytes = name && (await (await photoDoor()).photos.forPublishing(name));
	if (!bytes) error(404, 'photo_unknown');
	return new Response(new Uint8Array(bytes), {
		headers: { 'content-type': 'image/jpeg', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
	});
};
