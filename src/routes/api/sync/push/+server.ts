import { syncDoor } from '#lib/server/sync/door.ts';
import { push } from '#lib/server/sync/routes.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => push(await syncDoor(), request);
