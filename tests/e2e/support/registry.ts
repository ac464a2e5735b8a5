import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ownerClient } from '#lib/server/db/connection.ts';
import { runningEmbeddedUrl } from '#lib/server/db/embedded.ts';

const repository = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/**
 * A registry of its own for one journey: the built product, its embedded PostgreSQL and a data folder, on a free port that
 * stays the same over restarts (a tablet knows its registry by address).
 */
export class TestRegistry {
	readonly #folder: string;
	#process: ChildProcess | undefined;
	#port = 0;
	origin = '';

	private constructor(folder: string) {
		this.#folder = folder;
	}

	static async start(): Promise<TestRegistry> {
		const registry = new TestRegistry(await mkdtemp(join(tmpdir(), 'lampkeep-journey-')));
		await registry.up();
		return registry;
	}

	/**
	 * Starts it, the first time or again after `kill` or `down`.
	 *
	 * @param daysAhead so many days later than today, by the registry's own clock
	 * @param switches further variables of its environment
	 */
	async up(daysAhead = 0, switches: Readonly<Record<string, string>> = {}): Promise<void> {
		const clock = ['--import', './tests/e2e/support/shifted-clock.mjs'];
		const child = spawn(process.execPath, ['--import', 'tsx', ...clock, 'src/cli/lampkeep.ts', 'serve', '--json'], {
			cwd: repository,
			env: { ...this.#environment(), PORT: String(this.#port), TEST_DAYS_AHEAD: String(daysAhead), ...switches },
			stdio: ['ignore', 'pipe', 'pipe'],
			// A group of its own, so that `kill` takes PostgreSQL with it as a power cut would.
			detached: true
		});
		this.#process = child;
		const errors: string[] = [];
		child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
		this.origin = await new Promise<string>((resolve, reject) => {
			createInterface({ input: child.stdout }).once('line', (line) =>
				resolve((JSON.parse(line) as { origin: string }).origin)
			);
			child.once('exit', (code) => reject(new Error(`the registry ended with ${code}: ${errors.join('')}`)));
		});
		this.#port = Number(new URL(this.origin).port);
	}

	/** SHA-256 of the bytes it keeps of a photo as the tablet sent them; undefined where it has none. */
	async photoHash(sha256: string): Promise<string | undefined> {
		const path = join(this.#folder, 'photos', sha256.slice(0, 2), `${sha256}.original`);
		try {
			return createHash('sha256')
				.update(await readFile(path))
				.digest('hex');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
			throw error;
		}
	}

	/** SIGKILL to the registry and its database: nothing gets a chance to tidy up. */
	async kill(): Promise<void> {
		const child = this.#process;
		if (!child?.pid) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		process.kill(-child.pid, 'SIGKILL');
		await gone;
		this.#process = undefined;
	}

	/** Asks it to end, as an operator would, and waits until it has. */
	async down(): Promise<void> {
		const child = this.#process;
		if (!child) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		await gone;
		this.#process = undefined;
	}

	/** Ends it and removes its folder. */
	async close(): Promise<void> {
		await this.down();
		await rm(this.#folder, { recursive: true, force: true });
	}

	/** An operator's command beside the running registry; its answer as JSON. */
	async command<T>(args: readonly string[], input = ''): Promise<T> {
		const started = run(process.execPath, ['--import', 'tsx', 'src/cli/lampkeep.ts', ...args, '--json'], {
			cwd: repository,
			env: this.#environment()
		});
		started.child.stdin?.end(input);
		const { stdout } = await started;
		return JSON.parse(stdout) as T;
	}

	/** Asks the running registry's own database, past its program: what it really has. */
	async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
		const url = runningEmbeddedUrl(this.#folder);
		if (url === null) throw new Error('the registry is down');
		const owner = await ownerClient(url);
		try {
			// Its rows are hidden from their owner too, who does not say for whom he asks.
			await owner.query(`SELECT set_config('lampkeep.scope', 'registry', false)`);
			return (await owner.query<Row>(sql, [...values])).rows;
		} finally {
			await owner.end();
		}
	}

	#environment(): NodeJS.ProcessEnv {
		const { DATABASE_URL: _, ORIGIN: __, ...environment } = process.env;
		return { ...environment, DATA_DIR: this.#folder, HOST: '127.0.0.1', NODE_ENV: 'production' };
	}
}
