import type { InstitutionId, Sha256 } from '#lib/domain/ids.ts';
import { cursorHash, cursorPosition, type Cursor, type Epoch, type SignedStatement } from '#lib/sync/protocol.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { Session } from '../db/connection.ts';
import { signedOnce } from './signed.ts';

/** The end of a house's feed in one life of the database. */
export interface FeedEnd {
	readonly institutionId: InstitutionId;
	readonly epoch: Epoch;
	/** The cursor of the newest entry. */
	readonly at: Cursor;
}

/**
 * How far a house's feed goes, signed: one statement for each head that a tablet was told, however often it is told. The
 * newest of each house is kept in memory, because most pulls find nothing new.
 */
export class TreeHeads {
	readonly #keys: Pick<RegistryKeys, 'sign'>;
	readonly #newest = new Map<InstitutionId, { readonly subject: string; readonly statement: SignedStatement }>();

	constructor(keys: Pick<RegistryKeys, 'sign'>) {
		this.#keys = keys;
	}

	/** The statement, if it is the newest that this process told of the house. */
	known(end: FeedEnd): SignedStatement | undefined {
		const newest = this.#newest.get(end.institutionId);
		return newest?.subject === subjectOf(end) ? newest.statement : undefined;
	}

	/**
	 * The statement out of the table, signed now if it is not there. In the caller's transaction, which commits it.
	 *
	 * @returns undefined for a feed without an entry: there is nothing to witness
	 */
	async signed(session: Session, end: FeedEnd, now: Date): Promise<SignedStatement | undefined> {
		const hash = cursorHash(end.at) as Sha256 | undefined;
		if (hash === undefined) return undefined;
		const { institutionId, epoch } = end;
		const place = { institutionId, kind: 'tree_head', subject: subjectOf(end) } as const;
		const position = cursorPosition(end.at);
		return signedOnce(
			session,
			this.#keys,
			place,
			() => ({ is: 'tree_head', institutionId, epoch, position, hash, at: now.toISOString() }),
			now
		);
	}

	/** Keeps in memory what was committed. */
	remember(end: FeedEnd, statement: SignedStatement): void {
		this.#newest.set(end.institutionId, { subject: subjectOf(end), statement });
	}
}

function subjectOf({ epoch, at }: FeedEnd): string {
	return `${epoch}.${at}`;
}
