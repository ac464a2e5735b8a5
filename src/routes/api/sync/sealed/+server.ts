import { photoDoor } from '#lib/server/photos/door.ts';
import { sealed } from '#lib/server/sync/sealed-route.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request }) => sealed(await photoDoor(), request);
