import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, nodeProblem } from './dependencies.mjs';

/*
 * `npm run -s lampkeep -- <command> --json`: sees to the dependencies, then hands over to src/cli/lampkeep.ts with its
 * input, output, signals and exit code. Only the command writes to standard output.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const say = (/** @type {string} */ sentence) => process.stderr.write(`${sentence}\n`);

const problem = nodeProblem(process.versions.node) ?? ensureDependencies(root, say, 'stderr');
if (problem) {
	say(problem);
	process.exit(1);
}
const child = spawn(
	process.execPath,
	['--import', 'tsx', join(root, 'src', 'cli', 'lampkeep.ts'), ...process.argv.slice(2)],
	{
		// The dispatcher and tsx are found from the repository; relative names in the arguments mean the caller's folder.
		cwd: root,
		stdio: 'inherit'
	}
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	// Ctrl-C reaches the child by the terminal as well; a second SIGINT from us would count as impatience.
	process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
}
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
