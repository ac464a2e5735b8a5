import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { openClaimsMaximum, type ClaimEvent, type ClaimKind } from '#lib/domain/claim/events.ts';
import { familyOptions, familyStatus, type FamilyOptions, type FamilyStatus } from '#lib/domain/claim/family-status.ts';
import {
	familyStatementSchema,
	papersMaximum,
	statementProblems,
	type FamilyStatement,
	type LunarDays,
	type PaperKind,
	type StatementProblem,
	type Topic
} from '#lib/domain/claim/statement.ts';
import {
	claimNumber,
	claimSecret,
	claimTicket,
	readSecret,
	readTicket,
	type ClaimSecret
} from '#lib/domain/claim/ticket.ts';
import { readTopic, type TopicFault, type Typed } from '#lib/domain/claim/topic-form.ts';
import { uuidV7, type ClaimId } from '#lib/domain/ids.ts';
import { readPublicNumber } from '#lib/domain/notice/public-number.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { addDays, type CivilDate } from '#lib/domain/time.ts';
import { networkOf, type FailureLimit, type TooMany } from '../auth/rate-limit.ts';
import { sqlState, type ProgramDatabase, type Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';
import { examinePhoto, type PhotoRefusal } from '../photos/examine.ts';
import { appendClaimEvents, lockClaim, readClaimEvents } from './claim-log.ts';
import type { FamilyWithdrawal } from './desk.ts';
import { identitiesOf, keepIdentities, openClaimsOf } from './identities.ts';
import type { PaperCopy, PaperStore } from './papers.ts';

/*
 * The family's side of a claim. Everything here runs in the scope of one claim, proved by ticket and secret; no child, no
 * notice and no other claim can be seen from it.
 *
 * Nothing here asks whether there is a notice or a child (SECURITY T3): the number a family typed is kept as it was typed,
 * and a background job links it later (link.ts). So what is answered, and how fast, cannot depend on it.
 */

/** A draft that nobody sends is erased after so many days. */
export const draftDays = 60;
/** Versions one claim may have; a family that corrects itself every day for half a year stays below. */
const versionsMaximum = 200;

/** What the family's side works with. `random` gives fresh random bytes, `today` the civil day at the registry. */
export interface FamilyDesk {
	readonly database: ProgramDatabase;
	readonly papers: PaperStore;
	/** Key of the purpose `claim-identity`, see secret.ts. */
	readonly identityKey: string;
	readonly lunar: LunarDays;
	readonly random: (bytes: number) => Uint8Array;
	readonly now: () => Date;
	readonly today: () => CivilDate;
	readonly limits: FamilyLimits;
	/** Makes what lists show of the claim (claims.row) true again, in the transaction that changed it. */
	readonly changed: (session: Session, claimId: ClaimId) => Promise<void>;
	/**
	 * Ends a claim that names a child: its event and the entry in the child's file, in one transaction. Only of a claim that
	 * names no child is the event alone written here; what was refused there is not done here either.
	 */
	readonly withdrawOnFile: (claimId: ClaimId) => Promise<FamilyWithdrawal>;
}

export interface FamilyLimits {
	/** By network. */
	readonly begin: FailureLimit;
	/** By ticket, then by network. */
	readonly open: FailureLimit;
	/** By claim, then by network. */
	readonly paper: FailureLimit;
}

/** Ticket and secret as they are shown, once. */
export interface Key {
	readonly ticket: string;
	readonly secret: ClaimSecret;
}

export interface FamilyPaper {
	readonly id: string;
	readonly kind: PaperKind;
	readonly addedAt: string;
}

/** A claim as its family sees it. */
export interface OwnClaim {
	readonly claimId: ClaimId;
	readonly kind: ClaimKind;
	readonly sent: boolean;
	/** The day after which a draft that was not sent is erased. */
	readonly draftUntil: CivilDate;
	readonly statement: FamilyStatement;
	readonly papers: readonly FamilyPaper[];
	/** Sent while so many of the same person were open that it waits until one of them ends (SECURITY T4). */
	readonly waitsItsTurn: boolean;
	/** Where it stands, once it was sent. */
	readonly status: FamilyStatus | undefined;
	readonly options: FamilyOptions;
}

export type FamilyFault =
	/** Decided, withdrawn or erased: nothing can be changed any more. */
	| { readonly type: 'claim_closed' }
	| { readonly type: 'topic_faults'; readonly faults: readonly TopicFault[] }
	| { readonly type: 'statement_problems'; readonly problems: readonly StatementProblem[] }
	| { readonly type: 'already_sent' }
	| { readonly type: 'too_many_versions' }
	| { readonly type: 'too_many_papers'; readonly maximum: number }
	| { readonly type: 'nothing_to_appeal' }
	| PhotoRefusal
	| TooMany;

export type TicketRefused =
	/** A sign of the ticket is wrong: arithmetic alone, whoever types it. */
	| { readonly type: 'ticket_mistyped' }
	/** Not twenty digits. */
	| { readonly type: 'secret_mistyped' }
	/** One answer for a ticket that is not there and a secret that is another's. */
	| { readonly type: 'ticket_refused' }
	| TooMany;

/**
 * Begins a claim or a report: an empty draft with a key of its own.
 *
 * @param publicNumber the number of a notice as it was typed; kept as it is and looked up by nobody here
 */
export async function beginClaim(
	desk: FamilyDesk,
	given: { readonly kind: ClaimKind; readonly publicNumber?: string | undefined; readonly address: string }
): Promise<Result<Key, TooMany>> {
	const blocked = await desk.limits.begin.tried([networkOf(given.address)]);
	if (blocked) return err(blocked);
	const typed = given.publicNumber && storable(given.publicNumber.trim().slice(0, 40));
	const statement: FamilyStatement =
		given.kind === 'claim' && typed ? { which: { publicNumber: readPublicNumber(typed) ?? typed } } : {};
	const secret = claimSecret(desk.random(16));
	for (;;) {
		const claimId = uuidV7(desk.now().getTime(), desk.random(10)) as ClaimId;
		const ticket = claimTicket(desk.random(5));
		const draft = { claimId, ticket, secret, number: claimNumber(desk.random(5)), kind: given.kind, statement };
		try {
			await desk.database.inScope({ kind: 'claimant', claimId }, (session) => insertDraft(session, desk, draft));
			return ok({ ticket, secret });
		} catch (error) {
			// One of 34 thousand million tickets or numbers twice: another one is drawn.
			if (sqlState(error) !== '23505') throw error;
		}
	}
}

/**
 * Proves ticket and secret as they were typed.
 *
 * @param address where the request came from, for the limit alone
 */
export async function openByTicket(
	desk: FamilyDesk,
	given: { readonly ticket: string; readonly secret: string; readonly address: string }
): Promise<Result<Key & { readonly claimId: ClaimId }, TicketRefused>> {
	const ticket = readTicket(given.ticket);
	if (ticket === undefined) return err({ type: 'ticket_mistyped' });
	const secret = readSecret(given.secret);
	if (secret === undefined) return err({ type: 'secret_mistyped' });
	const keys = [ticket, networkOf(given.address)];
	const blocked = await desk.limits.open.tried(keys);
	if (blocked) return err(blocked);
	const claimId = await proved(desk, { ticket, secret });
	if (claimId === undefined) return err({ type: 'ticket_refused' });
	await desk.limits.open.succeeded(keys);
	return ok({ claimId, ticket, secret });
}

/**
 * Proves the key that a cookie carries, at every page. What others in the same network got wrong does not count here; what
 * went wrong with this ticket does.
 */
export async function openByKey(desk: FamilyDesk, key: Key): Promise<ClaimId | undefined> {
	if (await desk.limits.open.blocked([key.ticket])) return undefined;
	const claimId = await proved(desk, key);
	if (claimId === undefined) await desk.limits.open.failed([key.ticket]);
	return claimId;
}

/** The claim as its family sees it; undefined once its draft is erased. */
export async function readOwnClaim(desk: FamilyDesk, claimId: ClaimId): Promise<OwnClaim | undefined> {
	return desk.database.inScope(
		{ kind: 'claimant', claimId },
		async (session) => {
			const found = await readDraft(session, claimId);
			if (!found) return undefined;
			const { rows: papers } = await session.query<FamilyPaper>(
				'SELECT id, kind, added_at AS "addedAt" FROM claim_papers WHERE claim_id = $1 ORDER BY added_at, id',
				[claimId]
			);
			return { ...found, claimId, papers };
		},
		{ isolation: 'repeatable read', readOnly: true }
	);
}

/**
 * Keeps the answers of one topic as they stand in its boxes. Before it is sent the draft is written over; afterwards it is
 * an amendment: a new version beside the old ones, which the desk is told of.
 */
export async function saveTopic(
	desk: FamilyDesk,
	claimId: ClaimId,
	topic: Topic,
	typed: Typed
): Promise<Result<FamilyStatement, FamilyFault>> {
	return changeStatement(desk, claimId, (statement) => {
		const answers = readTopic(topic, typed, { today: desk.today(), lunar: desk.lunar, statement });
		if (!answers.ok) return err({ type: 'topic_faults', faults: answers.error });
		const { [topic]: _, ...others } = statement;
		// A page that was left empty says nothing: it is not kept as an answer.
		return ok(Object.keys(answers.value).length === 0 ? others : { ...others, [topic]: answers.value });
	});
}

/** Adds the photo of a paper, made again by us (SECURITY T8): no metadata, nothing hidden, at most 2048 px. */
export async function addPaper(
	desk: FamilyDesk,
	claimId: ClaimId,
	paper: { readonly kind: PaperKind; readonly bytes: Uint8Array; readonly address: string }
): Promise<Result<FamilyPaper, FamilyFault>> {
	const blocked = await desk.limits.paper.tried([claimId, networkOf(paper.address)]);
	if (blocked) return err(blocked);
	const claim = await readOwnClaim(desk, claimId);
	if (!claim || !mayChange(claim)) return err({ type: 'claim_closed' });
	if (claim.papers.length >= papersMaximum) return err({ type: 'too_many_papers', maximum: papersMaximum });
	const examined = await examinePhoto(paper.bytes);
	if (!examined.ok) return examined;

	const id = uuidV7(desk.now().getTime(), desk.random(10));
	const { full, thumbnail } = examined.value;
	await desk.papers.write(id, 'full', full);
	await desk.papers.write(id, 'small', thumbnail);
	try {
		const added = await desk.database.inScope({ kind: 'claimant', claimId }, async (session) => {
			const version = await lockClaim(session, claimId);
			const draft = await readDraft(session, claimId);
			if (version === undefined || !draft || !mayChange(draft)) return undefined;
			await session.query(
				`INSERT INTO claim_papers (id, claim_id, sha256, kind, media_type, bytes, added_at)
				VALUES ($1, $2, $3, $4, 'image/jpeg', $5, $6)`,
				[
					id,
					claimId,
					createHash('sha256').update(full).digest('hex'),
					paper.kind,
					full.length,
					desk.now().toISOString()
				]
			);
			if (draft.sent) await append(desk, session, claimId, version, [{ type: 'paper_added', paperId: id }]);
			return { id, kind: paper.kind, addedAt: desk.now().toISOString() };
		});
		if (added) return ok(added);
	} catch (error) {
		await desk.papers.remove([id]);
		throw error;
	}
	await desk.papers.remove([id]);
	return err({ type: 'claim_closed' });
}

/** Takes a photo back; only before the claim is sent, for afterwards somebody may rest a decision on it. */
export async function removePaper(
	desk: FamilyDesk,
	claimId: ClaimId,
	paperId: string
): Promise<Result<void, FamilyFault>> {
	const removed = await desk.database.inScope({ kind: 'claimant', claimId }, async (session) => {
		await lockClaim(session, claimId);
		const draft = await readDraft(session, claimId);
		if (!draft || draft.sent) return false;
		const { rowCount } = await session.query('DELETE FROM claim_papers WHERE claim_id = $1 AND id = $2', [
			claimId,
			paperId
		]);
		return rowCount > 0;
	});
	if (!removed) return err({ type: 'already_sent' });
	await desk.papers.remove([paperId]);
	return ok(undefined);
}

/** One photo of this claim's own. */
export async function ownPaper(
	desk: FamilyDesk,
	claimId: ClaimId,
	paperId: string,
	copy: PaperCopy
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const { rowCount } = await desk.database.inScope({ kind: 'claimant', claimId }, (session) =>
		session.query('SELECT 1 FROM claim_papers WHERE claim_id = $1 AND id = $2', [claimId, paperId])
	);
	return rowCount > 0 ? desk.papers.read(paperId, copy) : undefined;
}

/** What came of sending. */
export interface Sent {
	/** See OwnClaim. */
	readonly waitsItsTurn: boolean;
}

/** Sends the draft. It is kept whatever it is about and however many there are; who sends it twice sent it once. */
export async function submitClaim(desk: FamilyDesk, claimId: ClaimId): Promise<Result<Sent, FamilyFault>> {
	return desk.database.inScope({ kind: 'claimant', claimId }, async (session) => {
		const version = await lockClaim(session, claimId);
		const draft = await readDraft(session, claimId);
		if (version === undefined || !draft) return err({ type: 'claim_closed' });
		if (draft.sent) return err({ type: 'already_sent' });
		const { statement, kind } = draft;
		const problems = statementProblems(statement, desk.today(), desk.lunar, 'sending').filter(
			({ weight }) => weight === 'must'
		);
		if (problems.length > 0) return err({ type: 'statement_problems', problems });

		const identities = identitiesOf(statement, desk.identityKey);
		const openBefore = kind === 'claim' ? await openClaimsOf(session, identities, claimId) : 0;
		await keepIdentities(session, claimId, identities);
		const number = numberIn(statement);
		await session.query(`UPDATE claims SET state = 'received', received_at = $2, public_number = $3 WHERE id = $1`, [
			claimId,
			desk.now().toISOString(),
			number.typed ?? null
		]);
		await append(desk, session, claimId, version, [
			{
				type: 'received',
				kind,
				...(number.read !== undefined && { publicNumber: number.read }),
				...(openBefore > 0 && { openBefore })
			}
		]);
		return ok({ waitsItsTurn: openBefore >= openClaimsMaximum });
	});
}

/** Takes the claim back, for whatever reason or none. It can never be opened again; another can be begun. */
export async function withdrawClaim(
	desk: FamilyDesk,
	claimId: ClaimId,
	words: string
): Promise<Result<void, FamilyFault>> {
	const reason = storable(words.trim().slice(0, 2000));
	if (reason !== '') {
		const kept = await changeStatement(desk, claimId, (statement) => ok({ ...statement, withdrawal: reason }));
		if (!kept.ok) return kept;
	}
	const claim = await readOwnClaim(desk, claimId);
	if (!claim?.options.withdraw) return err({ type: 'claim_closed' });
	const withdrawn = await desk.withdrawOnFile(claimId);
	if (withdrawn === 'withdrawn') return ok(undefined);
	if (withdrawn === 'refused') return err({ type: 'claim_closed' });
	return desk.database.inScope({ kind: 'claimant', claimId }, async (session) => {
		const version = await lockClaim(session, claimId);
		const draft = await readDraft(session, claimId);
		if (version === undefined || !draft?.options.withdraw) return err({ type: 'claim_closed' });
		// Linked to a child since we asked: its file would have to be told.
		const { rowCount } = await session.query(
			`UPDATE claims SET state = 'withdrawn', closed_on = $2 WHERE id = $1 AND child_id IS NULL`,
			[claimId, desk.today()]
		);
		if (rowCount === 0) return err({ type: 'claim_closed' });
		await append(desk, session, claimId, version, [{ type: 'withdrawn', by: 'family' }]);
		return ok(undefined);
	});
}

/** Asks that the block stand again after it lapsed for want of a sample. Once for each time it lapsed. */
export async function appealLapse(
	desk: FamilyDesk,
	claimId: ClaimId,
	words: string
): Promise<Result<void, FamilyFault>> {
	return desk.database.inScope({ kind: 'claimant', claimId }, async (session) => {
		const version = await lockClaim(session, claimId);
		const draft = await readDraft(session, claimId);
		if (version === undefined || !draft?.options.appeal) return err({ type: 'nothing_to_appeal' });
		const appeal = storable(words.trim().slice(0, 2000));
		const events: ClaimEvent[] = [];
		if (appeal !== '') {
			const next = await addVersion(session, desk, claimId, draft, { ...draft.statement, appeal });
			events.push({ type: 'amended', version: next });
		}
		await append(desk, session, claimId, version, [...events, { type: 'appealed' }]);
		return ok(undefined);
	});
}

/** The registry as a family reaches it: a name and a telephone, nothing of any child. */
export async function registryContact(
	database: ProgramDatabase
): Promise<{ readonly name: string; readonly nameEn: string; readonly phone: string | null } | undefined> {
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ name: string; nameEn: string; phone: string | null }>(
			`SELECT name, name_en AS "nameEn", phone FROM institutions WHERE kind = 'registry' ORDER BY created_at LIMIT 1`
		)
	);
	return rows[0];
}

