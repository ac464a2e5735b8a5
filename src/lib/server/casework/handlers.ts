import { descriptionOf } from '#lib/domain/claim/description.ts';
import { isOpenClaim, type ClaimState } from '#lib/domain/claim/claim.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { refreshClaimRow } from '../claims/claim-rows.ts';
import { tellOfClaim } from '../claims/claim-tasks.ts';
import { lapseOverdue, readStatement, type ClaimDesk } from '../claims/desk.ts';
import { eraseOldDrafts, eraseRefused } from '../claims/erase.ts';
import { linkClaim } from '../claims/link.ts';
import type { PaperStore } from '../claims/papers.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { tellOfGrants } from '../access/grant-tasks.ts';
import { notify } from '../inbox/inbox.ts';
import { tellOfStages } from '../inbox/stage-tasks.ts';
import type { JobHandlers, JobSender } from '../jobs/queue.ts';
import { closeProfile, keepFamilyProfile } from '../matching/profiles.ts';
import { compareNew } from '../matching/search.ts';
import { refreshHolds } from '../policies/refresh.ts';

/** What background work about claims, candidates and rules is done with. */
export interface CaseworkTools {
	readonly database: ProgramDatabase;
	readonly jobs: JobSender;
	readonly claims: ClaimDesk;
	readonly papers: PaperStore;
	readonly now: () => Date;
	readonly today: () => CivilDate;
}

const registry = { kind: 'registry' } as const;
/** A hundred thousand profiles on the other side take some hundred milliseconds; a busy machine several times that. */
const comparingTime = 60_000;
/** Every line of the board, at 100,000 children some seconds. */
const sweepingTime = 120_000;

/** The jobs that follow from what families, tablets and desks do. Each may run twice and does nothing the second time. */
export function caseworkHandlers(tools: CaseworkTools): JobHandlers {
	const { database, jobs, claims, papers, now, today } = tools;
	return {
		'claims.link': ({ claimId }) =>
			database.inScope(registry, async (session) => {
				await linkClaim(session, claimId, { at: now(), on: today() });
				const claim = await refreshClaimRow(session, claimId);
				if (!claim) return;
				await tellOfClaim(claims.inbox, session, claimId, undefined, claim);
				await keptForComparison(session, jobs, claimId, claim);
			}),
		'claims.due': async () => {
			await lapseOverdue(claims);
			const changed = async (session: Session, claimId: ClaimId) => void (await refreshClaimRow(session, claimId));
			await eraseOldDrafts({ database, papers, now, today, changed });
			await eraseRefused({ database, papers, now, today, changed });
		},
		'candidates.compare': ({ side, id }) =>
			database.inScope(
				registry,
				async (session) => {
					const subject =
						side === 'child'
							? ({ side: 'child', id: id as ChildId } as const)
							: ({ side: 'family', id: id as ClaimId } as const);
					const { found, returned } = await compareNew(session, subject);
					if (found + returned === 0) return;
					await notify(session, {
						to: { role: 'registry_officer' },
						code: 'candidate_found',
						refs: subject.side === 'child' ? { childId: subject.id } : { claimId: subject.id }
					});
				},
				{ statementTimeout: comparingTime }
			),
		'cases.due': async () => {
			await database.inScope(registry, (session) => tellOfStages(session, today()), {
				statementTimeout: sweepingTime
			});
		},
		'access.expire': async () => {
			await database.inScope(registry, (session) => tellOfGrants(session, today()));
		},
		'policies.recompute': async () => {
			await refreshHolds(database, today);
		}
	};
}

/** A family that still looks is compared with every child; one whose claim has ended is not. */
async function keptForComparison(
	session: Session,
	jobs: JobSender,
	claimId: ClaimId,
	claim: ClaimState
): Promise<void> {
	if (!isOpenClaim(claim)) {
		await closeProfile(session, { side: 'family', id: claimId });
		return;
	}
	const said = await readStatement(session, claimId);
	if (!said) return;
	const kept = await keepFamilyProfile(session, claimId, descriptionOf(said.statement));
	if (kept === 'changed') await jobs.sendIn(session, 'candidates.compare', { side: 'report', id: claimId });
}
