import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a build is made of. */
const sources = ['src', 'static', 'package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

/**
 * The version of the program: the package's, and ten digits that name the sources. The same sources give the same version
 * and, file by file, the same program, so that somebody else can build it and compare (`lampkeep program`).
 *
 * @param {string} root of the repository
 * @returns {string} such as `0.1.0-3f2a91c077`
 */
export function programVersion(root) {
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of filesOf(root, source)) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
	}
	return `${version}-${hash.digest('hex').slice(0, 10)}`;
}

/**
 * @param {string} root
 * @param {string} source a folder or a file
 * @returns {string[]} paths below root, in one order on every machine
 */
function filesOf(root, source) {
	if (/\.[a-z]+$/.test(source)) return [source];
	return readdirSync(join(root, source), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
		.sort();
}
