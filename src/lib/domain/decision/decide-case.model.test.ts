import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	adopterId,
	almostReady,
	people,
	readyForReview,
	ReviewStory,
	type PersonName
} from '../../../../tests/support/review-story.ts';
import { items } from '../case-file/case-file.ts';
import { live } from '../case-file/versions.ts';
import type { DocumentCode } from '../document/document.ts';
import { standingFlags } from '../flag/standing-flags.ts';
import type { ItemId, Sha256 } from '../ids.ts';
import { adoptionSteps, exitState } from '../leaving/exit-state.ts';
import type { AdoptionStep } from '../leaving/adoption.ts';
import type { Exit } from '../leaving/exit.ts';
import { addDays, addMonths, addYears, civilDate, laterOf, type CivilDate } from '../time.ts';
import { guardianshipGround, openAdoption } from './adoption.ts';
import { decideCase, type CaseCommand } from './decide-case.ts';
import type { Actor } from './decision.ts';

/*
 * No way around: whatever people of several houses do to a file, in whatever order and on whatever days, a child is placed
 * (an adoption matched, or registered and confirmed) only when a plain book kept beside the file says that everything was
 * there. The book is written by hand from what happened; it asks the hold, the evidence and the guards nothing.
 */

interface BookedPaper {
	readonly code: DocumentCode;
	readonly date: CivilDate;
	/** With number, date and somebody who saw the original. */
	readonly complete: boolean;
	readonly by: string;
}

interface Signature {
	readonly person: string;
	readonly house: string;
	/** The book as it stood when it was signed. */
	readonly saw: string;
}

class Book {
	handovers: { date: CivilDate; by: string; confirmedBy: string | undefined }[] = [];
	birth: { earliest: CivilDate } = { earliest: civilDate('2018-01-01') };
	names = 0;
	papers: BookedPaper[] = [];
	platformNotice: CivilDate | undefined;
	inDatabase = false;
	claims: { number: number; opened: CivilDate; closed?: CivilDate; outcome?: string }[] = [];
	halts: { item: ItemId; flag: string; by: string }[] = [];
	unreadable = 0;
	signatures: Signature[] = [];
	consent: string | undefined;
	guardianship: { ground: string; paper: boolean } | undefined;
	steps: { step: AdoptionStep; on: CivilDate }[] = [];
	proposedBy: string | undefined;

	/** What two reviewers must have seen alike, and what must not have changed since. */
	state(): string {
		const papers = this.papers.filter(({ code }) => ['DOC-A', 'DOC-B', 'DOC-C', 'DOC-D', 'DOC-E'].includes(code));
		const lines = papers.map(({ code, date, complete }) => [code, date, complete].join()).sort();
		const claims = this.claims.map((claim) => JSON.stringify(claim)).sort();
		const halts = this.halts.map(({ flag }) => flag).sort();
		const starts = this.handovers.map(({ date, confirmedBy }) => [date, confirmedBy !== undefined]);
		return JSON.stringify([lines, claims, halts, starts, this.birth, this.names, this.inDatabase, this.unreadable]);
	}
}

/** What the book finds wrong with a placement today; empty when it was right. */
function wrongWithPlacement(book: Book, story: ReviewStory): readonly string[] {
	const wrong = [...wrongWhateverTheGround(book, story)];
	if (story.registry.unscreenedClaims > 0) wrong.push('a claim nobody screened');
	if (story.registry.openCandidates > 0) wrong.push('a possible family nobody looked at');
	if (book.guardianship === undefined) wrong.push('temporary guardianship');
	else if (book.guardianship.ground === 'certified') wrong.push(...wrongWithCertificate(book, story));
	else if (!book.guardianship.paper) wrong.push('long-term guardianship without a paper');
	return wrong;
}

function wrongWhateverTheGround(book: Book, { today }: ReviewStory): readonly string[] {
	const wrong: string[] = [];
	if (book.claims.some(({ closed }) => closed === undefined)) wrong.push('an open claim');
	if (book.halts.length > 0) wrong.push('a halt');
	if (book.unreadable > 0) wrong.push('an entry that cannot be read');
	if (today >= addYears(book.birth.earliest, 18)) wrong.push('perhaps of age');
	return wrong;
}

