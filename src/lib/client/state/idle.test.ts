import { expect, test, vi } from 'vitest';
import { IdleWatch, idleMilliseconds, warningMilliseconds } from './idle.svelte.ts';

function watched() {
	let now = 1_000_000;
	const rest = vi.fn();
	const watch = new IdleWatch(() => now, rest);
	return { watch, rest, pass: (milliseconds: number) => ((now += milliseconds), watch.tick()) };
}

test('an untouched tablet warns twenty seconds before it rests, and rests once', () => {
	const { watch, rest, pass } = watched();
	pass(idleMilliseconds - warningMilliseconds - 1);
	expect(watch.secondsLeft).toBeUndefined();
	pass(1);
	expect(watch.secondsLeft).toBe(20);
	pass(warningMilliseconds);
	pass(1000);
	expect(rest).toHaveBeenCalledTimes(1);
	expect(watch.secondsLeft).toBeUndefined();
});

test('a hand takes the warning away and counts anew', () => {
	const { watch, rest, pass } = watched();
	pass(idleMilliseconds - 5_000);
	expect(watch.secondsLeft).toBe(5);
	watch.touch();
	expect(watch.secondsLeft).toBeUndefined();
	pass(idleMilliseconds - 1);
	expect(rest).not.toHaveBeenCalled();
	pass(1);
	expect(rest).toHaveBeenCalledTimes(1);
});

test('a tablet that slept through its time rests at the first tick', () => {
	const { rest, pass } = watched();
	pass(idleMilliseconds * 10);
	expect(rest).toHaveBeenCalledTimes(1);
});

test('a clock set back does not keep the tablet open longer than its time', () => {
	const { rest, pass } = watched();
	pass(-3_600_000);
	pass(idleMilliseconds);
	expect(rest).toHaveBeenCalledTimes(1);
});
