import { describe, expect, test } from 'vitest';
import type { InboxCode } from '#lib/domain/inbox/codes.ts';
import { civilDate } from '#lib/domain/time.ts';
import { reviewOffice, user, type ReviewOffice } from '../../../../tests/support/review-office.ts';
import {
	almostReady,
	people,
	readyForReview,
	ReviewStory,
	type PersonName
} from '../../../../tests/support/review-story.ts';
import { decideAboutChild } from '../decisions/case-desk.ts';
import { listInbox } from './inbox.ts';
import { tellOfStages } from './stage-tasks.ts';

const registry = { kind: 'registry' } as const;

/** The codes in a person's inbox, of this child. */
async function codes(office: ReviewOffice, name: PersonName): Promise<readonly InboxCode[]> {
	const reader = user(name);
	const { items } = await office.database.inScope(registry, (session) => listInbox(session, reader, 100));
	return items.map(({ code }) => code).sort();
}

const tell = (office: ReviewOffice) =>
	office.database.inScope(registry, (session) => tellOfStages(session, office.today));

describe('an inbox follows the review board', () => {
	test('the start date waits for a second person until one confirms it', async () => {
		const story = new ReviewStory('2024-03-01');
		const date = story.intake('2024-02-29', { earliest: '2018-01-01', latest: '2019-12-31' });
		const office = await reviewOffice(civilDate('2024-03-02'));
		await office.store(story);
		await tell(office);
		expect(await codes(office, 'supervisor')).toContain('date_to_confirm');
		expect(await codes(office, 'adminA')).toContain('date_to_confirm');
		expect(await codes(office, 'adminB')).toEqual([]);
		const confirmed = await decideAboutChild(
			office.desk,
			user('supervisor'),
			story.childId,
			await office.version(story.childId),
			{ command: 'confirm_date', version: date }
		);
		expect(confirmed.ok).toBe(true);
		expect(await codes(office, 'adminA')).not.toContain('date_to_confirm');
	});

	test('a hold that ends within sixty days is told with its last day, once, and becomes the certificate that is possible', async () => {
		const story = almostReady();
		const office = await reviewOffice(civilDate('2024-12-29'));
		await office.store(story);
		await tell(office);
		expect(await codes(office, 'supervisor')).not.toContain('hold_ends_soon');
		office.today = civilDate('2024-12-30');
		await tell(office);
		expect(await tell(office)).toEqual({ told: 0, takenBack: 0 });
		const { items } = await office.database.inScope(registry, (session) => listInbox(session, user('supervisor'), 9));
		expect(items.find(({ code }) => code === 'hold_ends_soon')).toMatchObject({ dueOn: '2025-02-28' });
		office.today = civilDate('2025-03-01');
		await tell(office);
		expect(await codes(office, 'supervisor')).toEqual(['certificate_possible']);
	});

	test('the police’s temporary proof is told seven days before the month is over', async () => {
		const story = new ReviewStory('2024-03-01');
		story.intake('2024-02-29', { earliest: '2018-01-01', latest: '2019-12-31' });
		const office = await reviewOffice(civilDate('2024-03-01'));
		await office.store(story);
		await tell(office);
		expect(await codes(office, 'supervisor')).not.toContain('document_due');
		office.today = civilDate('2024-03-27');
		await tell(office);
		expect(await codes(office, 'supervisor')).toContain('document_due');
		expect(await codes(office, 'officer')).not.toContain('document_due');
	});

	test('a ready child waits for a first reviewer, then for another one than signed, and for nobody behind a claim', async () => {
		const story = readyForReview();
		const office = await reviewOffice(civilDate('2025-03-10'));
		await office.store(story);
		await tell(office);
		expect(await codes(office, 'officer')).toContain('review_to_sign');
		expect(await codes(office, 'adminA')).toContain('review_to_sign');
		const sign = async (name: PersonName) =>
			decideAboutChild(office.desk, user(name), story.childId, await office.version(story.childId), {
				command: 'sign_review',
				verdict: 'eligible',
				opinion: '已核对公安证明原件。'
			});
		expect(await sign('officer')).toMatchObject({ ok: true });
		await tell(office);
		expect(await codes(office, 'officer')).not.toContain('review_to_sign');
		expect(await codes(office, 'officer2')).toContain('review_to_sign');
		expect(await sign('adminA')).toMatchObject({ ok: true });
		expect(await codes(office, 'officer2')).not.toContain('review_to_sign');

		const claimed = readyForReview(2);
		claimed.openClaim(1);
		await office.store(claimed);
		await tell(office);
		expect(await codes(office, 'officer2')).toEqual([]);
	});

	test('reviewers hear that the evidence they signed has changed', async () => {
		const story = readyForReview();
		story.sign(people.officer);
		story.sign(people.adminB);
		story.withdraw('DOC-E');
		const office = await reviewOffice(civilDate('2025-03-10'));
		await office.store(story);
		await tell(office);
		expect(await codes(office, 'officer')).toEqual(['review_evidence_changed']);
	});

	test('a child who may be eight is asked before it can be placed; once it was asked nobody is told', async () => {
		// Born in 2017 at the earliest: eight from 2025-01-01 on.
		const story = new ReviewStory('2024-03-01');
		story.intake('2024-02-29', { earliest: '2017-01-01', latest: '2019-12-31' });
		const office = await reviewOffice(civilDate('2025-03-10'));
		const younger = almostReady(2);
		await office.store(story, younger);
		await tell(office);
		const { items } = await office.database.inScope(registry, (session) => listInbox(session, user('supervisor'), 99));
		const asked = items.filter(({ code }) => code === 'consent_needed').map(({ childId }) => childId);
		expect(asked).toEqual([story.childId]);
		story.today = civilDate('2025-03-10');
		const heard = story.as(3);
		heard.tell('consent.recorded', {
			itemId: heard.item(),
			consent: { matter: 'adoption', answer: 'no', words: '我想等妈妈', heardBy: '李秀兰' }
		});
		await office.store(heard);
		await tell(office);
		const after = await office.database.inScope(registry, (session) => listInbox(session, user('supervisor'), 99));
		expect(after.items.filter(({ code }) => code === 'consent_needed').map(({ childId }) => childId)).toEqual([
			story.childId
		]);
	});

	test.each(['他说\u0000想', '他说\ud83d想', '他说 "matter":"publication"'])(
		'a tablet’s consent with the words %j counts as asked and stops nobody else’s inbox',
		async (words) => {
			const story = new ReviewStory('2024-03-01');
			story.intake('2024-02-29', { earliest: '2017-01-01', latest: '2019-12-31' });
			story.tell('consent.recorded', {
				itemId: story.item(),
				consent: { matter: 'adoption', answer: 'yes', words, heardBy: '李秀兰' }
			});
			const other = new ReviewStory('2024-03-01', 2);
			other.intake('2024-02-29', { earliest: '2017-01-01', latest: '2019-12-31' });
			other.tell('consent.recorded', {
				itemId: other.item(),
				consent: { matter: 'publication', answer: 'yes', words: '"matter":"adoption"', heardBy: '李秀兰' }
			});
			const office = await reviewOffice(civilDate('2025-03-10'));
			await office.store(story, other);
			await tell(office);
			const { items } = await office.database.inScope(registry, (session) =>
				listInbox(session, user('supervisor'), 99)
			);
			const asked = items.filter(({ code }) => code === 'consent_needed').map(({ childId }) => childId);
			expect(asked).toEqual([other.childId]);
		}
	);
});