/** What the book finds wrong with a child who is said to be certified today. */
function wrongWithCertificate(book: Book, story: ReviewStory): readonly string[] {
	const { today } = story;
	const wrong = [...wrongWhateverTheGround(book, story)];
	const unless = (right: boolean, what: string) => void (right || wrong.push(what));
	unless(
		book.claims.every(({ outcome }) => outcome !== 'kin_confirmed'),
		'parents who were found'
	);
	const [start, ...others] = book.handovers;
	unless(start !== undefined && others.length === 0, 'a start that is disputed or missing');
	unless(start?.confirmedBy !== undefined && start.confirmedBy !== start.by, 'a start one person knows of');
	const lastDay = start && addMonths(start.date, 12);
	unless(lastDay !== undefined && today > lastDay, 'twelve months that are not over');
	const certificates = book.papers.filter(
		({ code, date, complete }) => code === 'DOC-C' && complete && lastDay !== undefined && date > lastDay
	);
	unless(certificates.length > 0, 'no certificate of a day after the twelve months');
	for (const code of ['DOC-B', 'DOC-E'] as const)
		unless(
			book.papers.some((paper) => paper.code === code),
			`no ${code}`
		);
	unless(book.inDatabase, 'DNA that is not in the database');
	const newspaper = book.papers.find(({ code }) => code === 'DOC-D')?.date;
	const { platformNotice } = book;
	const noticed =
		platformNotice !== undefined && newspaper !== undefined ? laterOf(platformNotice, newspaper) : undefined;
	unless(noticed !== undefined && today > addDays(noticed, 30), 'a notice that has not run');
	const now = book.state();
	const fresh = book.signatures.filter(({ saw }) => saw === now);
	unless(new Set(fresh.map(({ person }) => person)).size >= 2, 'fewer than two signatures on what the file says now');
	unless(new Set(fresh.map(({ house }) => house)).size >= 2, 'signatures of one institution');
	return wrong;
}

/** Beyond a placement, what the registration of an adoption takes. */
function wrongWithRegistration(book: Book, story: ReviewStory, on: CivilDate): readonly string[] {
	const wrong = [...wrongWithPlacement(book, story)];
	for (const step of ['matched', 'assessed', 'agreement', 'registry_notice'] as const)
		if (!book.steps.some((done) => done.step === step)) wrong.push(`never ${step}`);
	for (const code of ['DOC-G', 'DOC-H', 'DOC-J'] as const)
		if (!book.papers.some((paper) => paper.code === code)) wrong.push(`no ${code}`);
	const notice = book.steps.find(({ step }) => step === 'registry_notice')?.on;
	if (notice === undefined || on <= addDays(notice, 60)) wrong.push("the registry's sixty days are not over");
	if (on >= addYears(book.birth.earliest, 8) && book.consent !== 'yes') wrong.push('a child who was not asked');
	return wrong;
}

/** How often each thing happened over all runs: a walk that never arrives proves nothing. */
const arrived = { matched: 0, registered: 0 };
const refusals = new Map<string, number>();

type Deed = fc.Command<Book, ReviewStory>;

/** After every deed the next placement is tried, by an officer who would take it; trying writes nothing. */
function deed(name: string, run: (book: Book, story: ReviewStory) => void): Deed {
	return {
		check: () => true,
		run: (book, story) => {
			run(book, story);
			tryToPlace(book, story);
		},
		toString: () => name
	};
}

function tryToPlace(book: Book, story: ReviewStory): void {
	const { officer, officer2 } = people;
	const { today, ground } = story;
	if (ground.hold.status === 'certified') expect(wrongWithCertificate(book, story)).toEqual([]);
	const tried = (actor: Actor, command: CaseCommand) => decideCase(ground, actor, command, means).ok;
	const adoption = openAdoption(ground.caseFile);
	const { proposed } = exitState(ground.caseFile);
	if (tried(officer, { command: 'record_adoption_step', step: 'matched', adopterId, papers: [], on: today }))
		expect(wrongWithPlacement(book, story)).toEqual([]);
	const exit: Exit = { reason: 'adopted', papers: [], ...(adoption && { adoption }) };
	if (tried(officer, { command: 'propose_exit', exit, on: today }))
		expect(wrongWithRegistration(book, story, today)).toEqual([]);
	if (proposed?.exit.reason === 'adopted')
		for (const { staffId, ...other } of [officer, officer2])
			if (tried({ staffId, ...other }, { command: 'confirm_exit', proposal: proposed.proposal })) {
				expect(staffId).not.toBe(book.proposedBy);
				expect(wrongWithRegistration(book, story, proposed.on)).toEqual([]);
			}
}

