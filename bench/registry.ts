import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID, webcrypto } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { entryText, signedText, type Entry } from '../src/lib/domain/case-file/entry.ts';
import { uuidV7, type DeviceId, type InstitutionId, type Sha256, type StaffId } from '../src/lib/domain/ids.ts';
import { sign } from '../src/lib/client/vault/authoring.ts';
import { base64url } from '../src/lib/client/vault/bytes.ts';
import { addInstitution } from '../src/lib/server/accounts/institutions.ts';
import { makeEnrolCode } from '../src/lib/server/accounts/enrolment.ts';
import { addPerson } from '../src/lib/server/accounts/people.ts';
import { readConfig } from '../src/lib/server/config.ts';
import { openDatabase, type OpenDatabase } from '../src/lib/server/db/open.ts';
import {
	enrolAnswerSchema,
	helloAnswerSchema,
	PROTOCOL_VERSION,
	pushAnswerSchema,
	pushEntriesMaximum,
	requestText,
	signatureHeaders
} from '../src/lib/sync/protocol.ts';
import { root } from './build-pages.ts';
import type { House, Unchained } from './children.ts';
import type { Endings } from './ending.ts';
import { freePort } from './listening.ts';

/*
 * The real registry as `npm start` runs it: the built product in a process of its own, embedded PostgreSQL, durable. What
 * the desk and the command line do (houses, people, codes) is done with the product's own functions.
 */
export interface RunningRegistry {
	/** Where it listens, without the proxy. */
	readonly origin: string;
	readonly database: OpenDatabase;
	readonly dataDir: string;
	/** The process that answers requests; PostgreSQL has its own. */
	readonly pid: number;
}

/** A person of a house. */
export interface Person {
	readonly institutionId: InstitutionId;
	readonly staffId: StaffId;
}

const startPatience = 120_000;
const endPatience = 20_000;

/** @param publicOrigin what browsers type, where that is not the registry itself */
export async function startRegistry(endings: Endings, publicOrigin?: string): Promise<RunningRegistry> {
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-bench-registry-'));
	// PostgreSQL started by root runs as another user, who must get into the folder.
	await chmod(folder, 0o755);
	endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
	const dataDir = join(folder, 'data');
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	const env = {
		DATA_DIR: dataDir,
		PORT: String(port),
		HOST: '127.0.0.1',
		ORIGIN: publicOrigin ?? origin,
		NODE_ENV: 'production'
	};
	const { DATABASE_URL: _, ...inherited } = process.env;
	const serve = spawn(
		process.execPath,
		['--import', 'tsx', join(root, 'src', 'cli', 'lampkeep.ts'), 'serve', '--json'],
		{
			cwd: root,
			env: { ...inherited, ...env },
			stdio: ['ignore', 'pipe', 'pipe']
		}
	);
	let said = '';
	serve.stderr.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-4_000)));
	const ended = new Promise<void>((resolve) => serve.once('exit', () => resolve()));
	endings.add(async () => {
		serve.kill('SIGTERM');
		const hard = setTimeout(() => serve.kill('SIGKILL'), endPatience);
		await ended;
		clearTimeout(hard);
	});
	await new Promise<void>((resolve, reject) => {
		const late = setTimeout(() => reject(new Error(`The registry did not start: ${said}`)), startPatience);
		serve.stdout.once('data', () => {
			clearTimeout(late);
			resolve();
		});
		serve.once('exit', (code) => {
			clearTimeout(late);
			reject(new Error(`The registry ended with ${code}: ${said}`));
		});
	});
	const database = await openDatabase(readConfig(env, root), { whenInUse: 'share' });
	endings.add(() => database.close());
	return { origin, database, dataDir, pid: serve.pid ?? 0 };
}

/** One more house with one care worker. */
export async function newHouse({ database }: RunningRegistry, name: string): Promise<Person> {
	const person: Person = { institutionId: randomUUID() as InstitutionId, staffId: randomUUID() as StaffId };
	await database.inScope({ kind: 'registry' }, async (session) => {
		const house = {
			id: person.institutionId,
			name,
			nameEn: name,
			kind: 'welfare_institution',
			uscc: null,
			phone: null,
			regionCode: null
		} as const;
		const added = await addInstitution(session, house);
		if (!added.ok) throw new Error(`The house was refused: ${added.error.type}`);
		const worker = await addPerson(session, {
			id: person.staffId,
			institutionId: person.institutionId,
			name: '李秀兰',
			role: 'care_worker'
		});
		if (!worker.ok) throw new Error(`The person was refused: ${worker.error.type}`);
	});
	return person;
}

