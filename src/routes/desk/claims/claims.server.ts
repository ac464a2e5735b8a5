import { error } from '@sveltejs/kit';
import { readsStatements } from '#lib/domain/disclosure/roles.ts';
import { claimIdSchema, type ClaimId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { signedIn } from '../desk.server.ts';

/**
 * Whoever works on claims: the roles that read what families say. For everybody else there are no such pages.
 *
 * @throws 404, as for a claim that is not there
 */
export function claimWorker(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!readsStatements.includes(user.role)) error(404, 'claim_unknown');
	return user;
}

export function claimOf(params: { readonly claim: string }): ClaimId {
	const parsed = claimIdSchema.safeParse(params.claim);
	if (!parsed.success) error(404, 'claim_unknown');
	return parsed.data;
}

export type DueState = 'overdue' | 'dueToday' | 'dueOn';

/** How a last day stands today; undefined where there is none. */
export function dueStateOf(dueOn: CivilDate | undefined, today: CivilDate): DueState | undefined {
	if (dueOn === undefined) return undefined;
	return dueOn < today ? 'overdue' : dueOn === today ? 'dueToday' : 'dueOn';
}
