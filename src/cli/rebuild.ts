import { parseArgs } from 'node:util';
import { rebuildClaims } from '#lib/server/claims/claim-rows.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { keepChildProfile } from '#lib/server/matching/profiles.ts';
import { rebuildNotices } from '#lib/server/notices/rebuild.ts';
import { rebuild } from '#lib/server/read-models/rebuild.ts';
import { publicPress } from '#lib/server/sync/published.ts';
import type { CommandContext } from './command.ts';

/** Pictures of every published child may have to be made again: an hour at most. */
const publishingTime = 3_600_000;

export const usage = `lampkeep rebuild [--json]

Makes every read model again from the log of entries: lists, search, what is due, the review board, what is compared, the
public notices and their pictures; and the lists of claims from the claims' own events.
The registry may go on running. The same log gives the same rows, byte for byte.`;

/**
 * `lampkeep rebuild`: answers {"children":284,"entries":8412,"removed":0,"claims":12,"photosMissing":[]}; the last names the photos
 * of published children that have not arrived or cannot be read.
 */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const config = context.config();
	const database = await openDatabase(config, { whenInUse: 'share', say: context.say });
	try {
		const rebuilt = await rebuild(
			database,
			async (session, caseFile) => void (await keepChildProfile(session, caseFile))
		);
		const claims = await rebuildClaims(database);
		const press = await publicPress(config);
		const faults = await database.inScope({ kind: 'registry' }, (session) => rebuildNotices(session, press), {
			statementTimeout: publishingTime
		});
		const photosMissing = [...faults.values()].flatMap((ofChild) => ofChild.map(({ sha256 }) => sha256));
		context.answer(
			{ ...rebuilt, claims, photosMissing },
			`${rebuilt.children} children made again from ${rebuilt.entries} entries, ${claims} claims from their events.` +
				(photosMissing.length > 0 ? ` ${photosMissing.length} photos of public notices are missing.` : '')
		);
	} finally {
		await database.close();
	}
}