type Draft = Omit<OwnClaim, 'claimId' | 'papers'> & {
	/** As it stands in the database; see claims.statement_version. */
	readonly statementVersion: number;
};

async function readDraft(session: Session, claimId: ClaimId): Promise<Draft | undefined> {
	const { rows } = await session.query<{
		kind: ClaimKind;
		state: string;
		draftUntil: CivilDate;
		statementVersion: number;
		statement: unknown;
	}>(
		`SELECT claims.kind, claims.state, claim_tickets.draft_until AS "draftUntil",
			claims.statement_version AS "statementVersion", claim_statements.statement
		FROM claims
			JOIN claim_tickets ON claim_tickets.claim_id = claims.id
			LEFT JOIN claim_statements ON claim_statements.claim_id = claims.id
				AND claim_statements.version = claims.statement_version
		WHERE claims.id = $1`,
		[claimId]
	);
	const row = rows[0];
	if (!row) return undefined;
	const events = await readClaimEvents(session, claimId);
	const received = events.map(({ event }) => event).find((event) => event.type === 'received');
	const status = familyStatus(row.kind, events);
	return {
		kind: row.kind,
		sent: status !== undefined,
		draftUntil: row.draftUntil,
		statementVersion: row.statementVersion,
		statement: row.statement === null ? {} : familyStatementSchema.parse(row.statement),
		waitsItsTurn: (received?.openBefore ?? 0) >= openClaimsMaximum,
		status,
		options: status ? familyOptions(status) : { amend: true, withdraw: false, appeal: false }
	};
}

