import { error, redirect, type Cookies } from '@sveltejs/kit';
import { topicsOf, type Topic } from '#lib/domain/claim/statement.ts';
import type { Typed } from '#lib/domain/claim/topic-form.ts';
import { claimKey, clearClaimCookie, setClaimCookie } from '#lib/server/auth/claim-cookie.ts';
import { openByKey, readOwnClaim, type FamilyDesk, type Key, type OwnClaim } from '#lib/server/claims/family.ts';
import { theFamilyDesk } from '#lib/server/claims/the-family-desk.ts';
import { publicLink, type Reading } from '../links.ts';

/** What of a request the pages of a claim look at. */
export interface FamilyRequest {
	readonly cookies: Cookies;
	readonly url: URL;
	readonly locals: App.Locals;
}

/** The claim that is open in this browser, proved anew. */
export interface OpenFamily {
	readonly desk: FamilyDesk;
	readonly key: Key;
	readonly claim: OwnClaim;
}

export function readingOf(locals: App.Locals): Reading {
	return { locale: locals.locale, largeType: locals.largeType };
}

/** Goes on to another public page, in the same language and size. */
export function goTo(locals: App.Locals, path: string, parameters: Readonly<Record<string, string>> = {}): never {
	redirect(303, publicLink(readingOf(locals), path, parameters));
}

/** The claim this browser has open; without one, to the page that opens it. */
export async function openFamily({ cookies, url, locals }: FamilyRequest): Promise<OpenFamily> {
	const key = claimKey(cookies, url);
	const desk = await theFamilyDesk();
	const claimId = key && (await openByKey(desk, key));
	const claim = claimId && (await readOwnClaim(desk, claimId));
	if (!key || !claim) {
		if (key) clearClaimCookie(cookies, url);
		goTo(locals, '/claim/back', { ended: 'yes' });
	}
	setClaimCookie(cookies, url, key);
	return { desk, key, claim };
}

/** A topic of this kind of claim by its name in the address. */
export function topicOr404(claim: OwnClaim, name: string): Topic {
	const topic = topicsOf(claim.kind).find((each) => each === name);
	if (!topic) error(404, 'not_found');
	return topic;
}

/** Every box of a form that is no file, as typed. */
export function typedIn(form: FormData): Typed {
	const typed: Record<string, string> = {};
	for (const [name, value] of form) {
		// Forms send every line with \r\n.
		if (typeof value === 'string' && value !== '') typed[name] = value.replaceAll('\r\n', '\n');
	}
	return typed;
}

/** The page before a topic and the one after it; `check` is the page where everything is read once more. */
export function around(claim: OwnClaim, topic: Topic): { readonly before: string; readonly after: string } {
	const all = topicsOf(claim.kind);
	const place = all.indexOf(topic);
	const page = (at: number, otherwise: string) => {
		const other = all[at];
		return other === undefined ? otherwise : `/claim/tell/${other}`;
	};
	if (claim.sent) return { before: '/claim/follow', after: '/claim/follow' };
	return {
		before: page(place - 1, claim.kind === 'claim' ? '/claim' : '/report'),
		after: page(place + 1, '/claim/check')
	};
}

/** Whole minutes to wait, at least one. */
export function minutesOf(fault: { readonly retryAfterSeconds: number }): number {
	return Math.max(1, Math.ceil(fault.retryAfterSeconds / 60));
}
