import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../operator-error.ts';
import { ownerClient } from './connection.ts';
import { isRunning, lockFolder, type FolderLock, type LockHolder } from './folder-lock.ts';
import {
	canReach,
	embeddedMajor,
	makeSharedPlace,
	postgresPrograms,
	postgresUser,
	type PostgresPrograms,
	type RunAs
} from './postgres-programs.ts';

/*
 * A real PostgreSQL inside the data folder, for a registry without a database server of its own.
 *
 *   DATA_DIR/postgres/            the cluster, made by initdb on the first start (aside, then renamed: all or nothing)
 *   DATA_DIR/postgres.password    of its owner, random, readable by us alone
 *   DATA_DIR/postgres.log         what PostgreSQL says; never a value from a row
 *   DATA_DIR/lampkeep.lock        one registry per folder
 *
 * It listens on 127.0.0.1 at a port that happens to be free: a socket's path may be 107 bytes at most, and data folders
 * lie deeper. We drive the npm package's programs ourselves, because its wrapper keeps no lock, drops the reason of a
 * failed start and puts the password in the common temporary folder.
 */
export interface EmbeddedPostgres {
	/** The owner of the registry's database, `postgres://…`. */
	readonly url: string;
	/** The superuser of the whole cluster: backups and tests. */
	readonly superuserUrl: string;
	/** Process id of the postmaster. */
	readonly pid: number;
	/** Resolves when PostgreSQL ends without being asked to, with the last thing it said. */
	readonly lost: Promise<string>;
	/** Writes everything to disk, ends PostgreSQL and frees the folder. Close all connections first. */
	stop(): Promise<void>;
}

export interface EmbeddedOptions {
	/** Absolute path; made if missing. */
	readonly dataDir: string;
	/** False only for tests: no fsync, so a power cut may lose commits. */
	readonly durable?: boolean;
	/** Told in a sentence what takes time or is unusual. */
	readonly say?: (sentence: string) => void;
}

const superuser = 'postgres';
const owner = 'lampkeep_owner';
const databaseName = 'lampkeep';

/** Another process has this data folder open. */
export class FolderInUse extends OperatorError {
	readonly holder: LockHolder;
	constructor(dataDir: string, holder: LockHolder) {
		const where = `process ${holder.pid} on ${holder.host}`;
		super(`The data folder ${dataDir} is in use by ${where}; stop that one first, or choose another DATA_DIR.`);
		this.holder = holder;
	}
}

/**
 * Starts the embedded PostgreSQL, initialising it on the first start and recovering after a crash.
 *
 * @throws FolderInUse when another process has the folder
 * @throws OperatorError when the folder cannot be written, the disk is full or the data is of another major version
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
	const say = options.say ?? (() => undefined);
	const as = postgresUser();
	makeDataDir(options.dataDir, as);
	const lock = await takeLock(options.dataDir);
	try {
		const programs = postgresPrograms(as);
		const password = keptPassword(options.dataDir);
		const cluster = placeOfCluster(options.dataDir, as, say);
		if (!existsSync(join(cluster, 'PG_VERSION'))) {
			say('Preparing the database for the first time; this takes a few seconds.');
			initialise(programs, as, cluster, password, options.durable ?? true);
		}
		refuseOtherMajor(cluster);
		await endLeftover(cluster, say);
		const running = await startPostmaster(programs, as, options, cluster);
		return await ready(running, lock, password);
	} catch (error) {
		await lock.release();
		throw error;
	}
}

/**
 * The owner's address of the embedded PostgreSQL that another process runs on this folder; null when none does.
 * Operator commands use it while the registry is being served.
 */
export function runningEmbeddedUrl(dataDir: string): string | null {
	const state = readPostmasterState(join(dataDir, 'postgres'));
	const password = readText(join(dataDir, 'postgres.password'));
	if (state === null || state.status !== 'ready' || password === null || !isRunning(state.pid)) return null;
	return address(owner, password.trim(), state.port, databaseName);
}

function makeDataDir(dataDir: string, as: RunAs): void {
	try {
		// Root's folder must be passable for the user postgres; the files in it are closed one by one.
		mkdirSync(dataDir, { recursive: true, mode: as === null ? 0o700 : 0o711 });
		const probe = join(dataDir, `.writable-${process.pid}`);
		writeFileSync(probe, '');
		rmSync(probe);
	} catch (error) {
		throw explainedFailure(error instanceof Error ? error.message : String(error), dataDir, error);
	}
}

