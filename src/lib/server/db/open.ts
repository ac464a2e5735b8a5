import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { registrySecret } from '../secret.ts';
import { connect, ownerClient, type Database } from './connection.ts';
import { FolderInUse, runningEmbeddedUrl, startEmbeddedPostgres } from './embedded.ts';
import { currentEpoch, type EpochReason } from './epoch.ts';
import { migrate, pendingMigrations, readMigrations } from './migrate.ts';
import { programPassword } from './program-role.ts';

/** The registry's database, ready for use. */
export interface OpenDatabase extends Database {
	/** Goes with every receipt and every answer of sync. */
	readonly epoch: string;
	/** Why an epoch began at this start; null when the last one goes on. */
	readonly epochBegan: EpochReason | null;
	/** Files applied at this start. */
	readonly migrated: readonly string[];
	/** Resolves, with the reason, if the embedded PostgreSQL ends without being asked; never for an external one. */
	readonly lost: Promise<string>;
}

export interface OpenOptions {
	/**
	 * What to do when another process of this machine has the embedded database running: `share` it (operator commands
	 * beside a running registry), or `refuse` (a second registry).
	 */
	readonly whenInUse: 'share' | 'refuse';
	/** Told in a sentence what takes time or is unusual. */
	readonly say?: (sentence: string) => void;
}

/**
 * Starts or finds the database, migrates it, and opens the program's connections to it.
 *
 * @throws OperatorError with a sentence for everything an operator can put right
 */
export async function openDatabase(config: Config, options: OpenOptions): Promise<OpenDatabase> {
	const say = options.say ?? (() => undefined);
	const server = await databaseServer(config, options, say);
	try {
		const password = programPassword(await registrySecret(config));
		const migrations = await readMigrations();
		const migrated = server.shared ? await nothingPending(server.url) : await migrate(server.url, password, migrations);
		if (migrated.length > 0) say(`The database was brought up to date: ${migrated.join(', ')}.`);
		const database = await connect({ url: server.url, programPassword: password });
		const close = async () => {
			await database.close();
			await server.stop();
		};
		try {
			const { epoch, began } = await database.asOwner((owner) => currentEpoch(owner, randomUUID()));
			return { ...database, close, epoch, epochBegan: began, migrated, lost: server.lost };
		} catch (error) {
			await database.close();
			throw error;
		}
	} catch (error) {
		await server.stop();
		throw error;
	}
}

interface DatabaseServer {
	readonly url: string;
	readonly shared: boolean;
	readonly lost: Promise<string>;
	stop(): Promise<void>;
}

const never = new Promise<string>(() => undefined);
const leaveRunning = async () => undefined;

async function databaseServer(
	config: Config,
	options: OpenOptions,
	say: (sentence: string) => void
): Promise<DatabaseServer> {
	if (config.database.kind === 'external') {
		return { url: config.database.url, shared: false, lost: never, stop: leaveRunning };
	}
	try {
		const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, say });
		return { url: embedded.url, shared: false, lost: embedded.lost, stop: embedded.stop };
	} catch (error) {
		const url =
			error instanceof FolderInUse && options.whenInUse === 'share' ? runningEmbeddedUrl(config.dataDir) : null;
		if (url === null) throw error;
		return { url, shared: true, lost: never, stop: leaveRunning };
	}
}

/** Beside a running registry nothing is migrated under its feet. */
async function nothingPending(url: string): Promise<readonly string[]> {
	const owner = await ownerClient(url);
	try {
		const pending = await pendingMigrations(owner, await readMigrations());
		if (pending.length === 0) return [];
	} finally {
		await owner.end();
	}
	throw new OperatorError('The running registry is older than this program; stop it and start it again first.');
}