const means = { newItemId: () => adopterId as ItemId, sha256: () => '0'.repeat(64) as Sha256 };

function decide(book: Book, story: ReviewStory, who: PersonName, command: CaseCommand): boolean {
	const actor = people[who];
	const before = book.state();
	const decided = story.decide(actor, command);
	if (!decided.ok) {
		refusals.set(decided.error.type, (refusals.get(decided.error.type) ?? 0) + 1);
		return false;
	}
	switch (command.command) {
		case 'confirm_date':
			for (const start of book.handovers) start.confirmedBy = actor.staffId;
			break;
		case 'raise_flag': {
			const item = standingFlags(story.caseFile).find(
				(flag) => !book.halts.some((known) => known.item === flag.itemId)
			);
			if (item) book.halts.push({ item: item.itemId, flag: command.flag.flag, by: actor.staffId });
			break;
		}
		case 'clear_flag':
			expect(book.halts.find(({ item }) => item === command.itemId)?.by).not.toBe(actor.staffId);
			book.halts = book.halts.filter(({ item }) => item !== command.itemId);
			break;
		case 'sign_review': {
			// Who recorded the certificate or the start is no reviewer of it.
			const authors = [
				...book.papers.filter(({ code }) => code === 'DOC-C').map(({ by }) => by),
				...book.handovers.map(({ by }) => by)
			];
			expect(authors).not.toContain(actor.staffId);
			// A refusal takes every agreement back, the own one and the colleague's.
			if (command.verdict === 'not_eligible') book.signatures = [];
			else book.signatures.push({ person: actor.staffId, house: actor.institutionId, saw: before });
			break;
		}
		case 'return_for_more':
			book.signatures = [];
			break;
		case 'change_guardianship':
			book.guardianship = { ground: command.ground, paper: command.paper !== undefined };
			break;
		case 'record_adoption_step':
			if (command.step === 'matched') {
				expect(wrongWithPlacement(book, story)).toEqual([]);
				arrived.matched += 1;
				book.steps = [];
			}
			book.steps.push({ step: command.step, on: command.on });
			break;
		case 'propose_exit':
			book.proposedBy = actor.staffId;
			break;
		case 'confirm_exit': {
			const { left } = exitState(story.caseFile);
			if (left?.exit.reason === 'adopted') {
				expect(actor.staffId).not.toBe(book.proposedBy);
				expect(wrongWithRegistration(book, story, left.on)).toEqual([]);
				arrived.registered += 1;
			}
			break;
		}
		case 'withdraw_exit':
			book.proposedBy = undefined;
	}
	return true;
}

function file(book: Book, story: ReviewStory, code: DocumentCode, by: PersonName, back = 0, whole = true): void {
	const date = addDays(story.today, -back);
	story.paper(code, date, whole ? {} : { originalSeenBy: undefined }, people[by]);
	book.papers.push({ code, date, complete: whole, by: people[by].staffId });
}

const anybody = fc.constantFrom(...(Object.keys(people) as PersonName[]));
const reviewer = fc.constantFrom('adminA', 'adminA2', 'adminB', 'officer', 'officer2');
const codes = ['DOC-A', 'DOC-B', 'DOC-C', 'DOC-D', 'DOC-E', 'DOC-G', 'DOC-H', 'DOC-J'] as const;

/** What people at their work do next: from papers to signatures, to a family, to the registration. */
const usualWay = fc
	.record({ otherFirst: fc.boolean(), times: fc.integer({ min: 1, max: 9 }) })
	.map(({ otherFirst, times }) =>
		deed(`${times} steps of the usual way`, (book, story) => {
			for (let step = 0; step < times; step++) usualStep(book, story, otherFirst);
		})
	);