async function takeLock(dataDir: string): Promise<FolderLock> {
	const lock = await lockFolder(dataDir).catch((error: unknown) => {
		throw explainedFailure(error instanceof Error ? error.message : String(error), dataDir, error);
	});
	if ('heldBy' in lock) throw new FolderInUse(dataDir, lock.heldBy);
	return lock;
}

function keptPassword(dataDir: string): string {
	const path = join(dataDir, 'postgres.password');
	const kept = readText(path);
	if (kept !== null && kept.trim() !== '') return kept.trim();
	if (existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
		throw new OperatorError(`${path} is missing, and the database opens only with it; restore it from the backup.`);
	}
	const password = randomBytes(32).toString('base64url');
	writeFileSync(path, password + '\n', { mode: 0o600 });
	return password;
}

/** Where the cluster lies: in the data folder, or where a link there leads when `postgres` cannot reach the folder. */
function placeOfCluster(dataDir: string, as: RunAs, say: (sentence: string) => void): string {
	const cluster = join(dataDir, 'postgres');
	if (existsSync(cluster)) return realpathSync(cluster);
	if (canReach(dataDir, as)) return join(realpathSync(dataDir), 'postgres');
	const elsewhere = join(makeSharedPlace(), `postgres-${randomBytes(6).toString('hex')}`);
	if (!canReach(makeSharedPlace(), as)) {
		throw new OperatorError(
			`The system user "postgres" cannot reach ${dataDir}; set DATA_DIR to a folder open to others.`
		);
	}
	rmSync(cluster, { force: true });
	symlinkSync(elsewhere, cluster);
	say(`The system user "postgres" cannot reach ${dataDir}, so the database is kept in ${elsewhere}.`);
	return elsewhere;
}

/** initdb into a folder beside, then one rename: a first start that was cut off leaves nothing half-made. */
function initialise(programs: PostgresPrograms, as: RunAs, cluster: string, password: string, durable: boolean): void {
	const draft = `${cluster}.new`;
	const passwordFile = `${cluster}.initial`;
	rmSync(draft, { recursive: true, force: true });
	rmSync(cluster, { recursive: true, force: true });
	mkdirSync(draft, { mode: 0o700 });
	writeFileSync(passwordFile, password, { mode: 0o600 });
	try {
		if (as !== null) {
			chownSync(draft, as.uid, as.gid);
			chownSync(passwordFile, as.uid, as.gid);
		}
		const result = spawnSync(
			programs.initdb,
			[
				`--pgdata=${draft}`,
				`--username=${superuser}`,
				`--pwfile=${passwordFile}`,
				'--auth=scram-sha-256',
				'--encoding=UTF8',
				'--locale=C',
				`--lc-ctype=${characterTypes()}`,
				'--locale-provider=builtin',
				'--builtin-locale=C.UTF-8',
				...(durable ? [] : ['--no-sync'])
			],
			{ ...as, cwd: '/', env: environment(), encoding: 'utf8' }
		);
		if (result.status !== 0) {
			throw explainedFailure(`${result.stderr ?? ''}${result.error?.message ?? ''}`, cluster, result.error);
		}
		renameSync(draft, cluster);
	} finally {
		rmSync(passwordFile, { force: true });
		rmSync(draft, { recursive: true, force: true });
	}
}

/**
 * What pg_trgm takes for a letter: it asks the C library, not the builtin provider, and under "C" no Chinese character is
 * one (`show_trgm('张伟国')` is empty). Sorting stays with the builtin provider, the same on every machine.
 */
function characterTypes(): string {
	const known = spawnSync('locale', ['-a'], { encoding: 'utf8' }).stdout?.split('\n') ?? [];
	return ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8'].find((name) => known.includes(name)) ?? 'C';
}

