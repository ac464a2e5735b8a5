import { syncDoor } from '#lib/server/sync/door.ts';
import { hello } from '#lib/server/sync/routes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request }) => hello(await syncDoor(), request);
