import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { staffIdSchema } from '#lib/domain/ids.ts';
import { enrolCodeMinutes, inGroups } from '#lib/server/accounts/enrol-code.ts';
import { makeEnrolCode } from '#lib/server/accounts/enrolment.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep enrol-code --staff <id> [--json]

Makes a one-time code for a tablet of this person's house, valid ${enrolCodeMinutes} minutes. Type it on the tablet at /app/enrol.
Answers {"code":"…","staffId":"…","expiresAt":"…"}. The person's older unused codes stop working.`;

/** `lampkeep enrol-code`: what the desk shows as a QR code, for a house whose desk cannot be reached. */
export async function run(context: CommandContext): Promise<void> {
	const { values } = parseArgs({ args: [...context.args], options: { staff: { type: 'string' } } });
	const staffId = staffIdSchema.safeParse(values.staff);
	if (!staffId.success) throw new OperatorError('--staff is missing or no id; `lampkeep user list` shows them.');
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		const made = await database.inScope({ kind: 'registry' }, (session) =>
			makeEnrolCode(session, { id: randomUUID(), staffId: staffId.data, by: null, random: randomBytes(16) }, new Date())
		);
		if (!made.ok) {
			throw new OperatorError(
				made.error.type === 'person_unknown'
					? 'There is no open account with this --staff; `lampkeep user list` shows them.'
					: 'This role works at a desk and has no tablet.'
			);
		}
		const { code, expiresAt } = made.value;
		context.answer({ code, staffId: staffId.data, expiresAt }, `${inGroups(code)}\nValid until ${expiresAt}, once.`);
	} finally {
		await database.close();
	}
}