function refuseOtherMajor(cluster: string): void {
	const major = readText(join(cluster, 'PG_VERSION'))?.trim() ?? 'unknown';
	if (major === embeddedMajor) return;
	throw new OperatorError(
		`The database in ${cluster} was written by PostgreSQL ${major}, this program brings PostgreSQL ${embeddedMajor}. ` +
			`Dump it with the version of Lampkeep that wrote it and import the dump, or run PostgreSQL ${major} yourself and set DATABASE_URL.`
	);
}

/**
 * Deals with what a killed registry left: a PostgreSQL still running on our folder is ended (the folder's lock is ours,
 * so nobody uses it), and a postmaster.pid whose number now belongs to something else is removed, because PostgreSQL
 * would believe it.
 */
async function endLeftover(cluster: string, say: (sentence: string) => void): Promise<void> {
	const left = readPostmasterState(cluster);
	if (left === null) return;
	if (!isRunning(left.pid) || !isPostgres(left.pid)) {
		rmSync(join(cluster, 'postmaster.pid'), { force: true });
		return;
	}
	say('An earlier registry was cut off and left its PostgreSQL running; ending it.');
	process.kill(left.pid, 'SIGINT');
	const deadline = Date.now() + 60_000;
	while (isRunning(left.pid) && !isZombie(left.pid)) {
		if (Date.now() > deadline) {
			throw new OperatorError(
				`An earlier PostgreSQL (process ${left.pid}) does not end; end it by hand and start again.`
			);
		}
		await pause(50);
	}
}

interface Postmaster {
	readonly child: ChildProcess & { pid: number };
	readonly port: number;
	readonly logPath: string;
	readonly logStart: number;
}

async function startPostmaster(
	programs: PostgresPrograms,
	as: RunAs,
	options: EmbeddedOptions,
	cluster: string
): Promise<Postmaster> {
	const logPath = join(options.dataDir, 'postgres.log');
	keepLogSmall(logPath);
	// Another program may take the port between our look and PostgreSQL's; the backends of a killed postmaster may
	// need a moment to let go of the shared memory.
	for (let attempt = 1; ; attempt++) {
		const postmaster = await spawnPostmaster(programs, as, options, cluster, logPath);
		const failure = await failureBeforeReady(postmaster, cluster);
		if (failure === null) return postmaster;
		const passing = /could not bind|Address already in use|pre-existing shared memory block/.test(failure);
		if (!passing || attempt === 40) throw explainedFailure(failure, cluster, null);
		await pause(250);
	}
}

async function spawnPostmaster(
	programs: PostgresPrograms,
	as: RunAs,
	options: EmbeddedOptions,
	cluster: string,
	logPath: string
): Promise<Postmaster> {
	const port = await freePort();
	const settings: Record<string, string> = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		max_connections: '60',
		timezone: 'UTC',
		log_timezone: 'UTC',
		lc_messages: 'C',
		password_encryption: 'scram-sha-256',
		// What a statement or an error quotes from a row may be a child's name.
		log_statement: 'none',
		log_min_error_statement: 'panic',
		log_error_verbosity: 'terse',
		log_parameter_max_length_on_error: '0',
		// Containers often give 64 MB of shared memory, which parallel queries outgrow with an error.
		max_parallel_workers_per_gather: '0',
		...((options.durable ?? true)
			? { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
			: { fsync: 'off' })
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const log = openSync(logPath, 'a', 0o600);
	try {
		const logStart = statSync(logPath).size;
		const child = spawn(programs.postgres, ['-D', cluster, ...flags], {
			...as,
			cwd: '/',
			env: environment(),
			stdio: ['ignore', log, log],
			// Its own process group: Ctrl-C in the terminal reaches us alone, and we end it after the last request.
			detached: true
		});
		await new Promise<void>((resolve, reject) => {
			child.once('spawn', resolve);
			child.once('error', reject);
		});
		return { child: child as Postmaster['child'], port, logPath, logStart };
	} finally {
		closeSync(log);
	}
}

/** Waits for the line "ready" in postmaster.pid, as pg_ctl does; what PostgreSQL said if it ended instead. */
async function failureBeforeReady(postmaster: Postmaster, cluster: string): Promise<string | null> {
	const { child } = postmaster;
	// Recovery after a crash replays the log and may take minutes; PostgreSQL says so in its own log.
	while (child.exitCode === null && child.signalCode === null) {
		const state = readPostmasterState(cluster);
		if (state?.pid === child.pid && state.status === 'ready') return null;
		await pause(20);
	}
	return said(postmaster);
}

async function ready(postmaster: Postmaster, lock: FolderLock, password: string): Promise<EmbeddedPostgres> {
	const { child, port } = postmaster;
	let asked = false;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	// Last net: whoever forgets stop() or calls process.exit() still leaves a database that was shut down.
	const atExit = () => child.kill('SIGINT');
	process.once('exit', atExit);
	child.unref();
	const stop = async () => {
		asked = true;
		child.ref();
		const impatient = setTimeout(() => child.kill('SIGQUIT'), 60_000);
		if (child.exitCode === null && child.signalCode === null) {
			child.kill('SIGINT');
			await ended;
		}
		clearTimeout(impatient);
		process.removeListener('exit', atExit);
		await lock.release();
	};
	const superuserUrl = address(superuser, password, port, 'postgres');
	try {
		await ensureOwner(superuserUrl, password);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		url: address(owner, password, port, databaseName),
		superuserUrl,
		pid: child.pid,
		lost: new Promise((resolve) => void ended.then(() => asked || resolve(said(postmaster)))),
		stop
	};
}

/** The registry's database belongs to a role that is no superuser: row-level security binds even the owner. */
async function ensureOwner(superuserUrl: string, password: string): Promise<void> {
	const client = await ownerClient(superuserUrl);
	try {
		const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [owner]);
		if (role.rowCount === 0) {
			await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD ${client.escapeLiteral(password)}`);
		}
		const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [databaseName]);
		if (database.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName} OWNER ${owner}`);
	} finally {
		await client.end();
	}
}

