import type { PublicNotice } from '#lib/domain/disclosure/disclose.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';
import type { NoticePhoto, NoticeRow } from './notice-row.ts';

/** What a page needs beside the disclosed notice. */
export interface Listing {
	readonly publicNumber: string;
	readonly publishedOn: CivilDate;
	readonly institution: { readonly name: string; readonly nameEn: string };
	readonly notice: PublicNotice;
	readonly photos: readonly NoticePhoto[];
}

/**
 * Writes one notice into the public tables, or replaces the one under its number.
 *
 * @returns the names of pictures that were shown before
 */
export async function listNotice(session: Session, listing: Listing): Promise<readonly string[]> {
	const { publicNumber, notice } = listing;
	const { words, ageMonths } = notice;
	await session.query('DELETE FROM withdrawn_notices WHERE public_number = $1', [publicNumber]);
	const shown = await removeNotice(session, publicNumber);
	await session.query(
		`INSERT INTO public_notices (public_number, published_on, name, sex, age_when_rescued, place_taken, rescued, height,
			features, clothing, belongings, own_account, accent, sex_code, region_code, age_months_least, age_months_most,
			institution_name, institution_name_en, contact_name, contact_phone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		[
			publicNumber,
			listing.publishedOn,
			words.name,
			words.sex,
			words.ageWhenRescued,
			words.placeTaken,
			words.rescued,
			words.height,
			words.features,
			words.clothing,
			words.belongings,
			words.ownAccount,
			words.accent,
			notice.sexCode,
			notice.regionCode,
			ageMonths?.least,
			ageMonths?.most,
			listing.institution.name,
			listing.institution.nameEn,
			notice.contactName,
			notice.contactPhone
		].map((value) => value ?? null)
	);
	for (const [place, photo] of listing.photos.entries()) {
		await session.query(
			'INSERT INTO public_photos (token, public_number, place, view, width, height) VALUES ($1, $2, $3, $4, $5, $6)',
			[photo.token, publicNumber, place, photo.view, photo.width, photo.height]
		);
	}
	return shown;
}

/**
 * Takes a notice out of the public tables; its number answers "taken down" from now on.
 *
 * @returns the names of the pictures it showed
 */
export async function unlistNotice(
	session: Session,
	publicNumber: string,
	withdrawnOn: CivilDate
): Promise<readonly string[]> {
	const shown = await removeNotice(session, publicNumber);
	await session.query(
		`INSERT INTO withdrawn_notices (public_number, withdrawn_on) VALUES ($1, $2)
		ON CONFLICT (public_number) DO UPDATE SET withdrawn_on = excluded.withdrawn_on`,
		[publicNumber, withdrawnOn]
	);
	return shown;
}

async function removeNotice(session: Session, publicNumber: string): Promise<readonly string[]> {
	const { rows } = await session.query<{ token: string }>(
		'DELETE FROM public_photos WHERE public_number = $1 RETURNING token',
		[publicNumber]
	);
	await session.query('DELETE FROM public_notices WHERE public_number = $1', [publicNumber]);
	return rows.map(({ token }) => token);
}

/** Empties the public tables, for a rebuild in the same transaction. */
export async function clearPublicTables(session: Session): Promise<void> {
	await session.query('DELETE FROM public_notices');
	await session.query('DELETE FROM withdrawn_notices');
}

/** Was this number ever given to a notice? */
export async function numberIsTaken(session: Session, publicNumber: string): Promise<boolean> {
	const { rows } = await session.query<{ taken: boolean }>(
		`SELECT EXISTS (SELECT 1 FROM public_notices WHERE public_number = $1)
			OR EXISTS (SELECT 1 FROM withdrawn_notices WHERE public_number = $1) AS taken`,
		[publicNumber]
	);
	return rows[0]?.taken ?? false;
}

export interface PublicTables {
	readonly revision: number;
	/** Newest first, then by number. */
	readonly notices: readonly NoticeRow[];
	readonly withdrawn: readonly string[];
}

/**
 * Everything public, or 'unchanged' when the tables are as they were at `knownRevision`. To be run in one repeatable
 * read transaction.
 */
export async function readPublicNotices(session: Session, knownRevision?: number): Promise<PublicTables | 'unchanged'> {
	const current = await session.query<{ revision: number }>('SELECT revision FROM notice_revision');
	const revision = current.rows[0]?.revision ?? 0;
	if (revision === knownRevision) return 'unchanged';
	const notices = await session.query<Omit<NoticeRow, 'photos'>>(
		`SELECT public_number AS "publicNumber", published_on AS "publishedOn", name, sex, age_when_rescued AS "ageWhenRescued",
			place_taken AS "placeTaken", rescued, height, features, clothing, belongings, own_account AS "ownAccount", accent,
			sex_code AS "sexCode", region_code AS "regionCode", age_months_least AS "ageMonthsLeast",
			age_months_most AS "ageMonthsMost", institution_name AS "institutionName",
			institution_name_en AS "institutionNameEn", contact_name AS "contactName", contact_phone AS "contactPhone"
		FROM public_notices ORDER BY published_on DESC, public_number`
	);
	const photos = await session.query<NoticePhoto & { publicNumber: string }>(
		'SELECT public_number AS "publicNumber", token, view, width, height FROM public_photos ORDER BY public_number, place'
	);
	const withdrawn = await session.query<{ number: string }>('SELECT public_number AS number FROM withdrawn_notices');
	const photosOf = new Map<string, NoticePhoto[]>();
	for (const { publicNumber, ...photo } of photos.rows) {
		photosOf.set(publicNumber, [...(photosOf.get(publicNumber) ?? []), photo]);
	}
	return {
		revision,
		notices: notices.rows.map((notice) => ({
			...notice,
			photos: photosOf.get(notice.publicNumber) ?? []
		})),
		withdrawn: withdrawn.rows.map((row) => row.number)
	};
}
