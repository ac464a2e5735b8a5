import type { Cookies } from '@sveltejs/kit';
import { readableBy, seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { sessionToken } from '../auth/session-cookie.ts';
import { sessionUser } from '../auth/sessions.ts';
import type { AtDesk, PhotoDoor } from './routes.ts';

/** The person at a desk whose session the cookie is, if the role reads children's files at all. */
export async function personAtDesk(door: PhotoDoor, cookies: Cookies, url: URL): Promise<AtDesk | undefined> {
	const token = sessionToken(cookies, url);
	const user = token && (await sessionUser(door.database, token, door.now()));
	if (!user || !readableBy[user.role].includes('institution')) return undefined;
	return { institutionId: user.institutionId, everyHouse: seesEveryHouse.includes(user.role) };
}
