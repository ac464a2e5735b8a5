import { withdrawClaim } from '#lib/server/claims/family.ts';
import { goTo, openFamily } from '../../../family/family.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, locals }) => {
	const { claim } = await openFamily({ cookies, url, locals });
	if (!claim.options.withdraw) goTo(locals, claim.sent ? '/claim/follow' : '/claim/save');
	return { kind: claim.kind };
};

export const actions: Actions = {
	default: async ({ request, cookies, url, locals }) => {
		const { desk, claim } = await openFamily({ cookies, url, locals });
		const form = await request.formData();
		// Ended meanwhile is ended: the page that follows says how.
		await withdrawClaim(desk, claim.claimId, String(form.get('why') ?? ''));
		goTo(locals, '/claim/follow');
	}
};
