import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { statementText, type GrantStatement } from '#lib/sync/statements.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { ProgramDatabase } from '../db/connection.ts';
import { signedOnce } from './signed.ts';

const registry = { kind: 'registry' } as const;

/**
 * Says once a day, for each house where something changed, which children it has had to do with (`child_houses`): whoever
 * gave a house a child afterwards, or took one off its list, contradicts what is signed. Run again it does nothing.
 *
 * @param today the registry's civil day
 * @returns how many statements were signed
 */
export async function signGrants(
	database: ProgramDatabase,
	keys: Pick<RegistryKeys, 'sign'>,
	today: CivilDate,
	now: Date
): Promise<number> {
	const { rows: houses } = await database.inScope(registry, (session) =>
		session.query<{ institutionId: InstitutionId }>(
			'SELECT DISTINCT institution_id AS "institutionId" FROM child_houses ORDER BY institution_id'
		)
	);
	let signed = 0;
	for (const { institutionId } of houses) {
		const isNew = await database.inScope(registry, async (session) => {
			const { rows } = await session.query<{ children: ChildId[]; newest: string | null }>(
				`SELECT ARRAY(SELECT child_id::text FROM child_houses WHERE institution_id = $1 ORDER BY child_id) AS children,
					(SELECT body FROM signed_statements WHERE institution_id = $1 AND kind = 'grant' ORDER BY id DESC LIMIT 1) AS newest`,
				[institutionId]
			);
			const { children = [], newest = null } = rows[0] ?? {};
			const statement: GrantStatement = {
				is: 'grant',
				institutionId,
				on: today,
				children,
				issuedAt: now.toISOString()
			};
			if (newest !== null && saysTheSame(newest, statement)) return false;
			const place = { institutionId, kind: 'grant', subject: today } as const;
			const { text } = await signedOnce(session, keys, place, () => statement, now);
			return text === statementText(statement);
		});
		if (isNew) signed += 1;
	}
	return signed;
}

/** Whether a statement names the same children; a text that cannot be read says nothing. */
function saysTheSame(body: string, { children }: GrantStatement): boolean {
	const said: unknown = JSON.parse(body);
	return (
		said !== null &&
		typeof said === 'object' &&
		'children' in said &&
		JSON.stringify(said.children) === JSON.stringify(children)
	);
}
