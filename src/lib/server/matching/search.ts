import { z } from 'zod';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import { changedFields } from '#lib/domain/matching/changes.ts';
import { explained, prepared, weighed } from '#lib/domain/matching/compare.ts';
import { contributionSchema, type Comparison, type Contribution } from '#lib/domain/matching/comparison.ts';
import { meetingOfPrepared, type Meeting } from '#lib/domain/matching/meeting.ts';
import type { MatchProfile } from '#lib/domain/matching/profile.ts';
import { worthALook, type MatchField } from '#lib/domain/matching/weights.ts';
import type { Session } from '../db/connection.ts';
import { dropUndecided, daterange, type Subject } from './profiles.ts';

/** What a search did. */
export interface Compared {
	/** Open profiles of the other side that were compared. */
	readonly compared: number;
	/** Pairs that are now on the list and were not. */
	readonly found: number;
	/** Pairs somebody had rejected that are back on the list, because something that is compared changed. */
	readonly returned: number;
	/** Pairs that left the list: they score too little now. */
	readonly removed: number;
}

/**
 * Compares a new or changed subject with every open one of the other side and keeps the pairs that are worth a look. Both
 * ways alike: a child with all reports, a report with all children. Scope registry, and outside the transaction of a push:
 * it takes some hundred milliseconds where a hundred thousand stand on the other side. Running it twice changes nothing.
 *
 * A pair that was rejected stays so while nothing that is compared has changed on either side; after a change it comes
 * back, with the fields that are different. A pair that was accepted is left as the person saw it.
 */
export async function compareNew(session: Session, subject: Subject): Promise<Compared> {
	const own = await openProfile(session, subject);
	if (!own) return { compared: 0, found: 0, returned: 0, removed: await dropUndecided(session, subject, []) };
	const me = prepared(own.profile);
	const others = await whoMeets(session, subject.side === 'child' ? 'family' : 'child', meetingOfPrepared(me));
	const pairs: Pair[] = [];
	for (const other of others) {
		const partner = prepared(other.profile);
		const [child, family] = subject.side === 'child' ? [me, partner] : [partner, me];
		if (weighed(child, family).score < worthALook) continue;
		pairs.push({ partner: other.id, hash: other.hash, comparison: explained(child, family) });
	}
	const { found, returned, standing } = await keepPairs(session, subject, own.hash, pairs);
	return { compared: others.length, found, returned, removed: await dropUndecided(session, subject, standing) };
}

interface StoredProfile {
	readonly id: string;
	readonly profile: MatchProfile;
	readonly hash: string;
}

interface Pair {
	readonly partner: string;
	readonly hash: string;
	readonly comparison: Comparison;
}

async function openProfile(session: Session, { side, id }: Subject): Promise<StoredProfile | undefined> {
	const { rows } = await session.query<StoredProfile>(
		`SELECT subject_id AS id, profile, profile_hash AS hash FROM match_profiles
		WHERE side = $1 AND subject_id = $2 AND open`,
		[side, id]
	);
	return rows[0];
}

/** The open profiles of a side that meet one of the other side: the rule of domain/matching/meeting.ts, in SQL. */
export async function whoMeets(
	session: Session,
	side: Subject['side'],
	{ keys, softKeys, sex, birthWindow, lossWindow }: Meeting
): Promise<readonly StoredProfile[]> {
	const { rows } = await session.query<StoredProfile>(
		`SELECT subject_id AS id, profile, profile_hash AS hash FROM match_profiles
		WHERE side = $1 AND open AND (
			keys && $2::text[]
			OR (soft_keys && $3::text[] AND (sex = $4 OR sex = '' OR $4 = '') AND birth && $5::daterange)
			OR (lost && $6::daterange AND (sex = $4 OR sex = '' OR $4 = '')
				AND (birth IS NULL OR $5::daterange IS NULL OR birth && $5::daterange))
		)`,
		[side, keys, softKeys, sex, birthWindow ? daterange(birthWindow) : null, lossWindow ? daterange(lossWindow) : null]
	);
	return rows;
}