/** Lines of postmaster.pid: process, folder, start, port, socket folder, address, shared memory, status. */
function readPostmasterState(cluster: string): { pid: number; port: number; status: string } | null {
	const text = readText(join(cluster, 'postmaster.pid'));
	if (text === null) return null;
	const lines = text.split('\n').map((line) => line.trim());
	return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] ?? '' };
}

function isPostgres(pid: number): boolean {
	const found = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
	return commandOf(pid)?.includes('postgres') ?? found.stdout?.includes('postgres') ?? false;
}

function commandOf(pid: number): string | null {
	return readText(`/proc/${pid}/comm`);
}

/** Ended, but not yet collected by its parent: in a container without an init it stays so. */
function isZombie(pid: number): boolean {
	return readText(`/proc/${pid}/stat`)?.includes(') Z ') ?? false;
}

function said(postmaster: Postmaster): string {
	return readFileSync(postmaster.logPath).subarray(postmaster.logStart).toString('utf8').trim();
}

function explainedFailure(text: string, place: string, cause: unknown): OperatorError {
	const because = { cause };
	if (/No space left on device|Check free disk space|ENOSPC|Disk quota exceeded|EDQUOT/.test(text)) {
		return new OperatorError(
			`The disk that holds ${place} is full; free some space and start again. Nothing is lost.`,
			because
		);
	}
	if (/Permission denied|EACCES|EPERM|Read-only file system|EROFS|wrong ownership|invalid permissions/.test(text)) {
		return new OperatorError(
			`${place} cannot be written by the user who runs the registry; correct its owner, or choose another DATA_DIR.`,
			because
		);
	}
	if (/ENOTDIR|EEXIST|not a directory/.test(text)) {
		return new OperatorError(`${place} is not a folder; choose another DATA_DIR.`, because);
	}
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const last = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? 'it gave no reason';
	return new OperatorError(`The embedded PostgreSQL in ${place} does not start: ${last.trim()}`, because);
}

/** Ten megabytes are kept, and the ten before. */
function keepLogSmall(path: string): void {
	if (!existsSync(path)) return;
	chmodSync(path, 0o600);
	if (statSync(path).size > 10_000_000) renameSync(path, `${path}.1`);
}

/** Nothing of ours: PostgreSQL has no use for the registry's secrets. */
function environment(): NodeJS.ProcessEnv {
	return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...(process.platform === 'win32' ? process.env : {}) };
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const bound = probe.address();
			const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
			probe.close(() => resolve(port));
		});
	});
}

function address(user: string, password: string, port: number, database: string): string {
	return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function readText(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
		throw error;
	}
}
