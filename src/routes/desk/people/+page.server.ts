import { randomBytes, randomUUID } from 'node:crypto';
import { error, fail } from '@sveltejs/kit';
import { encode } from 'uqr';
import { managesTablets } from '#lib/domain/disclosure/roles.ts';
import { staffIdSchema } from '#lib/domain/ids.ts';
import { inGroups } from '#lib/server/accounts/enrol-code.ts';
import { makeEnrolCode } from '#lib/server/accounts/enrolment.ts';
import { listPeople } from '#lib/server/accounts/people.ts';
import { listTablets, recentEnrolCodes } from '#lib/server/accounts/tablets.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { daysSince, signedIn, tabletTimes, wallTime } from '../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const now = new Date();
	return theDatabase().inScope(scopeOf(user), async (session) => ({
		everyHouse: scopeOf(user).kind === 'registry',
		manages: managesTablets.includes(user.role),
		people: await listPeople(session),
		tablets: (await listTablets(session)).map((tablet) => ({
			...tablet,
			lastContact: tablet.lastContactAt && wallTime(tablet.lastContactAt),
			silentDays: tablet.lastContactAt ? daysSince(tablet.lastContactAt, now.getTime()) : undefined,
			...tabletTimes(tablet)
		})),
		codes: (await recentEnrolCodes(session, now)).map((code) => ({ ...code, until: wallTime(code.expiresAt) }))
	}));
};

export const actions: Actions = {
	code: async ({ locals, url, request }) => {
		const user = manager(locals, url);
		const staffId = staffIdSchema.safeParse((await request.formData()).get('staff'));
		if (!staffId.success) return fail(400, { fault: 'person_unknown' } as const);
		const made = await theDatabase().inScope(scopeOf(user), (session) =>
			makeEnrolCode(
				session,
				{ id: randomUUID(), staffId: staffId.data, by: user.id, random: randomBytes(16) },
				new Date()
			)
		);
		if (!made.ok) return fail(400, { fault: made.error.type });
		const { code, expiresAt } = made.value;
		const address = `${url.origin}/app/enrol`;
		// After the hash: the code is in no log of any server between here and the tablet.
		const { data, size } = encode(`${address}#${code}`, { ecc: 'M', border: 2 });
		const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('');
		return {
			made: { staffId: staffId.data, groups: inGroups(code), until: wallTime(expiresAt), address, qr: { path, size } }
		};
	}
};

function manager(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!managesTablets.includes(user.role)) error(403, 'not_yours');
	return user;
}
