import { syncDoor } from '#lib/server/sync/door.ts';
import { wiped } from '#lib/server/sync/wiped-route.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => wiped(await syncDoor(), request);
