import { readsStatements } from '#lib/domain/disclosure/roles.ts';
import { countOpenClaims } from '#lib/server/claims/reading.ts';
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
	...(locals.user ? await waiting(locals.user) : { unread: 0, openClaims: undefined })
});

/** What stands beside the names of the sections; `openClaims` is undefined for who does not work on claims. */
async function waiting(user: NonNullable<App.Locals['user']>) {
	return theDatabase().inScope(scopeOf(user), async (session) => ({
		unread: (await countInbox(session, user)).reduce((sum, { unread }) => sum + unread, 0),
		openClaims: readsStatements.includes(user.role) ? await countOpenClaims(session) : undefined
	}));
}
