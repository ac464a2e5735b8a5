import { looseRoute } from '#lib/server/loose/loose-route.ts';
import { photoDoor } from '#lib/server/photos/door.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, getClientAddress }) =>
	looseRoute(await photoDoor(), request, getClientAddress());
