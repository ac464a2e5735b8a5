import { randomBytes } from 'node:crypto';
import type { ChildId } from '#lib/domain/ids.ts';
import { registryKeys, type RegistryKeys } from '../accounts/registry-key.ts';
import { processConfig } from '../config.ts';
import { theDatabase, type ProgramDatabase } from '../db/connection.ts';
import { PostgresEntryLog } from '../entry-log/postgres-entry-log.ts';
import { theJobs } from '../jobs/the-jobs.ts';
import { afterCaseChanged, alsoAll } from '../matching/after-case-changed.ts';
import { theBoard } from '../notices/the-notices.ts';
import { keepingNoticesTrue, publicPress } from './published.ts';
import { deriveSecret, registrySecret } from '../secret.ts';
import { TreeHeads } from '../statements/tree-heads.ts';

/** What the sync routes are given: nothing in them reads a clock, a file or the environment by itself. */
export interface SyncDoor {
	readonly database: ProgramDatabase;
	readonly log: PostgresEntryLog;
	/** For the challenges; see challenge.ts. */
	readonly challengeKey: string;
	/** What the registry signs and opens with. */
	readonly keys: RegistryKeys;
	readonly treeHeads: TreeHeads;
	/** Whether what the database confirmed survives a power cut; false is told to the tablets, and they keep their copies. */
	readonly durable: boolean;
	readonly now: () => Date;
	readonly random: (bytes: number) => Uint8Array;
}

/** This process's own door, made at the first request. */
export function syncDoor(): Promise<SyncDoor> {
	return (opened ??= open().catch((error: unknown) => {
		opened = undefined;
		throw error;
	}));
}

let opened: Promise<SyncDoor> | undefined;

async function open(): Promise<SyncDoor> {
	const database = theDatabase();
	const config = processConfig();
	const secret = await registrySecret(config);
	const keys = registryKeys(secret);
	return {
		database,
		keys,
		treeHeads: new TreeHeads(keys),
		log: new PostgresEntryLog(
			database,
			alsoAll(keepingNoticesTrue(await publicPress(config), theBoard()), afterCaseChanged(comparedLater))
		),
		challengeKey: deriveSecret(secret, 'sync-challenge'),
		durable: await isDurable(database),
		now: () => new Date(),
		random: randomBytes
	};
}

/** A changed child is compared with the families that look for one, behind the push and once however often it changes. */
async function comparedLater(childId: ChildId): Promise<void> {
	await theJobs().send('candidates.compare', { side: 'child', id: childId }, { singletonKey: childId });
}

/** Does PostgreSQL wait for the disk before it confirms? */
export async function isDurable(database: ProgramDatabase): Promise<boolean> {
	return database.inScope({ kind: 'public' }, async (session) => {
		const { rows } = await session.query<{ durable: boolean }>(
			`SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
				AND current_setting('synchronous_commit') <> 'off' AS durable`
		);
		return rows[0]?.durable ?? false;
	});
}