function usualStep(book: Book, story: ReviewStory, otherFirst: boolean): void {
	const missing = (codes: readonly DocumentCode[]) =>
		codes.find((code) => !book.papers.some((paper) => paper.code === code));
	const adoption = openAdoption(story.caseFile);
	const step = (name: AdoptionStep, papers: readonly ItemId[] = []) =>
		decide(book, story, 'officer', {
			command: 'record_adoption_step',
			...(name !== 'matched' && { adoption }),
			step: name,
			adopterId,
			papers,
			on: story.today
		});
	const paper = missing(['DOC-B', 'DOC-D', 'DOC-E']);
	if (paper) return file(book, story, paper, 'careWorker');
	for (const { itemId } of standingFlags(story.caseFile))
		decide(book, story, 'officer', { command: 'clear_flag', itemId, reason: '公安来函解除' });
	if (story.hold.status === 'elapsed' && !story.hold.ready) {
		if (!story.hold.conditions.every(({ id, status }) => id !== 'certificate_on_file' || status === 'met'))
			return file(book, story, 'DOC-C', 'careWorker');
		return confirmStart(book, story, 'supervisor');
	}
	if (story.hold.status === 'elapsed') {
		// One after the other, with room for the world between them.
		const signed = story.hold.review?.status === 'one_signature' && story.hold.review.changed.length === 0;
		const who = signed === otherFirst ? 'officer' : 'adminB';
		return void decide(book, story, who, { command: 'sign_review', verdict: 'eligible', opinion: '已核对原件。' });
	}
	if (story.hold.status !== 'certified') return story.pass(40);
	if (guardianshipGround(story.caseFile) === undefined)
		return void decide(book, story, 'officer', { command: 'change_guardianship', ground: 'certified' });
	if (adoption === undefined) return void step('matched');
	const done = adoptionSteps(story.caseFile).filter((each) => each.adoption === adoption);
	for (const name of ['assessed', 'agreement', 'registry_notice', 'application'] as const)
		if (!done.some((each) => each.step === name)) {
			const lacking = missing(['DOC-H', 'DOC-G']);
			if (!step(name) && lacking) file(book, story, lacking, 'careWorker');
			return;
		}
	const { proposed } = exitState(story.caseFile);
	if (proposed) return void decide(book, story, 'officer2', { command: 'confirm_exit', proposal: proposed.proposal });
	const exit: Exit = { reason: 'adopted', papers: [], ...(adoption && { adoption }) };
	if (!decide(book, story, 'officer', { command: 'propose_exit', exit, on: story.today })) {
		if (story.today >= addYears(book.birth.earliest, 8)) say(book, story, 'yes');
		if (missing(['DOC-J'])) file(book, story, 'DOC-J', 'careWorker');
		story.pass(65);
	}
}

function say(book: Book, story: ReviewStory, answer: 'yes' | 'no'): void {
	const consent = { matter: 'adoption', answer, words: '我愿意跟他们走', heardBy: '李秀兰' } as const;
	story.tell('consent.recorded', { itemId: story.item(), consent });
	// The latest word counts; of one day the list keeps both, by the id of the item.
	book.consent = items(story.caseFile, 'consent').at(-1)?.value.answer;
}

function confirmStart(book: Book, story: ReviewStory, who: PersonName): void {
	for (const { entryId: version } of live(story.caseFile.fields.handoverDate)) {
		const alone = book.handovers.length === 1;
		if (alone) decide(book, story, who, { command: 'confirm_date', version });
	}
}

const paperWithdrawn = fc.constantFrom(...codes).map((code) =>
	deed(`${code} is withdrawn`, (book, story) => {
		if (story.withdraw(code)) book.papers = book.papers.filter((paper) => paper.code !== code);
	})
);

const claimFound = fc.integer({ min: 1, max: 3 }).map((number) =>
	deed(`claim ${number} is found plausible`, (book, story) => {
		if (book.claims.some((claim) => claim.number === number && claim.closed === undefined)) return;
		story.openClaim(number);
		book.claims.push({ number, opened: story.today });
	})
);

const claimsClosed = fc
	.constantFrom('refused', 'withdrawn', 'lapsed', 'fraudulent', 'refused', 'kin_confirmed')
	.map((outcome) =>
		deed(`every open claim is closed: ${outcome}`, (book, story) => {
			for (const claim of book.claims.filter(({ closed }) => closed === undefined)) {
				const opening = [...story.caseFile.decisions.values()].findLast(
					(entry) => entry.type === 'claim.opened' && Number(entry.payload.claimId.slice(-10)) === claim.number
				);
				if (!opening) throw new Error('the book knows a claim the file does not');
				story.closeClaim(claim.number, opening.id, outcome);
				claim.closed = story.today;
				claim.outcome = outcome;
			}
		})
	);

const signed = (who: fc.Arbitrary<PersonName>) =>
	fc.record({ who, verdict: fc.constantFrom('eligible', 'eligible', 'not_eligible') }).map(({ who, verdict }) =>
		deed(`${who} signs ${verdict}`, (book, story) => {
			decide(book, story, who, { command: 'sign_review', verdict, opinion: '已核对。' });
		})
	);

