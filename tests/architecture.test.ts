import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/*
 * The layer rules of docs/ARCHITECTURE.md are lint errors. Each case below plants one violation and expects the lint to
 * name it: a rule that catches nothing is a comment.
 */
const repository = join(import.meta.dirname, '..');
const run = promisify(execFile);

/** In which folder a file is planted, what it says, and the rule that must name it. `%` is the number of the case. */
const violations = [
	{ file: 'src/lib/domain/planted%.ts', code: "import '#lib/server/config.ts';", rule: 'domain-imports-only-domain' },
	{ file: 'src/lib/domain/planted%.ts', code: "import 'node:fs';", rule: 'domain-imports-only-domain' },
	{ file: 'src/lib/domain/planted%.ts', code: "import 'dexie';", rule: 'domain-imports-only-domain' },
	{
		file: 'src/lib/domain/planted%.ts',
		code: "import '#lib/messages/message.ts';",
		rule: 'domain-imports-only-domain'
	},
	{ file: 'src/lib/sync/planted%.ts', code: "import '#lib/client/tablet.ts';", rule: 'sync-imports-only-sync-domain' },
	{ file: 'src/lib/sync/planted%.ts', code: "import 'pg';", rule: 'sync-imports-only-sync-domain' },
	{
		file: 'src/lib/messages/planted%.ts',
		code: "import '#lib/server/config.ts';",
		rule: 'messages-imports-only-messages-domain'
	},
	{
		file: 'src/lib/client/planted%.ts',
		code: "import '#lib/server/config.ts';",
		rule: 'client-imports-only-client-sync-domain-messages'
	},
	{ file: 'src/lib/client/planted%.ts', code: "import 'node:fs';", rule: 'client-stays-in-the-browser' },
	{
		file: 'src/lib/server/planted%.ts',
		code: "import '#lib/client/tablet.ts';",
		rule: 'server-imports-only-server-sync-domain-messages-demo'
	},
	{
		file: 'src/lib/ui/planted%.ts',
		code: "import '#lib/client/tablet.ts';",
		rule: 'ui-imports-only-ui-domain-messages'
	},
	{ file: 'src/lib/ui/planted%.ts', code: "import 'dexie';", rule: 'ui-imports-only-ui-domain-messages' },
	{ file: 'src/lib/demo/planted%.ts', code: "import '#lib/server/config.ts';", rule: 'demo-imports-only-demo-domain' },
	{
		file: 'src/routes/planted%/+page.server.ts',
		code: "import '#lib/client/tablet.ts';",
		rule: 'server-files-not-client'
	},
	{
		file: 'src/routes/planted%/+page.ts',
		code: "import { readConfig } from '#lib/server/config.ts'; export const c = readConfig;",
		rule: 'browser-files-not-server'
	},
	{ file: 'src/routes/planted%/+page.ts', code: "import '#lib/client/tablet.ts';", rule: 'only-the-app-uses-client' },
	{ file: 'src/routes/app/planted%.ts', code: "import '../desk/there.ts';", rule: 'app-not-desk-nor-public' },
	{ file: 'src/routes/planted%/+page.ts', code: "import '#lib/demo/there.ts';", rule: 'demo-only-from-the-shell' },
	{ file: 'src/lib/domain/planted%.ts', code: "import './circle.ts';", rule: 'no-circular' },
	{ file: 'src/lib/domain/planted%.ts', code: "import './nowhere.ts';", rule: 'resolvable' }
].map((violation, index) => ({ ...violation, file: violation.file.replace('%', String(index)) }));

const honest = { file: 'src/lib/domain/honest.ts', code: "import { z } from 'zod'; export const schema = z.string();" };

