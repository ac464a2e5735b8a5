import { error, fail } from '@sveltejs/kit';
import { institutionIdSchema } from '#lib/domain/ids.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { attributeLoose, looseReasonMaximum, openLoose, setLooseAside } from '#lib/server/loose/loose-desk.ts';
import { wallTime } from '../../desk.server.ts';
import { looseDesk, officer, recordOf } from '../loose.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = officer(locals, url);
	return theDatabase().inScope({ kind: 'registry' }, async (session) => {
		const record = await openLoose(session, user, recordOf(params));
		if (!record) error(404, 'record_unknown');
		const houses = await listInstitutions(session);
		return {
			record: {
				id: record.id,
				receipt: record.receipt,
				received: wallTime(record.receivedAt),
				houseName: record.houseName,
				loose: record.loose,
				photos: record.photoNames.length,
				photosRefused: record.photosRefused,
				decision: record.decision && { ...record.decision, at: wallTime(record.decision.at) }
			},
			houses: houses
				.filter(({ kind }) => kind === 'rescue_station' || kind === 'welfare_institution')
				.map(({ id, name }) => ({ id, name }))
		};
	});
};

export const actions: Actions = {
	attribute: async ({ locals, params, url, request }) => {
		const user = officer(locals, url);
		const house = institutionIdSchema.safeParse((await request.formData()).get('house'));
		if (!house.success) return fail(400, { fault: 'houseMissing' as const });
		const given = await attributeLoose(await looseDesk(), user, recordOf(params), house.data);
		return given.ok ? { done: 'doneAttributed' as const } : fail(409, { fault: given.error.type });
	},
	aside: async ({ locals, params, url, request }) => {
		const user = officer(locals, url);
		const reason = String((await request.formData()).get('reason') ?? '').trim();
		const typed = reason.slice(0, 2 * looseReasonMaximum);
		if (reason === '') return fail(400, { fault: 'reasonMissing' as const, typed });
		if (reason.length > looseReasonMaximum) return fail(400, { fault: 'reasonTooLong' as const, typed });
		const aside = await setLooseAside(await looseDesk(), user, recordOf(params), reason);
		return aside.ok ? { done: 'doneSetAside' as const } : fail(409, { fault: aside.error.type, typed });
	}
};
