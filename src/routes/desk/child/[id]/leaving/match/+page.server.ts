import { error, fail, redirect } from '@sveltejs/kit';
import { reviewsEligibility } from '#lib/domain/disclosure/roles.ts';
import type { AdopterFault, AdopterOddity } from '#lib/domain/leaving/adopter.ts';
import { placementNeeds } from '#lib/domain/leaving/needs.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { matchAdopter } from '#lib/server/decisions/leaving-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../../../desk.server.ts';
import { versionIn } from '../../version.server.ts';
import { typedTexts, type FormAnswer } from '../typed.server.ts';
import { adopterIn } from './adopter-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!reviewsEligibility.includes(user.role)) error(404, 'child_unknown');
	return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile, version }) => {
		const today = registryToday();
		const ground = await groundOf(session, caseFile, today);
		return { childId, version, policy: ground.policy, today, needs: placementNeeds(ground) };
	});
};

interface MatchAnswer extends FormAnswer {
	/** Why these people may not adopt this child. */
	readonly unfit?: readonly AdopterFault[];
	/** What to look at once more before it is recorded. */
	readonly odd?: readonly AdopterOddity[];
}

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		if (!reviewsEligibility.includes(user.role)) error(404, 'child_unknown');
		const data = await request.formData();
		const texts = typedTexts(data);
		const read = adopterIn(texts);
		if (!read.ok) return fail<MatchAnswer>(400, { texts, faults: read.error });
		const matched = await matchAdopter(await theCaseDesk(), user, childId, versionIn(data), read.value);
		if (matched.ok) redirect(303, `/desk/child/${childId}/leaving?done=matched`);
		const fault = matched.error;
		if (fault.type === 'adopter_unfit') return fail<MatchAnswer>(400, { texts, faults: [], unfit: fault.faults });
		if (fault.type === 'adopter_odd') return fail<MatchAnswer>(400, { texts, faults: [], odd: fault.oddities });
		if (fault.type === 'child_unknown') error(404, 'child_unknown');
		return fail<MatchAnswer>(fault.type === 'file_changed' ? 409 : 400, { texts, faults: [], refusal: fault });
	}
};
