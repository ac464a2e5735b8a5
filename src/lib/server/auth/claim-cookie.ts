import type { Cookies } from '@sveltejs/kit';
import { claimSecretSchema, readTicket, type ClaimSecret } from '#lib/domain/claim/ticket.ts';

/**
 * How long a page of a claim may lie open, seconds. Two hours: time to look for the household register; short enough for a
 * telephone that is lent.
 */
const openSeconds = 2 * 3600;

/** As the desk's cookie (session-cookie.ts), of another name: a person may be both. */
function named(url: URL): { readonly name: string; readonly secure: boolean } {
	const trusted = url.protocol === 'https:' || url.hostname === 'localhost' || url.hostname === '127.0.0.1';
	return trusted ? { name: '__Host-lampkeep-claim', secure: true } : { name: 'lampkeep-claim', secure: false };
}

/**
 * Ticket and secret of the claim that is open in this browser. The pages need the secret itself, to show it to the family
 * once more before it goes; on the server only its hash is.
 */
export function claimKey(cookies: Cookies, url: URL): { ticket: string; secret: ClaimSecret } | undefined {
	const [ticket = '', secret = ''] = (cookies.get(named(url).name) ?? '').split('.');
	const read = claimSecretSchema.safeParse(secret);
	return readTicket(ticket) === ticket && read.success ? { ticket, secret: read.data } : undefined;
}

/** Sets it, or sets it again so that it lives on from now. */
export function setClaimCookie(
	cookies: Cookies,
	url: URL,
	key: { readonly ticket: string; readonly secret: ClaimSecret }
): void {
	const { name, secure } = named(url);
	cookies.set(name, `${key.ticket}.${key.secret}`, {
		path: '/',
		httpOnly: true,
		secure,
		sameSite: 'strict',
		maxAge: openSeconds
	});
}

export function clearClaimCookie(cookies: Cookies, url: URL): void {
	const { name, secure } = named(url);
	cookies.delete(name, { path: '/', httpOnly: true, secure, sameSite: 'strict' });
}
