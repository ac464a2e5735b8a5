/**
 * A child's file as it is printed: one child one file (一人一档), in the three phases of the archive standard (DB36/T 2141-2025:
 * intake, in care, leaving), each with the list of its papers. Chosen here, and not on the page, so that what an edition
 * leaves out never reaches it.
 */
import type { Care } from '../care/care.ts';
import { custodian, decisionsOf, fieldState, items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import { claimsOnFile } from '../claim/on-file.ts';
import type { Consent } from '../consent/consent.ts';
import type { CaseGround } from '../decision/decision.ts';
import type { Role } from '../disclosure/roles.ts';
import type { CaseDocument } from '../document/document.ts';
import { archivePhases, phaseOf, type ArchivePhase } from '../document/phases.ts';
import { standingFlags, type StandingFlag } from '../flag/standing-flags.ts';
import type { GuardianshipGround } from '../guardianship/guardianship.ts';
import { holdClockOf, type Clock, type Hold } from '../hold/hold.ts';
import type { ClaimOutcome } from '../hold/facts.ts';
import type { ChildId, InstitutionId, ItemId, Sha256, StaffId } from '../ids.ts';
import { fieldDefinition, intakeSteps, type Answer, type FieldKey, type IntakeStep } from '../intake/fields.ts';
import type { AdoptionStep } from '../leaving/adoption.ts';
import { adoptionSteps, exitState } from '../leaving/exit-state.ts';
import type { ExitReason } from '../leaving/exit.ts';
import type { takeDownReasons } from '../notice/notice.ts';
import type { Belonging, Mark, PhotoView } from '../photo/photo.ts';
import { sampleSteps, type Sample } from '../sample/sample.ts';
import type { CivilDate } from '../time.ts';
import { printedCare, printedFields, printedPhotos, printsJustice, printsPaper, type Edition } from './edition.ts';

type TakeDownReason = (typeof takeDownReasons)[number];

export interface PrintedField {
	readonly key: FieldKey;
	readonly answers: readonly Answer<unknown>[];
	/** Two people say different things. */
	readonly disputed: boolean;
}

export interface PrintedPaper {
	readonly itemId: ItemId;
	readonly value: CaseDocument;
	readonly received: CivilDate;
	/** How many pictures of its pages are on file. */
	readonly pages: number;
}

export interface PrintedReview {
	readonly openedOn: CivilDate;
	readonly snapshot: string;
	readonly standing: boolean;
	readonly signatures: readonly {
		readonly staffId: StaffId;
		readonly institutionId: InstitutionId;
		readonly verdict: 'eligible' | 'not_eligible';
		readonly opinion: string | undefined;
		readonly on: CivilDate;
	}[];
}

export interface CasePrint {
	readonly childId: ChildId;
	readonly edition: Edition;
	/** The day it was printed for. */
	readonly today: CivilDate;
	readonly name: string | undefined;
	readonly nameIsAssigned: boolean;
	readonly custodian: InstitutionId | undefined;
	readonly publicNumber: string | undefined;
	readonly firstRecord: CivilDate | undefined;
	readonly fields: readonly { readonly step: IntakeStep; readonly rows: readonly PrintedField[] }[];
	readonly photos: readonly { readonly sha256: Sha256; readonly view: PhotoView; readonly on: CivilDate }[];
	readonly marks: readonly Mark[];
	readonly belongings: readonly Belonging[];
	readonly papers: readonly { readonly phase: ArchivePhase; readonly papers: readonly PrintedPaper[] }[];
	readonly samples: readonly { readonly on: CivilDate; readonly value: Sample }[];
	readonly handovers: readonly {
		readonly side: 'sent' | 'received';
		readonly house: InstitutionId;
		readonly on: CivilDate;
		readonly officer?: string | undefined;
		readonly words: readonly string[];
	}[];
	readonly hold: {
		readonly status: Hold['status'];
		readonly clocks: readonly Clock[];
		readonly holdClock: Clock | undefined;
		/** Only of the full edition: conditions and blockers speak of claims. */
		readonly full: Hold | undefined;
	};
	readonly notices: readonly {
		readonly number: string;
		readonly on: CivilDate;
		readonly down?: { readonly on: CivilDate; readonly reason: TakeDownReason };
	}[];
	readonly care: readonly { readonly on: CivilDate; readonly value: Care }[];
	/** By number and outcome alone; nothing of what a family said is in a file. */
	readonly claims: readonly {
		readonly number: string;
		readonly openedOn: CivilDate;
		readonly closedOn?: CivilDate | undefined;
		readonly outcome?: ClaimOutcome | undefined;
	}[];
	readonly flags: readonly StandingFlag[];
	readonly reviews: readonly PrintedReview[];
	readonly guardianship: readonly { readonly ground: GuardianshipGround; readonly on: CivilDate }[];
	readonly adoption: readonly { readonly step: AdoptionStep; readonly on: CivilDate }[];
	readonly consents: readonly { readonly on: CivilDate; readonly value: Consent }[];
	readonly exit:
		| {
				readonly reason: ExitReason;
				readonly on: CivilDate;
				readonly code?: string | undefined;
				readonly note?: string | undefined;
		  }
		| undefined;
	/** The newest snapshot of evidence that reviewers signed: in the footer of every page. */
	readonly snapshot: string | undefined;
	/** Entries of a newer program, which no page can print. */
	readonly unread: number;
}

/** Everything an edition prints for a person of this role. */
export function casePrint(ground: CaseGround, role: Role, edition: Edition): CasePrint {
	const { caseFile, hold, policy, today } = ground;
	const full = edition === 'full';
	const fields = printedFields(edition, role);
	const care = printedCare(edition, role);
	const { left } = exitState(caseFile);
	const reviews = reviewsOf(caseFile, hold, full);
	const given = knownValue(caseFile, 'nameGiven');
	const name = given ?? knownValue(caseFile, 'nameAssigned') ?? knownValue(caseFile, 'nameCalled');
	return {
		childId: caseFile.childId,
		edition,
		today,
		name,
		nameIsAssigned: given === undefined && knownValue(caseFile, 'nameAssigned') !== undefined,
		custodian: custodian(caseFile),
		publicNumber: noticesOf(caseFile).at(-1)?.number,
		firstRecord: [...caseFile.entries.values()].map(({ entry }) => entry.occurredOn).sort()[0],
		fields: intakeSteps.map((step) => ({
			step,
			rows: fields.filter((key) => fieldDefinition(key).step === step).flatMap((key) => printedField(caseFile, key))
		})),
		photos: items(caseFile, 'photo')
			.filter(({ value }) => printedPhotos.includes(value.view))
			.map(({ value, version }) => ({ sha256: value.sha256, view: value.view, on: version.occurredOn })),
		marks: items(caseFile, 'mark').map(({ value }) => value),
		belongings: items(caseFile, 'belonging').map(({ value }) => (full ? value : { description: value.description })),
		papers: papersOf(caseFile, edition),
		samples: items(caseFile, 'sample')
			.map(({ value, version }) => ({ on: version.occurredOn, value: full ? value : { step: value.step } }))
			// Taken, sealed and sent on one day, a sample still goes its way in this order.
			.sort((a, b) => byText(a.on, b.on) || sampleSteps.indexOf(a.value.step) - sampleSteps.indexOf(b.value.step)),
		handovers: handoversOf(caseFile, full),
		hold: {
			status: hold.status,
			clocks: full ? hold.clocks : hold.clocks.filter(isOfTheSearch).map(withoutClaims),
			holdClock: full ? holdClockOf(hold, policy) : mapDefined(holdClockOf(hold, policy), withoutClaims),
			full: full ? hold : undefined
		},
		notices: noticesOf(caseFile),
		care: items(caseFile, 'care')
			.filter(({ value }) => care.includes(value.kind))
			.flatMap(({ value, version }) => {
				const printed = full ? value : withoutWords(value);
				return printed ? [{ on: version.occurredOn, value: printed }] : [];
			}),
		claims: full
			? claimsOnFile(caseFile).map(({ number, openedOn, closedOn, outcome }) => ({
					number,
					openedOn,
					closedOn,
					outcome
				}))
			: [],
		flags: printsJustice(edition, role) ? standingFlags(caseFile) : [],
		reviews,
		guardianship: decisionsOf(caseFile, 'guardianship.changed').map(({ payload, occurredOn }) => ({
			ground: payload.guardianship.ground,
			on: occurredOn
		})),
		adoption: full ? adoptionSteps(caseFile).map(({ step, on }) => ({ step, on })) : [],
		consents: items(caseFile, 'consent').map(({ value, version }) => ({
			on: version.occurredOn,
			value: full ? value : { matter: value.matter, answer: value.answer, words: value.words, heardBy: '' }
		})),
		exit: left && {
			reason: left.exit.reason,
			on: left.on,
			...(full && { code: left.exit.code, note: left.exit.note })
		},
		snapshot: reviews.at(-1)?.snapshot,
		unread: caseFile.unknown.size
	};
}

function printedField(caseFile: CaseFile, key: FieldKey): readonly PrintedField[] {
	const state = fieldState(caseFile, key);
	switch (state.status) {
		case 'empty':
			return [];
		case 'settled':
			return [{ key, answers: [state.answer], disputed: false }];
		case 'conflict':
			return [{ key, answers: state.versions.map(({ value }) => value), disputed: true }];
	}
}

function papersOf(caseFile: CaseFile, edition: Edition): CasePrint['papers'] {
	const pictures = items(caseFile, 'photo').filter(({ value }) => value.view === 'paper');
	const all = items(caseFile, 'document')
		.filter(({ value }) => printsPaper(edition, value.code))
		.map(({ itemId, value, version }) => ({
			phase: phaseOf(caseFile, { itemId, code: value.code }),
			paper: {
				itemId,
				value: edition === 'full' ? value : ownPaper(value),
				received: version.occurredOn,
				pages: pictures.filter((picture) => picture.value.of === itemId).length
			}
		}))
		.sort(
			(a, b) =>
				byText(a.paper.value.date ?? '~', b.paper.value.date ?? '~') || byText(a.paper.value.code, b.paper.value.code)
		);
	return archivePhases.map((phase) => ({
		phase,
		papers: all.filter((each) => each.phase === phase).map(({ paper }) => paper)
	}));
}

/** What the paper is, and nobody who held it or wrote about it. */
function ownPaper({ code, number, date, issuer }: CaseDocument): CaseDocument {
	return {
		code,
		...(number !== undefined && { number }),
		...(date !== undefined && { date }),
		...(issuer !== undefined && { issuer })
	};
}

function handoversOf(caseFile: CaseFile, full: boolean): CasePrint['handovers'] {
	const sent = items(caseFile, 'handoverSent').map(({ value, version }) => ({
		...{ side: 'sent' as const, house: value.to, on: version.occurredOn },
		...(full && { officer: value.officer }),
		words: full ? present(value.reason, value.condition) : []
	}));
	const received = items(caseFile, 'handoverReceived').map(({ value, version }) => ({
		...{ side: 'received' as const, house: version.institutionId, on: version.occurredOn },
		...(full && { officer: value.officer }),
		words: full ? present(value.condition) : []
	}));
	return [...sent, ...received].sort((a, b) => byText(a.on, b.on) || byText(b.side, a.side));
}

function noticesOf(caseFile: CaseFile): CasePrint['notices'] {
	const steps = [...caseFile.noticeSteps.values()].sort(
		(a, b) => byText(a.origin.occurredOn, b.origin.occurredOn) || byText(a.origin.entryId, b.origin.entryId)
	);
	const found: { number: string; on: CivilDate; down?: { on: CivilDate; reason: TakeDownReason } }[] = [];
	for (const step of steps) {
		if (step.step === 'approved') found.push({ number: step.approval.publicNumber, on: step.origin.occurredOn });
		const last = found.at(-1);
		if (step.step === 'taken_down' && last) last.down = { on: step.origin.occurredOn, reason: step.takeDown.reason };
	}
	return found;
}

function reviewsOf(caseFile: CaseFile, hold: Hold, full: boolean): readonly PrintedReview[] {
	const signatures = decisionsOf(caseFile, 'review.signed');
	return decisionsOf(caseFile, 'review.opened').map(({ payload, occurredOn }) => ({
		openedOn: occurredOn,
		snapshot: payload.snapshot,
		standing: hold.review?.id === payload.itemId && hold.review.changed.length === 0,
		signatures: signatures
			.filter((signed) => signed.payload.itemId === payload.itemId)
			.map((signed) => ({
				staffId: signed.staffId,
				institutionId: signed.institutionId,
				verdict: signed.payload.verdict,
				opinion: full ? signed.payload.opinion : undefined,
				on: signed.occurredOn
			}))
	}));
}

/** Clocks that have nothing to do with an adoption. */
function isOfTheSearch({ rule }: Clock): boolean {
	return rule.actor !== 'adoption_registry';
}

/** The dates, without the days of a family's claim, nor that one holds them up. */
function withoutClaims(clock: Clock): Clock {
	if (clock.status === 'not_started') return clock;
	const steps = clock.steps.filter(({ step }) => step === 'counted' || step === 'rolled');
	if (clock.status !== 'running') return { ...clock, steps };
	return { ...clock, steps, heldBy: clock.heldBy.filter((by) => by !== 'claim') };
}

/** Measures, vaccines and classes; what people wrote beside them, or of what happened, stays out. */
function withoutWords(care: Care): Care | undefined {
	switch (care.kind) {
		case 'growth':
			return care;
		case 'vaccination':
			return { kind: 'vaccination', vaccine: care.vaccine, ...(care.dose !== undefined && { dose: care.dose }) };
		case 'schooling':
			return {
				kind: 'schooling',
				stage: care.stage,
				...(care.school !== undefined && { school: care.school }),
				...(care.grade !== undefined && { grade: care.grade })
			};
		case 'health':
		case 'incident':
		case 'visit':
		case 'placement':
		case 'daily':
			return undefined;
	}
}

function present(...parts: readonly (string | undefined)[]): readonly string[] {
	return parts.filter((part): part is string => part !== undefined && part !== '');
}

function mapDefined<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
	return value === undefined ? undefined : map(value);
}

function byText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
