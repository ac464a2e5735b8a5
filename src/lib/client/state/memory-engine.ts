import type { EntryId } from '#lib/domain/ids.ts';
import { quietProgress, type SyncEngine, type SyncProgress } from '../sync/progress.ts';

/*
 * A sync engine that exchanges nothing and stands still in one state, for looking at screens. A production build never
 * contains it (see connect.ts).
 */

/** A state by its name; undefined where the name is none of these. */
export function inventedProgress(
	name: string,
	now: number,
	waiting: readonly EntryId[]
): Partial<SyncProgress> | undefined {
	const lastSyncAt = new Date(now - 26 * 3_600_000).toISOString();
	switch (name) {
		case 'idle':
			return { lastSyncAt };
		case 'offline':
			return { phase: 'offline', lastSyncAt, error: { type: 'unreachable' } };
		case 'sending':
			return {
				phase: 'sending',
				lastSyncAt,
				itemsDone: 2,
				itemsTotal: 5,
				bytesDone: 1_240_000,
				bytesTotal: 3_300_000,
				bytesPerSecond: 40_000
			};
		case 'paused':
			return { lastSyncAt, paused: true };
		case 'held':
			return {
				lastSyncAt,
				photosHeld: 1,
				held: waiting.map((id, n) => ({
					id,
					problem: (['stumbled', 'no_receipt', 'too_large', 'unread', 'photo_missing'] as const)[n % 5] ?? 'stumbled',
					until: new Date(now + 3_600_000).toISOString()
				}))
			};
		case 'refused':
			return { phase: 'error', lastSyncAt, error: { type: 'tablet_refused' } };
		case 'roster':
			return { lastSyncAt, rosterRefused: 'older' };
		case 'closing':
			return { phase: 'sending', lastSyncAt, closing: { left: 3 } };
		case 'closed':
			return { lastSyncAt, closed: { handedIn: 12, told: false } };
		case 'told':
			return { lastSyncAt, closed: { handedIn: 12, told: true } };
		default:
			return undefined;
	}
}

/** The engine that stands there; holding and resuming move it. */
export function createMemoryEngine(state: Partial<SyncProgress>): SyncEngine {
	let progress: SyncProgress = { ...quietProgress, ...state };
	let listeners: readonly ((progress: SyncProgress) => void)[] = [];
	const become = (next: Partial<SyncProgress>) => {
		progress = { ...progress, ...next };
		for (const listener of listeners) listener(progress);
	};
	return {
		get progress() {
			return progress;
		},
		onProgress: (listener) => {
			listeners = [...listeners, listener];
			return () => {
				listeners = listeners.filter((other) => other !== listener);
			};
		},
		syncNow: () => {},
		retry: () => {},
		pause: () => become({ paused: true }),
		resume: () => become({ paused: false }),
		statusChanged: () => {},
		stop: () => {},
		start: () => {}
	};
}
