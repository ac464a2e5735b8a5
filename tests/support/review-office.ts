import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { addInstitution } from '#lib/server/accounts/institutions.ts';
import { addPerson } from '#lib/server/accounts/people.ts';
import { registryKeyPair } from '#lib/server/accounts/registry-key.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import type { ProgramDatabase, Session } from '#lib/server/db/connection.ts';
import type { CaseDesk } from '#lib/server/decisions/case-desk.ts';
import { PostgresDecisionLog } from '#lib/server/entry-log/decision-log.ts';
import { lockCases, lookUp, store } from '#lib/server/entry-log/postgres-entry-log.ts';
import { NoticeBoard } from '#lib/server/notices/board.ts';
import { readCase } from '#lib/server/notices/case-reading.ts';
import { PublicPhotos } from '#lib/server/notices/public-photos.ts';
import { receive } from '#lib/sync/receive.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { chinaPolicy, houses, people, type PersonName, type ReviewStory } from './review-story.ts';

/* A registry whose houses and people are those of the stories, with a desk that decides. */
export interface ReviewOffice {
	readonly database: TestDatabase;
	readonly desk: CaseDesk;
	/** The civil day at the registry. */
	today: CivilDate;
	store(...stories: readonly ReviewStory[]): Promise<void>;
	version(childId: ChildId): Promise<number>;
}

export function user(name: PersonName): SignedInUser {
	const { staffId, institutionId, role } = people[name];
	return { id: staffId, name, role, institutionId, institutionName: '', institutionNameEn: '' };
}

export async function reviewOffice(today: CivilDate): Promise<ReviewOffice> {
	const database = await testDatabase();
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-review-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await database.inScope({ kind: 'registry' }, addEverybody);
	const now = () => new Date(`${office.today}T04:00:00.000Z`);
	const office: ReviewOffice = {
		database,
		today,
		desk: {
			log: new PostgresDecisionLog(database, registryKeyPair('a secret, long enough').privateKey, now, randomBytes),
			press: {
				policy: chinaPolicy(),
				photos: new PublicPhotos(folder, 'photo secret'),
				originals: async () => undefined,
				today: () => office.today
			},
			board: new NoticeBoard(database),
			random: randomBytes,
			now,
			today: () => office.today
		},
		store: async (...stories) => {
			for (const story of stories)
				await database.inScope({ kind: 'registry' }, (session) => storeStory(session, story));
		},
		version: (childId) => versionOf(database, childId)
	};
	return office;
}

async function versionOf(database: ProgramDatabase, childId: ChildId): Promise<number> {
	const found = await database.inScope({ kind: 'registry' }, (session) => readCase(session, childId));
	return found?.version ?? -1;
}

export async function addEverybody(session: Session): Promise<void> {
	for (const [id, name, kind, regionCode] of [
		[houses.a, '云岭县儿童福利院', 'welfare_institution', '530600'],
		[houses.b, '清水县儿童福利院', 'welfare_institution', '513400'],
		[houses.registry, '省民政厅收养登记处', 'registry', null],
		[houses.police, '省公安厅打拐办', 'police', null]
	] as const)
		await addInstitution(session, { id, name, nameEn: '', kind, uscc: null, phone: null, regionCode });
	for (const [name, { staffId: id, institutionId, role }] of Object.entries(people))
		await addPerson(session, { id, institutionId, name, role });
}

/** As if a tablet had pushed it, decisions included. */
export async function storeStory(session: Session, { childId, entries }: ReviewStory): Promise<void> {
	const candidates = entries.map((parsed, index) => ({
		index,
		parsed,
		text: canonicalJson(parsed.entry as unknown as Json),
		atDesk: true as const
	}));
	await lockCases(session, [childId]);
	const decided = receive(candidates, '2026-11-01T01:00:00.000Z', await lookUp(session, candidates, [childId]));
	const refused = decided.outcomes.find(({ outcome }) => outcome !== 'accepted');
	if (refused) throw new Error(`the log did not take the story: ${JSON.stringify(refused)}`);
	await store(session, decided);
}
