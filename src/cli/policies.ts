import { parseArgs } from 'node:util';
import { isOverlay, type ClockRule } from '#lib/domain/hold/policy.ts';
import { certaintyNames } from '#lib/messages/hold.ts';
import { translator } from '#lib/messages/message.ts';
import { amountWords } from '#lib/messages/policies.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import { affectedBy, listFiles, withdrawFile } from '#lib/server/policies/files.ts';
import { refreshHolds } from '#lib/server/policies/refresh.ts';
import { rulesInForce } from '#lib/server/policies/rules-in-force.ts';
import type { CommandContext } from './command.ts';
import {
	activationSentence,
	checkCommand,
	fileArguments,
	loadCommand,
	officerOf,
	previewCommand,
	registryToday,
	withDatabase
} from './rules-files.ts';

export const usage = `lampkeep policies show [--json]
lampkeep policies check FILE [--without-registry] [--json]
lampkeep policies preview FILE [--limit 1000] [--json]
lampkeep policies load FILE --as LOGIN [--json]
lampkeep policies withdraw ID --as LOGIN [--json]
lampkeep policies affected [ID] [--limit 1000] [--json]
lampkeep policies refresh [--json]

FILE is JSON in the form of src/lib/domain/hold/data/policies.json; a policy in it replaces the one of its id, overlays lie
over their bases. Holidays are loaded by \`lampkeep rest-days\`.

  show      the policies in force with every rule, how certain it is, and the files that were loaded
  check     what is wrong with a file, and which rules it adds, changes or removes; --without-registry compares with the
            program's own rules and needs no database
  preview   whose dates would change; nothing is stored
  load      puts the file in force in the name of an officer of the registry, and reckons again whom it changes
  withdraw  takes a file out of force by the id that load or show gave
  affected  whose dates a file changed; without ID the latest of all
  refresh   reckons again what a load that was cut off left behind`;

const english = translator('en');

/** `lampkeep policies`: the rules holds are reckoned by, as data. */
export async function run(context: CommandContext): Promise<void> {
	const [action, ...args] = context.args;
	switch (action) {
		case 'show':
			return show(context, args);
		case 'check':
			return checkCommand(context, 'policies', fileArguments(args, 'policies'));
		case 'preview':
			return previewCommand(context, 'policies', fileArguments(args, 'policies'));
		case 'load':
			return loadCommand(context, 'policies', fileArguments(args, 'policies'));
		case 'withdraw':
			return withdraw(context, args);
		case 'affected':
			return affected(context, args);
		case 'refresh':
			return refresh(context, args);
		default:
			throw new OperatorError(
				'Say what to do: show, check, preview, load, withdraw, affected or refresh; `lampkeep policies --help` shows how.'
			);
	}
}

async function show(context: CommandContext, args: readonly string[]): Promise<void> {
	parseArgs({ args: [...args], options: {} });
	await withDatabase(context, async (database) => {
		const { inForce, files } = await database.inScope({ kind: 'registry' }, async (session) => ({
			inForce: await rulesInForce(session),
			files: await listFiles(session)
		}));
		const { rules, version, unreadable } = inForce;
		const overlays = new Map(rules.policyFile.policies.filter(isOverlay).map((overlay) => [overlay.id, overlay]));
		const policyLines = rules.policies.flatMap((policy) => {
			const own = overlays.get(policy.id)?.clocks ?? policy.clocks;
			const base = policy.overlayOf === undefined ? '' : `, over ${policy.overlayOf}`;
			return [
				`${policy.id}  ${english(policy.title)}${base}${policy.effectiveFrom ? `, in force from ${policy.effectiveFrom}` : ''}`,
				...own.map((clock) => `    ${clockLine(clock)}`)
			];
		});
		const fileLines = files.map(
			({ id, kind, sha256, active, loadedAt }) =>
				`${id}  ${kind}  ${sha256.slice(0, 8)}  ${unreadable.includes(id) ? 'cannot be read by this program' : active ? 'in force' : 'not in force'}  loaded ${loadedAt}`
		);
		const { years } = rules.chinaRestDays;
		const text = [
			...policyLines,
			'',
			`Rest days: ${years[0] ?? '-'} to ${years.at(-1) ?? '-'}`,
			...(fileLines.length > 0 ? ['', ...fileLines] : []),
			'',
			`Version ${version}`
		].join('\n');
		context.answer({ version, policies: rules.policies, restDayYears: years, files, unreadable }, text);
	});
}

function clockLine(clock: ClockRule): string {
	const effect = clock.claimEffect === undefined ? '' : `, a claim: ${clock.claimEffect}`;
	return `${clock.id}  ${english(clock.title)}: ${amountWords(clock, english)}${effect}  [${english(certaintyNames[clock.basis.certainty])}: ${clock.basis.source}]`;
}

async function withdraw(context: CommandContext, args: readonly string[]): Promise<void> {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { as: { type: 'string' } }
	});
	const id = idOf(positionals);
	if (id === undefined) throw new OperatorError('Name one file by its id; `lampkeep policies show` lists them.');
	await withDatabase(context, async (database) => {
		const person = await officerOf(database, values.as);
		const withdrawn = await withdrawFile(database, person, id, registryToday);
		if (!withdrawn.ok) throw new OperatorError(activationSentence(withdrawn.error));
		const { children, affected: changed } = withdrawn.value;
		context.answer(
			withdrawn.value,
			`Out of force; the dates of ${changed} of ${children} children were reckoned again.`
		);
	});
}

async function affected(context: CommandContext, args: readonly string[]): Promise<void> {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { limit: { type: 'string', default: '1000' } }
	});
	const id = idOf(positionals);
	const limit = Number(values.limit);
	if (!Number.isInteger(limit) || limit < 1) throw new OperatorError('--limit must be a whole number from 1.');
	await withDatabase(context, async (database) => {
		const found = await database.inScope({ kind: 'registry' }, async (session) => {
			const [file] = id === undefined ? [] : await listFiles(session, id);
			if (id !== undefined && file?.activation == null)
				throw new OperatorError('No file of this id was ever in force; `lampkeep policies show` lists them.');
			return affectedBy(session, file?.activation ?? undefined, limit);
		});
		const lines = found.changes.map(
			({ childId, caseNumber, before, after, changedAt }) =>
				`${changedAt}  ${caseNumber ?? childId}  ${before.lastDay ?? '-'} -> ${after.lastDay ?? '-'}`
		);
		context.answer(found, lines.join('\n') || 'Nobody.');
	});
}

async function refresh(context: CommandContext, args: readonly string[]): Promise<void> {
	parseArgs({ args: [...args], options: {} });
	await withDatabase(context, async (database) => {
		const refreshed = await refreshHolds(database, registryToday);
		context.answer(
			refreshed,
			`${refreshed.children} children reckoned again; the dates of ${refreshed.affected} changed.`
		);
	});
}

function idOf(positionals: readonly string[]): string | undefined {
	const [id, ...more] = positionals;
	if (id === undefined) return undefined;
	if (more.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
		throw new OperatorError('Name one file by its id; `lampkeep policies show` lists them.');
	return id;
}
