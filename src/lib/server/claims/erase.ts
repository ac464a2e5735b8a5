import type { ClaimEvent } from '#lib/domain/claim/events.ts';
import type { ClaimId } from '#lib/domain/ids.ts';
import { addMonths, type CivilDate } from '#lib/domain/time.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { appendClaimEvents, lockClaim, readClaimEvents, type RecordedClaimEvent } from './claim-log.ts';
import type { PaperStore } from './papers.ts';

/*
 * What a family said is erased when nobody needs it any more; that there was a claim, and what became of it, stays in its
 * events, which hold no word of the family. A draft that was never sent has no events, and leaves none.
 */

/** Months after which the words of a refused or withdrawn claim are erased (SECURITY 3, retention). */
export const refusedMonths = 12;

export interface Eraser {
	readonly database: ProgramDatabase;
	readonly papers: PaperStore;
	readonly now: () => Date;
	readonly today: () => CivilDate;
	/** As in FamilyDesk: what lists show of the claim is made true again. */
	readonly changed: (session: Session, claimId: ClaimId) => Promise<void>;
}

/**
 * Erases drafts that nobody sent within their sixty days: words, papers, ticket.
 *
 * @returns how many
 */
export async function eraseOldDrafts(eraser: Eraser): Promise<number> {
	const expired = `SELECT claims.id FROM claims JOIN claim_tickets ON claim_tickets.claim_id = claims.id
		WHERE claims.received_at IS NULL AND claim_tickets.draft_until < $1`;
	return eraseEach(eraser, expired, eraser.today(), async (session, claimId) => {
		const { rows } = await session.query<{ sent: boolean }>(
			'SELECT received_at IS NOT NULL AS sent FROM claims WHERE id = $1',
			[claimId]
		);
		// Sent at the last minute: it stays.
		if (rows[0]?.sent !== false) return false;
		await session.query('DELETE FROM claim_tickets WHERE claim_id = $1', [claimId]);
		await session.query(`UPDATE claims SET state = 'erased', public_number = NULL, row = '{}' WHERE id = $1`, [
			claimId
		]);
		return true;
	});
}

/**
 * Erases the words and papers of claims that were refused, or withdrawn, twelve months ago. The ticket stays: who follows
 * it reads that the claim was decided and that the words are gone.
 *
 * @returns how many
 */
export async function eraseRefused(eraser: Eraser): Promise<number> {
	const old = `SELECT claims.id FROM claims
		WHERE claims.closed_on <= $1 AND EXISTS (SELECT FROM claim_statements WHERE claim_id = claims.id)`;
	const day = addMonths(eraser.today(), -refusedMonths);
	return eraseEach(eraser, old, day, async (session, claimId, version) => {
		const because = endedWithoutKin(await readClaimEvents(session, claimId));
		if (because === undefined) return false;
		const moment = { at: eraser.now(), on: eraser.today() };
		const appended = await appendClaimEvents(session, claimId, version, [{ type: 'erased', because }], moment);
		if (!appended.ok) throw new Error(`claim ${claimId} changed while it was locked`);
		return true;
	});
}

type Because = Extract<ClaimEvent, { type: 'erased' }>['because'];

/** Undefined where the words are still needed: a child went home by them, or a court may ask. */
function endedWithoutKin(events: readonly RecordedClaimEvent[]): Because | undefined {
	const last = events.findLast(({ event }) => event.type === 'decision_signed' || event.type === 'withdrawn')?.event;
	if (last?.type === 'withdrawn') return 'withdrawn_a_year_ago';
	if (last?.type !== 'decision_signed') return undefined;
	const proposal = events.find(({ number }) => number === last.proposal)?.event;
	return proposal?.type === 'decision_proposed' && proposal.decision === 'refuse' ? 'refused_a_year_ago' : undefined;
}

/**
 * One claim a transaction: a failure leaves the others erased, and is tried again with the next run.
 *
 * @param decide with the claim locked: shall it be erased? Writes what is its own to write.
 */
async function eraseEach(
	eraser: Eraser,
	candidates: string,
	day: CivilDate,
	decide: (session: Session, claimId: ClaimId, version: number) => Promise<boolean>
): Promise<number> {
	const { rows } = await eraser.database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ id: ClaimId }>(`${candidates} ORDER BY claims.id`, [day])
	);
	let erased = 0;
	for (const { id } of rows) {
		const done = await eraser.database.inScope({ kind: 'registry' }, async (session) => {
			const version = await lockClaim(session, id);
			if (version === undefined || !(await decide(session, id, version))) return false;
			const { rows: papers } = await session.query<{ id: string }>(
				'DELETE FROM claim_papers WHERE claim_id = $1 RETURNING id',
				[id]
			);
			await session.query('DELETE FROM claim_identities WHERE claim_id = $1', [id]);
			await session.query('DELETE FROM claim_statements WHERE claim_id = $1', [id]);
			await eraser.changed(session, id);
			// Before the commit: if that fails the rows stand and the files are removed again next time; the other way round a
			// file could stay for ever.
			await eraser.papers.remove(papers.map((paper) => paper.id));
			return true;
		});
		if (done) erased += 1;
	}
	return erased;
}
