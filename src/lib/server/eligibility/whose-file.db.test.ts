import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChildId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { addEverybody, storeStory, user } from '../../../../tests/support/review-office.ts';
import { people, ReviewStory, type PersonName } from '../../../../tests/support/review-story.ts';
import { provideDatabase } from '../db/connection.ts';
import { haltsOf, whoseFile } from './whose-file.ts';

const registry = { kind: 'registry' } as const;
let database: TestDatabase;

beforeAll(async () => {
	database = await testDatabase({ keep: true });
	provideDatabase(database);
	await database.inScope(registry, addEverybody);
});
afterAll(() => database.close());

function storyOf(child: number): ReviewStory {
	const story = new ReviewStory('2026-11-01', child);
	story.intake('2026-01-27', { earliest: '2019-01-01', latest: '2019-12-31' });
	return story;
}

const seen = (name: PersonName, childId: ChildId) => whoseFile(user(name), childId, civilDate('2026-11-27'));
const stored = (story: ReviewStory) => database.inScope(registry, (session) => storeStory(session, story));

test('a claim halts from its first day on, and every page about the child says which day it is', async () => {
	const story = storyOf(1);
	story.openClaim(1, '2026-11-27');
	await stored(story);
	expect(await seen('supervisor', story.childId)).toMatchObject({
		name: '石头',
		claimed: { since: '2026-11-27', day: 1 },
		halts: [],
		left: undefined
	});
});

test('what the police halt is said beside the name', async () => {
	const story = storyOf(2);
	const raised = story.decide(people.police, {
		command: 'raise_flag',
		flag: { flag: 'police_hold', reason: '嫌疑人在逃' }
	});
	expect(raised.ok).toBe(true);
	await stored(story);
	expect(await seen('officer', story.childId)).toMatchObject({ claimed: undefined, halts: ['police_hold'] });
	const listed = await database.inScope(registry, (session) => haltsOf(session, [story.childId, storyOf(1).childId]));
	expect([...listed]).toEqual([[story.childId, ['police_hold']]]);
});

test('a child that has left is named with the day, and nothing halts it', async () => {
	const story = storyOf(3);
	story.today = civilDate('2026-11-20');
	const exit = { reason: 'entered_in_error' as const, papers: [], note: '重复建档' };
	const proposed = story.decide(people.supervisor, { command: 'propose_exit', exit, on: story.today });
	const proposal = proposed.ok ? proposed.value[0] : undefined;
	if (!proposal) throw new Error('not proposed');
	expect(story.decide(people.adminA, { command: 'confirm_exit', proposal }).ok).toBe(true);
	await stored(story);
	expect(await seen('supervisor', story.childId)).toMatchObject({ left: '2026-11-20', claimed: undefined, halts: [] });
});

test('another house is not told that there is such a child', async () => {
	const story = storyOf(4);
	await stored(story);
	expect(await seen('adminB', story.childId)).toBeUndefined();
});
