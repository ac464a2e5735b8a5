import { randomBytes, randomUUID } from 'node:crypto';
import type { FamilyStatement } from '#lib/domain/claim/statement.ts';
import type { ClaimCommand } from '#lib/domain/claim/decide-claim.ts';
import type { ClaimKind } from '#lib/domain/claim/events.ts';
import { claimNumber } from '#lib/domain/claim/ticket.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import { uuidV7, type ChildId, type ClaimId, type InstitutionId } from '#lib/domain/ids.ts';
import { civilDate, type CivilDate } from '#lib/domain/time.ts';
import { addInstitution } from '#lib/server/accounts/institutions.ts';
import { addPerson } from '#lib/server/accounts/people.ts';
import { registryKeyPair } from '#lib/server/accounts/registry-key.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { appendClaimEvents } from '#lib/server/claims/claim-log.ts';
import { refreshClaimRow } from '#lib/server/claims/claim-rows.ts';
import type { ClaimInbox, ClaimNotification, ClaimTaskCode } from '#lib/server/claims/claim-tasks.ts';
import { workClaim, type ClaimDesk } from '#lib/server/claims/desk.ts';
import type { Session } from '#lib/server/db/connection.ts';
import { PostgresDecisionLog } from '#lib/server/entry-log/decision-log.ts';
import { lockCases, lookUp, store } from '#lib/server/entry-log/postgres-entry-log.ts';
import { readCase } from '#lib/server/notices/case-reading.ts';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { receive } from '#lib/sync/receive.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { policeId, registryId } from './claim-story.ts';
import { childId, houseId, person, registeredChild, type Story } from './notice-story.ts';

/*
 * A registry for the tests of claims: one child of a house, people of the house, of another house, of the registry and of the
 * police, a calendar that can be turned, and an inbox that remembers.
 */
export const otherHouse = '00000000-0000-7000-8000-00000000a002' as InstitutionId;

export function user(letter: string, role: Role, institutionId: InstitutionId = houseId): SignedInUser {
	return { id: person(letter), name: letter, role, institutionId, institutionName: '', institutionNameEn: '' };
}
export const supervisor = user('a', 'supervisor');
export const administrator = user('b', 'second_administrator');
export const careWorker = user('c', 'care_worker');
export const auditor = user('d', 'auditor', registryId);
export const stranger = user('e', 'supervisor', otherHouse);
export const officer = user('f', 'registry_officer', registryId);
export const liaison = user('p', 'police_liaison', policeId);

/** Remembers what is open, as the inbox would. */
export class RememberingInbox implements ClaimInbox {
	readonly open: ClaimNotification[] = [];

	async notify(_: Session, notification: ClaimNotification): Promise<void> {
		this.open.push(notification);
	}

	async closeItems(
		_: Session,
		{ code, refs }: { readonly code: ClaimTaskCode; readonly refs: { readonly claimId: ClaimId } }
	): Promise<void> {
		const kept = this.open.filter((item) => item.code !== code || item.refs.claimId !== refs.claimId);
		this.open.splice(0, this.open.length, ...kept);
	}

	codes(): readonly ClaimTaskCode[] {
		return [...new Set(this.open.map(({ code }) => code))].sort();
	}
}

export interface ClaimOffice {
	readonly database: TestDatabase;
	readonly desk: ClaimDesk;
	readonly inbox: RememberingInbox;
	readonly calendar: { day: CivilDate };
	/** A claim as a family sends it, linked to the child where one is given. */
	claim(given?: { kind?: ClaimKind; childId?: ChildId | null; statement?: FamilyStatement }): Promise<ClaimId>;
	version(claimId: ClaimId): Promise<number>;
	caseVersion(): Promise<number>;
	/** Gives a command that must be obeyed. */
	does(by: SignedInUser, claimId: ClaimId, command: ClaimCommand): Promise<void>;
	/** The fault a command meets, or 'none'. */
	tries(by: SignedInUser, claimId: ClaimId, command: ClaimCommand): Promise<string>;
}

/**
 * @param registryOffice false: a house runs the registry by itself, and there is no office of it
 */
