import type { Cookies } from '@sveltejs/kit';
import { absoluteHours } from './sessions.ts';

/**
 * `__Host-` binds the cookie to this host over https. Browsers take it on http://localhost too; a demo on another plain
 * http address must do without the prefix and without Secure, or nobody could sign in there.
 */
function named(url: URL): { readonly name: string; readonly secure: boolean } {
	const trusted = url.protocol === 'https:' || url.hostname === 'localhost' || url.hostname === '127.0.0.1';
	return trusted ? { name: '__Host-lampkeep-desk', secure: true } : { name: 'lampkeep-desk', secure: false };
}

export function sessionToken(cookies: Cookies, url: URL): string | undefined {
	return cookies.get(named(url).name);
}

export function setSessionCookie(cookies: Cookies, url: URL, token: string): void {
	const { name, secure } = named(url);
	cookies.set(name, token, { path: '/', httpOnly: true, secure, sameSite: 'strict', maxAge: absoluteHours * 3600 });
}

export function clearSessionCookie(cookies: Cookies, url: URL): void {
	const { name, secure } = named(url);
	cookies.delete(name, { path: '/', httpOnly: true, secure, sameSite: 'strict' });
}

/** Cookie of the language a person chose at the desk. */
export const deskLanguage = 'lampkeep-language';
