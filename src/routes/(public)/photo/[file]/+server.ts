import { error } from '@sveltejs/kit';
import { theBoard, thePublicPhotos } from '#lib/server/notices/the-notices.ts';
import type { RequestHandler } from './$types';

/**
 * A public picture: `<token>.jpg` (at most 640 px) or `<token>.s.jpg` (320 px). Only what a notice shows at this moment
 * is answered; anything else is gone, whether it was here once or never.
 */
export const GET: RequestHandler = async ({ params }) => {
	const name = /^([A-Za-z0-9_-]{22})(\.s)?\.jpg$/.exec(params.file);
	if (!name) error(404, 'not_found');
	const token = name[1] ?? '';
	const { photoTokens } = await theBoard().snapshot();
	if (!photoTokens.has(token)) return gone();
	const bytes = await (await thePublicPhotos()).read(token, name[2] === undefined ? 'full' : 'small');
	if (!bytes) return gone();
	return new Response(bytes, {
		headers: {
			'content-type': 'image/jpeg',
			'content-length': String(bytes.byteLength),
			'content-disposition': 'inline',
			'cache-control': 'public, max-age=40',
			'x-robots-tag': 'noindex, noimageindex, noarchive'
		}
	});
};

function gone(): Response {
	return new Response(null, { status: 410, headers: { 'cache-control': 'public, max-age=20' } });
}