describe('the layers, by dependency-cruiser', () => {
	let tree: string;
	let broken: { files: string[]; rule: string }[];

	beforeAll(async () => {
		tree = await mkdtemp(join(tmpdir(), 'lampkeep-layers-'));
		for (const file of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'])
			await cp(join(repository, file), join(tree, file));
		await symlink(join(repository, 'node_modules'), join(tree, 'node_modules'));
		await plant('.svelte-kit/tsconfig.json', '{}');
		// What the planted files import must exist, or only `resolvable` would speak.
		const there = [
			'src/lib/server/config.ts',
			'src/lib/client/tablet.ts',
			'src/lib/messages/message.ts',
			'src/lib/demo/there.ts',
			'src/routes/desk/there.ts'
		];
		for (const file of there) await plant(file, 'export const readConfig = 1;');
		const circle = violations.find((violation) => violation.rule === 'no-circular');
		await plant('src/lib/domain/circle.ts', `import '#lib/${circle?.file.slice('src/lib/'.length)}';`);
		for (const { file, code } of [...violations, honest]) await plant(file, code);
		broken = await rulesBroken();
	}, 60_000);
	afterAll(() => rm(tree, { recursive: true, force: true }));

	async function plant(file: string, code: string) {
		await mkdir(dirname(join(tree, file)), { recursive: true });
		await writeFile(join(tree, file), code);
	}

	it.each(violations)('$rule is named when $file says $code', ({ file, rule }) => {
		expect(broken.filter((found) => found.files.includes(file)).map((found) => found.rule)).toContain(rule);
	});

	it('an honest file breaks no rule', () => {
		expect(broken.filter((found) => found.files.includes(honest.file))).toEqual([]);
	});

	async function rulesBroken() {
		const cruiser = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
		// Exits with the number of errors: the report is on standard output either way.
		const report = await run(
			process.execPath,
			[cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
			{ cwd: tree }
		).catch((failed: { stdout: string }) => failed);
		const { summary } = JSON.parse(report.stdout) as {
			summary: { violations: { from: string; cycle?: { name: string }[]; rule: { name: string } }[] };
		};
		return summary.violations.map(({ from, cycle, rule }) => ({
			files: [from, ...(cycle ?? []).map((step) => step.name)],
			rule: rule.name
		}));
	}
});

describe('the pure layers, by ESLint', () => {
	const eslint = new ESLint({ cwd: repository });

	it.each([
		['src/lib/domain/ids.ts', 'export const now = new Date();'],
		['src/lib/domain/ids.ts', 'export const now = Date.now();'],
		['src/lib/sync/protocol.ts', 'export const chance = Math.random();'],
		['src/lib/messages/message.ts', 'export const now = performance.now();'],
		['src/lib/client/tablet.ts', 'export const read = async (answer: Response): Promise<unknown> => answer.json();']
	])('%s may not say %s', async (filePath, code) => {
		const [result] = await eslint.lintText(code, { filePath: join(repository, filePath) });
		expect(result?.messages.map((message) => message.ruleId)).toContain('no-restricted-syntax');
	});

	it('a promise nobody waits for is named', async () => {
		const code = 'const save = async (): Promise<void> => {}; export function saveIt(): void { save(); }';
		const [result] = await eslint.lintText(code, { filePath: join(repository, 'src/lib/client/tablet.ts') });
		expect(result?.messages.map((message) => message.ruleId)).toContain('@typescript-eslint/no-floating-promises');
	});
});

describe('the pure layers, by the compiler', () => {
	it.each(['fetch("x")', 'process.exit()', 'setTimeout(() => {}, 1)', 'crypto.randomUUID()', 'document.title'])(
		'%s does not exist there',
		async (expression) => {
			const tree = await mkdtemp(join(tmpdir(), 'lampkeep-pure-'));
			try {
				await mkdir(join(tree, 'src/lib/domain'), { recursive: true });
				await cp(join(repository, 'tsconfig.pure.json'), join(tree, 'tsconfig.pure.json'));
				await writeFile(join(tree, 'src/lib/domain/planted.ts'), `export const planted = ${expression};`);
				const compiler = join(repository, 'node_modules/typescript/bin/tsc');
				const failed = await run(process.execPath, [compiler, '-p', 'tsconfig.pure.json'], { cwd: tree }).then(
					() => '',
					(error: { stdout: string }) => error.stdout
				);
				expect(failed).toMatch(/planted\.ts.*error TS(2304|2584|2591|2552)/);
			} finally {
				await rm(tree, { recursive: true, force: true });
			}
		}
	);
}, 60_000);
