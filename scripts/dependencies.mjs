import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What must be there before anything of ours can run. No imports from node_modules here: there may be none yet.
 */
const leastNode = [20, 19];

/**
 * @param {string} version as `process.versions.node`
 * @returns {string | null} a sentence when this Node is too old
 */
export function nodeProblem(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return null;
	return (
		`Lampkeep needs Node ${leastNode.join('.')} or newer, and this is Node ${version}. ` +
		'Install a newer one from nodejs.org (22 or 24 are good choices), open a new terminal and try again.'
	);
}

/**
 * Why node_modules is not what package-lock.json asks for; null when it is. Read from the list that npm itself leaves in
 * node_modules after a complete installation; packages for other platforms are optional and may be missing.
 *
 * @param {string} root
 */
export function staleDependencies(root) {
	const list = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(list)) return 'they are not installed';
	const wanted = packagesIn(join(root, 'package-lock.json'));
	const present = packagesIn(list);
	for (const [path, entry] of Object.entries(wanted)) {
		if (path === '' || entry.link) continue;
		const found = present[path];
		if (!found && entry.optional) continue;
		if (!found) return `${path} is missing`;
		if (found.version !== entry.version || found.integrity !== entry.integrity) return `${path} has changed`;
	}
	return null;
}

/**
 * Installs exactly what package-lock.json says, if anything is missing.
 *
 * @param {string} root
 * @param {(sentence: string) => void} say
 * @param {'stdout' | 'stderr'} outputTo where npm's own words go
 * @returns {string | null} a sentence when it did not work
 */
export function ensureDependencies(root, say, outputTo) {
	const reason = staleDependencies(root);
	if (reason === null) return null;
	say(`Installing the dependencies, because ${reason}: npm ci, about half a minute.`);
	const npm = process.env['npm_execpath'];
	const [program, ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
	const result = spawnSync(program, [...before, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
		cwd: root,
		stdio: ['ignore', outputTo === 'stderr' ? 2 : 'inherit', 'inherit'],
		shell: process.platform === 'win32' && program === 'npm'
	});
	if (result.status === 0) return null;
	return 'The dependencies could not be installed: npm says why above. Check the network and the free disk space, and try again.';
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>}
 */
function packagesIn(path) {
	return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}