function mayChange(claim: Pick<OwnClaim, 'options'>): boolean {
	return claim.options.amend;
}

async function changeStatement(
	desk: FamilyDesk,
	claimId: ClaimId,
	change: (statement: FamilyStatement) => Result<FamilyStatement, FamilyFault>
): Promise<Result<FamilyStatement, FamilyFault>> {
	return desk.database.inScope({ kind: 'claimant', claimId }, async (session) => {
		const version = await lockClaim(session, claimId);
		const draft = await readDraft(session, claimId);
		if (version === undefined || !draft || !mayChange(draft)) return err({ type: 'claim_closed' });
		const changed = change(draft.statement);
		if (!changed.ok || sameWords(changed.value, draft.statement)) return changed;
		if (!draft.sent) {
			await session.query(
				'UPDATE claim_statements SET statement = $3, saved_at = $4 WHERE claim_id = $1 AND version = $2',
				[claimId, draft.statementVersion, JSON.stringify(changed.value), desk.now().toISOString()]
			);
			return changed;
		}
		if (draft.statementVersion >= versionsMaximum) return err({ type: 'too_many_versions' });
		const next = await addVersion(session, desk, claimId, draft, changed.value);
		await append(desk, session, claimId, version, [{ type: 'amended', version: next }]);
		return changed;
	});
}

