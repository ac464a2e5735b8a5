import { fail } from '@sveltejs/kit';
import { readableOn, revokeReasonMaximum, revokeTablet } from '#lib/server/accounts/tablets.ts';
import { theRegistryKeys } from '#lib/server/accounts/the-registry-keys.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { countAside } from '#lib/server/entry-log/set-aside.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { tabletTimes, wallTime } from '../../desk.server.ts';
import { deviceOf, manager, tabletOf } from './tablet.server.ts';
import type { Actions, PageServerLoad } from './$types';

const childrenShown = 200;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = manager(locals, url);
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const tablet = await tabletOf(session, deviceOf(params));
		const children = await readableOn(session, tablet);
		const aside = await countAside(session, tablet.id);
		return {
			tablet: {
				id: tablet.id,
				name: tablet.name,
				institutionName: tablet.institutionName,
				people: tablet.people,
				enrolled: wallTime(tablet.enrolledAt),
				lastContact: tablet.lastContactAt && wallTime(tablet.lastContactAt),
				revokedBy: tablet.revokedBy,
				revokedBecause: tablet.revokedBecause,
				...tabletTimes(tablet)
			},
			aside: [...aside.values()].reduce((sum, n) => sum + n, 0),
			total: children.length,
			children: children.slice(0, childrenShown).map((child) => ({
				...child,
				newest: wallTime(child.newest),
				openedAt: child.openedAt && wallTime(child.openedAt)
			}))
		};
	});
};

export const actions: Actions = {
	revoke: async ({ locals, params, url, request }) => {
		const user = manager(locals, url);
		const deviceId = deviceOf(params);
		const data = await request.formData();
		const reason = String(data.get('reason') ?? '').trim();
		const sure = data.get('sure') === 'yes';
		const typed = { reason: reason.slice(0, 2 * revokeReasonMaximum), sure };
		if (reason === '') return fail(400, { typed, fault: 'reasonMissing' as const });
		if (reason.length > revokeReasonMaximum) return fail(400, { typed, fault: 'reasonTooLong' as const });
		if (!sure) return fail(400, { typed, fault: 'sureMissing' as const });
		const keys = await theRegistryKeys();
		const revoked = await theDatabase().inScope(scopeOf(user), async (session) => {
			await tabletOf(session, deviceId);
			return revokeTablet(session, keys, { deviceId, by: user.id, because: reason }, new Date());
		});
		return revoked ? { revoked: true as const } : fail(409, { typed, fault: 'gone' as const });
	}
};
