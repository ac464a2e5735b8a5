import pg from 'pg';
import { z } from 'zod';
import { claimIdSchema, institutionIdSchema, type ClaimId, type InstitutionId } from '#lib/domain/ids.ts';
import { OperatorError } from '../operator-error.ts';
import { parseValue } from './values.ts';

/*
 * Two roads into the one database.
 *
 *   owner          owns the tables: migrations and operator commands. No web request travels here.
 *   lampkeep_app   the program: neither superuser nor owner, cannot bypass row-level security, was never granted
 *                  UPDATE, DELETE or TRUNCATE on an append-only table. Every transaction names its scope first; with
 *                  no scope the policies show no row.
 */

/** The program's role; one per PostgreSQL server. */
export const programRole = 'lampkeep_app';

/** On whose behalf a transaction runs; row-level security answers by it. */
export type Scope =
	| { readonly kind: 'institution'; readonly institutionId: InstitutionId }
	| { readonly kind: 'registry' }
	| { readonly kind: 'public' }
	/** A family that has proved its ticket and secret: its own claim and nothing else. */
	| { readonly kind: 'claimant'; readonly claimId: ClaimId };

/**
 * One transaction's connection. SQL names its columns; values go in as `$1`.
 * Rows come out as: int8 → number, date → 'YYYY-MM-DD', timestamptz → '2026-11-22T04:00:00.000Z' (six digits when the
 * microseconds are not whole milliseconds), jsonb → the value, bytea → Buffer, numeric → string. Never a Date.
 */
export interface Session {
	query<Row extends object = Record<string, unknown>>(
		sql: string,
		values?: readonly unknown[]
	): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }>;
}

export interface TransactionOptions {
	/** Milliseconds one statement may take; by default 5,000 for the public, 30,000 for signed-in work. */
	readonly statementTimeout?: number;
	readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
	readonly readOnly?: boolean;
	/** How often the work is begun when PostgreSQL breaks off a deadlock or a serialization conflict; 5 by default. */
	readonly attempts?: number;
}

/** What the program may do. */
export interface ProgramDatabase {
	/**
	 * Runs `work` in one transaction of the program role under `scope`: committed when it returns, rolled back when it
	 * throws. After a deadlock or serialization conflict the whole of `work` runs again, so it must leave no trace
	 * outside the transaction.
	 */
	inScope<T>(scope: Scope, work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/**
 * SQL of the queue of background work (server/jobs) and of nothing else: as the program, in the registry's scope, outside
 * every transaction of ours; of several statements at once (without values) the last one's rows. The queue's library brings its own
 * transactions, so it cannot travel in one of {@link ProgramDatabase}.
 */
export type QueueSql = (
	sql: string,
	values?: readonly unknown[]
) => Promise<{ readonly rows: readonly Record<string, unknown>[] }>;

export interface Database extends ProgramDatabase {
	readonly queueSql: QueueSql;
	/** One transaction of the owner, for operator commands. Row-level security is FORCEd, so it too must set a scope. */
	asOwner<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions & { scope?: Scope }): Promise<T>;
	close(): Promise<void>;
}

export interface ConnectionSettings {
	/** The owner's address, `postgres://…`. */
	readonly url: string;
	/** Of `lampkeep_app`; see {@link programPassword}. */
	readonly programPassword: string;
	/** Connections of the program; the public has a third as many of its own, so a rush there never starves sync. */
	readonly poolSize?: number;
	/** Told of a connection that broke while idle; the pool replaces it. */
	readonly onIdleError?: (error: Error) => void;
}

/**
 * Opens the pools and checks that the program role is as powerless as it must be.
 *
 * @throws OperatorError when the database cannot be reached, or the program role is missing or too powerful
 */
export async function connect(settings: ConnectionSettings): Promise<Database> {
	const size = settings.poolSize ?? 12;
	const asProgram = { user: programRole, password: settings.programPassword };
	const pools = {
		owner: openPool(settings, {}, 3),
		staff: openPool(settings, asProgram, size),
		public: openPool(settings, asProgram, Math.max(2, Math.ceil(size / 3))),
		queue: openPool(settings, { ...asProgram, options: queueOptions }, 3)
	};
	const close = async () => {
		await Promise.all([pools.owner.end(), pools.staff.end(), pools.public.end(), pools.queue.end()]);
	};
	const database: Database = {
		inScope: (scope, work, options = {}) =>
			transaction(isOfThePublic(scope) ? pools.public : pools.staff, scope, work, options),
		asOwner: (work, options = {}) => transaction(pools.owner, options.scope ?? null, work, options),
		queueSql: async (sql, values = []) => {
			// Of several statements node-postgres answers a list, whatever its types say.
			const results = [await pools.queue.query<Record<string, unknown>>(sql, [...values])].flat();
			return { rows: results.at(-1)?.rows ?? [] };
		},
		close
	};
	try {
		await database.inScope({ kind: 'public' }, assertPowerless);
	} catch (error) {
		await close();
		if (sqlState(error) === '28P01') {
			throw new OperatorError(
				`The database role ${programRole} has another password than this data folder's secret.key gives it; ` +
					'run `npm run lampkeep -- migrate`, which sets it.',
				{ cause: error }
			);
		}
		throw explained(error);
	}
	return database;
}

/** One client of the owner outside any pool, for work that is not a transaction: migrations, CREATE DATABASE. */
export async function ownerClient(url: string): Promise<pg.Client> {
	const client = new pg.Client(clientConfig(url, {}));
	// Without a listener a connection cut between two queries would end the process; the next query reports it anyway.
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		throw explained(error);
	}
	return client;
}