/** PostgreSQL keeps the names of an object in an order of its own. */
function sameWords(a: FamilyStatement, b: FamilyStatement): boolean {
	return canonicalJson(a) === canonicalJson(b);
}

/** A further version of a claim that was sent; who claims it may have changed with it. */
async function addVersion(
	session: Session,
	desk: FamilyDesk,
	claimId: ClaimId,
	draft: Draft,
	statement: FamilyStatement
): Promise<number> {
	const next = draft.statementVersion + 1;
	await session.query('INSERT INTO claim_statements (claim_id, version, statement, saved_at) VALUES ($1, $2, $3, $4)', [
		claimId,
		next,
		JSON.stringify(familyStatementSchema.parse(statement)),
		desk.now().toISOString()
	]);
	await session.query('UPDATE claims SET statement_version = $2, public_number = $3 WHERE id = $1', [
		claimId,
		next,
		numberIn(statement).typed ?? null
	]);
	await keepIdentities(session, claimId, identitiesOf(statement, desk.identityKey));
	return next;
}

async function append(
	desk: FamilyDesk,
	session: Session,
	claimId: ClaimId,
	version: number,
	events: readonly ClaimEvent[]
): Promise<void> {
	const appended = await appendClaimEvents(session, claimId, version, events, { at: desk.now(), on: desk.today() });
	// The claim is locked: nobody else came between.
	if (!appended.ok) throw new Error(`claim ${claimId} changed while it was locked`);
	await desk.changed(session, claimId);
}

