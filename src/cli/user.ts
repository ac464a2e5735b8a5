import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { roles } from '#lib/domain/disclosure/roles.ts';
import { institutionIdSchema, staffIdSchema, uuidV7, type StaffId } from '#lib/domain/ids.ts';
import { inGroups } from '#lib/server/accounts/enrol-code.ts';
import {
	addPerson,
	changePassword,
	listPeople,
	passwordFault,
	removePerson,
	type NewPerson,
	type NewPersonFault
} from '#lib/server/accounts/people.ts';
import { hashPassword, passwordMaximum, passwordMinimum } from '#lib/server/auth/password.ts';
import type { Session } from '#lib/server/db/connection.ts';
import { setContact } from '#lib/server/inbox/contacts.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep user list [--json]
lampkeep user add --institution <id> --name 杨老师 --role supervisor [--login yang] [--password-stdin]
                  [--email yang@house.example] [--json]
lampkeep user password --login yang [--password-stdin] [--json]
lampkeep user email --id <id> --email yang@house.example [--json]
lampkeep user remove --id <id> [--json]

  --role            care_worker, supervisor, second_administrator, registry_officer, police_liaison or auditor
  --login           what the person types at the desk; without it the person works on tablets alone
  --email           where the summary of what waits goes every morning; empty takes the address away
  --password-stdin  read the password from standard input; without it one is made and shown once
"add" answers {"id":"…","password":"…"}; "password" answers {"password":"…"} and ends the person's open sessions.
What a removed person recorded stays.`;

/** `lampkeep user`: the people of the houses. */
export async function run(context: CommandContext): Promise<void> {
	const { values, positionals } = parseArgs({
		args: [...context.args],
		allowPositionals: true,
		options: {
			institution: { type: 'string' },
			name: { type: 'string' },
			role: { type: 'string' },
			login: { type: 'string' },
			id: { type: 'string' },
			email: { type: 'string' },
			'password-stdin': { type: 'boolean' }
		}
	});
	const [action, ...rest] = positionals;
	if (action === undefined || !(action in actions) || rest.length > 0) {
		throw new OperatorError(`Say what to do: ${Object.keys(actions).join(', ')}; \`lampkeep user --help\` shows how.`);
	}
	const prepare: Action = actions[action as keyof typeof actions];
	const work = await prepare(values, context);
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		const [answer, text] = await database.inScope({ kind: 'registry' }, work);
		context.answer(answer, text);
	} finally {
		await database.close();
	}
}

interface Given {
	readonly institution?: string | undefined;
	readonly name?: string | undefined;
	readonly role?: string | undefined;
	readonly login?: string | undefined;
	readonly id?: string | undefined;
	readonly email?: string | undefined;
	readonly 'password-stdin'?: boolean | undefined;
}
/** Checks what was given before the database is opened, and says what to do in it. */
type Action = (
	given: Given,
	context: CommandContext
) => Promise<(session: Session) => Promise<[answer: unknown, text: string]>>;

const actions = {
	list: async () => async (session) => {
		const people = await listPeople(session);
		const lines = people.map(
			(each) => `${each.id}  ${each.role}  ${each.login ?? '-'}  ${each.name}  ${each.institutionName}`
		);
		return [people, lines.join('\n') || 'There is nobody yet.'];
	},
	add: async (given, context) => {
		const person = newPerson(given);
		const password = given.login === undefined ? undefined : await chosenPassword(given, context);
		const desk =
			password === undefined || given.login === undefined
				? {}
				: { desk: { login: given.login.trim(), passwordHash: await hashPassword(password.text) } };
		return async (session) => {
			const added = await addPerson(session, { ...person, ...desk });
			if (!added.ok) {
				throw new OperatorError(refusals[added.error.type]);
			}
			if (given.email !== undefined) await mustTake(session, person.id, given.email);
			const shown = password?.made ? { password: password.text } : {};
			return [
				{ id: person.id, ...shown },
				`Added ${person.name}: ${person.id}${password?.made ? `\nPassword, shown once: ${password.text}` : ''}`
			];
		};
	},
	password: async (given, context) => {
		const login = given.login?.trim();
		if (!login) throw new OperatorError('--login is missing: whose password?');
		const password = await chosenPassword(given, context);
		const hash = await hashPassword(password.text);
		return async (session) => {
			if (!(await changePassword(session, login, hash)))
				throw new OperatorError('Nobody has this --login; `lampkeep user list` shows them.');
			return [
				password.made ? { password: password.text } : {},
				password.made ? `Password, shown once: ${password.text}` : 'The password is changed.'
			];
		};
	},
	email: async (given) => {
		const id = staffIdSchema.safeParse(given.id);
		if (!id.success) throw new OperatorError('--id is missing or no id; `lampkeep user list` shows them.');
		const { email } = given;
		if (email === undefined) throw new OperatorError('--email is missing; an empty one takes the address away.');
		return async (session) => {
			const people = await listPeople(session);
			if (!people.some((person) => person.id === id.data))
				throw new OperatorError('There is no open account with this --id.');
			await mustTake(session, id.data, email);
			return [{ id: id.data }, email.trim() === '' ? 'The address is taken away.' : 'The address is set.'];
		};
	},
	remove: async (given) => {
		const id = staffIdSchema.safeParse(given.id);
		if (!id.success) throw new OperatorError('--id is missing or no id; `lampkeep user list` shows them.');
		return async (session) => {
			if (!(await removePerson(session, id.data, new Date())))
				throw new OperatorError('There is no open account with this --id.');
			return [{ id: id.data }, 'The account is closed.'];
		};
	}
} as const satisfies Record<string, Action>;

const refusals = {
	login_taken: 'Somebody has this --login already; choose another.',
	institution_unknown: 'There is no house with this --institution; `lampkeep institution list` shows them.',
	role_of_the_registry: 'Registry officers and auditors see every house: add them to a house of kind "registry".'
} as const satisfies Record<NewPersonFault['type'], string>;

async function mustTake(session: Session, id: StaffId, email: string): Promise<void> {
	const set = await setContact(session, id, { email, digest: true });
	if (!set.ok) throw new OperatorError('--email is no mail address; write it like name@example.org.');
}

function newPerson(given: Given): NewPerson {
	const institutionId = institutionIdSchema.safeParse(given.institution);
	const name = given.name?.trim() ?? '';
	const role = roles.find((known) => known === given.role);
	if (!institutionId.success)
		throw new OperatorError('--institution is missing or no id; `lampkeep institution list` shows them.');
	if (name === '') throw new OperatorError('--name is missing.');
	if (role === undefined) throw new OperatorError(`--role must be one of ${roles.join(', ')}.`);
	if (given.login?.trim() === '')
		throw new OperatorError('--login is empty; leave it out for somebody who works on tablets alone.');
	return { id: uuidV7(Date.now(), randomBytes(10)) as StaffId, institutionId: institutionId.data, name, role };
}

async function chosenPassword(
	given: Given,
	context: CommandContext
): Promise<{ readonly text: string; readonly made: boolean }> {
	if (!given['password-stdin']) return { text: inGroups(randomBytes(12).toString('hex').slice(0, 20)), made: true };
	const text = (await context.input()).replace(/\r?\n$/, '');
	const fault = passwordFault(text);
	if (fault === 'password_too_short')
		throw new OperatorError(`The password must have at least ${passwordMinimum} signs; a few plain words are good.`);
	if (fault === 'password_too_long') throw new OperatorError(`The password may have at most ${passwordMaximum} signs.`);
	return { text, made: false };
}
