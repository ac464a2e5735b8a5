import { fail } from '@sveltejs/kit';
import { appealLapse, registryContact } from '#lib/server/claims/family.ts';
import { goTo, openFamily } from '../../../family/family.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, locals }) => {
	const { desk, claim, key } = await openFamily({ cookies, url, locals });
	if (!claim.status) goTo(locals, '/claim/save');
	return {
		kind: claim.kind,
		status: claim.status,
		options: claim.options,
		statement: claim.statement,
		papers: claim.papers.length,
		waitsItsTurn: claim.waitsItsTurn,
		ticket: key.ticket,
		registry: await registryContact(desk.database),
		saved: url.searchParams.get('saved') === 'yes'
	};
};

/** The one form of this page: an appeal. */
export const actions: Actions = {
	default: async ({ request, cookies, url, locals }) => {
		const { desk, claim } = await openFamily({ cookies, url, locals });
		const form = await request.formData();
		const appealed = await appealLapse(desk, claim.claimId, String(form.get('appeal') ?? ''));
		if (!appealed.ok) return fail(409, { closed: true });
		goTo(locals, '/claim/follow');
	}
};
