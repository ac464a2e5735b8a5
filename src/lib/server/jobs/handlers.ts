import { civilDateAt } from '#lib/domain/time.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { ProgramDatabase, Scope } from '../db/connection.ts';
import { deliver, type Postman } from '../inbox/deliver.ts';
import { writeDigests } from '../inbox/digest.ts';
import type { NoticeBoard } from '../notices/board.ts';
import type { Press } from '../notices/publish.ts';
import { sweepPublication } from '../notices/sweep.ts';
import { signGrants } from '../statements/grants.ts';
import type { JobHandlers, JobSender } from './queue.ts';

/** What the jobs work with. */
export interface JobTools {
	readonly database: ProgramDatabase;
	readonly jobs: JobSender;
	readonly press: Press;
	readonly board: Pick<NoticeBoard, 'refresh'>;
	readonly postman: Pick<Postman, 'messengers' | 'origin'>;
	readonly keys: Pick<RegistryKeys, 'sign'>;
	readonly now: () => Date;
}

const registry: Scope = { kind: 'registry' };

/** Who does which job. A name that is not here is not scheduled, and what is sent under it waits. */
export function handlersWith(tools: JobTools): JobHandlers {
	const { database, jobs, press, board, postman, keys, now } = tools;
	return {
		'publication.sweep': async () => {
			// Once an hour every notice is looked through.
			await sweepPublication({ database, press, board }, now().getUTCMinutes() === 0);
		},
		'inbox.digest': async () => {
			const day = civilDateAt(now().getTime(), 'Asia/Shanghai');
			const { email, webhook } = postman.messengers;
			const channels = { mail: email !== null, webhook: webhook !== null };
			await database.inScope(registry, (session) => writeDigests(session, jobs, day, channels), {
				statementTimeout: 60_000
			});
		},
		'statements.grants': async () => {
			await signGrants(database, keys, civilDateAt(now().getTime(), 'Asia/Shanghai'), now());
		},
		'inbox.deliver': ({ messageId }, run) => deliver({ database, ...postman }, messageId, run)
	};
}
