import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openDatabase } from '#lib/server/db/open.ts';
import { failedJobs, jobCounts, sendAgain } from '#lib/server/jobs/overview.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep jobs [list] [--json]
lampkeep jobs failed [--json]
lampkeep jobs again --id <id> [--json]

Background work: how much of each kind waits, runs and was given up; what was given up, and why; one more try for a job.
The registry may go on running; it does the job within seconds. "list" answers
[{"name":"…","waiting":0,"running":0,"failed":0,"lastDoneAt":"…"}]. Jobs that were given up are kept for 30 days.`;

const shown = 200;

/** `lampkeep jobs`: for whoever looks after the registry. */
export async function run(context: CommandContext): Promise<void> {
	const { values, positionals } = parseArgs({
		args: [...context.args],
		allowPositionals: true,
		options: { id: { type: 'string' } }
	});
	const [action = 'list', ...rest] = positionals;
	const id = z.uuid().safeParse(values.id);
	if (!['list', 'failed', 'again'].includes(action) || rest.length > 0) {
		throw new OperatorError('Say what to do: list, failed, again; `lampkeep jobs --help` shows how.');
	}
	if (action === 'again' && !id.success) {
		throw new OperatorError('--id is missing or no id; `lampkeep jobs failed` shows them.');
	}
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		const [answer, text] = await database.inScope({ kind: 'registry' }, async (session) => {
			if (action === 'again') {
				if (!(await sendAgain(session, id.data ?? '')))
					throw new OperatorError('No job with this --id was given up; `lampkeep jobs failed` shows them.');
				return [{ id: id.data }, 'It is tried again.'];
			}
			if (action === 'failed') {
				const failed = await failedJobs(session, shown);
				const lines = failed.map(
					(job) => `${job.id}  ${job.failedAt}  ${job.name}  ${job.attempts} tries  ${job.reason ?? ''}`
				);
				return [failed, lines.join('\n') || 'Nothing was given up.'];
			}
			const counts = await jobCounts(session);
			const width = Math.max(...counts.map(({ name }) => name.length));
			const lines = counts.map(
				({ name, waiting, running, failed, lastDoneAt }) =>
					`${name.padEnd(width)}  ${waiting} waiting  ${running} running  ${failed} given up  last done ${lastDoneAt ?? '-'}`
			);
			return [counts, lines.join('\n')];
		});
		context.answer(answer, text);
	} finally {
		await database.close();
	}
}