/** The number of a notice: as typed, and in its one written form where its check sign is right. */
function numberIn(statement: FamilyStatement): { readonly typed?: string; readonly read?: string } {
	const typed = statement.which?.publicNumber;
	if (typed === undefined || statement.which?.noNumber) return {};
	const read = readPublicNumber(typed);
	return read === undefined ? { typed } : { typed: read, read };
}

async function insertDraft(
	session: Session,
	desk: FamilyDesk,
	draft: {
		readonly claimId: ClaimId;
		readonly number: string;
		readonly kind: ClaimKind;
		readonly statement: FamilyStatement;
	} & Key
): Promise<void> {
	await session.query(
		'INSERT INTO claims (id, number, kind, public_number, statement_version, created_at) VALUES ($1, $2, $3, $4, 1, $5)',
		[draft.claimId, draft.number, draft.kind, numberIn(draft.statement).typed ?? null, desk.now().toISOString()]
	);
	await session.query('INSERT INTO claim_statements (claim_id, version, statement, saved_at) VALUES ($1, 1, $2, $3)', [
		draft.claimId,
		JSON.stringify(draft.statement),
		desk.now().toISOString()
	]);
	await session.query(
		'INSERT INTO claim_tickets (ticket, claim_id, secret_hash, draft_until) VALUES ($1, $2, $3, $4)',
		[draft.ticket, draft.claimId, hashOf(draft.secret), addDays(desk.today(), draftDays)]
	);
}

/** Compares with something of the same length whether there is such a ticket or not. */
async function proved(desk: FamilyDesk, { ticket, secret }: Key): Promise<ClaimId | undefined> {
	const { rows } = await desk.database.inScope({ kind: 'public' }, (session) =>
		session.query<{ claimId: ClaimId; secretHash: Buffer }>(
			'SELECT claim_id AS "claimId", secret_hash AS "secretHash" FROM claim_tickets WHERE ticket = $1',
			[ticket]
		)
	);
	const found = rows[0];
	const fits = timingSafeEqual(hashOf(secret), found?.secretHash ?? Buffer.alloc(32));
	return found && fits ? found.claimId : undefined;
}

function hashOf(secret: ClaimSecret): Buffer {
	return createHash('sha256').update(secret).digest();
}