/** A one-time code for the person, as the desk makes it. */
export async function enrolCodeFor({ database }: RunningRegistry, { staffId }: Person): Promise<string> {
	const code = await database.inScope({ kind: 'registry' }, (session) =>
		makeEnrolCode(session, { id: randomUUID(), staffId, by: null, random: randomBytes(16) }, new Date())
	);
	if (!code.ok) throw new Error(`No code: ${code.error.type}`);
	return code.value.code;
}

/** A tablet that lives in this process: enrols over the API, signs and pushes. For what must be there beforehand. */
export async function pushAsTablet(
	registry: RunningRegistry,
	person: Person,
	entries: (house: House) => readonly Unchained[]
): Promise<readonly Entry[]> {
	const device = await keyPair();
	const staff = await keyPair();
	const deviceId = uuidV7(Date.now(), randomBytes(10)) as DeviceId;
	const enrolled = await fetch(`${registry.origin}/api/enrol`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			protocol: PROTOCOL_VERSION,
			code: await enrolCodeFor(registry, person),
			deviceId,
			deviceName: 'bench',
			devicePublicKey: device.point,
			staffPublicKey: staff.point
		})
	});
	if (!enrolled.ok) throw new Error(`The enrolment was refused: ${enrolled.status} ${await enrolled.text()}`);
	enrolAnswerSchema.parse(await enrolled.json());
	const signed = await chained(entries({ ...person, deviceId }), staff.privateKey);
	for (let from = 0; from < signed.length; from += pushEntriesMaximum) {
		await push(registry, deviceId, device.privateKey, signed.slice(from, from + pushEntriesMaximum));
	}
	return signed;
}

async function push(
	{ origin }: RunningRegistry,
	deviceId: DeviceId,
	key: CryptoKey,
	entries: readonly Entry[]
): Promise<void> {
	const { challenge } = helloAnswerSchema.parse(await (await fetch(`${origin}/api/sync/hello`)).json());
	const body = gzipSync(JSON.stringify({ protocol: PROTOCOL_VERSION, deviceId, entries }));
	const bodyHash = createHash('sha256').update(body).digest('hex');
	const response = await fetch(`${origin}/api/sync/push`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'content-encoding': 'gzip',
			[signatureHeaders.device]: deviceId,
			[signatureHeaders.challenge]: challenge,
			[signatureHeaders.bodyHash]: bodyHash,
			[signatureHeaders.signature]: await sign(
				key,
				requestText('POST', '/api/sync/push', challenge, deviceId, bodyHash)
			)
		},
		body
	});
	if (!response.ok) throw new Error(`The push was refused: ${response.status} ${await response.text()}`);
	const { receipts } = pushAnswerSchema.parse(await response.json());
	const refused = receipts.find(({ outcome }) => outcome !== 'accepted');
	if (refused || receipts.length !== entries.length)
		throw new Error(`Not all entries were accepted: ${JSON.stringify(refused)}`);
}

/** Sequence, chain and signature, as a tablet gives them. */
async function chained(entries: readonly Unchained[], key: CryptoKey): Promise<readonly Entry[]> {
	const signed: Entry[] = [];
	let previous: Sha256 | null = null;
	for (const [i, entry] of entries.entries()) {
		const unsigned = { ...entry, deviceSeq: i + 1, previous } as Entry;
		const whole = { ...unsigned, signature: await sign(key, signedText(unsigned)) } as Entry;
		previous = createHash('sha256').update(entryText(whole)).digest('hex') as Sha256;
		signed.push(whole);
	}
	return signed;
}

async function keyPair(): Promise<{ readonly privateKey: CryptoKey; readonly point: string }> {
	const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
	const { privateKey, publicKey } = pair as CryptoKeyPair;
	return { privateKey, point: base64url(new Uint8Array(await webcrypto.subtle.exportKey('raw', publicKey))) };
}