export async function claimOffice(
	story: Pick<Story, 'entries'> = registeredChild(),
	{ registryOffice = true }: { readonly registryOffice?: boolean } = {}
): Promise<ClaimOffice> {
	const database = await testDatabase();
	const registry = { kind: 'registry' } as const;
	await database.inScope(registry, async (session) => {
		for (const [id, name, kind] of [
			[houseId, '云岭县儿童福利院', 'welfare_institution'],
			[otherHouse, '别处福利院', 'welfare_institution'],
			...(registryOffice ? ([[registryId, '登记处', 'registry']] as const) : []),
			[policeId, '县公安局', 'police']
		] as const) {
			await addInstitution(session, { id, name, nameEn: '', kind, uscc: null, phone: '0870', regionCode: null });
		}
		for (const one of [supervisor, administrator, careWorker, auditor, stranger, officer, liaison]) {
			if (registryOffice || one.institutionId !== registryId) await addPerson(session, one);
		}
		await putStory(session, story);
	});
	const calendar = { day: civilDate('2026-11-22') };
	const now = () => new Date(`${calendar.day}T04:00:00.000Z`);
	const { privateKey } = registryKeyPair('a secret of the tests, long enough');
	const inbox = new RememberingInbox();
	const desk: ClaimDesk = {
		database,
		log: new PostgresDecisionLog(database, privateKey, now, randomBytes),
		inbox,
		now,
		today: () => calendar.day
	};
	const version = (claimId: ClaimId) =>
		database.inScope(registry, async (session) => {
			const { rows } = await session.query<{ version: number }>(
				'SELECT event_count AS version FROM claims WHERE id = $1',
				[claimId]
			);
			return rows[0]?.version ?? -1;
		});
	const give = async (by: SignedInUser, claimId: ClaimId, command: ClaimCommand) =>
		workClaim(desk, by, claimId, await version(claimId), command);
	return {
		database,
		desk,
		inbox,
		calendar,
		version,
		caseVersion: async () => (await database.inScope(registry, (session) => readCase(session, childId)))?.version ?? -1,
		claim: (given = {}) =>
			database.inScope(registry, (session) => putClaim(session, { at: now(), on: calendar.day }, given)),
		does: async (by, claimId, command) => {
			const done = await give(by, claimId, command);
			if (!done.ok) throw new Error(`${command.type}: ${JSON.stringify(done.error)}`);
		},
		tries: async (by, claimId, command) => {
			const done = await give(by, claimId, command);
			return done.ok ? 'none' : done.error.type;
		}
	};
}

/** A mother who knows what no notice showed. */
export const aMother: FamilyStatement = {
	child: { names: { milk: '阿果子' }, sex: '1' },
	looks: { belongings: '蓝色塑料小汽车' },
	family: { siblings: [{ name: '阿呷', order: 'younger' }] },
	you: { name: '杨秀英', relation: 'mother', phone: '13800000000' }
};

async function putClaim(
	session: Session,
	moment: { readonly at: Date; readonly on: CivilDate },
	{ kind = 'claim', childId: child = childId, statement = aMother }: Parameters<ClaimOffice['claim']>[0] & object
): Promise<ClaimId> {
	const claimId = uuidV7(moment.at.getTime(), randomBytes(10)) as ClaimId;
	await session.query(
		`INSERT INTO claims (id, number, kind, state, statement_version, received_at) VALUES ($1, $2, $3, 'received', 1, $4)`,
		[claimId, claimNumber(randomBytes(5)), kind, moment.at.toISOString()]
	);
	await session.query('INSERT INTO claim_statements (claim_id, version, statement) VALUES ($1, 1, $2)', [
		claimId,
		JSON.stringify(statement)
	]);
	const appended = await appendClaimEvents(
		session,
		claimId,
		0,
		[{ type: 'received', kind }, ...(child ? [{ type: 'linked', childId: child, because: 'notice' } as const] : [])],
		moment
	);
	if (!appended.ok) throw new Error(randomUUID());
	await refreshClaimRow(session, claimId);
	return claimId;
}

/** Stores a story as if tablets and desks had written it. */
export async function putStory(session: Session, { entries }: Pick<Story, 'entries'>): Promise<void> {
	const candidates = entries.map((parsed, index) => ({
		index,
		parsed,
		text: canonicalJson(parsed.entry as unknown as Json),
		atDesk: true as const
	}));
	const ids = [...new Set(entries.map(({ entry }) => entry.childId))].sort();
	await lockCases(session, ids);
	const decided = receive(candidates, '2026-11-01T01:00:00.000Z', await lookUp(session, candidates, ids));
	const refused = decided.outcomes.find(({ outcome }) => outcome !== 'accepted');
	if (refused) throw new Error(JSON.stringify(refused));
	await store(session, decided);
}
