import { error, fail, redirect } from '@sveltejs/kit';
import { reviewsEligibility } from '#lib/domain/disclosure/roles.ts';
import { placementNeeds } from '#lib/domain/leaving/needs.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { matchAdopter } from '#lib/server/decisions/leaving-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { readCase, scopeOf } from '#lib/server/notices/case-reading.ts';
import { childOf, registryToday, signedIn } from '../../../../desk.server.ts';
import { versionIn } from '../../version.server.ts';
import { typedTexts, type BoxFault } from '../typed.server.ts';
import { adopterIn } from './adopter-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!reviewsEligibility.includes(user.role)) error(404, 'child_unknown');
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const found = await readCase(session, childId);
		if (!found) error(404, 'child_unknown');
		const today = registryToday();
		const ground = await groundOf(session, found.caseFile, today);
		return { childId, version: found.version, policy: ground.policy, today, needs: placementNeeds(ground) };
	});
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		if (!reviewsEligibility.includes(user.role)) error(404, 'child_unknown');
		const data = await request.formData();
		const texts = typedTexts(data);
		const read = adopterIn(texts);
		if (!read.ok) return fail(400, { texts, faults: read.error });
		const matched = await matchAdopter(await theCaseDesk(), user, childId, versionIn(data), read.value);
		if (matched.ok) redirect(303, `/desk/child/${childId}/leaving?done=matched`);
		const fault = matched.error;
		const none: BoxFault[] = [];
		if (fault.type === 'adopter_unfit') return fail(400, { texts, faults: none, unfit: fault.faults });
		if (fault.type === 'adopter_odd') return fail(400, { texts, faults: none, odd: fault.oddities });
		if (fault.type === 'child_unknown') error(404, 'child_unknown');
		return fail(fault.type === 'file_changed' ? 409 : 400, { texts, faults: none, refusal: fault });
	}
};
