import { describe, expect, test } from 'vitest';
import { fieldState } from '../case-file/case-file.ts';
import type { EntryId } from '../ids.ts';
import { civilDate } from '../time.ts';
import { Story } from '../../../../tests/support/notice-story.ts';
import { sayingsOf, withSaying } from './own-account.ts';

const known = <T>(value: T) => ({ state: 'known' as const, value });

/** Somebody writes the account down; `seen` is what the form replaces. */
function wrote(
	story: Story,
	text: string,
	seen: readonly EntryId[] = [],
	on = '2026-11-01',
	heardBy?: string
): EntryId {
	return story.tell(
		'intake.recorded',
		{
			answers: {
				ownAccount: known(text),
				...(heardBy && { interviewer: known(heardBy), ownAccountDate: known(civilDate(on)) })
			}
		},
		{ replaces: seen, on }
	);
}
const told = (story: Story) => sayingsOf(story.caseFile).map(({ words, saidOn, stands }) => [words, saidOn, stands]);
const versions = (story: Story) => {
	const state = fieldState(story.caseFile, 'ownAccount');
	return state.status === 'settled' ? [state.version] : state.status === 'conflict' ? state.versions : [];
};

describe('what the child said', () => {
	test('is told apart by the times it was said, with the day and who heard it', () => {
		const story = new Story();
		const first = wrote(story, '门口有一棵柿子树', [], '2026-03-24', '李秀兰');
		wrote(story, withSaying(versions(story), '我有个弟弟'), [first], '2026-04-02', '陈国华');
		expect(sayingsOf(story.caseFile)).toMatchObject([
			{ words: '门口有一棵柿子树', saidOn: '2026-03-24', heardBy: '李秀兰', stands: true },
			{ words: '我有个弟弟', saidOn: '2026-04-02', heardBy: '陈国华', stands: true }
		]);
		expect(fieldState(story.caseFile, 'ownAccount')).toMatchObject({
			status: 'settled',
			answer: known('门口有一棵柿子树\n\n我有个弟弟')
		});
	});

	test('is never under what was written over it: both wordings stand side by side', () => {
		const story = new Story();
		const first = wrote(story, '我家在山上，门口有一棵柿子树', [], '2026-03-24');
		wrote(story, '我家在县城', [first], '2026-04-02');
		expect(told(story)).toEqual([
			['我家在山上，门口有一棵柿子树', '2026-03-24', false],
			['我家在县城', '2026-04-02', true]
		]);
	});

	test('of a wording that was shortened keeps the long one beside it', () => {
		const story = new Story();
		const first = wrote(story, '门口有一棵柿子树，爸爸会吹笛子');
		wrote(story, '门口有一棵柿子树', [first]);
		expect(told(story).map(([words, , stands]) => [words, stands])).toEqual([
			['门口有一棵柿子树，爸爸会吹笛子', false],
			['门口有一棵柿子树', true]
		]);
	});

	test('written on two tablets at once is no contradiction: both are kept, each once', () => {
		const story = new Story();
		const first = wrote(story, '门口有一棵柿子树');
		const left = wrote(story, '门口有一棵柿子树\n\n我有个弟弟', [first]);
		const right = wrote(story, '门口有一棵柿子树\n\n坐了很久的船', [first]);
		expect(fieldState(story.caseFile, 'ownAccount').status).toBe('conflict');
		const both = withSaying(versions(story), '');
		expect(both).toBe('门口有一棵柿子树\n\n我有个弟弟\n\n坐了很久的船');
		wrote(story, both, [left, right]);
		expect(fieldState(story.caseFile, 'ownAccount').status).toBe('settled');
		expect(told(story).map(([words, , stands]) => [words, stands])).toEqual([
			['门口有一棵柿子树', true],
			['我有个弟弟', true],
			['坐了很久的船', true]
		]);
	});

	test('repeated later, word for word, is one saying', () => {
		const story = new Story();
		const first = wrote(story, '门口有一棵柿子树');
		wrote(story, '门口有一棵柿子树', [first]);
		expect(told(story)).toHaveLength(1);
	});

	test('“not known” and a blank say nothing, and do not hide what was said before', () => {
		const story = new Story();
		const first = wrote(story, '门口有一棵柿子树');
		story.tell('intake.recorded', { answers: { ownAccount: { state: 'unknown' } } }, { replaces: [first] });
		expect(told(story).map(([words, , stands]) => [words, stands])).toEqual([['门口有一棵柿子树', false]]);
		expect(withSaying(versions(story), ' 我有个弟弟 ')).toBe('我有个弟弟');
	});

	test('does not depend on the order in which it arrived', () => {
		const story = new Story();
		const first = wrote(story, '一', [], '2026-03-24');
		const second = wrote(story, '一\n\n二', [first], '2026-03-25');
		wrote(story, '一\n\n二\n\n三', [second], '2026-03-23');
		expect(told(story).map(([words]) => words)).toEqual(['三', '一', '二']);
	});
});
