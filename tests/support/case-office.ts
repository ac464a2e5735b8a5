import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished } from 'vitest';
import { canonicalJson, type Json } from '../../src/lib/domain/canonical-json.ts';
import type { ParsedEntry } from '../../src/lib/domain/case-file/entry.ts';
import type { CaseCommand } from '../../src/lib/domain/decision/decide-case.ts';
import type { Actor } from '../../src/lib/domain/decision/decision.ts';
import type { Role } from '../../src/lib/domain/disclosure/roles.ts';
import type { ChildId, EntryId, InstitutionId } from '../../src/lib/domain/ids.ts';
import { civilDate, type CivilDate } from '../../src/lib/domain/time.ts';
import { receive } from '../../src/lib/sync/receive.ts';
import { addInstitution } from '../../src/lib/server/accounts/institutions.ts';
import { addPerson } from '../../src/lib/server/accounts/people.ts';
import { registryKeyPair } from '../../src/lib/server/accounts/registry-key.ts';
import type { SignedInUser } from '../../src/lib/server/auth/sessions.ts';
import { decideAboutChild, type CaseDesk } from '../../src/lib/server/decisions/case-desk.ts';
import { PostgresDecisionLog } from '../../src/lib/server/entry-log/decision-log.ts';
import { lockCases, lookUp, store } from '../../src/lib/server/entry-log/postgres-entry-log.ts';
import { NoticeBoard } from '../../src/lib/server/notices/board.ts';
import { readCase } from '../../src/lib/server/notices/case-reading.ts';
import { PublicPhotos } from '../../src/lib/server/notices/public-photos.ts';
import { publishDecided } from '../../src/lib/server/notices/publish.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { policeId, policy, registryId } from './leaving-story.ts';
import { childId, houseId, person } from './notice-story.ts';

/*
 * A registry with a house, the registry's own office, another house and the police, for tests of decisions about children.
 * Stories are stored as tablets and desks would have stored them; the day is the story's.
 */
export const otherHouseId = '00000000-0000-7000-8000-00000000a002' as InstitutionId;

const people = [
	['a', 'supervisor', houseId],
	['b', 'second_administrator', houseId],
	['c', 'care_worker', houseId],
	['d', 'auditor', registryId],
	['e', 'supervisor', otherHouseId],
	['f', 'registry_officer', registryId],
	['g', 'registry_officer', registryId],
	['h', 'second_administrator', houseId],
	['p', 'police_liaison', policeId]
] as const satisfies readonly (readonly [string, Role, InstitutionId])[];

/** A person of the office, signed in. */
export function signedIn(letter: (typeof people)[number][0]): SignedInUser {
	const found = people.find(([known]) => known === letter);
	if (!found) throw new Error(`nobody is called ${letter}`);
	const [, role, institutionId] = found;
	return { id: person(letter), name: letter, role, institutionId, institutionName: '', institutionNameEn: '' };
}

export const registryScope = { kind: 'registry' } as const;

export interface CaseOffice {
	readonly database: TestDatabase;
	readonly desk: CaseDesk;
	readonly board: NoticeBoard;
	/** The day at the registry from now on. */
	on(day: string): void;
	version(child?: ChildId): Promise<number>;
	/** Takes a decision on the file as it is now; throws where it is refused. */
	does(by: Actor | SignedInUser, command: CaseCommand): Promise<readonly EntryId[]>;
	/** Stores a story's entries, of this child or another. */
	put(entries: readonly ParsedEntry[]): Promise<void>;
}

export async function caseOffice(entries: readonly ParsedEntry[], today: CivilDate): Promise<CaseOffice> {
	const database = await testDatabase();
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-case-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await database.inScope(registryScope, async (session) => {
		for (const [id, name, kind] of [
			[houseId, '云岭县儿童福利院', 'welfare_institution'],
			[otherHouseId, '别处福利院', 'welfare_institution'],
			[registryId, '登记处', 'registry'],
			[policeId, '云岭县公安局', 'police']
		] as const) {
			await addInstitution(session, { id, name, nameEn: '', kind, uscc: null, phone: '0870', regionCode: null });
		}
		for (const [letter, role, institutionId] of people)
			await addPerson(session, { id: person(letter), institutionId, name: letter, role });
	});
	let day = today;
	// A second later at each call: two entries of one moment would have no order.
	let moment = Date.parse(`${today}T04:00:00.000Z`);
	const now = () => new Date((moment += 1000));
	const board = new NoticeBoard(database);
	const press = {
		policy,
		photos: new PublicPhotos(folder, 'photo secret'),
		originals: async () => picture,
		today: () => day
	};
	const { privateKey } = registryKeyPair('a secret of the tests, long enough');
	const desk: CaseDesk = {
		log: new PostgresDecisionLog(database, privateKey, now, randomBytes),
		press,
		board,
		random: randomBytes,
		now,
		today: () => day
	};
	const put = async (more: readonly ParsedEntry[]) => {
		const childIds = [...new Set(more.map(({ entry }) => entry.childId))];
		const candidates = more.map((parsed, index) => ({
			index,
			parsed,
			text: canonicalJson(parsed.entry as unknown as Json),
			atDesk: true as const
		}));
		await database.inScope(registryScope, async (session) => {
			await lockCases(session, childIds, candidates);
			const decided = receive(candidates, '2024-11-04T01:00:00.000Z', await lookUp(session, candidates, childIds));
			expect(decided.outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true);
			await store(session, decided);
			for (const caseFile of decided.caseFiles.values()) await publishDecided(session, press, caseFile);
		});
		await board.refresh();
	};
	const version = async (child = childId) =>
		(await database.inScope(registryScope, (session) => readCase(session, child)))?.version ?? -1;
	await put(entries);
	return {
		database,
		desk,
		board,
		on: (text) => {
			day = civilDate(text);
			moment = Date.parse(`${text}T04:00:00.000Z`);
		},
		version,
		async does(by, command) {
			const letter = 'id' in by ? by.name : String.fromCharCode(Number.parseInt(by.staffId.slice(-2), 16));
			const known = people.map(([each]) => each).find((each) => each === letter);
			if (!known) throw new Error(`nobody is called ${letter}`);
			const taken = await decideAboutChild(desk, signedIn(known), childId, await version(), command);
			if (!taken.ok) throw new Error(`${command.command}: ${JSON.stringify(taken.error)}`);
			return taken.value;
		},
		put
	};
}

const picture = await sharp({ create: { width: 400, height: 500, channels: 3, background: '#dfe7e3' } })
	.jpeg()
	.toBuffer();
