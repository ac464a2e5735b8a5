import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { OperatorError } from '#lib/server/operator-error.ts';
import { programList, spokenHash, type ProgramFile } from '#lib/sync/program-files.ts';
import type { CommandContext } from './command.ts';

const build = fileURLToPath(new URL('../../build/', import.meta.url));

export const usage = `lampkeep program [--json]

Names the program that this registry gives to tablets, as their settings show it: four groups to read aloud on a telephone.
A tablet that shows others has an older program, or one that came from elsewhere.`;

/** `lampkeep program`: answers {"hash":"…64 hex digits…","files":313}. Needs no database. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const program = await builtProgram(build);
	context.answer(program, `${spokenHash(program.hash)}  (${program.files} files; ${program.hash})`);
}

/**
 * The hash of what a build's service worker keeps on tablets.
 *
 * @param folder of the build, with a slash at its end
 * @throws OperatorError where nothing is built there
 */
export async function builtProgram(folder: string): Promise<{ hash: string; files: number }> {
	const worker = await readFile(`${folder}client/service-worker.js`, 'utf8').catch(() => {
		throw new OperatorError('The product is not built yet: run `npm run build` first.');
	});
	const list = /\[\{"revision":[^\]]*\}\]/.exec(worker)?.[0];
	if (list === undefined) throw new OperatorError('The built service worker names no files; build anew.');
	const kept = z.array(z.object({ url: z.string() })).parse(JSON.parse(list));
	const files = await Promise.all(kept.map(({ url }) => fileOf(folder, url)));
	return { hash: hashOf(programList(files)), files: files.length };
}

async function fileOf(folder: string, path: string): Promise<ProgramFile> {
	const place = path === 'app/shell' ? `prerendered/${path}.html` : `client/${path}`;
	return { path, sha256: hashOf(await readFile(folder + place)) };
}

function hashOf(bytes: string | Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
