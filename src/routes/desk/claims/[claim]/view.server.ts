import { error } from '@sveltejs/kit';
import type { ReasonNeeded } from '#lib/domain/access/grant.ts';
import { claimRow } from '#lib/domain/claim/claim-row.ts';
import { blockOf, isOpenClaim, type By, type ClaimState, type SignedDecision } from '#lib/domain/claim/claim.ts';
import { commandsNow, type CommandNow } from '#lib/domain/claim/commands-now.ts';
import { decideClaim, outcomeOf, type ClaimActor, type ClaimGround } from '#lib/domain/claim/decide-claim.ts';
import { canBeReassessed } from '#lib/domain/claim/outcome.ts';
import { decidesClaims } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { daysBetween, type CivilDate } from '#lib/domain/time.ts';
import { openFullFile, scopeToRead, type OpenFault } from '#lib/server/access/open-file.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { openBefore, signersFor } from '#lib/server/claims/desk.ts';
import {
	childLine,
	readChildOfClaim,
	readClaim,
	type ChildOfClaim,
	type ClaimTimelineLine,
	type ClaimView
} from '#lib/server/claims/reading.ts';
import { theDatabase, type Session } from '#lib/server/db/connection.ts';
import { listCandidates } from '#lib/server/matching/candidates.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { purposeIn, registryToday, wallTime } from '../../desk.server.ts';
import { dueStateOf } from '../claims.server.ts';
import type { FormName } from './forms.server.ts';

/** A form that waits until the child's file is open: what it decides rests on the file. */
export type FormNow = CommandNow | { readonly type: 'file_closed' };

const restOnTheFile: readonly FormName[] = ['screen', 'recordParentsAsk', 'proposeDecision', 'signDecision'];

/** Everything the work page of a claim shows, as this person may see it; opening the child's file is logged as a reading. */
export async function claimPage(user: SignedInUser, claimId: ClaimId, url: URL, now: Date) {
	const database = theDatabase();
	const today = registryToday();
	const seen = await database.inScope(scopeOf(user), async (session) => {
		const view = await readClaim(session, user, claimId);
		if (!view) return undefined;
		const { childId } = view.claim;
		return {
			view,
			child: childId && (await childLine(session, childId)),
			candidates: childId || !decidesClaims.includes(user.role) ? [] : await candidatesFor(session, claimId)
		};
	});
	if (!seen) error(404, 'claim_unknown');
	const { view, child } = seen;
	const { claim } = view;
	const file = claim.childId && (await openedFile(user, view, claim.childId, url, now, today));
	const read = file?.ok ? file.value : undefined;
	const beyond = await beyondTheHouse(claimId, claim.childId);
	const actor: ClaimActor = { kind: 'person', userId: user.id, institutionId: user.institutionId, role: user.role };
	const ground: ClaimGround = {
		today,
		phase: read?.phase ?? 'before_certificate',
		knew: [],
		signers: beyond.signers,
		documents: read?.documents ?? [],
		openBefore: beyond.openBefore
	};
	const plausible = decideClaim(claim, actor, { type: 'screen', verdict: 'plausible', note: '-' }, ground);
	return {
		claimId,
		number: view.number,
		version: claim.version,
		userId: user.id,
		today,
		kind: claim.kind,
		state: claim.state,
		receivedOn: claim.receivedOn,
		publicNumber: claim.publicNumber,
		erased: claim.erased,
		...standing(claim, today),
		openBefore: beyond.openBefore,
		child,
		candidates: seen.candidates,
		file: fileOf(file, claimId, claim.childId),
		/** A second signature must then come from another institution, where the decision asks for it. */
		severalInstitutions: beyond.signers.length > 1,
		facts: factsOf(claim),
		statement: view.statement && { ...view.statement, savedAt: wallTime(view.statement.savedAt) },
		papers: view.papers.map((paper) => ({ ...paper, addedAt: wallTime(paper.addedAt) })),
		timeline: view.events.map((line) => ({ ...line, at: wallTime(line.at) })).reverse(),
		// What may be decided about a child is known once its file is read; of no child, at once.
		outcome: read ? read.outcome : claim.childId ? undefined : outcomeOf(claim, ground.phase),
		proposal: proposalOf(claim, view.events),
		decided: decisionsOf(claim, view.events),
		ended: claim.state === 'withdrawn' ? { by: claim.by, on: claim.on } : undefined,
		forms: formsNow(claim, actor, ground, claim.childId !== undefined && !read),
		plausibleRefused: plausible.ok ? undefined : plausible.error
	};
}

function standing(claim: ClaimState, today: CivilDate) {
	const block = blockOf(claim);
	const { next, dueOn } = claimRow(claim);
	return {
		next,
		dueOn,
		due: dueStateOf(dueOn, today),
		block: block && { ...block, day: daysBetween(block.since, today) + 1 },
		lapse: isOpenClaim(claim) ? claim.lapse : undefined,
		canBeReassessed: claim.state === 'decided' && canBeReassessed.includes(claim.decided.decision)
	};
}

