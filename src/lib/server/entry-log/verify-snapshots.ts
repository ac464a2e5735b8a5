import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { parseEntry, type Entry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, EntryId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { ProgramDatabase } from '../db/connection.ts';
import { sha256Hex } from './signatures.ts';

/*
 * The hash chains find a row that was changed behind the registry's back. Somebody who can also make the chains anew is
 * still found here: what two reviewers signed is the SHA-256 of the evidence, and it stands on paper in archives that nobody
 * can reach from a keyboard.
 */

/** What is wrong with a review. */
export type SnapshotProblem =
	/** The stored evidence gives another SHA-256 than the one that was signed and printed. */
	| 'evidence_changed'
	/** A reviewer signed another snapshot than the one of the review. */
	| 'signed_otherwise'
	/** A signature without its review. */
	| 'review_missing'
	/** The stored text is no entry of this kind any more. */
	| 'unreadable';

export interface BrokenSnapshot {
	readonly childId: ChildId;
	readonly entryId: EntryId;
	readonly problem: SnapshotProblem;
}

/** A review with its evidence hashed anew. */
export interface ReviewOnFile {
	readonly childId: ChildId;
	readonly entryId: EntryId;
	readonly openedOn: CivilDate;
	/** As it was signed and printed: SHA-256, lower-case hex. */
	readonly snapshot: string;
	/** Of the evidence as it is stored now. */
	readonly recomputed: string;
}

export interface VerifiedSnapshots {
	readonly reviews: number;
	readonly broken: readonly BrokenSnapshot[];
}

const pageSize = 500;

/** Hashes the evidence of every review anew, and compares what each reviewer signed with it. */
export async function verifySnapshots(database: ProgramDatabase): Promise<VerifiedSnapshots> {
	const opened = new Map<string, string>();
	const signed: { childId: ChildId; entryId: EntryId; itemId: string; snapshot: string }[] = [];
	const broken: BrokenSnapshot[] = [];
	let reviews = 0;
	await walk(database, ['review.opened', 'review.signed'], ({ childId, entryId, entry }) => {
		if (entry?.type === 'review.opened') {
			reviews += 1;
			const { itemId, snapshot } = entry.payload;
			opened.set(`${childId} ${itemId}`, snapshot);
			if (hashOf(entry) !== snapshot) broken.push({ childId, entryId, problem: 'evidence_changed' });
		} else if (entry?.type === 'review.signed') {
			const { itemId, snapshot } = entry.payload;
			signed.push({ childId, entryId, itemId, snapshot });
		} else {
			broken.push({ childId, entryId, problem: 'unreadable' });
		}
	});
	for (const { childId, entryId, itemId, snapshot } of signed) {
		const known = opened.get(`${childId} ${itemId}`);
		if (known === undefined) broken.push({ childId, entryId, problem: 'review_missing' });
		else if (known !== snapshot) broken.push({ childId, entryId, problem: 'signed_otherwise' });
	}
	return { reviews, broken };
}

/**
 * The reviews whose snapshot begins so, for whoever holds a printed sheet in their hands.
 *
 * @param start lower-case hex, as `snapshotTyped` gives it
 */
export async function reviewsOfSnapshot(database: ProgramDatabase, start: string): Promise<readonly ReviewOnFile[]> {
	const found: ReviewOnFile[] = [];
	await walk(database, ['review.opened'], ({ childId, entryId, entry }) => {
		if (entry?.type !== 'review.opened' || !entry.payload.snapshot.startsWith(start)) return;
		const { snapshot } = entry.payload;
		found.push({ childId, entryId, openedOn: entry.occurredOn, snapshot, recomputed: hashOf(entry) });
	});
	return found;
}

/**
 * A snapshot as somebody types it off a sheet: groups with spaces or hyphens, capital letters or not. Four groups are enough
 * to find it; undefined where it is shorter or no hex.
 */
export function snapshotTyped(text: string): string | undefined {
	const hex = text.replaceAll(/[\s-]/g, '').toLowerCase();
	return /^[0-9a-f]{16,64}$/.test(hex) ? hex : undefined;
}

function hashOf(entry: Extract<Entry, { type: 'review.opened' }>): string {
	return sha256Hex(canonicalJson(entry.payload.evidence as Json));
}

interface Walked {
	readonly childId: ChildId;
	readonly entryId: EntryId;
	/** Undefined where the stored text is no entry this program knows. */
	readonly entry: Entry | undefined;
}

async function walk(database: ProgramDatabase, types: readonly string[], see: (row: Walked) => void): Promise<void> {
	await database.inScope(
		{ kind: 'registry' },
		async (session) => {
			let after = '00000000-0000-0000-0000-000000000000';
			for (;;) {
				const { rows } = await session.query<{ id: EntryId; childId: ChildId; body: string }>(
					`SELECT id, child_id AS "childId", body FROM entries
					WHERE type = ANY ($1::text[]) AND id > $2 ORDER BY id LIMIT $3`,
					[types, after, pageSize]
				);
				for (const { id, childId, body } of rows) see({ childId, entryId: id, entry: entryIn(body) });
				const last = rows.at(-1);
				if (!last || rows.length < pageSize) return;
				after = last.id;
			}
		},
		{ isolation: 'repeatable read', readOnly: true, statementTimeout: 300_000 }
	);
}

/** Never throws: whoever changed a row may have made anything of it. */
function entryIn(body: string): Entry | undefined {
	try {
		const parsed = parseEntry(JSON.parse(body), body.length);
		return parsed.ok && parsed.value.known ? parsed.value.entry : undefined;
	} catch {
		return undefined;
	}
}
