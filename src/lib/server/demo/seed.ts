import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { demoWorld, type DemoWorld } from '#lib/demo/demo-world.ts';
import { withDrawing, type DemoChild, type DemoFact, type PictureRequest } from '#lib/demo/facts.ts';
import { portraitSvg } from '#lib/demo/portrait.ts';
import { entryText, parseEntry, signedText, type UnsignedEntry } from '#lib/domain/case-file/entry.ts';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildId, DeviceId, InstitutionId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { isDecision } from '#lib/domain/case-file/entry.ts';
import { receive, type Candidate } from '#lib/sync/receive.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson } from '../accounts/people.ts';
import { hashPassword } from '../auth/password.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { lockCases, lookUp, store } from '../entry-log/postgres-entry-log.ts';

/*
 * The demo's registry: the invented world of src/lib/demo, made real by the same functions that take a tablet's push.
 * Every entry is signed by a key of a demo tablet, every picture is drawn, every notice is published by its approval.
 */

/** Everybody's password in a demo: a demo holds nothing that is true. */
export const demoPassword = 'lampkeep-demo';

export interface DemoGround {
	readonly database: ProgramDatabase;
	/** Takes a drawn picture as if the tablet had sent it. */
	readonly keepPhoto: (sha256: Sha256, bytes: Uint8Array<ArrayBuffer>, from: PhotoSender) => Promise<void>;
	/** Makes the public tables say what the case file decided. */
	readonly publish: (session: Session, caseFile: CaseFile) => Promise<void>;
	/** How far it is, for people who wait. */
	readonly progress: (done: number, total: number, what: 'pictures' | 'children') => void;
}

export interface PhotoSender {
	readonly deviceId: DeviceId;
	readonly institutionId: InstitutionId;
}

/** True when the registry has no house yet: only then may the demo be put into it. */
export async function isEmpty(database: ProgramDatabase): Promise<boolean> {
	return database.inScope({ kind: 'registry' }, async (session) => {
		const { rows } = await session.query<{ count: number }>('SELECT count(*) AS count FROM institutions');
		return rows[0]?.count === 0;
	});
}

/**
 * Fills an empty registry.
 *
 * @param seed the same seed and day give the same people and histories; keys and signatures are new each time
 */
export async function seedDemo(ground: DemoGround, seed: number, today: CivilDate): Promise<DemoWorld> {
	const world = demoWorld(seed, today);
	await addPeople(ground.database, world);
	const tablets = await addTablets(ground.database, world);
	const children = await drawn(world.children, tablets, ground);
	const candidates = signedEntries(children, tablets, registryOf(world));
	await storeChildren(ground, children, candidates);
	return world;
}

function registryOf(world: DemoWorld): InstitutionId {
	const registry = world.institutions.find((house) => house.kind === 'registry');
	if (!registry) throw new Error('the demo has no registry house');
	return registry.institutionId;
}

async function addPeople(database: ProgramDatabase, world: DemoWorld): Promise<void> {
	const passwordHash = await hashPassword(demoPassword);
	await database.inScope({ kind: 'registry' }, async (session) => {
		for (const { institutionId: id, name, englishName: nameEn, kind, phone } of world.institutions) {
			must(await addInstitution(session, { id, name, nameEn, kind, uscc: null, phone, regionCode: null }));
		}
		for (const { staffId: id, institutionId, name, role, signIn: login } of world.staff) {
			must(await addPerson(session, { id, institutionId, name, role, desk: { login, passwordHash } }));
		}
	});
}

/** One tablet a house, with a key for each of its people. */
interface DemoTablet {
	readonly deviceId: DeviceId;
	readonly keys: ReadonlyMap<StaffId, KeyObject>;
	sequence: number;
	previous: Sha256 | null;
}

async function addTablets(
	database: ProgramDatabase,
	world: DemoWorld
): Promise<ReadonlyMap<InstitutionId, DemoTablet>> {
	const tablets = new Map<InstitutionId, DemoTablet>();
	await database.inScope({ kind: 'registry' }, async (session) => {
		for (const { institutionId } of world.institutions) {
			const deviceId = randomUUID() as DeviceId;
			await session.query('INSERT INTO devices (id, institution_id, name, public_key) VALUES ($1, $2, $3, $4)', [
				deviceId,
				institutionId,
				'DEMO',
				newKey().point
			]);
			const keys = new Map<StaffId, KeyObject>();
			for (const { staffId } of world.staff.filter((person) => person.institutionId === institutionId)) {
				const { privateKey, point } = newKey();
				keys.set(staffId, privateKey);
				await session.query(
					'INSERT INTO staff_keys (staff_id, device_id, institution_id, public_key) VALUES ($1, $2, $3, $4)',
					[staffId, deviceId, institutionId, point]
				);
			}
			tablets.set(institutionId, { deviceId, keys, sequence: 0, previous: null });
		}
	});
	return tablets;
}

function tabletOf(tablets: ReadonlyMap<InstitutionId, DemoTablet>, institutionId: InstitutionId): DemoTablet {
	const tablet = tablets.get(institutionId);
	if (!tablet) throw new Error('the demo has a fact of no house');
	return tablet;
}

function newKey(): { privateKey: KeyObject; point: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
	return { privateKey, point: point.toString('base64url') };
}

