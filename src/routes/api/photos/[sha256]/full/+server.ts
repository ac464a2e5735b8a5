import { personAtDesk } from '#lib/server/photos/at-desk.ts';
import { photoDoor } from '#lib/server/photos/door.ts';
import { picture } from '#lib/server/photos/routes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, cookies, url }) => {
	const door = await photoDoor();
	return picture(door, request, params.sha256, 'full', () => personAtDesk(door, cookies, url));
};
