import { processConfig } from '#lib/server/config.ts';
import { canonicalSearch } from '#lib/server/notices/public-query.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, setHeaders, url }) => {
	// A page that was taken down is out of every cache on the way within a minute, with room to spare.
	setHeaders({ 'cache-control': 'public, max-age=20' });
	const path = url.pathname.replace(/^\/en(?=\/|$)/, '') || '/';
	return {
		reading: { locale: locals.locale, largeType: locals.largeType },
		demo: processConfig().demo,
		/** This page without language and size, for the switches. */
		here: { path, parameters: path === '/claim' ? noticeIn(url.searchParams) : withoutType(url.search) }
	};
};

function withoutType(search: string): Record<string, string> {
	const { type: _, ...parameters } = Object.fromEntries(new URLSearchParams(canonicalSearch(search)));
	return parameters;
}

/** The page where a claim begins keeps the notice it came from. */
function noticeIn(parameters: URLSearchParams): Record<string, string> {
	return { notice: (parameters.get('notice') ?? '').slice(0, 40) };
}
