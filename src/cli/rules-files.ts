import { parseArgs } from 'node:util';
import type { InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { builtInRules } from '#lib/domain/hold/rules.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import { translator } from '#lib/messages/message.ts';
import { clockTitle, faultSentence, policyWords, remarkSentence } from '#lib/messages/policies.ts';
import { holdStatusNames } from '#lib/messages/hold.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/db/open.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import { checkText, type CheckedFile, type RefusedFile } from '#lib/server/policies/check.ts';
import { loadFile, type ActivationFault, type RulesPerson } from '#lib/server/policies/files.ts';
import { previewRules, type ChangedChild } from '#lib/server/policies/preview.ts';
import type { FileKind } from '#lib/server/policies/kinds.ts';
import { rulesInForce } from '#lib/server/policies/rules-in-force.ts';
import type { CommandContext } from './command.ts';
import { refusalText, textOfRulesFile } from './rules-text.ts';

/* What `lampkeep policies` and `lampkeep rest-days` do alike with a file: check, preview, load. */

const english = translator('en');

export const registryToday = () => civilDateAt(Date.now(), 'Asia/Shanghai');

/** How many changed children an answer lists unless --limit says otherwise. */
const listed = 1_000;

export interface FileArguments {
	readonly path: string;
	readonly as: string | undefined;
	readonly allowGaps: boolean;
	readonly limit: number;
	readonly withoutRegistry: boolean;
}

/** @throws OperatorError naming what is missing */
export function fileArguments(args: readonly string[], command: string): FileArguments {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			as: { type: 'string' },
			'allow-gaps': { type: 'boolean', default: false },
			'without-registry': { type: 'boolean', default: false },
			limit: { type: 'string', default: String(listed) }
		}
	});
	const [path, ...more] = positionals;
	if (path === undefined || more.length > 0)
		throw new OperatorError(`Name one file; \`lampkeep ${command} --help\` shows how.`);
	const limit = Number(values.limit);
	if (!Number.isInteger(limit) || limit < 0) throw new OperatorError('--limit must be a whole number from 0.');
	return {
		path,
		as: values.as,
		allowGaps: values['allow-gaps'],
		limit,
		withoutRegistry: values['without-registry']
	};
}

/** `check`: what is wrong with the file and what it says anew. Nothing is stored and no child is reckoned. */
export async function checkCommand(context: CommandContext, kind: FileKind, given: FileArguments): Promise<void> {
	const text = await textOfRulesFile(given.path);
	const rules = given.withoutRegistry
		? builtInRules
		: await withDatabase(context, async (database) => {
				const inForce = await database.inScope({ kind: 'registry' }, rulesInForce);
				return inForce.rules;
			});
	const checked = checkText(kind, text, rules, given);
	if (!checked.ok) throw refused(context, given.path, checked.error);
	const { remarks } = checked.value;
	context.answer({ ok: true, remarks }, remarksText(checked.value) || 'The file changes nothing.');
}

/** `preview`: whose dates the file would change. */
export async function previewCommand(context: CommandContext, kind: FileKind, given: FileArguments): Promise<void> {
	const text = await textOfRulesFile(given.path);
	await withDatabase(context, async (database) => {
		const today = registryToday();
		const { preview, checked } = await database.inScope(
			{ kind: 'registry' },
			async (session) => {
				const { rules } = await rulesInForce(session);
				const read = checkText(kind, text, rules, given);
				if (!read.ok) throw refused(context, given.path, read.error);
				return {
					checked: read.value,
					preview: await previewRules(session, rules, read.value.rules, today, given.limit)
				};
			},
			{ readOnly: true, isolation: 'repeatable read', statementTimeout: 300_000 }
		);
		const { changes, affected, children } = preview;
		const lines = [
			remarksText(checked),
			affected === 0
				? english(policyWords.nothingChanges, { children })
				: english(policyWords.willChange, { affected, children }),
			...changes.map((change) => changeLine(change, checked)),
			...(changes.length < affected ? [english(policyWords.onlyFirst, { n: changes.length })] : [])
		];
		context.answer(
			{ today, children, affected, changes, remarks: checked.remarks },
			lines.filter((line) => line !== '').join('\n')
		);
	});
}

/** `load`: checks, stores and puts in force, then makes the rows it changes again. */
export async function loadCommand(context: CommandContext, kind: FileKind, given: FileArguments): Promise<void> {
	const text = await textOfRulesFile(given.path);
	await withDatabase(context, async (database) => {
		const person = await officerOf(database, given.as);
		const { rules } = await database.inScope({ kind: 'registry' }, rulesInForce);
		const checked = checkText(kind, text, rules, given);
		if (!checked.ok) throw refused(context, given.path, checked.error);
		const loaded = await loadFile(database, person, checked.value, given, registryToday);
		if (!loaded.ok) throw new OperatorError(activationSentence(loaded.error));
		const { id, children, affected } = loaded.value;
		context.answer(
			{ id, children, affected },
			`In force as ${id}; the dates of ${affected} of ${children} children were reckoned again.`
		);
	});
}

/** In whose name rules are changed: an officer of the registry. */
export async function officerOf(database: OpenDatabase, login: string | undefined): Promise<RulesPerson> {
	if (login === undefined) throw new OperatorError('--as is missing: which officer of the registry answers for this?');
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ id: StaffId; institutionId: InstitutionId }>(
			`SELECT id, institution_id AS "institutionId" FROM users
			WHERE login = lower($1) AND disabled_at IS NULL AND role = 'registry_officer'`,
			[login]
		)
	);
	const [officer] = rows;
	if (!officer)
		throw new OperatorError('No officer of the registry has the login given by --as; `lampkeep user list` shows them.');
	return officer;
}

export async function withDatabase<T>(
	context: CommandContext,
	work: (database: OpenDatabase) => Promise<T>
): Promise<T> {
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		return await work(database);
	} finally {
		await database.close();
	}
}

export function activationSentence(fault: ActivationFault): string {
	if (fault.type !== 'file_refused') return english(policyWords[fault.type]);
	return [english(policyWords.file_refused), ...fault.faults.map((each) => faultSentence(each, english))].join('\n');
}

/** With --json the faults go to standard output as data, too. */
function refused(context: CommandContext, path: string, { faults, remarks }: RefusedFile): OperatorError {
	if (context.json) context.answer({ ok: false, faults, remarks });
	return new OperatorError(refusalText(path, { faults }));
}

function remarksText({ remarks, rules }: CheckedFile): string {
	return remarks.map((remark) => remarkSentence(remark, rules.policies, english)).join('\n');
}

function changeLine({ childId, caseNumber, before, after, clocks }: ChangedChild, { rules }: CheckedFile): string {
	const policy = rules.policies.find(({ id }) => id === after.policyId);
	const side = ({ policyId, status, lastDay, provisional }: ChangedChild['before']) =>
		[
			policyId,
			status && english(holdStatusNames[status]).toLowerCase(),
			lastDay ?? english(policyWords.noDate),
			provisional ? english(policyWords.provisional) : undefined
		]
			.filter((part) => part !== undefined)
			.join(' ');
	const moved = clocks.map(
		(clock) =>
			`\n    ${clockTitle(clock.clock, policy, english)}: ${clock.before?.lastDay ?? '-'} -> ${clock.after?.lastDay ?? '-'}`
	);
	return `${caseNumber ?? childId}  ${side(before)} -> ${side(after)}${moved.join('')}`;
}
