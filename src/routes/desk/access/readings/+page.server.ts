import { error } from '@sveltejs/kit';
import { seesReadings } from '#lib/domain/disclosure/roles.ts';
import { childIdSchema, institutionIdSchema, readingIdSchema, staffIdSchema } from '#lib/domain/ids.ts';
import { numberOfChild } from '#lib/server/access/grants.ts';
import { listReadings, readersSeen, spanOf, type ReadingFilter } from '#lib/server/access/readings.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, signedIn, wallTime } from '../../desk.server.ts';
import type { PageServerLoad } from './$types';

const linesPerPage = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	if (!seesReadings.includes(user.role)) error(403, 'not_yours');
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const child = childIdSchema.safeParse(asked('child'));
	const person = staffIdSchema.safeParse(asked('person'));
	const house = institutionIdSchema.safeParse(asked('house'));
	const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(asked('month'));
	const before = beforeOf(asked('before'));
	const filter: ReadingFilter = {
		...(child.success && { childId: child.data }),
		...(person.success && { staffId: person.data }),
		...(house.success && { house: house.data }),
		...(month && { span: spanOf(Number(month[1]), Number(month[2])) }),
		...(before && { before })
	};
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const lines = await listReadings(session, filter, linesPerPage);
		const last = lines.at(-1);
		const older = new URLSearchParams(url.searchParams);
		if (last) older.set('before', `${last.receivedAt}_${last.id}`);
		return {
			everyHouse: scopeOf(user).kind === 'registry',
			asked: { person: asked('person'), house: asked('house'), month: month ? month[0] : '' },
			child: child.success
				? { id: child.data, caseNumber: (await numberOfChild(session, child.data))?.caseNumber }
				: undefined,
			year: registryToday().slice(0, 4),
			readers: await readersSeen(session),
			houses: (await listInstitutions(session)).map(({ id, name }) => ({ id, name })),
			lines: lines.map((line) => ({ ...line, at: wallTime(line.at), receivedAt: wallTime(line.receivedAt) })),
			older: lines.length === linesPerPage ? `?${older}` : undefined
		};
	});
};

/** `2026-11-22T04:00:00.000Z_<id>`: the last line of the page before. */
function beforeOf(text: string): ReadingFilter['before'] {
	const [receivedAt = '', id] = text.split('_');
	const reading = readingIdSchema.safeParse(id);
	const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/.test(receivedAt);
	return reading.success && isInstant && !Number.isNaN(Date.parse(receivedAt))
		? { receivedAt, id: reading.data }
		: undefined;
}
