import { processConfig } from '#lib/server/config.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => ({
	locale: locals.locale,
	demo: processConfig().demo,
	user: locals.user,
	path: url.pathname
});
