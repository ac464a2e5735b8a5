import { parseArgs } from 'node:util';
import { openDatabase } from '#lib/server/db/open.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep migrate [--json]

"start" does the same first; this is for doing it at an hour of your own.`;

/** `lampkeep migrate`: answers {"applied":["0001_base.sql"],"epoch":"…"}. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const database = await openDatabase(context.config(), { whenInUse: 'refuse', say: context.say });
	try {
		const { migrated: applied, epoch } = database;
		context.answer(
			{ applied, epoch },
			applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`
		);
	} finally {
		await database.close();
	}
}
