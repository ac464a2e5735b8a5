import { parseArgs } from 'node:util';

/** The parts of the bench, in the order they run. */
export const parts = ['bundle', 'tablet', 'sync', 'portal', 'candidates', 'hold', 'review'] as const;
export type Part = (typeof parts)[number];

export interface Options {
	readonly only: readonly Part[];
	/** Children on the tablet, ascending; the last but any of `--long` is the one the goals speak of. */
	readonly children: readonly number[];
	readonly rounds: number;
	/** Entries of a push and of a pull. */
	readonly push: number;
	readonly pull: number;
	/** Seconds of each run against the portal. */
	readonly seconds: number;
	/** Connections to the portal. */
	readonly connections: number;
	readonly notices: number;
	/** Children a report is compared with, ascending; the goal speaks of 100,000. */
	readonly compared: readonly number[];
	/** Children on the review board, ascending; the goal speaks of 100,000. */
	readonly board: readonly number[];
	/** Children with a family in the set that tells precision and recall. */
	readonly pairs: number;
	/** How many times slower the throttled processor is. */
	readonly throttle: number;
}

export const usage = `node bench/run.mjs [options]      (npm run bench -- [options])

  --only <part>[,<part>]  bundle, tablet, sync, portal, candidates, hold, review; all of them unless said
  --children <n>[,<n>]    children on the tablet (1000,10000)
  --long                  measure the tablet with 100,000 children too (an hour)
  --rounds <n>            how often everything is measured; medians are shown (3)
  --push <n> --pull <n>   entries pushed and pulled (1000, 10000)
  --seconds <n>           seconds of each run against the portal (5)
  --connections <n>       connections to the portal (32)
  --notices <n>           published notices (284)
  --compared <n>[,<n>]    children a report is compared with (1000,10000,100000)
  --board <n>[,<n>]       children on the review board (1000,10000,100000)
  --pairs <n>             true pairs in the set for precision and recall (600)
  --throttle <n>          how many times slower the throttled processor is (4)
`;

/** @throws Error with a sentence for the person at the terminal */
export function readOptions(args: readonly string[]): Options | 'help' {
	const { values } = parseArgs({
		args: [...args],
		options: {
			only: { type: 'string' },
			children: { type: 'string', default: '1000,10000' },
			long: { type: 'boolean', default: false },
			rounds: { type: 'string', default: '3' },
			push: { type: 'string', default: '1000' },
			pull: { type: 'string', default: '10000' },
			seconds: { type: 'string', default: '5' },
			connections: { type: 'string', default: '32' },
			notices: { type: 'string', default: '284' },
			compared: { type: 'string', default: '1000,10000,100000' },
			board: { type: 'string', default: '1000,10000,100000' },
			pairs: { type: 'string', default: '600' },
			throttle: { type: 'string', default: '4' },
			help: { type: 'boolean', short: 'h', default: false }
		}
	});
	if (values.help) return 'help';
	const children = values.children.split(',').map((part) => whole(part, 'children'));
	return {
		only: values.only === undefined ? parts : values.only.split(',').map(partNamed),
		children: [...children, ...(values.long ? [100_000] : [])].sort((a, b) => a - b),
		rounds: whole(values.rounds, 'rounds'),
		push: whole(values.push, 'push'),
		pull: whole(values.pull, 'pull'),
		seconds: whole(values.seconds, 'seconds'),
		connections: whole(values.connections, 'connections'),
		notices: whole(values.notices, 'notices'),
		compared: values.compared
			.split(',')
			.map((part) => whole(part, 'compared'))
			.sort((a, b) => a - b),
		board: values.board
			.split(',')
			.map((part) => whole(part, 'board'))
			.sort((a, b) => a - b),
		pairs: whole(values.pairs, 'pairs'),
		throttle: whole(values.throttle, 'throttle')
	};
}

function partNamed(name: string): Part {
	const part = parts.find((known) => known === name);
	if (part === undefined) throw new Error(`There is no part "${name}"; the parts are ${parts.join(', ')}.`);
	return part;
}

function whole(text: string, option: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > 1_000_000)
		throw new Error(`--${option} must be a whole number from 1.`);
	return value;
}
