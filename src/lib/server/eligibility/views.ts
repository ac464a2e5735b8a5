import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { sqlState, type Session } from '../db/connection.ts';

/* Filters of the review board a person wants again. Row-level security keeps houses apart; whose they are is asked here. */

export interface SavedView {
	readonly id: string;
	readonly name: string;
	/** The address's query, without a question mark: codes and ids, never what was searched for. */
	readonly query: string;
}

export const viewNameMaximum = 60;
/** More than these nobody finds again. */
export const viewsMaximum = 20;

/** A person's own views by name. */
export async function listViews(session: Session, user: Pick<SignedInUser, 'id'>): Promise<readonly SavedView[]> {
	const { rows } = await session.query<SavedView>(
		`SELECT id, name, query FROM saved_views WHERE user_id = $1 ORDER BY name COLLATE "zh-x-icu", id`,
		[user.id]
	);
	return rows;
}

export type ViewFault = { readonly type: 'viewNameNeeded' } | { readonly type: 'viewTooMany' };

/** Keeps a view; one of the same name gets the new filter. */
export async function saveView(
	session: Session,
	user: Pick<SignedInUser, 'id' | 'institutionId'>,
	name: string,
	query: string
): Promise<Result<void, ViewFault>> {
	const written = name.trim();
	if (written === '' || written.length > viewNameMaximum || query.length > 400) return err({ type: 'viewNameNeeded' });
	const own = await listViews(session, user);
	if (own.length >= viewsMaximum && !own.some((view) => view.name === written)) return err({ type: 'viewTooMany' });
	try {
		await session.query(
			`INSERT INTO saved_views (id, institution_id, user_id, name, query) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query`,
			[randomUUID(), user.institutionId, user.id, written, query]
		);
	} catch (error) {
		// A control sign PostgreSQL does not take is no name.
		if (sqlState(error) === '22021' || sqlState(error) === '22P05') return err({ type: 'viewNameNeeded' });
		throw error;
	}
	return ok(undefined);
}

/** Removes one of the person's own; another's stays. True where there was one. */
export async function removeView(session: Session, user: Pick<SignedInUser, 'id'>, id: string): Promise<boolean> {
	const { rowCount } = await session.query('DELETE FROM saved_views WHERE id = $1 AND user_id = $2', [id, user.id]);
	return rowCount > 0;
}
