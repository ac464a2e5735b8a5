import { syncDoor } from '#lib/server/sync/door.ts';
import { witness } from '#lib/server/sync/witness-route.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => witness(await syncDoor(), request);
