import type { Json } from '#lib/domain/canonical-json.ts';
import { mergePolicyFiles, parsePolicyFile } from '#lib/domain/hold/policy.ts';
import { mergeRestDayTables, parseRestDayTable, type RestDayTable } from '#lib/domain/hold/rest-days.ts';
import type { Sha256 } from '#lib/domain/ids.ts';
import type { RosterRules } from '#lib/sync/protocol.ts';
import type { Session } from '../db/connection.ts';
import { fileHash, filesInForce } from './rules-in-force.ts';

/**
 * What was loaded and is in force, as one file of policies and one rest-day table; undefined where nothing was. The
 * program's own rules are left out: a tablet has its own, and takes newer ones with its next program.
 */
export async function rulesForTablets(session: Session): Promise<RosterRules | undefined> {
	const files = await filesInForce(session);
	const policies = files.flatMap(({ kind, body }) => {
		const parsed = kind === 'policies' ? parsePolicyFile(body) : undefined;
		return parsed?.ok ? [parsed.value] : [];
	});
	const tables = files.flatMap(({ kind, body }) => {
		const parsed = kind === 'rest_days' ? parseRestDayTable(body) : undefined;
		return parsed?.ok ? [parsed.value] : [];
	});
	const [first, ...others]: readonly RestDayTable[] = tables;
	if (policies.length === 0 && !first) return undefined;
	const rules = {
		...(policies.length > 0 && { policies: mergePolicyFiles(policies) }),
		...(first && { restDays: mergeRestDayTables([first, ...others]) })
	};
	// As it travels: without what JSON leaves out.
	const plain = JSON.parse(JSON.stringify(rules)) as { readonly [key: string]: Json };
	return { ...plain, sha256: fileHash(plain) as Sha256 };
}