/**
 * Runs `work` again when PostgreSQL broke it off because of others, not because of itself.
 *
 * @param attempts how often it is begun at most
 * @param pause waits before the next attempt; gets the number of attempts that failed
 */
export async function retried<T>(
	work: () => Promise<T>,
	attempts: number,
	pause: (failed: number) => Promise<void> = jitteredPause
): Promise<T> {
	for (let failed = 1; ; failed++) {
		try {
			return await work();
		} catch (error) {
			if (failed >= attempts || !isTransient(error)) throw error;
			await pause(failed);
		}
	}
}

/** SQLSTATE of a PostgreSQL error, such as '23505' for a key that exists already; null for any other error. */
export function sqlState(error: unknown): string | null {
	if (!(error instanceof Error) || !('code' in error)) return null;
	return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

const registered = Symbol.for('lampkeep.database');

/** Hands the program's database to the web server: `serve` opens it, the built routes (another bundle) find it. */
export function provideDatabase(database: ProgramDatabase): void {
	Reflect.set(globalThis, registered, { inScope: database.inScope } satisfies ProgramDatabase);
}

/** The database {@link provideDatabase} handed over. @throws when the server was not started by the `serve` command */
export function theDatabase(): ProgramDatabase {
	const database = Reflect.get(globalThis, registered) as ProgramDatabase | undefined;
	if (database === undefined) throw new OperatorError('The registry has no database: start it with `npm start`.');
	return database;
}

async function transaction<T>(
	pool: pg.Pool,
	scope: Scope | null,
	work: (session: Session) => Promise<T>,
	options: TransactionOptions
): Promise<T> {
	return retried(async () => {
		const client = await pool.connect();
		let broken: Error | undefined;
		try {
			await client.query(opening(scope, options));
			const result = await work(sessionOf(client));
			await client.query('COMMIT');
			return result;
		} catch (error) {
			await client.query('ROLLBACK').catch((lost: Error) => {
				broken = lost;
			});
			throw error;
		} finally {
			client.release(broken);
		}
	}, options.attempts ?? 5);
}

/** BEGIN and the scope in one round trip. Everything in it is a checked UUID, a number or one of our own words. */
function opening(scope: Scope | null, options: TransactionOptions): string {
	const timeout = z
		.int()
		.min(0)
		.parse(options.statementTimeout ?? (scope !== null && isOfThePublic(scope) ? 5_000 : 30_000));
	const institution = scope?.kind === 'institution' ? institutionIdSchema.parse(scope.institutionId) : '';
	const claim = scope?.kind === 'claimant' ? claimIdSchema.parse(scope.claimId) : '';
	return [
		`BEGIN ISOLATION LEVEL ${options.isolation ?? 'read committed'} ${options.readOnly ? 'READ ONLY' : 'READ WRITE'}`,
		`SELECT set_config('statement_timeout', '${timeout}', true), ` +
			`set_config('lampkeep.scope', '${scope?.kind ?? ''}', true), ` +
			`set_config('lampkeep.institution', '${institution}', true), ` +
			`set_config('lampkeep.claim', '${claim}', true)`
	].join('; ');
}

/** Families share the public's connections: a rush there never starves sync. */
function isOfThePublic(scope: Scope): boolean {
	return scope.kind === 'public' || scope.kind === 'claimant';
}

function sessionOf(client: pg.PoolClient): Session {
	return {
		async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
			const result = await client.query<Row>(sql, values.map(withoutNull));
			return { rows: result.rows, rowCount: result.rowCount ?? 0 };
		}
	};
}

