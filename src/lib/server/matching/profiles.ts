import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import type { Days } from '#lib/domain/matching/days.ts';
import { meetingOf } from '#lib/domain/matching/meeting.ts';
import {
	profileOfChild,
	profileOfFamily,
	type FamilyDescription,
	type MatchProfile
} from '#lib/domain/matching/profile.ts';
import type { Session } from '../db/connection.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import { storable } from '../entry-log/storable.ts';
import { theSounds } from './sounds.ts';

/** A side of a comparison by its id. */
export type Subject =
	{ readonly side: 'child'; readonly id: ChildId } | { readonly side: 'family'; readonly id: ClaimId };

/** `changed`: something that is compared is new, so the subject is to be compared (search.ts, `compareNew`). */
export type Kept = 'changed' | 'same';

/** Keeps the profile of a child as its file is now. Scope registry: the log writes it in the transaction of a push. */
export async function keepChildProfile(session: Session, caseFile: CaseFile): Promise<Kept> {
	const changed = await keepChildProfiles(session, [caseFile]);
	return changed.length > 0 ? 'changed' : 'same';
}

/** Of many children at once. @returns those in which something that is compared is new */
export async function keepChildProfiles(session: Session, caseFiles: readonly CaseFile[]): Promise<readonly ChildId[]> {
	const sounds = await theSounds();
	const made = caseFiles.map((caseFile) => ({ id: caseFile.childId, profile: profileOfChild(caseFile, sounds) }));
	const changed = await keep(session, 'child', made);
	return made.map(({ id }) => id).filter((id) => changed.has(id));
}

/** Keeps the profile of the child a family looks for. Scope registry. */
export async function keepFamilyProfile(
	session: Session,
	claimId: ClaimId,
	description: FamilyDescription
): Promise<Kept> {
	const profile = profileOfFamily(description, await theSounds());
	const changed = await keep(session, 'family', [{ id: claimId, profile }]);
	return changed.has(claimId) ? 'changed' : 'same';
}

/**
 * Compares the subject with nobody any more, and takes the pairs nobody has decided about off the lists: the child has
 * left, the claim is withdrawn or over. Decisions stay. Scope registry. A later push does not open it again.
 */
export async function closeProfile(session: Session, subject: Subject): Promise<void> {
	await setOpen(session, subject, false);
	await dropUndecided(session, subject, []);
}

/** Undoes `closeProfile`, e.g. for a decision taken back; compare the subject afterwards. Scope registry. */
export async function reopenProfile(session: Session, subject: Subject): Promise<void> {
	await setOpen(session, subject, true);
}

/**
 * Takes the subject's open pairs off the lists, but for those with `partners`. A pair that somebody had rejected before is
 * rejected again.
 *
 * @returns how many pairs left the lists
 */
export async function dropUndecided(
	session: Session,
	{ side, id }: Subject,
	partners: readonly string[]
): Promise<number> {
	const own = side === 'child' ? 'child_id' : 'claim_id';
	const other = side === 'child' ? 'claim_id' : 'child_id';
	const gone = await session.query(
		`DELETE FROM match_candidates
		WHERE ${own} = $1 AND state = 'open' AND changed IS NULL AND NOT ${other} = ANY ($2::uuid[])`,
		[id, partners]
	);
	const back = await session.query(
		`UPDATE match_candidates SET state = 'rejected', changed = NULL
		WHERE ${own} = $1 AND state = 'open' AND changed IS NOT NULL AND NOT ${other} = ANY ($2::uuid[])`,
		[id, partners]
	);
	return gone.rowCount + back.rowCount;
}

/** As PostgreSQL reads a daterange. */
export function daterange({ from, to }: Days): string {
	return `[${from},${to}]`;
}

/** @returns the ids whose stored profile is another one now */
async function keep(
	session: Session,
	side: Subject['side'],
	made: readonly { readonly id: string; readonly profile: MatchProfile }[]
): Promise<ReadonlySet<string>> {
	const rows = made.map(({ id, profile: said }) => {
		const profile = storable(said);
		const { sex, birth, lost, keys, softKeys } = meetingOf(profile);
		return {
			id,
			profile,
			hash: sha256Hex(canonicalJson(profile)),
			sex,
			birth: birth && daterange(birth),
			lost: lost && daterange(lost),
			keys,
			soft_keys: softKeys
		};
	});
	const { rows: changed } = await session.query<{ id: string }>(
		`INSERT INTO match_profiles (side, subject_id, profile, profile_hash, sex, birth, lost, keys, soft_keys)
		SELECT $1, r.id, r.profile, r.hash, r.sex, r.birth, r.lost, r.keys, r.soft_keys
		FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, profile jsonb, hash text, sex text, birth daterange, lost daterange,
			keys text[], soft_keys text[])
		ON CONFLICT (side, subject_id) DO UPDATE SET profile = excluded.profile, profile_hash = excluded.profile_hash,
			sex = excluded.sex, birth = excluded.birth, lost = excluded.lost, keys = excluded.keys,
			soft_keys = excluded.soft_keys, changed_at = now()
		WHERE match_profiles.profile_hash <> excluded.profile_hash OR match_profiles.keys <> excluded.keys
			OR match_profiles.soft_keys <> excluded.soft_keys
		RETURNING subject_id AS id`,
		[side, JSON.stringify(rows)]
	);
	return new Set(changed.map(({ id }) => id));
}

async function setOpen(session: Session, { side, id }: Subject, open: boolean): Promise<void> {
	await session.query('UPDATE match_profiles SET open = $3, changed_at = now() WHERE side = $1 AND subject_id = $2', [
		side,
		id,
		open
	]);
}
