import { afterEach, expect, test, vi } from 'vitest';
import { DraftKeeper } from './draft-keeper.svelte.ts';
import type { Tablet } from './tablet.svelte.ts';

const key = 'care/1';

/** A tablet with a disk for drafts and nothing else. */
function tabletWith(saveDraft: Tablet['vault']['saveDraft']): Tablet {
	const vault = { saveDraft, draft: () => Promise.resolve(undefined), dropDraft: () => Promise.resolve() };
	return { vault, beforeClosing: () => () => undefined } as unknown as Tablet;
}

afterEach(() => {
	vi.useRealTimers();
});

test('after a write that failed in a way nobody foresaw, the same text and every later one is kept', async () => {
	vi.useFakeTimers();
	const kept: unknown[] = [];
	let broken = true;
	const keeper = new DraftKeeper<string>(
		tabletWith((_, value) => {
			if (broken) return Promise.reject(new Error('the worker stumbled'));
			kept.push(value);
			return Promise.resolve({ ok: true, value: { savedAt: '2026-11-22T12:00:00+08:00' } });
		}),
		key
	);
	await keeper.start();
	keeper.change('first');
	await expect(keeper.flush()).rejects.toThrow('the worker stumbled');
	expect(keeper.pending).toBe(true);
	broken = false;
	await keeper.flush();
	expect(kept).toEqual(['first']);
	keeper.change('second');
	await keeper.flush();
	expect(kept).toEqual(['first', 'second']);
	expect(keeper.pending).toBe(false);
});