async function keepPairs(
	session: Session,
	{ side, id }: Subject,
	hash: string,
	pairs: readonly Pair[]
): Promise<Pick<Compared, 'found' | 'returned'> & { readonly standing: readonly string[] }> {
	const known = await decidedBefore(session, side, id);
	let [found, returned] = [0, 0];
	const rows: CandidateRow[] = [];
	const standing: string[] = [];
	for (const { partner, hash: partnerHash, comparison } of pairs) {
		const before = known.get(partner);
		if (before?.state === 'accepted') continue;
		const changed = before?.rejected ? changedFields(before.rejected, comparison.contributions) : undefined;
		// Also a pair that came back over a change which was taken back since: what somebody rejected is rejected.
		if (changed?.length === 0) continue;
		standing.push(partner);
		if (!before) found++;
		if (before?.state === 'rejected') returned++;
		rows.push({
			child_id: side === 'child' ? id : partner,
			claim_id: side === 'child' ? partner : id,
			...comparison,
			child_hash: side === 'child' ? hash : partnerHash,
			family_hash: side === 'child' ? partnerHash : hash,
			changed: changed ?? null
		});
	}
	await writeCandidates(session, rows);
	return { found, returned, standing };
}

interface CandidateRow extends Comparison {
	readonly child_id: string;
	readonly claim_id: string;
	readonly child_hash: string;
	readonly family_hash: string;
	readonly changed: readonly MatchField[] | null;
}

interface DecidedBefore {
	readonly state: 'open' | 'rejected' | 'accepted';
	/** What was seen when it was last rejected; undefined where it never was. */
	readonly rejected: readonly Contribution[] | undefined;
}

/** The subject's pairs with what was decided, by the partner's id; locked, so that nobody decides meanwhile. */
async function decidedBefore(
	session: Session,
	side: Subject['side'],
	id: ChildId | ClaimId
): Promise<ReadonlyMap<string, DecidedBefore>> {
	const [own, other] = side === 'child' ? ['child_id', 'claim_id'] : ['claim_id', 'child_id'];
	const { rows } = await session.query<{ partner: string; state: DecidedBefore['state']; rejected: unknown }>(
		`SELECT ${other} AS partner, state,
			(SELECT d.contributions FROM match_decisions d
			WHERE d.child_id = match_candidates.child_id AND d.claim_id = match_candidates.claim_id AND d.decision = 'rejected'
			ORDER BY d.id DESC LIMIT 1) AS rejected
		FROM match_candidates WHERE ${own} = $1 ORDER BY child_id, claim_id FOR UPDATE OF match_candidates`,
		[id]
	);
	return new Map(
		rows.map(({ partner, state, rejected }) => [
			partner,
			{ state, rejected: rejected === null ? undefined : z.array(contributionSchema).parse(rejected) }
		])
	);
}

async function writeCandidates(session: Session, rows: readonly CandidateRow[]): Promise<void> {
	if (rows.length === 0) return;
	// Another search may have found the same pair from the other side; what somebody decided meanwhile stays.
	await session.query(
		`INSERT INTO match_candidates (child_id, claim_id, score, probability, contributions, contradictions, child_hash,
			family_hash, state, changed)
		SELECT r.child_id, r.claim_id, r.score, r.probability, r.contributions, r.contradictions, r.child_hash, r.family_hash,
			'open', r.changed
		FROM jsonb_to_recordset($1::jsonb) AS r (child_id uuid, claim_id uuid, score double precision,
			probability double precision, contributions jsonb, contradictions text[], child_hash text, family_hash text,
			changed text[])
		ORDER BY r.child_id, r.claim_id
		ON CONFLICT (child_id, claim_id) DO UPDATE SET score = excluded.score, probability = excluded.probability,
			contributions = excluded.contributions, contradictions = excluded.contradictions, child_hash = excluded.child_hash,
			family_hash = excluded.family_hash, state = 'open', changed = excluded.changed,
			found_at = CASE WHEN match_candidates.state = 'open' THEN match_candidates.found_at ELSE now() END
		WHERE match_candidates.state = 'open'
			OR (match_candidates.state = 'rejected' AND excluded.changed IS NOT NULL)`,
		[JSON.stringify(rows)]
	);
}
