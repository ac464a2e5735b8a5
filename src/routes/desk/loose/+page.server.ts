import { theDatabase } from '#lib/server/db/connection.ts';
import { listLoose } from '#lib/server/loose/loose-desk.ts';
import { wallTime } from '../desk.server.ts';
import { officer } from './loose.server.ts';
import type { PageServerLoad } from './$types';

const shown = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
	officer(locals, url);
	const lines = await theDatabase().inScope({ kind: 'registry' }, (session) => listLoose(session, shown));
	return { lines: lines.map((line) => ({ ...line, received: wallTime(line.receivedAt) })) };
};
