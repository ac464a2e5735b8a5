import type { InstitutionId } from '#lib/domain/ids.ts';
import { chainHash, chainStart } from '#lib/sync/chain.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { sha256Hex } from './signatures.ts';

/** What is wrong at the first bad row of a feed. */
export type ChainProblem =
	/** The hash does not follow from what stands before: the row, its entry, or the order was changed. */
	| 'hash_wrong'
	/** The text of the entry is not the text that was received. */
	| 'body_changed'
	/** A position is missing. */
	| 'row_missing'
	/** The feed ends before, or after, the place its head names. */
	| 'head_wrong';

export interface BrokenChain {
	readonly institutionId: InstitutionId;
	readonly position: number;
	readonly entryId: string | null;
	readonly problem: ChainProblem;
}

export interface Verified {
	readonly feeds: number;
	readonly rows: number;
	/** The first bad row of each feed that has one. */
	readonly broken: readonly BrokenChain[];
	/** Entries that stand in no feed: a row of a feed was taken out together with its successors. */
	readonly orphans: readonly string[];
}

const pageSize = 5_000;

/** Walks every chain from its start. Trusts nothing but the texts of the entries and the first hash of each house. */
export async function verifyChains(database: ProgramDatabase): Promise<Verified> {
	return database.inScope(
		{ kind: 'registry' },
		async (session) => {
			const { rows: heads } = await session.query<{ institutionId: InstitutionId; position: number; hash: string }>(
				`SELECT coalesce(h.institution_id, f.institution_id) AS "institutionId", coalesce(h.position, 0) AS position,
					coalesce(h.hash, '') AS hash
				FROM feed_heads h FULL JOIN (SELECT DISTINCT institution_id FROM feed) f ON f.institution_id = h.institution_id
				ORDER BY 1`
			);
			let rows = 0;
			const broken: BrokenChain[] = [];
			for (const head of heads) {
				const walked = await walk(session, head);
				rows += walked.rows;
				if (walked.broken) broken.push(walked.broken);
			}
			const { rows: orphans } = await session.query<{ id: string }>(
				'SELECT id FROM entries WHERE NOT EXISTS (SELECT FROM feed WHERE feed.entry_id = entries.id) ORDER BY id LIMIT 100'
			);
			return { feeds: heads.length, rows, broken, orphans: orphans.map(({ id }) => id) };
		},
		// One picture of all feeds, however long it takes and whatever is pushed meanwhile.
		{ isolation: 'repeatable read', readOnly: true, statementTimeout: 300_000 }
	);
}

async function walk(
	session: Session,
	head: { institutionId: InstitutionId; position: number; hash: string }
): Promise<{ rows: number; broken?: BrokenChain }> {
	const { institutionId } = head;
	let hash: string = chainStart(institutionId, sha256Hex);
	let position = 0;
	for (;;) {
		const { rows } = await session.query<{
			position: number;
			entryId: string;
			hash: string;
			body: string;
			bodyHash: string;
			receivedAt: string;
		}>(
			`SELECT feed.position, feed.entry_id AS "entryId", feed.hash, entries.body, entries.body_hash AS "bodyHash",
				entries.received_at AS "receivedAt"
			FROM feed JOIN entries ON entries.id = feed.entry_id
			WHERE feed.institution_id = $1 AND feed.position > $2 ORDER BY feed.position LIMIT $3`,
			[institutionId, position, pageSize]
		);
		for (const row of rows) {
			const at = (problem: ChainProblem) => ({
				rows: position,
				broken: { institutionId, position: position + 1, entryId: row.entryId, problem }
			});
			if (row.position !== position + 1) return at('row_missing');
			const bodyHash = sha256Hex(row.body);
			if (bodyHash !== row.bodyHash) return at('body_changed');
			hash = chainHash(hash, row.position, row.receivedAt, bodyHash, sha256Hex);
			if (hash !== row.hash) return at('hash_wrong');
			position = row.position;
		}
		if (rows.length < pageSize) break;
	}
	if (position === head.position && (position === 0 || hash === head.hash)) return { rows: position };
	return { rows: position, broken: { institutionId, position: position + 1, entryId: null, problem: 'head_wrong' } };
}
