import { describe, expect, test } from 'vitest';
import { fold } from '../case-file/case-file.ts';
import { childId, modestDraft, registeredChild, type Story } from '../../../../tests/support/notice-story.ts';
import { noticeState, openDrafts, standingDecisions } from './notice-state.ts';

const number = 'LK-7F3K-29QX';
const draft = (story: Story, by: string, replaces: Parameters<Story['tell']>[2] = {}) =>
	story.tell('notice.drafted', { draft: modestDraft }, { by, ...replaces });
const approve = (story: Story, by: string, of: ReturnType<Story['tell']>, publicNumber = number) =>
	story.tell(
		'notice.approved',
		{ approval: { draft: of, publicNumber } },
		{ by, replaces: standingDecisions(story.caseFile) }
	);
const takeDown = (story: Story) =>
	story.tell(
		'notice.taken_down',
		{ takeDown: { reason: 'found' } },
		{ by: 'a', replaces: standingDecisions(story.caseFile) }
	);

describe('a notice', () => {
	test('is nobody’s to see while it is a draft', () => {
		const story = registeredChild();
		expect(noticeState(story.caseFile)).toEqual({
			published: undefined,
			draft: undefined,
			takenDown: undefined,
			publicNumber: undefined
		});
		const id = draft(story, 'a');
		expect(noticeState(story.caseFile)).toMatchObject({ published: undefined, draft: { entryId: id } });
	});

	test('is public once another person approved it', () => {
		const story = registeredChild();
		const id = draft(story, 'a');
		approve(story, 'b', id);
		expect(noticeState(story.caseFile)).toMatchObject({
			published: { entryId: id, publicNumber: number },
			draft: undefined
		});
	});

	test('is not public by an approval of its own author', () => {
		const story = registeredChild();
		approve(story, 'a', draft(story, 'a'));
		expect(noticeState(story.caseFile).published).toBeUndefined();
		expect(noticeState(story.caseFile).draft).toBeDefined();
	});

	test('goes on as approved while a new draft waits beside it', () => {
		const story = registeredChild();
		const first = draft(story, 'a');
		approve(story, 'b', first);
		const second = draft(story, 'a');
		expect(noticeState(story.caseFile)).toMatchObject({ published: { entryId: first }, draft: { entryId: second } });
		approve(story, 'b', second);
		expect(noticeState(story.caseFile)).toMatchObject({ published: { entryId: second }, draft: undefined });
	});

	test('keeps its first number for ever', () => {
		const story = registeredChild();
		approve(story, 'b', draft(story, 'a'));
		takeDown(story);
		expect(noticeState(story.caseFile)).toMatchObject({ published: undefined, publicNumber: number });
		approve(story, 'b', draft(story, 'a'), 'LK-0000-0000');
		expect(noticeState(story.caseFile)).toMatchObject({ published: { publicNumber: number }, takenDown: undefined });
	});

	test('taken down at the moment it is approved again elsewhere stays down', () => {
		const story = registeredChild();
		approve(story, 'b', draft(story, 'a'));
		const next = draft(story, 'a');
		const seen = standingDecisions(story.caseFile);
		story.tell('notice.taken_down', { takeDown: { reason: 'danger' } }, { by: 'c', replaces: seen });
		story.tell('notice.approved', { approval: { draft: next, publicNumber: number } }, { by: 'b', replaces: seen });
		expect(noticeState(story.caseFile).published).toBeUndefined();
		expect(noticeState(story.caseFile).takenDown?.takeDown.reason).toBe('danger');
	});

	test('an approval whose draft has not arrived publishes nothing', () => {
		const story = registeredChild();
		const id = draft(story, 'a');
		approve(story, 'b', id);
		const without = story.entries.filter(({ entry }) => entry.id !== id);
		expect(noticeState(fold(childId, without)).published).toBeUndefined();
	});

	test('says the same whatever order its decisions arrive in', () => {
		const story = registeredChild();
		approve(story, 'b', draft(story, 'a'));
		takeDown(story);
		approve(story, 'b', draft(story, 'c'));
		draft(story, 'a');
		expect(noticeState(fold(childId, [...story.entries].reverse()))).toEqual(noticeState(story.caseFile));
	});

	test('a new draft replaces every draft that waits, and none that was approved', () => {
		const story = registeredChild();
		const approved = draft(story, 'a');
		approve(story, 'b', approved);
		const one = draft(story, 'a');
		const two = draft(story, 'c');
		expect(openDrafts(story.caseFile)).toEqual([one, two]);
	});
});
