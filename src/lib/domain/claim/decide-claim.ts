/**
 * What may be done to a claim, by whom, and what the child's file learns of it. Pure: the claim, who asks, the command and
 * what is known of the child go in; events, or a named fault, come out.
 *
 * The file's entries are not decided here one by one: whenever a command makes the block begin or end, the file is told, and
 * never otherwise. So the block on the file is the block of the claim.
 */
import {
	assessesFitness,
	decidesClaims,
	findsForPolice,
	recordsSamples,
	reportsKinship,
	screensClaims,
	type Role
} from '../disclosure/roles.ts';
import type { DocumentCode } from '../document/document.ts';
import type { HoldDocument } from '../hold/facts.ts';
import type { ClaimOutcome } from '../hold/facts.ts';
import type { ChildId, InstitutionId, StaffId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import {
	blockOf,
	claimRules,
	evolveClaim,
	isOpenClaim,
	kinOf,
	outcomeInputOf,
	sampleDueFrom,
	standingOf,
	type By,
	type ClaimState
} from './claim.ts';
import { openClaimsMaximum, type ClaimDecision, type ClaimEvent } from './events.ts';
import {
	canBeReassessed,
	decisionFor,
	findsKin,
	needsTwoInstitutions,
	type ClaimPhase,
	type Outcome,
	type StillMissing
} from './outcome.ts';

/** A person of a house or the registry; the family by its ticket; the registry's own clock. */
export type ClaimActor =
	| { readonly kind: 'person'; readonly userId: StaffId; readonly institutionId: InstitutionId; readonly role: Role }
	| { readonly kind: 'family' }
	| { readonly kind: 'clock' };

type EventOf<T extends ClaimEvent['type']> = Omit<Extract<ClaimEvent, { type: T }>, 'type'>;

export type ClaimCommand =
	| { readonly type: 'link'; readonly childId: ChildId; readonly because: 'notice' | 'candidate' | 'desk' }
	| ({ readonly type: 'unlink' } & EventOf<'unlinked'>)
	/** What the family knew that was never public is the ground's to say (screening.ts), not the form's. */
	| ({ readonly type: 'screen' } & Pick<EventOf<'screened'>, 'verdict' | 'note'>)
	| ({ readonly type: 'ask' } & EventOf<'asked'>)
	| ({ readonly type: 'noteEvidence' } & EventOf<'evidence_noted'>)
	| ({ readonly type: 'recordSample' } & EventOf<'sample_taken'>)
	| { readonly type: 'lapse' }
	| ({ readonly type: 'appeal' } & EventOf<'appealed'>)
	| ({ readonly type: 'restore' } & Pick<EventOf<'block_restored'>, 'note'>)
	| ({ readonly type: 'reportKinship' } & EventOf<'kinship_reported'>)
	| ({ readonly type: 'recordPoliceFinding' } & EventOf<'police_found'>)
	| ({ readonly type: 'assessFitness' } & EventOf<'fitness_assessed'>)
	| ({ readonly type: 'recordParentsAsk' } & EventOf<'parents_asked'>)
	| ({ readonly type: 'proposeDecision' } & EventOf<'decision_proposed'>)
	| ({ readonly type: 'signDecision' } & EventOf<'decision_signed'>)
	| ({ readonly type: 'returnDecision' } & EventOf<'decision_returned'>)
	| ({ readonly type: 'withdraw' } & Pick<EventOf<'withdrawn'>, 'note'>);
export type ClaimCommandType = ClaimCommand['type'];

/** What is known beside the claim itself; of the child only where one is linked. */
export interface ClaimGround {
	/** The civil day at the registry. */
	readonly today: CivilDate;
	/** Where the child stands (phase.ts); of a claim without a child `before_certificate`. */
	readonly phase: ClaimPhase;
	/** Fields the family knew that were never public (screening.ts). */
	readonly knew: readonly string[];
	/** Institutions that have somebody who may sign about this child. */
	readonly signers: readonly InstitutionId[];
	/** Papers on the child's file. */
	readonly documents: readonly HoldDocument[];
	/** Open claims of the same person that arrived before this one. */
	readonly openBefore: number;
}

/** What the child's file is told, as an entry, in the transaction of the events. */
export type CaseFileWord =
	| { readonly type: 'claim.opened' }
	| { readonly type: 'claim.closed'; readonly outcome: ClaimOutcome; readonly decision?: ClaimDecision }
	/** Unfit parents were assessed again: another decision on what was closed. */
	| { readonly type: 'claim.decided_again'; readonly decision: ClaimDecision };

export interface DecidedClaim {
	readonly events: readonly ClaimEvent[];
	readonly caseFile: readonly CaseFileWord[];
	/** The claim with the events. */
	readonly claim: ClaimState;
}

export type ClaimFault =
	| { readonly type: 'not_yours_to_decide' }
	| { readonly type: 'claim_ended'; readonly state: 'decided' | 'withdrawn' | 'fraudulent' }
	| { readonly type: 'no_child_linked' }
	| { readonly type: 'child_linked_already' }
	| { readonly type: 'excluded_before' }
	/** The block stands, or DNA has spoken: the claim stays with this child. */
	| { readonly type: 'cannot_unlink' }
	| { readonly type: 'screened_already' }
	/** The person has so many claims open that this one waits until one of them ends (SECURITY T4). */
	| { readonly type: 'waits_its_turn'; readonly open: number; readonly maximum: number }
	| { readonly type: 'reason_needed' }
	| { readonly type: 'date_in_future'; readonly date: CivilDate }
	| { readonly type: 'nothing_lapses' }
	| { readonly type: 'sample_not_overdue'; readonly dueOn: CivilDate }
	| { readonly type: 'not_lapsed' }
	| { readonly type: 'appealed_already' }
	| { readonly type: 'not_appealed' }
	/** Nobody is refused while their appeal waits. */
	| { readonly type: 'appeal_open' }
	| { readonly type: 'too_few_loci'; readonly loci: number | undefined; readonly needed: number }
	/** A report of this number is there already. */
	| { readonly type: 'report_twice'; readonly reference: string }
	| { readonly type: 'kin_not_confirmed' }
	| { readonly type: 'not_adopted' }
	| { readonly type: 'proposal_open'; readonly proposal: number }
	| { readonly type: 'proposal_gone' }
	| {
			readonly type: 'decision_not_allowed';
			readonly allowed: readonly ClaimDecision[];
			readonly missing: readonly StillMissing[];
	  }
	| { readonly type: 'same_person' }
	| { readonly type: 'same_institution' }
	| {
			readonly type: 'document_missing';
			readonly document: DocumentCode;
			readonly because: 'missing' | 'incomplete';
	  }
	| { readonly type: 'kin_confirmed' }
	/** A house cannot withdraw a claim on its own child, blocking or not: the registry or the family can. */
	| { readonly type: 'withdraw_at_registry' };
export type ClaimFaultType = ClaimFault['type'];

/** Judges one command. */
export function decideClaim(
	claim: ClaimState,
	actor: ClaimActor,
	command: ClaimCommand,
	ground: ClaimGround
): Result<DecidedClaim, ClaimFault> {
	if (!mayDo(actor, command.type)) return err({ type: 'not_yours_to_decide' });
	const decided = eventsOf(claim, actor, command, ground);
	if (!decided.ok) return decided;
	const grown = grow(claim, decided.value, actor, ground.today);
	return ok({ events: decided.value, caseFile: wordsToFile(claim, grown), claim: grown });
}

/**
 * What may be decided about the claim now, by the table (outcome.ts). While reports contradict each other and one of them
 * confirmed, nothing is: not even that the claim is fraudulent.
 */
export function outcomeOf(claim: ClaimState, phase: ClaimPhase): Outcome {
	const outcome = decisionFor(outcomeInputOf(claim, phase));
	const disputed = outcome.row === 'inconclusive' && everConfirmed(claim);
	return disputed ? { ...outcome, allowed: [] } : outcome;
}

/** Whether somebody of this kind may ever give such a command; the claim may still refuse it. */
export function mayDo(actor: ClaimActor, command: ClaimCommandType): boolean {
	switch (actor.kind) {
		case 'family':
			return command === 'withdraw' || command === 'appeal';
		case 'clock':
			return command === 'lapse' || command === 'link';
		case 'person':
			return rolesFor[command].includes(actor.role);
	}
}

/** Who may give which command at a desk (rule book 5). */
export const rolesFor: Readonly<Record<ClaimCommandType, readonly Role[]>> = {
	link: decidesClaims,
	// Not a house's own supervisor: with the link goes what holds its child up.
	unlink: ['registry_officer'],
	screen: screensClaims,
	ask: decidesClaims,
	noteEvidence: decidesClaims,
	recordSample: recordsSamples,
	// The registry's clock alone.
	lapse: [],
	appeal: decidesClaims,
	restore: screensClaims,
	reportKinship: reportsKinship,
	recordPoliceFinding: findsForPolice,
	assessFitness: assessesFitness,
	recordParentsAsk: decidesClaims,
	proposeDecision: decidesClaims,
	signDecision: decidesClaims,
	returnDecision: decidesClaims,
	withdraw: decidesClaims
};

type Judged = Result<readonly ClaimEvent[], ClaimFault>;

function eventsOf(claim: ClaimState, actor: ClaimActor, command: ClaimCommand, ground: ClaimGround): Judged {
	if (!isOpenClaim(claim) && !reopensAssessment(claim, command))
		return err({ type: 'claim_ended', state: claim.state });
	switch (command.type) {
		case 'link':
			return link(claim, command);
		case 'unlink':
			return unlink(claim, command);
		case 'screen':
			return screen(claim, command, ground);
		case 'ask':
			return one({ type: 'asked', topics: command.topics, ...noteOf(command) });
		case 'noteEvidence':
			return command.note ? one({ type: 'evidence_noted', note: command.note }) : err({ type: 'reason_needed' });
		case 'recordSample':
			return recordSample(command, ground);
		case 'lapse':
			return lapse(claim, ground);
		case 'appeal':
			return appeal(claim, command);
		case 'restore':
			return restore(claim, command, ground);
		case 'reportKinship':
			return reportKinship(claim, command, ground);
		case 'recordPoliceFinding':
			return recordPoliceFinding(claim, command, ground);
		case 'assessFitness':
			return assessFitness(claim, command, ground);
		case 'recordParentsAsk':
			return recordParentsAsk(claim, command, ground);
		case 'proposeDecision':
			return proposeDecision(claim, command, ground);
		case 'signDecision':
			return signDecision(claim, actor, command, ground);
		case 'returnDecision':
			return returnDecision(claim, command);
		case 'withdraw':
			return withdraw(claim, actor, command);
	}
}

/** Parents found unfit may be assessed again, after the decision too. */
function reopensAssessment(claim: ClaimState, command: ClaimCommand): boolean {
	if (claim.state !== 'decided' || !canBeReassessed.includes(claim.decided.decision)) return false;
	switch (command.type) {
		case 'assessFitness':
		case 'recordParentsAsk':
			return true;
		case 'proposeDecision':
		case 'signDecision':
		case 'returnDecision':
			return true;
		case 'link':
		case 'unlink':
		case 'screen':
		case 'ask':
		case 'noteEvidence':
		case 'recordSample':
		case 'lapse':
		case 'appeal':
		case 'restore':
		case 'reportKinship':
		case 'recordPoliceFinding':
		case 'withdraw':
			return false;
	}
}

function link(claim: ClaimState, { childId, because }: Extract<ClaimCommand, { type: 'link' }>): Judged {
	if (claim.childId) return err({ type: 'child_linked_already' });
	if (claim.excluded.includes(childId)) return err({ type: 'excluded_before' });
	return one({ type: 'linked', childId, because });
}

function unlink(claim: ClaimState, command: Extract<ClaimCommand, { type: 'unlink' }>): Judged {
	if (!claim.childId) return err({ type: 'no_child_linked' });
	if (blockOf(claim) || claim.lapse || claim.reports.length > 0) return err({ type: 'cannot_unlink' });
	if (!command.note) return err({ type: 'reason_needed' });
	return one({ type: 'unlinked', note: command.note });
}

function screen(claim: ClaimState, command: Extract<ClaimCommand, { type: 'screen' }>, ground: ClaimGround): Judged {
	const { verdict } = command;
	// What was found plausible once is undone by DNA, by two persons, by the family, or by its last day; not by a second look.
	if (blockOf(claim) || claim.screening?.verdict === 'plausible') return err({ type: 'screened_already' });
	switch (verdict) {
		case 'plausible':
			if (!claim.childId) return err({ type: 'no_child_linked' });
			if (ground.openBefore >= openClaimsMaximum) {
				return err({ type: 'waits_its_turn', open: ground.openBefore, maximum: openClaimsMaximum });
			}
			// Nothing that was never public was known: somebody must say why it is plausible all the same.
			if (ground.knew.length === 0 && !command.note) return err({ type: 'reason_needed' });
			return one({
				type: 'screened',
				verdict,
				knew: [...ground.knew],
				sampleDue: sampleDueFrom(ground.today),
				...noteOf(command)
			});
		case 'not_plausible':
			if (!command.note) return err({ type: 'reason_needed' });
			return one({ type: 'screened', verdict, knew: [...ground.knew], ...noteOf(command) });
		case 'ask_more':
			return one({ type: 'screened', verdict, knew: [...ground.knew], ...noteOf(command) });
	}
}

function recordSample(command: Extract<ClaimCommand, { type: 'recordSample' }>, { today }: ClaimGround): Judged {
	if (command.takenOn > today) return err({ type: 'date_in_future', date: command.takenOn });
	const { type: _, ...sample } = command;
	return one({ type: 'sample_taken', ...sample });
}

function lapse(claim: ClaimState, { today }: ClaimGround): Judged {
	const dueOn = blockOf(claim)?.sampleDue;
	if (dueOn === undefined) return err({ type: 'nothing_lapses' });
	if (today <= dueOn) return err({ type: 'sample_not_overdue', dueOn });
	return one({ type: 'block_lapsed', dueOn });
}

function appeal(claim: ClaimState, command: Extract<ClaimCommand, { type: 'appeal' }>): Judged {
	if (!claim.lapse) return err({ type: 'not_lapsed' });
	if (claim.lapse.appealedOn) return err({ type: 'appealed_already' });
	return one({ type: 'appealed', ...noteOf(command) });
}

function restore(claim: ClaimState, command: Extract<ClaimCommand, { type: 'restore' }>, ground: ClaimGround): Judged {
	if (!claim.lapse) return err({ type: 'not_lapsed' });
	if (!claim.lapse.appealedOn) return err({ type: 'not_appealed' });
	return one({ type: 'block_restored', sampleDue: sampleDueFrom(ground.today), ...noteOf(command) });
}

function reportKinship(
	claim: ClaimState,
	command: Extract<ClaimCommand, { type: 'reportKinship' }>,
	{ today }: ClaimGround
): Judged {
	if (!claim.childId) return err({ type: 'no_child_linked' });
	if (command.reportedOn > today) return err({ type: 'date_in_future', date: command.reportedOn });
	const { loci: needed } = claimRules.lociNeeded;
	if (command.result !== 'inconclusive' && (command.loci === undefined || command.loci < needed)) {
		return err({ type: 'too_few_loci', loci: command.loci, needed });
	}
	if (claim.reports.some(({ reference }) => reference === command.reference)) {
		return err({ type: 'report_twice', reference: command.reference });
	}
	const { type: _, ...report } = command;
	return one({ type: 'kinship_reported', ...report });
}

function recordPoliceFinding(
	claim: ClaimState,
	command: Extract<ClaimCommand, { type: 'recordPoliceFinding' }>,
	{ today }: ClaimGround
): Judged {
	if (!claim.childId) return err({ type: 'no_child_linked' });
	if (command.foundOn > today) return err({ type: 'date_in_future', date: command.foundOn });
	const { type: _, ...finding } = command;
	return one({ type: 'police_found', ...finding });
}

function assessFitness(
	claim: ClaimState,
	command: Extract<ClaimCommand, { type: 'assessFitness' }>,
	{ today }: ClaimGround
): Judged {
	// Nobody is assessed as a parent before DNA says that they are one.
	if (kinOf(claim.reports) !== 'confirmed') return err({ type: 'kin_not_confirmed' });
	if (command.assessedOn > today) return err({ type: 'date_in_future', date: command.assessedOn });
	const { type: _, ...assessment } = command;
	return one({ type: 'fitness_assessed', ...assessment });
}

function recordParentsAsk(
	claim: ClaimState,
	command: Extract<ClaimCommand, { type: 'recordParentsAsk' }>,
	{ today, phase }: ClaimGround
): Judged {
	if (phase !== 'after_adoption') return err({ type: 'not_adopted' });
	if (kinOf(claim.reports) !== 'confirmed') return err({ type: 'kin_not_confirmed' });
	if (command.askedOn > today) return err({ type: 'date_in_future', date: command.askedOn });
	return one({ type: 'parents_asked', ask: command.ask, askedOn: command.askedOn });
}

function proposeDecision(
	claim: ClaimState,
	command: Extract<ClaimCommand, { type: 'proposeDecision' }>,
	ground: ClaimGround
): Judged {
	const open = proposalOf(claim);
	if (open) return err({ type: 'proposal_open', proposal: open.number });
	const refused = notAllowed(claim, command.decision, ground);
	if (refused) return err(refused);
	return one({ type: 'decision_proposed', decision: command.decision, reasons: command.reasons });
}

function signDecision(
	claim: ClaimState,
	actor: ClaimActor,
	command: Extract<ClaimCommand, { type: 'signDecision' }>,
	ground: ClaimGround
): Judged {
	const proposal = proposalOf(claim);
	if (!proposal || proposal.number !== command.proposal) return err({ type: 'proposal_gone' });
	const { decision } = proposal;
	const by = byOf(actor);
	if (!by || !proposal.by || proposal.by.userId === by.userId) return err({ type: 'same_person' });
	if (
		needsTwoInstitutions.includes(decision) &&
		proposal.by.institutionId === by.institutionId &&
		ground.signers.some((institution) => institution !== by.institutionId)
	) {
		return err({ type: 'same_institution' });
	}
	const refused = notAllowed(claim, decision, ground);
	if (refused) return err(refused);
	if (decision === 'reunite') {
		const because = gapIn(ground.documents, 'DOC-K');
		if (because) return err({ type: 'document_missing', document: 'DOC-K', because });
	}
	return one({ type: 'decision_signed', proposal: proposal.number });
}

function returnDecision(claim: ClaimState, command: Extract<ClaimCommand, { type: 'returnDecision' }>): Judged {
	const proposal = proposalOf(claim);
	if (!proposal || proposal.number !== command.proposal) return err({ type: 'proposal_gone' });
	if (!command.note) return err({ type: 'reason_needed' });
	return one({ type: 'decision_returned', proposal: command.proposal, note: command.note });
}

function withdraw(claim: ClaimState, actor: ClaimActor, command: Extract<ClaimCommand, { type: 'withdraw' }>): Judged {
	// Once DNA said it once, parents are found whether they ask or not.
	if (everConfirmed(claim)) return err({ type: 'kin_confirmed' });
	if (actor.kind === 'family') return one({ type: 'withdrawn', by: 'family', ...noteOf(command) });
	// One signature of a house would else end what two are needed to refuse, before anybody looked at it (SECURITY T5).
	if (actor.kind === 'person' && claim.childId && actor.role !== 'registry_officer') {
		return err({ type: 'withdraw_at_registry' });
	}
	if (!command.note) return err({ type: 'reason_needed' });
	return one({ type: 'withdrawn', by: 'desk', note: command.note });
}

function proposalOf(claim: ClaimState) {
	return isOpenClaim(claim) || claim.state === 'decided' ? claim.proposal : undefined;
}

function notAllowed(claim: ClaimState, decision: ClaimDecision, ground: ClaimGround): ClaimFault | undefined {
	if (decision === 'refuse' && claim.lapse?.appealedOn) return { type: 'appeal_open' };
	const { allowed, missing } = outcomeOf(claim, ground.phase);
	// A fraudulent claim ends by two persons, but not after the claim was decided once with kin confirmed.
	if (allowed.includes(decision) && (isOpenClaim(claim) || findsKin.includes(decision))) return undefined;
	return { type: 'decision_not_allowed', allowed, missing };
}

function everConfirmed({ reports }: ClaimState): boolean {
	return reports.some(({ result }) => result === 'confirmed');
}

function gapIn(documents: readonly HoldDocument[], code: DocumentCode): 'missing' | 'incomplete' | undefined {
	const papers = documents.filter((paper) => paper.code === code);
	if (papers.length === 0) return 'missing';
	return papers.some((paper) => paper.number && paper.date !== undefined) ? undefined : 'incomplete';
}

/** The claim with these events, as they will be recorded today. */
function grow(claim: ClaimState, events: readonly ClaimEvent[], actor: ClaimActor, today: CivilDate): ClaimState {
	const by = byOf(actor);
	return events.reduce<ClaimState>(
		(grown, event) => evolveClaim(grown, { number: grown.version + 1, at: `${today}T00:00:00Z`, on: today, by, event }),
		claim
	);
}

/** The file learns when the block begins and when it ends, with what. */
function wordsToFile(before: ClaimState, after: ClaimState): readonly CaseFileWord[] {
	const blocked = blockOf(before) !== undefined;
	const blocks = blockOf(after) !== undefined;
	if (!blocked && blocks) return [{ type: 'claim.opened' }];
	if (blocked && !blocks) return [{ type: 'claim.closed', outcome: holdOutcome(after), ...decisionOf(after) }];
	if (before.state === 'decided' && after.state === 'decided' && after.earlier.length > before.earlier.length) {
		return [{ type: 'claim.decided_again', decision: after.decided.decision }];
	}
	return [];
}

function decisionOf(claim: ClaimState): { readonly decision?: ClaimDecision } {
	return claim.state === 'decided' || claim.state === 'fraudulent' ? { decision: claim.decided.decision } : {};
}

/** What the hold is told a claim ended in. */
function holdOutcome(claim: ClaimState): ClaimOutcome {
	switch (claim.state) {
		case 'decided':
			return findsKin.includes(claim.decided.decision) ? 'kin_confirmed' : 'refused';
		case 'withdrawn':
			return 'withdrawn';
		case 'fraudulent':
			return 'fraudulent';
		case 'received':
		case 'screened':
		case 'evidence':
		case 'sampling':
		case 'kinship_result':
		case 'police_finding':
		case 'fitness':
			// Open still: no sample came in time, or a report goes on without the child DNA excluded.
			return standingOf(claim) === 'lapsed' ? 'lapsed' : 'refused';
	}
}

function byOf(actor: ClaimActor): By | undefined {
	return actor.kind === 'person' ? { userId: actor.userId, institutionId: actor.institutionId } : undefined;
}

function noteOf({ note }: { readonly note?: string | undefined }): { readonly note?: string } {
	return note ? { note } : {};
}

function one(event: ClaimEvent): Judged {
	return ok([event]);
}
