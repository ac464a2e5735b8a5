import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { countInbox } from '#lib/server/inbox/inbox.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => ({
	locale: locals.locale,
	demo: processConfig().demo,
	user: locals.user,
	path: url.pathname,
	// Where a change of language comes back to: what was chosen or searched for stays. An action's name is no place.
	here: url.pathname + (url.search.startsWith('?/') ? '' : url.search),
	unread: locals.user ? await unreadOf(locals.user) : 0
});

async function unreadOf(user: NonNullable<App.Locals['user']>): Promise<number> {
	const counts = await theDatabase().inScope(scopeOf(user), (session) => countInbox(session, user));
	return counts.reduce((sum, { unread }) => sum + unread, 0);
}
