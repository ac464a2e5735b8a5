import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { QueueItem, QueuePage, QueueQuery } from '../tablet.ts';
import { QueueView, undoMilliseconds } from './queue-view.svelte.ts';
import type { Tablet } from './tablet.svelte.ts';

const line = { id: 'line-1', parsed: { entry: { id: 'entry-1' } } } as unknown as QueueItem;
const page: QueuePage = { items: [line], counts: { attention: 0, waiting: 1, registered: 0, putAway: 0 } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function view(answer: unknown = { ok: true, value: {} }) {
	const takeBack = vi.fn(() => Promise.resolve(answer));
	const queue = vi.fn((_: QueueQuery) => Promise.resolve(page));
	const tablet = { vault: { queue, takeBack }, now: () => Date.now() } as unknown as Tablet;
	return { view: new QueueView(tablet), takeBack, queue };
}

test('something is taken back after ten seconds, and not a moment before', async () => {
	const { view: queue, takeBack } = view();
	queue.takeBack(line, 'why');
	expect(queue.taking.get('line-1')).toMatchObject({ state: 'counting' });
	await vi.advanceTimersByTimeAsync(undoMilliseconds - 1);
	expect(takeBack).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(1);
	expect(takeBack).toHaveBeenCalledExactlyOnceWith('entry-1', 'why');
	expect(queue.taking.size).toBe(0);
});

test('who thinks better of it, or leaves the page, has taken nothing back', async () => {
	const { view: queue, takeBack } = view();
	queue.takeBack(line, 'why');
	queue.undo('line-1');
	queue.takeBack(line, 'why');
	queue.stop();
	await vi.advanceTimersByTimeAsync(undoMilliseconds * 2);
	expect(takeBack).not.toHaveBeenCalled();
	expect(queue.taking.size).toBe(0);
});

test('why it was not taken back stays beside the line', async () => {
	const { view: queue } = view({ ok: false, error: { type: 'vault_locked' } });
	queue.takeBack(line, 'why');
	await vi.advanceTimersByTimeAsync(undoMilliseconds);
	expect(queue.taking.get('line-1')).toEqual({ state: 'refused', fault: { type: 'vault_locked' } });
});

test('a page that is being read is read once more, however often something changed meanwhile', async () => {
	const { view: queue, queue: asked } = view();
	await Promise.all([queue.load(), queue.load(), queue.load(), queue.load()]);
	expect(asked).toHaveBeenCalledTimes(2);
	expect(queue.total).toBe(1);
});