/** What is known so far, as it counts now. */
function factsOf(claim: ClaimState) {
	const { screening, samples, reports, finding, fitness, parentsAsk } = claim;
	return { screening, samples, reports, finding, fitness, parentsAsk };
}

/**
 * What a command is judged on that a house does not see: a count of the same person's claims, and ids of institutions. Asked as
 * the registry, or a form would be offered that the registry refuses.
 */
async function beyondTheHouse(claimId: ClaimId, childId: ChildId | undefined) {
	return theDatabase().inScope({ kind: 'registry' }, async (session) => ({
		openBefore: await openBefore(session, claimId),
		signers: childId ? await signersFor(session, childId) : []
	}));
}

/** Children the comparison found for a claim that names none, those judged worth checking first. */
async function candidatesFor(session: Session, claimId: ClaimId) {
	const found = await Promise.all(
		(['accepted', 'open'] as const).map((state) => listCandidates(session, { state, claimId, limit: 5 }))
	);
	return found
		.flatMap(({ candidates }) => candidates)
		.map(({ childId, childName, caseNumber, score, state }) => ({ childId, childName, caseNumber, score, state }));
}

type Opened = Result<ChildOfClaim & { readonly caseVersion: number }, OpenFault>;

async function openedFile(
	user: SignedInUser,
	view: ClaimView,
	childId: ChildId,
	url: URL,
	now: Date,
	today: CivilDate
): Promise<Opened> {
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, now);
	return database.inScope(scope, async (session): Promise<Opened> => {
		const opening = { what: 'claim', purpose: purposeIn(url) ?? 'claim' } as const;
		const opened = await openFullFile(session, user, childId, opening, now);
		if (!opened.ok) return opened;
		const { caseFile, version } = opened.value;
		return { ok: true, value: { ...(await readChildOfClaim(session, view, caseFile, today)), caseVersion: version } };
	});
}

/** The child's side of the page: open, behind a reason to be given, or not there for this person. */
function fileOf(file: Opened | undefined, claimId: ClaimId, childId: ChildId | undefined) {
	if (!file || !childId) return undefined;
	if (file.ok) {
		const { phase, arithmetic, policy, comparison, published, returnNotice, caseVersion } = file.value;
		return {
			state: 'open',
			caseVersion,
			phase,
			arithmetic,
			policy,
			comparison,
			published,
			returnNotice
		} as const;
	}
	if (file.error.type === 'child_unknown') return { state: 'gone' } as const;
	return { state: 'locked', because: file.error.because, link: reasonLink(file.error, claimId, childId) } as const;
}

function reasonLink({ purpose, because }: ReasonNeeded, claimId: ClaimId, childId: ChildId): string {
	const query = new URLSearchParams({ for: purpose, because, to: `/desk/claims/${claimId}` });
	return `/desk/child/${childId}/open?${query}`;
}

function proposalOf(claim: ClaimState, events: readonly ClaimTimelineLine[]) {
	const proposal = 'proposal' in claim ? claim.proposal : undefined;
	if (!proposal) return undefined;
	const { number, decision, reasons, on, by } = proposal;
	return { number, decision, reasons, on, by: personOf(by, events), own: by?.userId };
}

/** The decision that counts, then those before it, the latest first. */
function decisionsOf(claim: ClaimState, events: readonly ClaimTimelineLine[]) {
	if (claim.state !== 'decided' && claim.state !== 'fraudulent') return [];
	const earlier = claim.state === 'decided' ? claim.earlier : [];
	return [claim.decided, ...earlier.toReversed()].map(
		({ decision, reasons, on, proposedBy, signedBy }: SignedDecision) => ({
			decision,
			reasons,
			on,
			proposedBy: personOf(proposedBy, events),
			signedBy: personOf(signedBy, events)
		})
	);
}

/** A person by the name this reader may know. */
function personOf(by: By | undefined, events: readonly ClaimTimelineLine[]): string | undefined {
	return events.find((line) => line.by && line.by.userId === by?.userId)?.byName;
}

function formsNow(
	claim: ClaimState,
	actor: ClaimActor,
	ground: ClaimGround,
	closed: boolean
): { readonly [F in FormName]?: FormNow } {
	const forms: { [F in FormName]?: FormNow } = {};
	for (const [type, now] of commandsNow(claim, actor, ground)) {
		if (type === 'lapse') continue;
		forms[type] = closed && restOnTheFile.includes(type) && !isOver(now) ? { type: 'file_closed' } : now;
	}
	return forms;
}

/** Refused for what is known without the file too. */
function isOver(now: CommandNow): boolean {
	return (
		now !== 'open' &&
		['claim_ended', 'screened_already', 'proposal_open', 'proposal_gone', 'same_person', 'kin_not_confirmed'].includes(
			now.type
		)
	);
}
