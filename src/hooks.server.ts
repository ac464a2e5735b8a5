import type { Handle, HandleServerError } from '@sveltejs/kit';
import { building } from '$app/environment';
import { errorWords } from '#lib/messages/errors.ts';
import { translator, type Locale } from '#lib/messages/message.ts';
import { serverLog } from '#lib/server/audit/server-log.ts';
import { comesFromOwnPage, isFamilyPage, mayWeigh } from '#lib/server/auth/request-guard.ts';
import { bareContentPolicy, privateHeaders, securityHeaders } from '#lib/server/auth/security-headers.ts';
import { deskLanguage, sessionToken } from '#lib/server/auth/session-cookie.ts';
import { sessionUser } from '#lib/server/auth/sessions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';

/*
 * Every request, in this order: is it our own page's? who asks, in which language? then the route; then the headers that
 * every answer carries.
 */
export const handle: Handle = async ({ event, resolve }) => {
	const { url, request } = event;
	const path = decodedPath(url.pathname);
	const area = areaOf(path);
	event.locals.locale = localeOf(url, area, event.cookies.get(deskLanguage));
	event.locals.largeType = area === 'public' && !building && url.searchParams.get('type') === 'large';

	const guarded = {
		method: request.method,
		path: url.pathname,
		fetchSite: request.headers.get('sec-fetch-site'),
		origin: request.headers.get('origin'),
		ownOrigin: url.origin
	};
	if (!comesFromOwnPage(guarded)) return refused(event.locals.locale);
	if (Number(request.headers.get('content-length') ?? 0) > mayWeigh(path)) return tooLarge(event.locals.locale);

	if (area === 'desk') {
		const token = sessionToken(event.cookies, url);
		const user = token && (await sessionUser(theDatabase(), token, new Date()));
		if (user) event.locals.user = user;
	}

	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%lampkeep.lang%', event.locals.locale)
				.replace(' class="%lampkeep.class%"', event.locals.largeType ? ' class="elder"' : '')
	});
	for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
	const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
	if (!isPage && !response.headers.has('content-security-policy'))
		response.headers.set('content-security-policy', bareContentPolicy);
	if (isFamilyPage(path)) response.headers.set('x-robots-tag', 'noindex, noimageindex, noarchive');
	if (area === 'desk' || isFamilyPage(path) || (area === 'api' && !response.headers.has('cache-control'))) {
		for (const [name, value] of Object.entries(privateHeaders)) response.headers.set(name, value);
	}
	return response;
};

/** What went wrong on our side is logged in full and told in one kind sentence, never with its cause. */
export const handleError: HandleServerError = ({ error: cause, event, status, message }) => {
	if (status === 404) return { message };
	serverLog.error({ err: cause, method: event.request.method, route: event.route.id }, 'a request failed');
	return { message: 'internal' };
};

/** As routes are found: `/%63laim` is `/claim`, and whatever is said of the one must hold for the other. */
function decodedPath(path: string): string {
	try {
		return path.split('%25').map(decodeURI).join('%25');
	} catch {
		// No route is found for it either.
		return path;
	}
}

type Area = 'public' | 'app' | 'desk' | 'api';

function areaOf(path: string): Area {
	const first = path.split('/')[1];
	return first === 'app' || first === 'desk' || first === 'api' ? first : 'public';
}

function localeOf(url: URL, area: Area, chosen: string | undefined): Locale {
	if (area === 'public') return url.pathname === '/en' || url.pathname.startsWith('/en/') ? 'en' : 'zh-CN';
	return area === 'desk' && chosen === 'en' ? 'en' : 'zh-CN';
}

function refused(locale: Locale): Response {
	const t = translator(locale);
	return plainAnswer(403, `${t(errorWords.refused)}\n${t(errorWords.refusedWhat)}\n`);
}

function tooLarge(locale: Locale): Response {
	const t = translator(locale);
	return plainAnswer(413, `${t(errorWords.tooLarge)}\n${t(errorWords.tooLargeWhat)}\n`);
}

function plainAnswer(status: number, text: string): Response {
	return new Response(text, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...securityHeaders }
	});
}
