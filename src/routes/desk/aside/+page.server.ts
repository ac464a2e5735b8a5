import { mayWrite } from '#lib/domain/case-file/who-writes.ts';
import { deviceIdSchema } from '#lib/domain/ids.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import {
	asideReasons,
	countAside,
	listAside,
	tabletsAside,
	type AsideCursor,
	type AsideFilter
} from '#lib/server/entry-log/set-aside.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { wallTime } from '../desk.server.ts';
import { seer } from './aside.server.ts';
import type { PageServerLoad } from './$types';

const linesPerPage = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = seer(locals, url);
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const tablet = deviceIdSchema.safeParse(asked('tablet'));
	const filter: AsideFilter = {
		reason: asideReasons.find((reason) => reason === asked('reason')),
		deviceId: tablet.data
	};
	const before = beforeOf(asked('before'));
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const lines = await listAside(session, filter, linesPerPage, before);
		const counts = await countAside(session, filter.deviceId);
		const last = lines.at(-1);
		const older = new URLSearchParams({
			...(filter.reason && { reason: filter.reason }),
			...(filter.deviceId && { tablet: filter.deviceId }),
			...(last && { before: `${last.receivedAt}_${last.kind}_${last.id}` })
		});
		return {
			everyHouse: scopeOf(user).kind === 'registry',
			merges: mayWrite('child.merged', user.role),
			filter: { reason: filter.reason ?? '', tablet: filter.deviceId ?? '' },
			reasons: asideReasons.flatMap((reason) => {
				const count = counts.get(reason) ?? 0;
				return count > 0 || reason === filter.reason ? [{ reason, count }] : [];
			}),
			tablets: await tabletsAside(session),
			total: filter.reason ? (counts.get(filter.reason) ?? 0) : [...counts.values()].reduce((sum, n) => sum + n, 0),
			isFirst: before === undefined,
			lines: lines.map((line) => ({ ...line, at: wallTime(line.receivedAt) })),
			older: lines.length === linesPerPage ? `?${older}` : undefined
		};
	});
};

/** `2026-11-22T04:00:00.000Z_entry_17`: the last line of the page before. */
function beforeOf(text: string): AsideCursor | undefined {
	const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z)_(entry|record)_(\d{1,15})$/.exec(text);
	const [, receivedAt = '', kind, id] = found ?? [];
	if (Number.isNaN(Date.parse(receivedAt)) || (kind !== 'entry' && kind !== 'record')) return undefined;
	return { receivedAt, kind, id: Number(id) };
}
