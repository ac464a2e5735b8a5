import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Config } from '@sveltejs/kit';
import { workerContentPolicy } from '#lib/server/auth/file-policy.ts';

/* No text becomes code: what the policies forbid in a browser is not written in the first place (SECURITY.md T13). */

const root = join(import.meta.dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.(ts|svelte|html)$/.test(file) && !/\.test\.ts$|^lib\/server\/|^cli\//.test(file))
	.map((file) => ({ file, text: withoutComments(readFileSync(join(root, 'src', file), 'utf8')) }));

test.each([
	[
		'HTML from text',
		/\{@html|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc/
	],
	['code from text', /\beval\s*\(|new Function\b|importScripts|set(Timeout|Interval)\(\s*['"`]/],
	['an address that runs', /href=["'{`]+javascript:/],
	[
		'a worker or service worker that is not named by ownProgram',
		/new (Shared)?(Worker|Workbox)\((?!ownProgram\()|serviceWorker\.register\(/
	]
])('no source has %s', (_, forbidden) => {
	expect(sources.length).toBeGreaterThan(300);
	expect(sources.filter(({ text }) => forbidden.test(text)).map(({ file }) => file)).toEqual([]);
});

test('the pages allow Svelte’s policy and our own, and no WebAssembly', async () => {
	const { default: svelteConfig } = (await import(join(root, 'svelte.config.js'))) as { default: Config };
	const directives = svelteConfig.kit?.csp?.directives ?? {};
	expect(directives['require-trusted-types-for']).toEqual(['script']);
	expect(directives['trusted-types']).toEqual(['svelte-trusted-html', 'lampkeep']);
	expect(directives['script-src']).toEqual(['self']);
	const reconciler = readFileSync(join(root, 'node_modules/svelte/src/internal/client/dom/reconciler.js'), 'utf8');
	// Another name in another version of Svelte would leave every page empty.
	expect(reconciler).toContain("createPolicy('svelte-trusted-html'");
	expect(readFileSync(join(root, 'src/lib/client/trusted.ts'), 'utf8')).toContain("policyName = 'lampkeep'");
	expect(workerContentPolicy).toContain('trusted-types lampkeep');
});

test.each(sources.filter(({ file }) => file.endsWith('.worker.ts')).map(({ file }) => file))(
	'%s tells zod to make no code before any schema is made, if it has schemas at all',
	(worker) => {
		const reached = reachedFrom(worker);
		if (!reached.has('zod')) return;
		expect([...reached].find((name) => name.startsWith('lib/'))).toBe('lib/client/plain-schemas.ts');
	}
);

/** What a source imports, directly or not, in the order of their running; packages by their bare name. Types are not imported. */
function reachedFrom(file: string, reached = new Set<string>(), begun = new Set<string>()): Set<string> {
	if (begun.has(file)) return reached;
	begun.add(file);
	const text = sources.find((source) => source.file === file)?.text ?? '';
	for (const [, named = ''] of text.matchAll(
		/^\s*(?:import|export)\b(?! type)(?:[^;'"]*?\bfrom)?\s*['"]([^'"]+)['"]/gm
	)) {
		if (named.startsWith('.')) reachedFrom(join(dirname(file), named), reached, begun);
		else if (named.startsWith('#lib/')) reachedFrom(named.replace('#lib/', 'lib/'), reached, begun);
		else reached.add(named);
	}
	return reached.add(file);
}

/** The words of the comments may name what the program may not do. */
function withoutComments(source: string): string {
	return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
