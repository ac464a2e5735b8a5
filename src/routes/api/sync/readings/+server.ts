import { syncDoor } from '#lib/server/sync/door.ts';
import { readings } from '#lib/server/sync/routes.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => readings(await syncDoor(), request);
