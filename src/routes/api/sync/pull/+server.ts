import { syncDoor } from '#lib/server/sync/door.ts';
import { pull } from '#lib/server/sync/routes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request }) => pull(await syncDoor(), request);
