import type { InstitutionId, Sha256 } from '#lib/domain/ids.ts';
import { cursorHash, cursorPosition, type Cursor, type Epoch, type SignedStatement } from '#lib/sync/protocol.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { ProgramDatabase } from '../db/connection.ts';
import { signedOnce } from './signed.ts';

/**
 * How far a house's feed goes, signed: one statement for each head that a tablet was told, however often it is told. The
 * newest of each house is kept in memory, because most pulls find nothing new.
 */
export class TreeHeads {
	readonly #database: ProgramDatabase;
	readonly #keys: Pick<RegistryKeys, 'sign'>;
	readonly #newest = new Map<InstitutionId, { readonly subject: string; readonly statement: SignedStatement }>();

	constructor(database: ProgramDatabase, keys: Pick<RegistryKeys, 'sign'>) {
		this.#database = database;
		this.#keys = keys;
	}

	/**
	 * @param at the cursor of the newest entry
	 * @returns undefined for a feed without an entry: there is nothing to witness
	 */
	async at(institutionId: InstitutionId, epoch: Epoch, at: Cursor, now: Date): Promise<SignedStatement | undefined> {
		const hash = cursorHash(at) as Sha256 | undefined;
		if (hash === undefined) return undefined;
		const position = cursorPosition(at);
		const subject = `${epoch}.${position}.${hash}`;
		const known = this.#newest.get(institutionId);
		if (known?.subject === subject) return known.statement;
		const statement = await this.#database.inScope({ kind: 'institution', institutionId }, (session) =>
			signedOnce(
				session,
				this.#keys,
				{ institutionId, kind: 'tree_head', subject },
				() => ({ is: 'tree_head', institutionId, epoch, position, hash, at: now.toISOString() }),
				now
			)
		);
		this.#newest.set(institutionId, { subject, statement });
		return statement;
	}
}
