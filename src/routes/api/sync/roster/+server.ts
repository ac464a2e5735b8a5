import { syncDoor } from '#lib/server/sync/door.ts';
import { roster } from '#lib/server/sync/routes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request }) => roster(await syncDoor(), request);