const sentBack = (who: fc.Arbitrary<PersonName>) =>
	who.map((who) =>
		deed(`${who} sends the file back`, (book, story) => {
			decide(book, story, who, { command: 'return_for_more', opinion: '请补日期', conditions: [] });
		})
	);

const guardianshipChanged = (who: fc.Arbitrary<PersonName>) =>
	fc
		.record({
			who,
			ground: fc.constantFrom('certified', 'certified', 'court', 'parents_dead'),
			paper: fc.boolean()
		})
		.map(({ who, ground, paper }) =>
			deed(`${who} changes guardianship: ${ground}`, (book, story) => {
				const onFile = items(story.caseFile, 'document')[0]?.itemId;
				decide(book, story, who, { command: 'change_guardianship', ground, ...(paper && { paper: onFile }) });
			})
		);

const stepRecorded = (who: fc.Arbitrary<PersonName>, step: fc.Arbitrary<AdoptionStep>) =>
	fc.record({ who, step, back: fc.integer({ min: 0, max: 70 }) }).map(({ who, step, back }) =>
		deed(`${who} records ${step} of ${back} days ago`, (book, story) => {
			const adoption =
				step === 'revoked' ? exitState(story.caseFile).left?.exit.adoption : openAdoption(story.caseFile);
			decide(book, story, who, {
				command: 'record_adoption_step',
				...(step !== 'matched' && { adoption }),
				step,
				adopterId,
				papers: [],
				on: addDays(story.today, -back)
			});
		})
	);

/** Signatures, what takes them away, and the one who does not wait. */
const aboutSignatures: readonly fc.Arbitrary<Deed>[] = [
	signed(reviewer),
	signed(reviewer),
	signed(reviewer),
	sentBack(reviewer),
	paperWithdrawn,
	claimFound,
	claimsClosed,
	guardianshipChanged(fc.constant('officer')),
	stepRecorded(fc.constant('officer2'), fc.constantFrom('matched', 'matched', 'given_up')),
	fc.constant(deed('what is missing is recorded again', (book, story) => usualStep(book, story, false)))
];

const everything: readonly fc.Arbitrary<Deed>[] = [
	...Array.from({ length: 10 }, () => usualWay),
	fc.constant(
		deed('a newer tablet sends what this program cannot read', (book, story) => {
			story.tellUnknown();
			book.unreadable += 1;
		})
	),
	...aboutSignatures,
	signed(anybody),
	sentBack(anybody),
	guardianshipChanged(anybody),
	stepRecorded(
		anybody,
		fc.constantFrom('matched', 'assessed', 'agreement', 'registry_notice', 'application', 'given_up', 'revoked')
	),
	fc.integer({ min: 0, max: 70 }).map((days) => deed(`${days} days pass`, (_, story) => story.pass(days))),
	fc
		.record({
			code: fc.constantFrom(...codes),
			by: anybody,
			back: fc.integer({ min: 0, max: 60 }),
			whole: fc.boolean()
		})
		.map(({ code, by, back, whole }) =>
			deed(`${by} records ${code} of ${back} days ago${whole ? '' : ', original not seen'}`, (book, story) =>
				file(book, story, code, by, back, whole)
			)
		),
	fc
		.record({ unscreenedClaims: fc.constantFrom(0, 0, 1), openCandidates: fc.constantFrom(0, 0, 0, 1) })
		.map((registry) =>
			deed(`${registry.unscreenedClaims} to screen, ${registry.openCandidates} to look at`, (_, story) => {
				story.registry = registry;
			})
		),
	fc
		.record({ who: anybody, flag: fc.constantFrom('police_hold', 'court_case', 'duplicate_suspected') })
		.map(({ who, flag }) =>
			deed(
				`${who} halts: ${flag}`,
				(book, story) => void decide(book, story, who, { command: 'raise_flag', flag: { flag, reason: '来函' } })
			)
		),
	anybody.map((who) =>
		deed(`${who} lets it go on`, (book, story) => {
			for (const { itemId } of standingFlags(story.caseFile))
				decide(book, story, who, { command: 'clear_flag', itemId, reason: '来函解除' });
		})
	),
	fc.record({ by: anybody, back: fc.integer({ min: 0, max: 500 }) }).map(({ by, back }) =>
		deed(`${by} corrects the hand-over to ${back} days ago`, (book, story) => {
			const date = addDays(story.today, -back);
			story.correctHandover(date, people[by]);
			book.handovers = [{ date, by: people[by].staffId, confirmedBy: undefined }];
		})
	),
	anybody.map((who) => deed(`${who} confirms the start`, (book, story) => confirmStart(book, story, who))),
	fc.constant(
		deed('the name is written otherwise', (book, story) => {
			story.tell(
				'intake.recorded',
				{ answers: { nameAssigned: { state: 'known', value: `石${book.names}` } } },
				{ replaces: live(story.caseFile.fields.nameAssigned).map(({ entryId }) => entryId) }
			);
			book.names += 1;
		})
	),
	fc
		.constantFrom('yes', 'no')
		.map((answer) => deed(`the child says ${answer}`, (book, story) => say(book, story, answer))),
	fc.record({ who: anybody, back: fc.integer({ min: 0, max: 70 }) }).map(({ who, back }) =>
		deed(`${who} proposes the registration of ${back} days ago`, (book, story) => {
			const adoption = openAdoption(story.caseFile);
			const exit: Exit = { reason: 'adopted', papers: [], ...(adoption && { adoption }) };
			decide(book, story, who, { command: 'propose_exit', exit, on: addDays(story.today, -back) });
		})
	),
	anybody.map((who) =>
		deed(`${who} confirms the leaving`, (book, story) => {
			const { proposed } = exitState(story.caseFile);
			if (proposed) decide(book, story, who, { command: 'confirm_exit', proposal: proposed.proposal });
		})
	)
];

