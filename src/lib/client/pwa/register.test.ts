import { describe, expect, test } from 'vitest';
import type { WorkboxLifecycleEventMap } from 'workbox-window';
import { Program, type ProgramDeps } from './register.ts';

/** The shared and exclusive locks of all tabs, as navigator.locks keeps them. */
class Locks {
	#shared = 0;
	readonly request = (async (_name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) => {
		if (options.mode === 'exclusive') return callback(this.#shared > 0 ? null : { name: _name, mode: 'exclusive' });
		this.#shared += 1;
		try {
			return await callback({ name: _name, mode: 'shared' });
		} finally {
			this.#shared -= 1;
		}
	}) as LockManager['request'];
}

function tab(locks = new Locks()) {
	const listeners = new Map<string, (event: { isUpdate?: boolean }) => void>();
	const done: string[] = [];
	const workbox = {
		addEventListener: (type: keyof WorkboxLifecycleEventMap, listener: unknown) => {
			listeners.set(type, listener as (event: { isUpdate?: boolean }) => void);
		},
		register: async () => undefined,
		messageSW: async () => ({ files: 3, missing: 1, hash: 'a'.repeat(64) }),
		messageSkipWaiting: () => done.push('skip waiting'),
		update: async () => undefined
	} as unknown as ProgramDeps['workbox'];
	const program = new Program({
		workbox,
		locks,
		reload: () => done.push('reload'),
		every: () => undefined,
		report: (error) => done.push(String(error))
	});
	return { program, done, happens: (type: string, isUpdate: boolean) => listeners.get(type)?.({ isUpdate }) };
}

describe('a new version', () => {
	test('waits for a person and never reloads by itself', () => {
		const { program, done, happens } = tab();
		const seen: string[] = [];
		program.onChange((state) => seen.push(state));
		happens('waiting', true);
		expect(seen).toEqual(['waiting']);
		expect(done).toEqual([]);
	});

	test('is taken over when a person says so, and then the page starts again', async () => {
		const { program, done, happens } = tab();
		expect(await program.apply()).toBe('nothing_waits');
		happens('waiting', true);
		expect(await program.apply()).toBe('applying');
		expect(done).toEqual(['skip waiting']);
		happens('controlling', true);
		expect(done).toEqual(['skip waiting', 'reload']);
	});

	test('is held up by a form with unsaved words, in this tab or another', async () => {
		const locks = new Locks();
		const here = tab(locks);
		const there = tab(locks);
		here.happens('waiting', true);
		const release = there.program.busy();
		expect(await here.program.apply()).toBe('busy');
		expect(here.done).toEqual([]);
		release();
		await Promise.resolve();
		await Promise.resolve();
		expect(await here.program.apply()).toBe('applying');
	});

	test('taken over by another tab is told here, and nothing is reloaded', () => {
		const { program, done, happens } = tab();
		happens('controlling', true);
		expect(program.state).toBe('replaced');
		expect(done).toEqual([]);
	});

	test('is not what the first version of all is', () => {
		const { program, done, happens } = tab();
		happens('controlling', false);
		expect(program.state).toBe('none');
		expect(done).toEqual([]);
	});
});

test('the program on the tablet is known by what the service worker keeps', async () => {
	expect(await tab().program.facts()).toEqual({ files: 3, missing: 1, hash: 'a'.repeat(64) });
});
