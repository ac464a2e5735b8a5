import { managesTablets, seesSetAside } from '#lib/domain/disclosure/roles.ts';
import { institutionIdSchema } from '#lib/domain/ids.ts';
import { dutiesOn } from '#lib/domain/case-file/child-row.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { listTablets } from '#lib/server/accounts/tablets.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { countAside, listAside } from '#lib/server/entry-log/set-aside.ts';
import { haltsOf } from '#lib/server/eligibility/whose-file.ts';
import { listChildren, scopeOf } from '#lib/server/notices/case-reading.ts';
import { daysSince, registryToday, signedIn, tabletTimes, wallTime } from './desk.server.ts';
import type { PageServerLoad } from './$types';

const childrenShown = 100;
const asideShown = 5;
const states = ['none', 'draft', 'published', 'taken_down'] as const;
const cares = ['in_care', 'left', 'all'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const house = institutionIdSchema.safeParse(url.searchParams.get('house'));
	const filter = {
		words: (url.searchParams.get('q') ?? '').slice(0, 100),
		notice: states.find((state) => state === url.searchParams.get('notice')) ?? ('' as const),
		house: house.success ? house.data : ('' as const)
	};
	const care = cares.find((each) => each === url.searchParams.get('care')) ?? 'in_care';
	const today = registryToday();
	const now = Date.now();
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const { children, total } = await listChildren(
			session,
			{ ...filter, care: care === 'all' ? undefined : care },
			childrenShown
		);
		const halted = await haltsOf(
			session,
			children.map(({ row }) => row.childId)
		);
		const tablets = await listTablets(session);
		const aside = seesSetAside.includes(user.role)
			? { lines: await listAside(session, {}, asideShown), counts: await countAside(session) }
			: undefined;
		const institutions = await listInstitutions(session);
		return {
			filter,
			care,
			total,
			everyHouse: scopeOf(user).kind === 'registry',
			manages: managesTablets.includes(user.role),
			houses: institutions.filter(({ kind }) => kind !== 'registry').map(({ id, name }) => ({ id, name })),
			children: children.map(({ row, houseName }) => ({
				row,
				houseName,
				halts: halted.get(row.childId) ?? [],
				duty: dutiesOn(row, today, 30)[0]
			})),
			tablets: tablets.map((tablet) => ({
				...tablet,
				lastContact: tablet.lastContactAt && wallTime(tablet.lastContactAt),
				silentDays: tablet.lastContactAt ? daysSince(tablet.lastContactAt, now) : undefined,
				...tabletTimes(tablet)
			})),
			aside: aside && {
				total: [...aside.counts.values()].reduce((sum, n) => sum + n, 0),
				// What and when, and nothing of whom: the page of its own says the rest.
				lines: aside.lines.map(({ kind, id, reason, deviceName, houseName, receivedAt }) => ({
					...{ key: `${kind}${id}`, reason, deviceName, houseName },
					at: wallTime(receivedAt)
				}))
			}
		};
	});
};
