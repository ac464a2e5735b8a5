import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/*
 * One process per data folder. The lock file names its holder by process id and start time, because ids are reused
 * (in a container nearly always). A holder on another machine cannot be asked, so every holder touches its file, and
 * one that has not for half a minute is gone.
 *
 * Taking over a dead holder's lock has a gap of a few system calls in which a third process could come first; it then
 * fails on PostgreSQL's own postmaster.pid, which is the second lock.
 */
export interface FolderLock {
	release(): Promise<void>;
}

export interface LockHolder {
	readonly pid: number;
	readonly host: string;
	/** Start time of the process as the system tells it; '' where it does not. */
	readonly started: string;
	readonly nonce: string;
}

const lockName = 'lampkeep.lock';
const heartbeat = 5_000;
const heartbeatsUntilGone = 6;

/** Takes the lock of `folder`, or says who holds it. */
export async function lockFolder(folder: string): Promise<FolderLock | { readonly heldBy: LockHolder }> {
	const path = join(folder, lockName);
	const own: LockHolder = {
		pid: process.pid,
		host: hostname(),
		started: processStart(process.pid) ?? '',
		nonce: randomUUID()
	};
	const draft = `${path}.${own.nonce}`;
	try {
		await writeFile(draft, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
		for (;;) {
			if (await linked(draft, path)) return held(path, own);
			const holder = await readHolder(path);
			if (holder === null) continue;
			if (await isAlive(holder, path, draft)) return { heldBy: holder };
			await removeDead(path, holder, own);
		}
	} finally {
		await rm(draft, { force: true });
	}
}

/** The living holder of `folder`'s lock, if there is one. */
export async function folderHolder(folder: string): Promise<LockHolder | null> {
	const path = join(folder, lockName);
	const holder = await readHolder(path);
	return holder !== null && (await isAlive(holder, path, null)) ? holder : null;
}

/** Whether a process runs under this id; a process of another user counts. */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

function held(path: string, own: LockHolder): FolderLock {
	const beat = setInterval(() => {
		const now = new Date();
		// A beat that fails (disk unplugged) makes us look gone, which is then the truth.
		utimes(path, now, now).catch(() => undefined);
	}, heartbeat);
	beat.unref();
	return {
		async release() {
			clearInterval(beat);
			if ((await readHolder(path))?.nonce === own.nonce) await rm(path, { force: true });
		}
	};
}

/** `link` fails if the name is taken: the file appears whole, and for one process only. */
async function linked(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	}
}

async function readHolder(path: string): Promise<LockHolder | null> {
	try {
		return JSON.parse(await readFile(path, 'utf8')) as LockHolder;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return null;
		// Not ours or torn by a full disk: nobody can prove to hold it.
		if (error instanceof SyntaxError) return { pid: 0, host: hostname(), started: '', nonce: '' };
		throw error;
	}
}

async function isAlive(holder: LockHolder, path: string, fresh: string | null): Promise<boolean> {
	if (holder.host !== hostname()) return (await age(path, fresh)) < heartbeat * heartbeatsUntilGone;
	if (holder.pid <= 0 || !isRunning(holder.pid)) return false;
	const started = processStart(holder.pid);
	return started === null || holder.started === '' || started === holder.started;
}

/** Milliseconds since the last beat, by the clock of the disk when a fresh file on it is at hand. */
async function age(path: string, fresh: string | null): Promise<number> {
	const now = fresh === null ? Date.now() : (await stat(fresh)).mtimeMs;
	return now - (await stat(path)).mtimeMs;
}

async function removeDead(path: string, dead: LockHolder, own: LockHolder): Promise<void> {
	const aside = `${path}.${own.nonce}.dead`;
	try {
		await rename(path, aside);
	} catch (error) {
		if (isCode(error, 'ENOENT')) return;
		throw error;
	}
	// Somebody took over between our look and our rename: theirs goes back.
	if ((await readHolder(aside))?.nonce !== dead.nonce) await linked(aside, path);
	await rm(aside, { force: true });
}

/** When the process began, in the system's own words; null if that cannot be learnt. */
function processStart(pid: number): string | null {
	try {
		if (process.platform === 'linux') {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			// Field 22, counted behind the program's name, which may itself hold spaces and brackets.
			const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
			return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
		}
		if (process.platform === 'win32') return null;
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
	} catch {
		return null;
	}
}

function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
