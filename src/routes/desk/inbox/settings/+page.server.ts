import { fail } from '@sveltejs/kit';
import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { lastDelivery, readContact, setContact } from '#lib/server/inbox/contacts.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { signedIn, wallTime } from '../../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const last = await lastDelivery(session, user.id);
		return {
			configured: processConfig().mail !== null,
			contact: await readContact(session, user.id),
			last: last && {
				day: last.day,
				fault: last.fault,
				deliveredAt: last.deliveredAt && wallTime(last.deliveredAt),
				failed: last.failedAt !== null
			}
		};
	});
};

export const actions: Actions = {
	default: async ({ locals, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const contact = { email: String(data.get('email') ?? '').slice(0, 300), digest: data.get('digest') === 'on' };
		const saved = await theDatabase().inScope(scopeOf(user), (session) => setContact(session, user.id, contact));
		return saved.ok ? { saved: true as const } : fail(400, { fault: saved.error.type, contact });
	}
};
