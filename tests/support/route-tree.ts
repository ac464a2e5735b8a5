import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const routes = join(import.meta.dirname, '../../src/routes');

/** One place of the product that answers requests, as the file tree has it. */
export interface RouteOfTree {
	/** File below src/routes that answers there: a page, or a +server. */
	readonly file: string;
	/** A path that leads there, with something believable for every parameter. */
	readonly path: string;
}

/** Every route there is, read from the tree: a new one cannot be forgotten in a test that goes through all. */
export function routesOfTree(): RouteOfTree[] {
	return readdirSync(routes, { recursive: true, encoding: 'utf8' })
		.filter((file) => /(^|\/)\+(page\.svelte|page\.server\.ts|page\.ts|server\.ts)$/.test(file))
		.flatMap((file) => pathsOf(file).map((path) => ({ file, path })))
		.sort((a, b) => a.path.localeCompare(b.path));
}

/** As SvelteKit reads a folder's name: groups are no part of the path, optional parameters are there and not there. */
function pathsOf(file: string): string[] {
	let paths = [''];
	for (const folder of file.split('/').slice(0, -1)) {
		if (/^\(.*\)$/.test(folder)) continue;
		const optional = /^\[\[/.test(folder);
		const value = folder.replace(/\[\[?(?:\.\.\.)?([a-z0-9]+)(?:=[a-z]+)?\]\]?/gi, (_, name: string) => example(name));
		paths = paths.flatMap((path) => [...(optional ? [path] : []), `${path}/${value}`]);
	}
	return paths.map((path) => path || '/');
}

function example(parameter: string): string {
	return examples[parameter] ?? '01a21d8c-8fc0-7c66-82ce-c881d3431c0a';
}

const examples: Readonly<Record<string, string>> = {
	lang: 'en',
	number: 'LK-7F3K-29QX',
	topic: 'you',
	side: 'sent',
	kind: 'growth',
	key: 'features',
	step: 'reception',
	sha256: '0'.repeat(64),
	file: 'AAAAAAAAAAAAAAAAAAAAAA.jpg'
};
