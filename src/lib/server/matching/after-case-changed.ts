import type { ChildId } from '#lib/domain/ids.ts';
import { serverLog } from '../audit/server-log.ts';
import { isTransient, type ProgramDatabase } from '../db/connection.ts';
import type { AlsoWhenChanged, OnceCommitted } from '../entry-log/postgres-entry-log.ts';
import { keepChildProfile } from './profiles.ts';
import { compareNew } from './search.ts';

/**
 * Keeps the profile of every child whose file a push changed, in the transaction of the push (about a millisecond), and
 * hands on those where something that is compared is new once the push is stored. The comparison itself is no part of it:
 * a push never waits for one.
 *
 * If a profile cannot be made the push is stored all the same, and the failure is logged; the next push about the child
 * tries again, or `rebuild`.
 *
 * @param changed told of each child to be compared; must return at once, e.g. by queueing a job
 */
export function afterCaseChanged(changed: (childId: ChildId) => Promise<void> | void): AlsoWhenChanged {
	return async (session, caseFile) => {
		await session.query('SAVEPOINT match_profile');
		try {
			const kept = await keepChildProfile(session, caseFile);
			await session.query('RELEASE SAVEPOINT match_profile');
			return kept === 'same' ? undefined : () => toldOf(caseFile.childId, changed);
		} catch (error) {
			// Broken off because of others: the whole push is begun again, and the profile with it.
			if (isTransient(error)) throw error;
			await session.query('ROLLBACK TO SAVEPOINT match_profile');
			serverLog.error(
				{ err: error, childId: caseFile.childId },
				'The profile of a child could not be kept; put right what failed, then run lampkeep rebuild'
			);
			return undefined;
		}
	};
}

/** Several things that are to be true of a case file that changed, one after another. */
export function alsoAll(...parts: readonly AlsoWhenChanged[]): AlsoWhenChanged {
	return async (session, caseFile) => {
		const once: OnceCommitted[] = [];
		for (const part of parts) {
			const then = await part(session, caseFile);
			if (then) once.push(then);
		}
		if (once.length === 0) return undefined;
		return async () => {
			for (const then of once) await then();
		};
	};
}

/**
 * Compares children in this process, one after another and behind whoever asked: for a registry without a job queue, the
 * demo and tests. What a stop cuts short is compared at the child's next change.
 */
export function comparingBehind(database: ProgramDatabase): {
	readonly compare: (childId: ChildId) => void;
	/** Settles when everything asked for so far is compared. */
	readonly idle: () => Promise<void>;
} {
	let last = Promise.resolve();
	const compare = (childId: ChildId) => {
		last = last.then(async () => {
			try {
				await database.inScope({ kind: 'registry' }, (session) => compareNew(session, { side: 'child', id: childId }));
			} catch (error) {
				serverLog.error({ err: error, childId }, 'A child could not be compared with the families that look for one');
			}
		});
	};
	return { compare, idle: () => last };
}

/** A push is stored by now: what goes wrong here is logged and never thrown. */
async function toldOf(childId: ChildId, changed: (childId: ChildId) => Promise<void> | void): Promise<void> {
	try {
		await changed(childId);
	} catch (error) {
		serverLog.error({ err: error, childId }, 'A changed child could not be handed on to be compared');
	}
}
