import { Workbox } from 'workbox-window';
import { z } from 'zod';
import type { ProgramFacts } from '#lib/sync/program-files.ts';
import { ownProgram } from '../trusted.ts';

/*
 * The program on the tablet and its next version.
 *
 *   none ── a new version is installed ──► waiting ── apply, nobody busy ──► this tab starts again
 *                                             └────── applied in another tab ──► replaced
 *
 * Never by itself: a page that reloads takes a half-written form along (vite-plugin-pwa issues 433 and 779). A tab holds
 * the shared lock below while something in it must not be interrupted; the new version takes over only when no tab does.
 */

/** `replaced`: another tab took the new version over; this page should be loaded again at the next quiet moment. */
export type ProgramState = 'none' | 'waiting' | 'replaced';

export interface ProgramDeps {
	readonly workbox: Pick<Workbox, 'addEventListener' | 'register' | 'messageSkipWaiting' | 'messageSW' | 'update'>;
	readonly locks: Pick<LockManager, 'request'>;
	readonly reload: () => void;
	/** Calls back now and then while the page lives, to look for a new version. */
	readonly every: (milliseconds: number, callback: () => void) => void;
	readonly report: (error: unknown) => void;
}

/** Covers /app itself too: a scope of /app/ would leave the start page to the network. */
export const programScope = '/app';
const programFactsSchema = z.object({ files: z.number(), missing: z.number(), hash: z.string().length(64) });
const busyLock = 'lampkeep-busy';
const lookEvery = 3_600_000;

export class Program {
	readonly #deps: ProgramDeps;
	readonly #listeners = new Set<(state: ProgramState) => void>();
	#state: ProgramState = 'none';
	#applying = false;

	constructor(deps: ProgramDeps) {
		this.#deps = deps;
		deps.workbox.addEventListener('waiting', () => this.#become('waiting'));
		deps.workbox.addEventListener('controlling', ({ isUpdate }) => {
			// The first version of all takes an already loaded page into its care: nothing changed for that page.
			if (isUpdate !== true) return;
			if (this.#applying) deps.reload();
			else this.#become('replaced');
		});
	}

	get state(): ProgramState {
		return this.#state;
	}

	/** Calls back with every change; the answer ends it. */
	onChange(listener: (state: ProgramState) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Puts the program on the tablet. Without it the app still works, while there is a network. */
	async register(): Promise<void> {
		await this.#deps.workbox.register({ immediate: true });
		this.#deps.every(lookEvery, () => {
			// Without network there is nothing to look for; the next hour tries again.
			this.#deps.workbox.update().catch((error: unknown) => this.#deps.report(error));
		});
	}

	/** The program that answers this tablet's pages, by the bytes it keeps. @throws where nothing is installed */
	async facts(): Promise<ProgramFacts> {
		return programFactsSchema.parse(await this.#deps.workbox.messageSW({ type: 'PROGRAM' }));
	}

	/** Something in this tab must not be interrupted: a form with unsaved words, photos on their way. The answer ends it. */
	busy(): () => void {
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		this.#deps.locks
			.request(busyLock, { mode: 'shared' }, () => released)
			.catch((error: unknown) => this.#deps.report(error));
		return release;
	}

	/** Takes the waiting version over and starts this tab again; `busy` where a tab holds it up, and nothing happens. */
	async apply(): Promise<'applying' | 'busy' | 'nothing_waits'> {
		if (this.#state !== 'waiting') return 'nothing_waits';
		return this.#deps.locks.request(busyLock, { mode: 'exclusive', ifAvailable: true }, (lock) => {
			if (lock === null) return 'busy';
			this.#applying = true;
			this.#deps.workbox.messageSkipWaiting();
			return 'applying';
		});
	}

	#become(state: ProgramState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener(state);
	}
}

/** The program of this browser, registered; undefined where there are no service workers (a private window, plain HTTP). */
export function registerProgram(report: (error: unknown) => void): Program | undefined {
	if (!('serviceWorker' in navigator)) return undefined;
	const program = new Program({
		workbox: new Workbox(ownProgram('/service-worker.js'), { scope: programScope }),
		locks: navigator.locks,
		reload: () => window.location.reload(),
		every: (milliseconds, callback) => void window.setInterval(callback, milliseconds),
		report
	});
	program.register().catch(report);
	return program;
}
