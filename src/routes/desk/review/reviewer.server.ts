import { error } from '@sveltejs/kit';
import { reviewsEligibility } from '#lib/domain/disclosure/roles.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { signedIn } from '../desk.server.ts';

/** Who reviews; to everybody else there is no board. */
export function reviewer(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!reviewsEligibility.includes(user.role)) error(404, 'not_found');
	return user;
}
