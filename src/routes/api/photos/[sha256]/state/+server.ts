import { photoDoor } from '#lib/server/photos/door.ts';
import { state } from '#lib/server/photos/routes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params }) => state(await photoDoor(), request, params.sha256);
