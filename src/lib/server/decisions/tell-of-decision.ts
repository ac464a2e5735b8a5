import type { DeskEntry } from '#lib/domain/decision/decision.ts';
import { decidesLeaving, reviewsEligibility } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';
import { closeItems, notify } from '../inbox/inbox.ts';

/**
 * Tells whoever is next after a decision about a child, and takes back what is done by it. In the decision's transaction.
 * What follows from where the child stands then is told by inbox/stage-tasks.ts, right after.
 */
export async function tellOfDecision(
	session: Session,
	user: SignedInUser,
	childId: ChildId,
	entry: DeskEntry
): Promise<void> {
	const house = await custodianOf(session, childId);
	const ofHouse = (role: 'supervisor' | 'second_administrator') => (house ? [{ institutionId: house, role }] : []);
	const refs = { childId };
	switch (entry.type) {
		case 'review.opened':
			// Until now it waited for anybody's first signature; from now on not for the person who gave it.
			await closeItems(session, { code: 'review_to_sign', refs });
			for (const to of [...ofHouse('second_administrator'), { role: 'registry_officer' } as const])
				await notify(session, { to, code: 'review_to_sign', refs, notFor: user.id });
			return;
		case 'review.signed':
			// The first signature opens the review in the same decision; what was told then stands until the second.
			if (!reviewsEligibility.includes(user.role)) return;
			await closeItems(session, { code: 'review_returned', refs });
			return;
		case 'review.returned':
			for (const to of ofHouse('supervisor')) await notify(session, { to, code: 'review_returned', refs });
			return;
		case 'exit.proposed':
			for (const to of [
				...ofHouse('supervisor'),
				...ofHouse('second_administrator'),
				{ role: 'registry_officer' } as const
			])
				if (decidesLeaving.includes(to.role))
					await notify(session, { to, code: 'exit_to_confirm', refs, notFor: user.id });
			return;
		case 'exit.confirmed':
		case 'exit.withdrawn':
			await closeItems(session, { code: 'exit_to_confirm', refs });
			return;
		case 'date.confirmed':
		case 'guardianship.changed':
		case 'notice.drafted':
		case 'notice.approved':
		case 'notice.taken_down':
		case 'claim.opened':
		case 'claim.closed':
		case 'flag.raised':
		case 'flag.cleared':
		case 'adoption.recorded':
		case 'document.recorded':
		case 'consent.recorded':
		case 'item.withdrawn':
		case 'photo.added':
			return;
	}
}

async function custodianOf(session: Session, childId: ChildId): Promise<InstitutionId | undefined> {
	const { rows } = await session.query<{ custodian: InstitutionId | null }>(
		'SELECT custodian FROM child_rows WHERE child_id = $1',
		[childId]
	);
	return rows[0]?.custodian ?? undefined;
}
