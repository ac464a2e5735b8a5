import type { InstitutionId } from '#lib/domain/ids.ts';
import type { SignedStatement } from '#lib/sync/protocol.ts';
import { statementText, type Statement } from '#lib/sync/statements.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { Session } from '../db/connection.ts';

/** Kinds of statements, as the table names them: an order to wipe is how a revocation is told to its tablet. */
export type StatementKind = 'roster' | 'grant' | 'revocation' | 'tree_head';

/** What a statement is about. */
export interface StatementPlace {
	readonly institutionId: InstitutionId;
	readonly kind: StatementKind;
	/** The same subject of the same house is signed once. */
	readonly subject: string;
}

/**
 * The statement about a subject: the one that was signed before, else a new one. In the caller's transaction, in the scope of
 * the house or of the registry.
 *
 * @param make what is said, if it was not said before
 * @param now the registry's clock
 */
export async function signedOnce(
	session: Session,
	keys: Pick<RegistryKeys, 'sign'>,
	place: StatementPlace,
	make: () => Statement,
	now: Date
): Promise<SignedStatement> {
	const known = await statementAbout(session, place);
	if (known) return known;
	const text = statementText(make());
	const signature = keys.sign(text);
	const { rowCount } = await session.query(
		`INSERT INTO signed_statements (institution_id, kind, subject, body, signature, signed_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (institution_id, kind, subject) DO NOTHING`,
		[place.institutionId, place.kind, place.subject, text, signature, now.toISOString()]
	);
	if (rowCount === 1) return { text, signature };
	// Another process was first: the registry says one thing about one subject.
	const first = await statementAbout(session, place);
	if (!first) throw new Error(`the statement ${place.kind} ${place.subject} was signed and is not there`);
	return first;
}

/** What was said about a subject, if anything. */
export async function statementAbout(
	session: Session,
	{ institutionId, kind, subject }: StatementPlace
): Promise<SignedStatement | undefined> {
	const { rows } = await session.query<SignedStatement>(
		'SELECT body AS text, signature FROM signed_statements WHERE institution_id = $1 AND kind = $2 AND subject = $3',
		[institutionId, kind, subject]
	);
	return rows[0];
}
