import { error, redirect } from '@sveltejs/kit';
import { childIdSchema, type ChildId } from '#lib/domain/ids.ts';
import { civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';

/** Whoever works at this desk; everybody else is shown the door and comes back here afterwards. */
export function signedIn(locals: App.Locals, url: URL): SignedInUser {
	if (!locals.user) redirect(303, `/desk/sign-in?to=${encodeURIComponent(url.pathname)}`);
	return locals.user;
}

/** The civil day that moves legal states: the server's, in China. */
export function registryToday(): CivilDate {
	return civilDateAt(Date.now(), 'Asia/Shanghai');
}

export function childOf(params: { readonly id: string }): ChildId {
	const parsed = childIdSchema.safeParse(params.id);
	if (!parsed.success) error(404, 'child_unknown');
	return parsed.data;
}

/** `2026-11-22 14:05`, on the wall clock of China. */
export function wallTime(instant: string): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
		Date.parse(instant)
	);
}

export function daysSince(instant: string, now: number): number {
	return Math.floor((now - Date.parse(instant)) / 86_400_000);
}
