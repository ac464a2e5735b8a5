import type { Json } from '#lib/domain/canonical-json.ts';
import { decisionsOf, items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { policyOf } from '#lib/domain/case-file/child-hold.ts';
import { childRow, type RowRules } from '#lib/domain/case-file/child-row.ts';
import { identityFields } from '#lib/domain/case-file/hold-facts.ts';
import { live, type Versions } from '#lib/domain/case-file/versions.ts';
import { claimsOnFile } from '#lib/domain/claim/on-file.ts';
import { decideCase } from '#lib/domain/decision/decide-case.ts';
import type { CaseFault, CaseGround } from '#lib/domain/decision/decision.ts';
import { findsForPolice, reviewsEligibility, screensClaims } from '#lib/domain/disclosure/roles.ts';
import { evidenceNow } from '#lib/domain/decision/reviews.ts';
import { evidenceDifferences } from '#lib/domain/eligibility/evidence-differences.ts';
import { conditionsMet } from '#lib/domain/eligibility/board-row.ts';
import { stageOf } from '#lib/domain/eligibility/stage.ts';
import { whatNext } from '#lib/domain/eligibility/what-next.ts';
import { standingFlags } from '#lib/domain/flag/standing-flags.ts';
import type { Condition } from '#lib/domain/hold/conditions.ts';
import { holdClockOf, periodOf } from '#lib/domain/hold/hold.ts';
import { isOpen } from '#lib/domain/hold/facts.ts';
import type { Answer } from '#lib/domain/intake/fields.ts';
import { itemIdSchema, staffIdSchema, type StaffId } from '#lib/domain/ids.ts';
import { daysBetween, laterOf, type CivilDate } from '#lib/domain/time.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { actorOf } from '#lib/server/decisions/case-desk.ts';
import { snapshotNow } from '#lib/server/decisions/review-desk.ts';
import { sha256Of } from '#lib/server/sha256.ts';

/** Where what is said of a condition can be looked at: another page of the file, or a place on this one. */
export type Proof =
	| { readonly kind: 'clock' | 'samples' | 'claims'; readonly to: string }
	| { readonly kind: 'notice' | 'paper' | 'record' | 'candidates'; readonly to: string };

/**
 * Everything the review shows of a child but people's names, which have a scope of their own.
 *
 * @param user for whom it is said whether a signature would be taken
 */
export function reviewView(ground: CaseGround, rules: RowRules, user: SignedInUser) {
	const { caseFile, hold, policy, today } = ground;
	const row = childRow(caseFile, rules);
	const clock = holdClockOf(hold, policy);
	const period = clock && periodOf(clock);
	const review = hold.review;
	const opened = review && decisionsOf(caseFile, 'review.opened').find(({ payload }) => payload.itemId === review.id);
	const returned = decisionsOf(caseFile, 'review.returned').at(-1);
	const signed = decisionsOf(caseFile, 'review.signed').at(-1);
	return {
		name: row.name,
		caseNumber: row.caseNumber,
		sex: row.sex,
		birthEarliest: row.birthEarliest,
		birthLatest: row.birthLatest,
		portrait: items(caseFile, 'photo').find(({ value }) => value.view === 'front')?.value.sha256,
		today,
		stage: stageOf(hold),
		hold,
		policy,
		chosen: chosenOf(caseFile, rules),
		met: conditionsMet(hold),
		conditions: hold.conditions.map((condition) => ({ ...condition, proofs: proofsOf(condition, caseFile) })),
		registry: ground.registry,
		next: whatNext(hold, ground.registry),
		period: period && { lastDay: period.lastDay, openFrom: period.openFrom, provisional: period.provisional },
		claims: claimsOf(caseFile, today),
		claimEffect: clock?.rule.claimEffect ?? ('block' as const),
		samples: items(caseFile, 'sample').map(({ itemId, value, version }) => ({
			itemId,
			on: version.occurredOn,
			step: value.step,
			kit: value.kit,
			seal: value.sealNumber
		})),
		start: startOf(caseFile),
		noticePaper: items(caseFile, 'document').find(({ value }) => value.code === 'DOC-A')?.itemId,
		standing: haltsOf(caseFile, user),
		review:
			review &&
			({
				id: review.id,
				status: review.status,
				openedOn: review.openedOn,
				snapshot: review.snapshot,
				signatures: review.signatures,
				changed: review.changed
			} as const),
		...changesOf(ground, review && opened && review.changed.length > 0 ? opened.payload.evidence : undefined),
		returned:
			returned && (!signed || signed.id < returned.id)
				? {
						on: returned.occurredOn,
						by: returned.staffId,
						opinion: returned.payload.opinion,
						conditions: returned.payload.conditions
					}
				: undefined,
		snapshot: snapshotNow(ground),
		/** Why this person's agreement, or refusal, would not be taken now; undefined where it would. */
		agree: refusalOf(ground, user, 'eligible'),
		disagree: refusalOf(ground, user, 'not_eligible')
	};
}

export type ReviewView = ReturnType<typeof reviewView>;

/** The people a page of the review names. */
export function peopleOf({ review, returned, standing, start }: ReviewView): readonly StaffId[] {
	return [
		...(review?.signatures.map(({ staffId }) => staffIdSchema.parse(staffId)) ?? []),
		...(returned ? [returned.by] : []),
		...standing.map(({ raisedBy }) => raisedBy),
		...start.flatMap(({ by, confirmed }) => [by, ...(confirmed ? [confirmed.by] : [])])
	];
}

/** What changed since evidence was frozen; who the child is said to be, field by field. Nothing without evidence. */
function changesOf(ground: CaseGround, frozen: Json | undefined) {
	const differences = frozen === undefined ? [] : evidenceDifferences(frozen, evidenceNow(ground));
	const identity = differences.flatMap((difference) =>
		difference.part === 'identity'
			? identityFields.flatMap((key) => {
					// A birth is a part of the evidence by itself.
					if (key === 'birth') return [];
					const versions: Versions<Answer<unknown>> = ground.caseFile.fields[key] ?? [];
					const before = versions.filter(({ entryId }) => difference.before.includes(entryId));
					const [then, now] = [before, live(versions)].map((said) => said.map(({ value }) => value));
					return JSON.stringify(then) === JSON.stringify(now) ? [] : [{ key, before: then ?? [], after: now ?? [] }];
				})
			: []
	);
	return { differences, identity };
}

/** Which rules and why, without their rest days, which are functions. */
function chosenOf(caseFile: CaseFile, rules: RowRules) {
	const { policy, because, region, notYetInForce } = policyOf(caseFile, rules);
	return { policy, because, ...(region !== undefined && { region }), notYetInForce };
}

/** Asked of the same rules that judge the signature itself, with an opinion nobody reads. */
function refusalOf(
	ground: CaseGround,
	user: SignedInUser,
	verdict: 'eligible' | 'not_eligible'
): CaseFault | undefined {
	const judged = decideCase(
		ground,
		actorOf(user),
		{ command: 'sign_review', verdict, opinion: '-' },
		{ newItemId: () => itemIdSchema.parse(ground.caseFile.childId), sha256: sha256Of }
	);
	return judged.ok ? undefined : judged.error;
}

/** Every live date of the hand-over, who recorded it and who compared it with the paper. */
function startOf(caseFile: CaseFile) {
	const confirmations = decisionsOf(caseFile, 'date.confirmed');
	return live(caseFile.fields.handoverDate).flatMap(({ entryId, value, staffId }) => {
		if (value.state !== 'known') return [];
		const confirmed = confirmations.find((entry) => entry.payload.confirmed === entryId && entry.staffId !== staffId);
		return [
			{
				version: entryId,
				date: value.value,
				by: staffId,
				confirmed: confirmed && { by: confirmed.staffId, on: confirmed.occurredOn }
			}
		];
	});
}

/** Halts that nobody lifted, and whether this person's role may (decision/halts.ts judges again). */
function haltsOf(caseFile: CaseFile, user: SignedInUser) {
	return standingFlags(caseFile).map((halt) => ({
		...halt,
		mayClear: (halt.flag.flag === 'police_hold'
			? [...findsForPolice, ...reviewsEligibility]
			: [...screensClaims, ...reviewsEligibility]
		).includes(user.role)
	}));
}

/** Every claim with the days it halted the case: those from its opening to its end, or to today. */
function claimsOf(caseFile: CaseFile, today: CivilDate) {
	return claimsOnFile(caseFile).map((claim) => ({
		opening: claim.opening,
		number: claim.number,
		from: claim.openedOn,
		to: claim.closedOn,
		outcome: claim.outcome,
		open: isOpen(claim),
		days: Math.max(0, daysBetween(claim.openedOn, laterOf(claim.closedOn ?? today, claim.openedOn)))
	}));
}

function proofsOf({ because }: Condition, caseFile: CaseFile): readonly Proof[] {
	const file = `/desk/child/${caseFile.childId}`;
	const review = `${file}/review`;
	switch (because.code) {
		case 'clock_elapsed':
		case 'clock_running':
		case 'clock_held':
		case 'clock_not_started': {
			const proofs: Proof[] = [{ kind: 'clock', to: `${review}#clock-${because.clock}` }];
			// The notice's own clock: what is public is one click away too.
			if (because.clock.includes('notice')) proofs.push({ kind: 'notice', to: `${file}/notice` });
			return proofs;
		}
		case 'document_on_file': {
			const papers = items(caseFile, 'document').filter(({ value }) => value.code === because.document);
			const paper = papers.find(({ value }) => value.number === because.number && value.date === because.date);
			return [{ kind: 'paper', to: `${file}/documents/${(paper ?? papers[0])?.itemId ?? ''}` }];
		}
		case 'document_incomplete':
		case 'document_too_early': {
			const papers = items(caseFile, 'document').filter(({ value }) => value.code === because.document);
			return [{ kind: 'paper', to: `${file}/documents/${papers[0]?.itemId ?? ''}` }];
		}
		case 'document_missing':
		case 'document_not_due':
			return [{ kind: 'record', to: `${file}/documents/record?code=${because.document}` }];
		case 'dna_in_database':
		case 'dna_on_its_way':
		case 'dna_missing':
			return [{ kind: 'samples', to: `${review}#samples` }];
		case 'no_candidate':
		case 'candidate_open':
			return [{ kind: 'candidates', to: `/desk/candidates?child=${caseFile.childId}` }];
		case 'no_claim':
		case 'claims_decided':
		case 'claim_open':
		case 'parents_found':
			return [{ kind: 'claims', to: `${review}#claims` }];
	}
}
