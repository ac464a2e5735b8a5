import { parseArgs } from 'node:util';
import { openDatabase } from '#lib/server/db/open.ts';
import { verifyChains, type Verified } from '#lib/server/entry-log/verify.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep verify [--json]

Walks the hash chain of every house from its start and names the first row that does not follow from what stands before
it. Nothing is changed; the registry may go on running. Exit code 1 when a row is wrong.`;

/** `lampkeep verify`: answers {"feeds":3,"rows":8412,"broken":[],"orphans":[]}. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		const verified = await verifyChains(database);
		const whole = verified.broken.length === 0 && verified.orphans.length === 0;
		if (whole || context.json) {
			context.answer(verified, `${verified.feeds} feeds, ${verified.rows} rows: every chain holds.`);
		}
		if (!whole) throw new OperatorError(sentence(verified));
	} finally {
		await database.close();
	}
}

function sentence({ broken, orphans }: Verified): string {
	const found = broken.map(({ institutionId, position, entryId, problem }) => {
		const where = `the feed of ${institutionId}, position ${position}${entryId === null ? '' : `, entry ${entryId}`}`;
		return `${where}: ${words[problem]}.`;
	});
	if (orphans.length > 0) found.push(`${orphans.length} entries stand in no feed, the first is ${orphans[0]}.`);
	return `The log was changed by other hands than the registry's: ${found.join(' ')} Compare with a backup; nothing was changed now.`;
}

const words: Record<Verified['broken'][number]['problem'], string> = {
	hash_wrong: 'the row, its entry or the order before it was changed',
	body_changed: "the entry's text is not the one that was received",
	row_missing: 'a row is missing here',
	head_wrong: 'the feed does not end where its head says'
};
