import { parseArgs } from 'node:util';
import { openDatabase } from '#lib/server/db/open.ts';
import { rebuild } from '#lib/server/read-models/rebuild.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep rebuild [--json]

Makes every read model (lists, search, what is due) again from the log of entries. The registry may go on running. The
same log gives the same rows, byte for byte.`;

/** `lampkeep rebuild`: answers {"children":284,"entries":8412,"removed":0}. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		const rebuilt = await rebuild(database);
		context.answer(rebuilt, `${rebuilt.children} children made again from ${rebuilt.entries} entries.`);
	} finally {
		await database.close();
	}
}
