import { goTo, openFamily } from '../../../family/family.server.ts';
import type { PageServerLoad } from './$types';

/** The same page for every claim, whether there is such a notice or not (SECURITY T3). */
export const load: PageServerLoad = async ({ cookies, url, locals }) => {
	const { claim, key } = await openFamily({ cookies, url, locals });
	if (!claim.sent) goTo(locals, '/claim/check');
	return {
		ticket: key.ticket,
		secret: key.secret,
		waitsItsTurn: claim.waitsItsTurn,
		needsBlood: claim.statement.loss?.reported !== 'both'
	};
};
