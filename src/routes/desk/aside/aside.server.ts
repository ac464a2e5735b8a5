import { error } from '@sveltejs/kit';
import { seesSetAside } from '#lib/domain/disclosure/roles.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { signedIn } from '../desk.server.ts';

/** Whoever sees to what the registry did not accept. */
export function seer(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!seesSetAside.includes(user.role)) error(403, 'not_yours');
	return user;
}
