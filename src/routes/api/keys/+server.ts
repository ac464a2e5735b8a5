import { syncDoor } from '#lib/server/sync/door.ts';
import { keys } from '#lib/server/sync/keys-route.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request }) => keys(await syncDoor(), request);