/** A file as it is, written into a book: what the support's stories tell, told again. */
function begin(kind: 'fresh' | 'almost' | 'ready'): { model: Book; real: ReviewStory } {
	const book = new Book();
	const { careWorker, supervisor } = people;
	if (kind === 'fresh') {
		const story = new ReviewStory('2024-02-29');
		story.intake('2024-02-29', { earliest: '2018-01-01', latest: '2019-12-31' });
		book.handovers = [{ date: civilDate('2024-02-29'), by: careWorker.staffId, confirmedBy: undefined }];
		story.platformNotice('2024-02-29');
		book.platformNotice = civilDate('2024-02-29');
		story.sample('in_database', '2024-02-29');
		book.inDatabase = true;
		return { model: book, real: story };
	}
	book.handovers = [{ date: civilDate('2024-02-29'), by: careWorker.staffId, confirmedBy: supervisor.staffId }];
	book.platformNotice = civilDate('2024-03-08');
	book.inDatabase = true;
	const booked = (code: DocumentCode, date: string) =>
		book.papers.push({ code, date: civilDate(date), complete: true, by: careWorker.staffId });
	booked('DOC-A', '2024-02-29');
	booked('DOC-B', '2024-03-20');
	booked('DOC-D', '2024-03-08');
	booked('DOC-E', '2024-04-20');
	if (kind === 'ready') booked('DOC-C', '2025-03-05');
	return { model: book, real: kind === 'ready' ? readyForReview() : almostReady() };
}

const runs = Number(process.env['MODEL_RUNS'] ?? 60);

it('there is no way to a placement around a claim, a paper, a signature, an institution or the evidence', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('fresh', 'almost', 'ready', 'ready'),
			fc.commands([...everything], { maxCommands: 40, size: 'max' }),
			(kind, commands) => fc.modelRun(() => begin(kind), commands)
		),
		{ numRuns: runs }
	);
	expect(arrived.matched).toBeGreaterThan(5);
	expect(arrived.registered).toBeGreaterThan(2);
	for (const fault of ['not_yours_to_decide', 'two_persons_needed', 'child_has_left', 'already_signed'])
		expect(refusals.get(fault) ?? 0, fault).toBeGreaterThan(0);
});

it('there is none either where people do nothing but sign, take back, send back and hurry', () => {
	arrived.matched = 0;
	fc.assert(
		fc.property(fc.commands([...aboutSignatures], { maxCommands: 25, size: 'max' }), (commands) =>
			fc.modelRun(() => begin('ready'), commands)
		),
		{ numRuns: 4 * runs }
	);
	expect(arrived.matched).toBeGreaterThan(5);
	for (const fault of ['two_institutions_needed', 'already_signed', 'conditions_missing'])
		expect(refusals.get(fault) ?? 0, fault).toBeGreaterThan(0);
});
