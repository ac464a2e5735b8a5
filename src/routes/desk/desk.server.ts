import { error, redirect } from '@sveltejs/kit';
import { childIdSchema, type ChildId } from '#lib/domain/ids.ts';
import { purposes, type Purpose } from '#lib/domain/access/purpose.ts';
import { civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import { openFullFile, scopeToRead, type OpenFile, type Opening } from '#lib/server/access/open-file.ts';
import type { Tablet } from '#lib/server/accounts/tablets.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { theDatabase, type Session } from '#lib/server/db/connection.ts';

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

/**
 * Opens a child's full file for a page, writes the reading down, and works on it in the same transaction. Whoever no grant
 * covers is sent to say why, and comes back here.
 *
 * @param opening a purpose in the query, `?for=claim`, goes before the one said here
 */
export async function withFullFile<T>(
	user: SignedInUser,
	childId: ChildId,
	url: URL,
	opening: Opening,
	work: (session: Session, file: OpenFile) => Promise<T>
): Promise<T> {
	const now = new Date();
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, now);
	const asked = purposeIn(url);
	return database.inScope(scope, async (session) => {
		const opened = await openFullFile(session, user, childId, { ...opening, ...(asked && { purpose: asked }) }, now);
		if (opened.ok) return work(session, opened.value);
		if (opened.error.type === 'child_unknown') error(404, 'child_unknown');
		const { purpose, because } = opened.error;
		const query = new URLSearchParams({ for: purpose, because, to: url.pathname + url.search });
		redirect(303, `/desk/child/${childId}/open?${query}`);
	});
}

/** What a file is opened for, as the address says. */
export function purposeIn(url: URL): Purpose | undefined {
	return purposes.find((purpose) => purpose === url.searchParams.get('for'));
}

/** `2026-11-22 14:05`, on the wall clock of China. */
export function wallTime(instant: string): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
		Date.parse(instant)
	);
}

/** The times of a tablet as the desk shows them. */
export function tabletTimes({
	revokedAt,
	equivocatedAt,
	standing
}: Pick<Tablet, 'revokedAt' | 'equivocatedAt' | 'standing'>) {
	return {
		revoked: revokedAt && wallTime(revokedAt),
		equivocated: equivocatedAt && wallTime(equivocatedAt),
		standing: standing.state === 'wiped' ? { ...standing, at: wallTime(standing.at) } : standing
	};
}

export function daysSince(instant: string, now: number): number {
	return Math.floor((now - Date.parse(instant)) / 86_400_000);
}
