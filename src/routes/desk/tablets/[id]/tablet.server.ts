import { error } from '@sveltejs/kit';
import { managesTablets } from '#lib/domain/disclosure/roles.ts';
import { deviceIdSchema, type DeviceId } from '#lib/domain/ids.ts';
import { listTablets, type Tablet } from '#lib/server/accounts/tablets.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import type { Session } from '#lib/server/db/connection.ts';
import { signedIn } from '../../desk.server.ts';

/** Whoever lets tablets in and closes them. */
export function manager(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!managesTablets.includes(user.role)) error(403, 'not_yours');
	return user;
}

export function deviceOf(params: { readonly id: string }): DeviceId {
	const parsed = deviceIdSchema.safeParse(params.id);
	if (!parsed.success) error(404, 'tablet_unknown');
	return parsed.data;
}

/** The tablet, where the scope sees it. */
export async function tabletOf(session: Session, id: DeviceId): Promise<Tablet> {
	const [tablet] = await listTablets(session, id);
	if (!tablet) error(404, 'tablet_unknown');
	return tablet;
}