/** PostgreSQL's text cannot hold U+0000, and anybody can put one into a search box: it is asked for as U+FFFD. */
function withoutNull(value: unknown): unknown {
	if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
	return Array.isArray(value) ? value.map(withoutNull) : value;
}

async function assertPowerless(session: Session): Promise<void> {
	const { rows } = await session.query<{ problem: string }>(
		`SELECT unnest(array_remove(ARRAY[
			CASE WHEN r.rolsuper THEN 'is a superuser' END,
			CASE WHEN r.rolbypassrls THEN 'may bypass row-level security' END,
			CASE WHEN r.rolcreaterole OR r.rolcreatedb THEN 'may create roles or databases' END,
			CASE WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) THEN 'owns tables' END,
			CASE WHEN EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) THEN 'is a member of another role' END
		], NULL)) AS problem
		FROM pg_roles r WHERE r.rolname = current_user`
	);
	if (rows.length === 0) return;
	throw new OperatorError(
		`The database role ${programRole} ${rows.map((row) => row.problem).join(', ')}; ` +
			'drop that privilege, because the separation of the institutions rests on the role having none.'
	);
}

/** Who signs in, and settings the connection begins with. */
interface SignIn {
	readonly user?: string;
	readonly password?: string;
	readonly options?: string;
}

/** The queue's connections are in one scope for all their life. */
const queueOptions = '-c lampkeep.scope=registry -c statement_timeout=60000';

function openPool(settings: ConnectionSettings, as: SignIn, max: number): pg.Pool {
	const pool = new pg.Pool({
		...clientConfig(settings.url, as),
		max,
		idleTimeoutMillis: 30_000,
		connectionTimeoutMillis: 10_000
	});
	pool.on('error', settings.onIdleError ?? (() => undefined));
	// While a transaction holds a connection the pool does not listen: a cut would end the process. Its query reports it.
	pool.on('connect', (client) => void client.on('error', () => undefined));
	return pool;
}

function clientConfig(url: string, as: SignIn): pg.ClientConfig {
	const address = new URL(url);
	if (as.user !== undefined) address.username = as.user;
	if (as.password !== undefined) address.password = as.password;
	return {
		connectionString: address.href,
		application_name: 'lampkeep',
		// The value parser relies on both.
		options: ['-c TimeZone=UTC -c DateStyle=ISO,YMD', as.options].filter((each) => each !== undefined).join(' '),
		types: { getTypeParser: parseValue }
	};
}

/** Deadlock and serialization failure: the other transaction went through, this one only has to try again. */
export function isTransient(error: unknown): boolean {
	const state = sqlState(error);
	return state === '40001' || state === '40P01';
}

function jitteredPause(failed: number): Promise<void> {
	const ceiling = Math.min(1_000, 20 * 2 ** failed);
	return new Promise((resolve) => setTimeout(resolve, ceiling * (0.5 + Math.random() / 2)));
}

/** What failed while connecting, as a sentence where the operator can do something about it. */
function explained(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	const code = 'code' in error ? String(error.code) : '';
	const cause = { cause: error };
	switch (code) {
		case 'ECONNREFUSED':
		case 'ETIMEDOUT':
		case 'EHOSTUNREACH':
			return new OperatorError(
				'PostgreSQL does not answer at the address in DATABASE_URL; check that it runs and that the address is right.',
				cause
			);
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return new OperatorError('The host in DATABASE_URL is not known; check its spelling.', cause);
		case '28P01':
		case '28000':
			return new OperatorError(
				`PostgreSQL refuses the sign-in (${error.message}); check the user and password in DATABASE_URL.`,
				cause
			);
		case '3D000':
			return new OperatorError(
				`PostgreSQL has no such database (${error.message}); create it, or correct DATABASE_URL.`,
				cause
			);
		case '53300':
			return new OperatorError(
				'PostgreSQL has no connection free; raise max_connections, or close other programs that use it.',
				cause
			);
		default:
			return error;
	}
}
