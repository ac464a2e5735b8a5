import { fail } from '@sveltejs/kit';
import { statementProblems, topicsOf } from '#lib/domain/claim/statement.ts';
import { submitClaim } from '#lib/server/claims/family.ts';
import { goTo, openFamily } from '../../../family/family.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, locals }) => {
	const { desk, claim } = await openFamily({ cookies, url, locals });
	if (claim.sent) goTo(locals, '/claim/follow');
	const problems = statementProblems(claim.statement, desk.today(), desk.lunar, 'sending');
	return {
		kind: claim.kind,
		statement: claim.statement,
		papers: claim.papers.length,
		before: `/claim/tell/${topicsOf(claim.kind).at(-1) ?? 'you'}`,
		/** Shown at once; what is missing is told when it is sent. */
		look: problems.filter(({ weight }) => weight === 'look'),
		must: problems.filter(({ weight }) => weight === 'must')
	};
};

export const actions: Actions = {
	default: async ({ request, cookies, url, locals }) => {
		const { desk, claim } = await openFamily({ cookies, url, locals });
		const form = await request.formData();
		if (form.get('go') === 'save') goTo(locals, '/claim/save');
		if (form.get('true') !== 'yes') return fail(400, { trueMissing: true, refused: true });
		const submitted = await submitClaim(desk, claim.claimId);
		// Sent twice, by a double press or a page kept open, is sent.
		if (submitted.ok || submitted.error.type === 'already_sent') goTo(locals, '/claim/sent');
		return fail(400, { trueMissing: false, refused: true });
	}
};
