import { photoDoor } from '#lib/server/photos/door.ts';
import { upload } from '#lib/server/photos/routes.ts';
import type { RequestHandler } from './$types';

const handler: RequestHandler = async ({ request }) => upload(await photoDoor(), request);

export const POST = handler;
export const PATCH = handler;
export const HEAD = handler;
