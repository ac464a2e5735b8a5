import { topicsOf, topicState } from '#lib/domain/claim/statement.ts';
import { goTo, openFamily } from '../../../family/family.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, locals }) => {
	const { claim, key } = await openFamily({ cookies, url, locals });
	if (claim.sent) goTo(locals, '/claim/sent');
	const open = topicsOf(claim.kind).find((topic) => topicState(claim.statement, topic) === 'untouched');
	return {
		ticket: key.ticket,
		secret: key.secret,
		until: claim.draftUntil,
		/** The first page with nothing on it yet. */
		goOn: open === undefined ? '/claim/check' : `/claim/tell/${open}`
	};
};
