import { fail } from '@sveltejs/kit';
import { topicsOf, topicState } from '#lib/domain/claim/statement.ts';
import { setClaimCookie } from '#lib/server/auth/claim-cookie.ts';
import { openByTicket, readOwnClaim } from '#lib/server/claims/family.ts';
import { theFamilyDesk } from '#lib/server/claims/the-family-desk.ts';
import { goTo, minutesOf } from '../../../family/family.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
	because: url.searchParams.has('ended') ? 'ended' : url.searchParams.has('left') ? 'left' : undefined
});

export const actions: Actions = {
	default: async ({ request, cookies, url, locals, getClientAddress }) => {
		const form = await request.formData();
		const ticket = String(form.get('ticket') ?? '')
			.trim()
			.slice(0, 40);
		const secret = String(form.get('secret') ?? '')
			.trim()
			.slice(0, 60);
		if (ticket === '' || secret === '')
			return fail(400, { ticket, fault: ticket === '' ? 'ticket_empty' : 'secret_empty', minutes: 0 } as const);
		const desk = await theFamilyDesk();
		const opened = await openByTicket(desk, { ticket, secret, address: getClientAddress() });
		if (!opened.ok) {
			const { error } = opened;
			const minutes = error.type === 'too_many_tries' ? minutesOf(error) : 0;
			return fail(error.type === 'too_many_tries' ? 429 : 400, { ticket, fault: error.type, minutes });
		}
		setClaimCookie(cookies, url, opened.value);
		const claim = await readOwnClaim(desk, opened.value.claimId);
		if (!claim || claim.sent) goTo(locals, '/claim/follow');
		const open = topicsOf(claim.kind).find((topic) => topicState(claim.statement, topic) === 'untouched');
		goTo(locals, open === undefined ? '/claim/check' : `/claim/tell/${open}`);
	}
};
