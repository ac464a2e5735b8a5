import type { RosterFault } from './signed-roster.ts';

/*
 * What the sync engine shows to the screens: numbers and names, never words and never anything about a child.
 * The engine implements `SyncEngine`; state/tablet.svelte.ts listens to it.
 */

/** What went wrong with the last attempt. The words are in the messages (area `sync`). */
export type SyncFault =
	/** No answer: no network, no server, or an answer that is not the registry's (a hotel's sign-in page). */
	| { readonly type: 'unreachable' }
	/** The registry answered with a fault of its own; it is tried again later. */
	| { readonly type: 'registry_failed'; readonly status: number }
	/** The tablet is no longer on the registry's list, or was never: a supervisor enrols it again. Records stay. */
	| { readonly type: 'tablet_refused' }
	/** The registry speaks a newer protocol: this program has to be updated first. */
	| { readonly type: 'program_outdated' }
	/** Nothing more could be kept on this tablet. */
	| { readonly type: 'storage_full' };

/** Why one thing is left aside for a while, although it waits and everything else goes on. */
export type HeldProblem =
	/** The registry stumbled over it, more than once. */
	| 'stumbled'
	/** The registry answered for the others and not for this. */
	| 'no_receipt'
	| 'too_large'
	/** It has arrived; the registry is still reading it. */
	| 'unread'
	/** The photo's bytes are not on this tablet. */
	| 'photo_missing';

/** One waiting thing that the last attempt left aside. */
export interface Held {
	/** Entry id, or the photo's SHA-256. */
	readonly id: string;
	readonly problem: HeldProblem;
	/** When it is tried again, by the tablet's clock (ISO 8601). */
	readonly until: string;
}

export interface SyncProgress {
	/**
	 * `idle`: nothing to do, or the vault is closed; `offline`: the last attempt found no registry, tried again by itself;
	 * `error`: needs a person, see `error`.
	 */
	readonly phase: 'idle' | 'offline' | 'sending' | 'receiving' | 'error';
	/** Of the present run: entries and photos sent, or entries received. */
	readonly itemsDone: number;
	readonly itemsTotal: number;
	readonly bytesDone: number;
	readonly bytesTotal: number;
	/** When everything was last exchanged, by the tablet's clock (ISO 8601); undefined before the first time. */
	readonly lastSyncAt: string | undefined;
	readonly error: SyncFault | undefined;
	/** A person chose to send nothing for now; recording goes on. Kept over restarts. */
	readonly paused: boolean;
	/** Speed of the last exchanges, both ways together; undefined before the first. */
	readonly bytesPerSecond?: number | undefined;
	/** The registry's clock minus this tablet's, milliseconds, as of the last hello: what a banner about the clock tells. */
	readonly clockOffset?: number | undefined;
	/** Photos that wait for Wi-Fi, because the person chose so and the tablet says that it is on a mobile network. */
	readonly photosHeld?: number | undefined;
	/** Why the list of people that the registry's address gave last was not taken; the tablet goes by the one it has. */
	readonly rosterRefused?: RosterFault['type'] | undefined;
	/** At most `heldMaximum` things left aside, with the reason and the next try. */
	readonly held?: readonly Held[] | undefined;
	/** A supervisor closed this tablet. `left`: records that only it has; once there are none it erases itself. */
	readonly closing?: { readonly left: number } | undefined;
	/** It has erased itself. `told`: the registry knows. */
	readonly closed?: { readonly handedIn: number; readonly told: boolean } | undefined;
}

export const heldMaximum = 200;

export const quietProgress: SyncProgress = {
	phase: 'idle',
	itemsDone: 0,
	itemsTotal: 0,
	bytesDone: 0,
	bytesTotal: 0,
	lastSyncAt: undefined,
	error: undefined,
	paused: false
};

export interface SyncEngine {
	readonly progress: SyncProgress;
	/** Calls back with every change of `progress`; the answer ends it. */
	onProgress(listener: (progress: SyncProgress) => void): () => void;
	/** Tries now instead of waiting for the next turn; does nothing while paused. */
	syncNow(): void;
	/** The same, and with what was left aside for a while. */
	retry(): void;
	/** Nothing goes over the network until `resume`, also after a restart. */
	pause(): void;
	resume(): void;
	/** The vault was opened, rests or was locked: an open tab sends everything, a locked one what is sealed already. */
	statusChanged(): void;
	/** Ends all work of this tab. Inverse of `start`. */
	stop(): void;
	/** From then on the engine works in whatever state the vault is, once the tablet is enrolled. */
	start(): void;
}
