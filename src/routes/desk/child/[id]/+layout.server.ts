import { redirect } from '@sveltejs/kit';
import { childIdSchema } from '#lib/domain/ids.ts';
import { nameOfChild, whoseFile } from '#lib/server/eligibility/whose-file.ts';
import { registryToday } from '../../desk.server.ts';
import type { LayoutServerLoad } from './$types';

/** Pages that say all of it in their own words, and sheets of paper, which begin with it. */
const sayItThemselves = ['/desk/child/[id]', '/desk/child/[id]/review'];
const sheets = '/desk/child/[id]/print/';
/** Pages with the child's name beside their heading. */
const named = ['/desk/child/[id]/documents'];

/**
 * Above every page about a child: the name, so that nobody works on the wrong one, and the halt, so that nobody begins what
 * must not be done. Who may not see the child is answered by the page itself, with 404.
 */
export const load: LayoutServerLoad = async ({ locals, params, route, url }) => {
	const childId = childIdSchema.safeParse(params.id);
	const quiet = sayItThemselves.includes(route.id) || route.id.startsWith(sheets);
	if (!locals.user || !childId.success) return { whose: undefined, isNamed: false };
	// A file that was merged with an older one goes by the older one's number; its notice is its own.
	const name = await nameOfChild(locals.user, childId.data);
	if (name !== undefined && name !== childId.data && route.id !== '/desk/child/[id]/notice')
		redirect(303, url.pathname.replace(childId.data, name));
	if (quiet) return { whose: undefined, isNamed: false };
	return { whose: await whoseFile(locals.user, childId.data, registryToday()), isNamed: named.includes(route.id) };
};
