import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { ClaimKind } from '#lib/domain/claim/events.ts';
import { readPublicNumber } from '#lib/domain/notice/public-number.ts';
import { setClaimCookie } from '#lib/server/auth/claim-cookie.ts';
import { beginClaim } from '#lib/server/claims/family.ts';
import { theFamilyDesk } from '#lib/server/claims/the-family-desk.ts';
import { goTo, minutesOf } from './family.server.ts';

/** Begins a claim or a report and goes on to its first page that is not answered yet. */
export async function begin(
	{ request, cookies, url, locals, getClientAddress }: RequestEvent,
	kind: ClaimKind
): Promise<ActionFailure<{ publicNumber: string; minutes: number }>> {
	const form = await request.formData();
	const publicNumber = String(form.get('publicNumber') ?? '').slice(0, 40);
	const desk = await theFamilyDesk();
	const begun = await beginClaim(desk, { kind, publicNumber, address: getClientAddress() });
	if (!begun.ok) return fail(429, { publicNumber, minutes: minutesOf(begun.error) });
	setClaimCookie(cookies, url, begun.value);
	// By the check sign alone: whether there is such a notice is asked by nobody here.
	const answered = kind === 'report' || readPublicNumber(publicNumber) !== undefined;
	goTo(locals, answered ? '/claim/tell/child' : '/claim/tell/which');
}
