import { enrolRoute } from '#lib/server/accounts/enrol-route.ts';
import { syncDoor } from '#lib/server/sync/door.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, getClientAddress }) =>
	enrolRoute(await syncDoor(), request, getClientAddress());
