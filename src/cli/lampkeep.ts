import { processConfig } from '#lib/server/config.ts';
import { isOperatorError, OperatorError } from '#lib/server/operator-error.ts';
import type { Command, CommandContext } from './command.ts';

/*
 * The command line of the registry. Every command lives in a file of its own, loaded when it is called: `calendar` must
 * not wait for PostgreSQL's client. To add one: write src/cli/<name>.ts, which exports `usage` and `run(context)`, and
 * give it a line here.
 */
const commands: readonly Command[] = [
	{
		name: 'demo',
		summary: 'run a registry of invented children',
		load: async () => ({
			usage:
				'lampkeep demo\n\nFills DATA_DIR (./data/demo) at its first start, then serves until Ctrl-C; prints who can sign in.',
			run: (await import('./demo.ts')).run
		})
	},
	{
		name: 'serve',
		summary: 'run the registry until Ctrl-C',
		load: async () => ({
			usage:
				'lampkeep serve\n\nDATABASE_URL, DATA_DIR, HOST, PORT and ORIGIN are read from the environment (docs/operating.md).',
			run: (await import('./serve.ts')).run
		})
	},
	{
		name: 'dev',
		summary: 'run the registry from its sources, for working on them',
		load: async () => ({
			usage: 'lampkeep dev\n\nThe same environment as serve; pages reload when a file changes.',
			run: (await import('./dev.ts')).run
		})
	},
	{ name: 'migrate', summary: 'bring the database to what this program expects', load: () => import('./migrate.ts') },
	{
		name: 'calendar',
		summary: 'the last day of legal periods; needs no database',
		load: () => import('./calendar.ts')
	},
	{
		name: 'hold',
		summary: "one child's hold: clocks, conditions, what blocks; needs no database",
		load: () => import('./hold.ts')
	},
	{
		name: 'policies',
		summary: 'the rules holds are reckoned by: show, check, preview, load',
		load: () => import('./policies.ts')
	},
	{
		name: 'rest-days',
		summary: 'the holidays of a year that was published: check, preview, load',
		load: () => import('./rest-days.ts')
	},
	{ name: 'import', summary: 'record the children of a spreadsheet (CSV)', load: () => import('./import.ts') },
	{ name: 'institution', summary: 'list and add houses', load: () => import('./institution.ts') },
	{ name: 'user', summary: 'list, add and remove people; new passwords', load: () => import('./user.ts') },
	{ name: 'enrol-code', summary: 'a one-time code for a tablet', load: () => import('./enrol-code.ts') },
	{
		name: 'program',
		summary: 'which program tablets are given, to compare with their settings',
		load: () => import('./program.ts')
	},
	{ name: 'jobs', summary: 'what background work waits or was given up', load: () => import('./jobs.ts') },
	{ name: 'rebuild', summary: 'make lists and search again from the log', load: () => import('./rebuild.ts') },
	{
		name: 'verify',
		summary: 'walk the hash chains; name the first row that was changed',
		load: () => import('./verify.ts')
	}
];

/** How long a command may take to end after it was asked to. */
const patience = 15_000;

const globalOptions = new Set(['--json', '--debug', '--help', '-h']);

await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<never> {
	const wanted = { help: argv.some((word) => word === '--help' || word === '-h'), debug: argv.includes('--debug') };
	const [name, ...args] = argv.filter((word) => !globalOptions.has(word));
	const command = commands.find((known) => known.name === name);
	if (command === undefined) {
		const unknown = name === undefined ? null : `There is no command "${name}"; \`lampkeep --help\` lists them.`;
		if (unknown === null || wanted.help) process.stdout.write(overview());
		else process.stderr.write(`${unknown}\n`);
		return ending(unknown === null ? 0 : 1);
	}
	if (wanted.help) {
		const { usage } = await command.load();
		process.stdout.write(`${command.summary}\n\n${usage}\n`);
		return ending(0);
	}
	const asked = endOnSignal();
	try {
		const { run } = await command.load();
		await run(contextOf(args, argv.includes('--json'), asked.signal));
		return await ending(0);
	} catch (error) {
		process.stderr.write(`${sentenceOf(error, command, wanted.debug)}\n`);
		return await ending(1);
	}
}

function overview(): string {
	const width = Math.max(...commands.map((command) => command.name.length));
	const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
	return (
		`lampkeep <command> [--json]\n\n${lines.join('\n')}\n\n` +
		'`lampkeep <command> --help` says more. Only the answer goes to standard output; the exit code is 0, or 1 with a\n' +
		'sentence on standard error. --debug adds where an unexpected error arose.\n'
	);
}

function contextOf(args: readonly string[], json: boolean, signal: AbortSignal): CommandContext {
	return {
		args,
		json,
		signal,
		config: processConfig,
		input: readInput,
		answer: (value, text) =>
			void process.stdout.write(`${json || text === undefined ? JSON.stringify(value) : text}\n`),
		say: (sentence) => void process.stderr.write(`${sentence}\n`)
	};
}

async function readInput(): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of process.stdin) pieces.push(piece as Buffer);
	return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
}

/** The first Ctrl-C or SIGTERM asks; the second, or the end of our patience, ends at once. */
function endOnSignal(): AbortController {
	const asked = new AbortController();
	for (const [signal, number] of [
		['SIGINT', 2],
		['SIGTERM', 15],
		['SIGHUP', 1]
	] as const) {
		process.on(signal, () => {
			// 128 + number: how a shell reports a program that a signal ended.
			if (asked.signal.aborted) process.exit(128 + number);
			asked.abort();
			setTimeout(() => process.exit(128 + number), patience).unref();
		});
	}
	return asked;
}

function sentenceOf(error: unknown, command: Command, debug: boolean): string {
	if (debug && error instanceof Error) return error.stack ?? error.message;
	if (isOperatorError(error)) return error.message;
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
		return `${error.message.replace(/\.$/, '')}. \`lampkeep ${command.name} --help\` lists the options.`;
	}
	if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
		return new OperatorError('Standard input is not UTF-8 text; save it as UTF-8 and try again.').message;
	}
	return `${error.message} (unexpected; --debug shows where)`;
}

/** Ends when everything written has reached its reader. */
async function ending(code: number): Promise<never> {
	await Promise.all([process.stdout, process.stderr].map((out) => new Promise((done) => out.write('', done))));
	process.exit(code);
}
