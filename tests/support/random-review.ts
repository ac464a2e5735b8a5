import fc from 'fast-check';
import { sampleSteps } from '#lib/domain/sample/sample.ts';
import { standingFlags } from '#lib/domain/flag/standing-flags.ts';
import { openClaimsOnFile } from '#lib/domain/claim/on-file.ts';
import { exitState } from '#lib/domain/leaving/exit-state.ts';
import { addDays, civilDate } from '#lib/domain/time.ts';
import { claimId, people, readyForReview, ReviewStory } from './review-story.ts';

/*
 * Case files as life writes them: papers late, early and twice, dates corrected, claims, halts, reviews signed and sent
 * back, children who leave. Half of them begin where a review could.
 */
type Happening = (story: ReviewStory) => void;

const iso = (story: ReviewStory, back = 0) => addDays(story.today, -back);
const codes = ['DOC-A', 'DOC-B', 'DOC-C', 'DOC-D', 'DOC-E'] as const;

const happening: fc.Arbitrary<Happening> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.integer({ min: 1, max: 220 }).map(
			(days): Happening =>
				(story) =>
					story.pass(days)
		)
	},
	{
		weight: 4,
		arbitrary: fc
			.record({ code: fc.constantFrom(...codes), back: fc.integer({ min: -40, max: 90 }), whole: fc.boolean() })
			.map(({ code, back, whole }): Happening => (story) => {
				story.paper(code, iso(story, back), whole ? {} : { number: undefined });
			})
	},
	{ weight: 2, arbitrary: fc.constant<Happening>((story) => story.platformNotice(story.today)) },
	{ weight: 1, arbitrary: fc.constant<Happening>((story) => story.takeNoticeDown(story.today)) },
	{
		weight: 2,
		arbitrary: fc.constantFrom(...sampleSteps).map(
			(step): Happening =>
				(story) =>
					story.sample(step, story.today)
		)
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(...codes).map(
			(code): Happening =>
				(story) =>
					void story.withdraw(code)
		)
	},
	{
		weight: 1,
		arbitrary: fc.integer({ min: 0, max: 500 }).map((back): Happening => (story) => {
			story.correctHandover(iso(story, back));
		})
	},
	{
		weight: 1,
		arbitrary: fc.integer({ min: 0, max: 500 }).map((back): Happening => (story) => {
			// A second date beside the first: nobody replaced anything.
			story.tell('intake.recorded', { answers: { handoverDate: { state: 'known', value: iso(story, back) } } });
		})
	},
	{ weight: 2, arbitrary: fc.constant<Happening>((story) => story.confirmStart()) },
	{
		weight: 1,
		arbitrary: fc.integer({ min: 1, max: 3 }).map((number): Happening => (story) => {
			if (!openClaimsOnFile(story.caseFile).some(({ id }) => id === claimId(number))) story.openClaim(number);
		})
	},
	{
		weight: 3,
		arbitrary: fc
			.constantFrom('refused', 'withdrawn', 'lapsed', 'kin_confirmed')
			.map((outcome): Happening => (story) => {
				for (const { id, opening } of openClaimsOnFile(story.caseFile))
					story.closeClaim(Number(id.slice(-10)), opening, outcome);
			})
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('police_hold', 'court_case', 'duplicate_suspected').map((flag): Happening => (story) => {
			story.decide(people.police, { command: 'raise_flag', flag: { flag, reason: '公安来函' } });
		})
	},
	{
		weight: 3,
		arbitrary: fc.constant<Happening>((story) => {
			for (const { itemId } of standingFlags(story.caseFile))
				story.decide(people.officer, { command: 'clear_flag', itemId, reason: '公安来函解除' });
		})
	},
	{
		weight: 5,
		arbitrary: fc
			.record({
				by: fc.constantFrom('adminA', 'adminA2', 'adminB', 'officer', 'officer2'),
				verdict: fc.constantFrom('eligible', 'eligible', 'eligible', 'not_eligible')
			})
			.map(
				({ by, verdict }): Happening =>
					(story) =>
						void story.sign(people[by], verdict)
			)
	},
	{
		weight: 1,
		arbitrary: fc.constant<Happening>((story) => {
			story.decide(people.adminB, { command: 'return_for_more', opinion: '请补日期', conditions: [] });
		})
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('deceased', 'other_guardian', 'entered_in_error').map((reason): Happening => (story) => {
			const paper = story.paper('OTHER', story.today);
			story.decide(people.supervisor, {
				command: 'propose_exit',
				exit: { reason, papers: [paper] },
				on: story.today
			});
			const { proposed } = exitState(story.caseFile);
			if (proposed && story.today > '2025-01-01')
				story.decide(people.officer, { command: 'confirm_exit', proposal: proposed.proposal });
		})
	}
);

const beginning = fc.oneof(
	fc.constant(() => new ReviewStory('2024-02-29')),
	fc
		.record({
			handover: fc.integer({ min: 0, max: 4000 }).map((days) => addDays(civilDate('2016-01-01'), days)),
			age: fc.integer({ min: 0, max: 18 * 365 }),
			spread: fc.integer({ min: 0, max: 900 })
		})
		.map(({ handover, age, spread }) => () => {
			const story = new ReviewStory(handover);
			const latest = addDays(handover, -age);
			story.intake(handover, { earliest: addDays(latest, -spread), latest });
			return story;
		}),
	fc.constant(readyForReview),
	fc.constant(readyForReview)
);

/** A file with its story; `make` may be called again for the same file under another child's id. */
export const randomReviews: fc.Arbitrary<ReviewStory> = fc
	.record({ begin: beginning, happenings: fc.array(happening, { maxLength: 25 }) })
	.map(({ begin, happenings }) => {
		const story = begin();
		for (const happen of happenings) happen(story);
		return story;
	});
