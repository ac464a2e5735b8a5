import { OperatorError } from '#lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';
import { checkCommand, fileArguments, loadCommand, previewCommand } from './rules-files.ts';

export const usage = `lampkeep rest-days check FILE [--allow-gaps] [--without-registry] [--json]
lampkeep rest-days preview FILE [--allow-gaps] [--limit 1000] [--json]
lampkeep rest-days load FILE --as LOGIN [--allow-gaps] [--json]

FILE is JSON: {"calendar":"CN","source":"国办发明电〔…〕…","years":{"2027":{"rest":"01-01 01-02 …","work":"02-07 …"}}}.
"rest" names the days off, holidays and the days moved beside them; "work" the Saturdays and Sundays worked for them. A year
replaces that year. Years missing between those known are refused unless --allow-gaps: they stay unpublished, and last days
in them provisional.

  check     what is wrong with a file; --without-registry needs no database
  preview   whose dates would change; nothing is stored
  load      puts the table in force in the name of an officer of the registry; provisional days are reckoned again, and
            \`lampkeep policies affected\` lists whose. \`lampkeep policies withdraw\` takes it back.`;

/** `lampkeep rest-days`: the holidays of years that are published. */
export async function run(context: CommandContext): Promise<void> {
	const [action, ...args] = context.args;
	switch (action) {
		case 'check':
			return checkCommand(context, 'rest_days', fileArguments(args, 'rest-days'));
		case 'preview':
			return previewCommand(context, 'rest_days', fileArguments(args, 'rest-days'));
		case 'load':
			return loadCommand(context, 'rest_days', fileArguments(args, 'rest-days'));
		default:
			throw new OperatorError('Say what to do: check, preview or load; `lampkeep rest-days --help` shows how.');
	}
}