/** The children with their pictures drawn, kept, and named by the hash of what was drawn. */
async function drawn(
	children: readonly DemoChild[],
	tablets: ReadonlyMap<InstitutionId, DemoTablet>,
	ground: DemoGround
): Promise<readonly DemoChild[]> {
	const total = children.reduce(
		(sum, child) => sum + child.facts.filter((fact) => fact.type === 'photo.added').length,
		0
	);
	let done = 0;
	const drawChild = async (child: DemoChild): Promise<DemoChild> => {
		const facts: DemoFact[] = [];
		for (const fact of child.facts) {
			if (fact.type !== 'photo.added') facts.push(fact);
			else {
				const { width, height } = fact.payload.photo;
				const bytes = await draw(fact.picture, width, height);
				const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256;
				const deviceId = tabletOf(tablets, fact.institutionId).deviceId;
				await ground.keepPhoto(sha256, bytes, { deviceId, institutionId: fact.institutionId });
				facts.push(withDrawing(fact, { sha256, mediaType: 'image/jpeg', bytes: bytes.length, width, height }));
				ground.progress(++done, total, 'pictures');
			}
		}
		return { ...child, facts };
	};
	return inParallel(children, drawChild);
}

async function draw(picture: PictureRequest, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
	const svg = Buffer.from(portraitSvg(picture.seed, picture));
	return new Uint8Array(await sharp(svg).resize(width, height).jpeg({ quality: 82 }).toBuffer());
}

/** Signs every fact as the tablet of its house would have: one sequence a tablet, in the order they were recorded. */
function signedEntries(
	children: readonly DemoChild[],
	tablets: ReadonlyMap<InstitutionId, DemoTablet>,
	registry: InstitutionId
): ReadonlyMap<ChildId, readonly Candidate[]> {
	const all = children.flatMap((child) => child.facts.map((fact) => ({ childId: child.childId, fact })));
	all.sort((a, b) => Date.parse(a.fact.recordedAt) - Date.parse(b.fact.recordedAt));
	const byChild = new Map<ChildId, Candidate[]>(children.map((child) => [child.childId, []]));
	for (const { childId, fact } of all) {
		const text = signedBy(tablets, childId, fact);
		const parsed = parseEntry(JSON.parse(text));
		if (!parsed.ok) throw new Error(`the demo made an entry that is none: ${JSON.stringify(parsed.error)}`);
		// Everything about a notice is decided at a desk; officers of the registry decide about children of other houses.
		const decided = fact.institutionId === registry || isDecision(fact.type);
		const atDesk = decided ? ({ atDesk: true } as const) : {};
		byChild.get(childId)?.push({ index: 0, parsed: parsed.value, text, ...atDesk });
	}
	return byChild;
}

function signedBy(tablets: ReadonlyMap<InstitutionId, DemoTablet>, childId: ChildId, fact: DemoFact): string {
	const tablet = tabletOf(tablets, fact.institutionId);
	const key = tablet.keys.get(fact.staffId);
	if (!key) throw new Error('the demo has a fact by nobody of its people');
	const { id, staffId, institutionId, occurredOn, recordedAt, replaces, type, payload } = fact;
	const unsigned = {
		...{
			id,
			childId,
			type,
			version: 1,
			replaces: [...replaces],
			occurredOn,
			recordedAt,
			staffId,
			institutionId,
			payload
		},
		...{ deviceId: tablet.deviceId, deviceSeq: ++tablet.sequence, previous: tablet.previous }
	} as UnsignedEntry;
	const signature = sign('sha256', Buffer.from(signedText(unsigned)), { key, dsaEncoding: 'ieee-p1363' }).toString(
		'base64url'
	);
	const text = entryText({ ...unsigned, signature });
	tablet.previous = createHash('sha256').update(text).digest('hex') as Sha256;
	return text;
}

/** Minutes from the record on a tablet to the registry: the demo's houses have a network most of the time. */
const minutesToRegistry = 3;

async function storeChildren(
	ground: DemoGround,
	children: readonly DemoChild[],
	candidates: ReadonlyMap<ChildId, readonly Candidate[]>
): Promise<void> {
	let done = 0;
	await inParallel(children, async ({ childId }) => {
		const own = candidates.get(childId) ?? [];
		const caseFile = await ground.database.inScope({ kind: 'registry' }, async (session) => {
			await lockCases(session, [childId]);
			return storeEntries(session, childId, own);
		});
		// Pictures are drawn here: not while the feeds are locked.
		await ground.database.inScope({ kind: 'registry' }, (session) => ground.publish(session, caseFile));
		ground.progress(++done, children.length, 'children');
	});
}

async function storeEntries(session: Session, childId: ChildId, candidates: readonly Candidate[]): Promise<CaseFile> {
	const decided = receive(candidates, '', await lookUp(session, candidates, [childId]));
	const refused = decided.outcomes.find((outcome) => outcome.outcome !== 'accepted');
	const caseFile = decided.caseFiles.get(childId);
	if (refused || !caseFile) throw new Error(`the registry did not take a demo entry: ${JSON.stringify(refused)}`);
	const accepted = decided.accepted.map((entry) => ({
		...entry,
		receivedAt: receivedAfter(entry.parsed.entry.recordedAt)
	}));
	await store(session, { ...decided, accepted });
	return caseFile;
}

function receivedAfter(recordedAt: string): string {
	return new Date(Date.parse(recordedAt) + minutesToRegistry * 60_000).toISOString();
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
	const results = new Array<R>(items.length);
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < items.length; index = next++) {
			const item = items[index];
			if (item !== undefined) results[index] = await work(item);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, worker));
	return results;
}

function must<T, E>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }): T {
	if (!result.ok) throw new Error(`the demo could not be put in: ${JSON.stringify(result.error)}`);
	return result.value;
}
