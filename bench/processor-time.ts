import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;

/**
 * Seconds of processor time a process has used, user and system. Unlike a rate it says the same on a busy machine.
 *
 * @param withChildren for nginx, whose workers are processes
 * @returns undefined where there is no /proc
 */
export function processorSeconds(pid: number, withChildren: boolean): number | undefined {
	if (process.platform !== 'linux') return undefined;
	const own = statOf(pid);
	if (!own) return undefined;
	if (!withChildren) return own.seconds;
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((name) => statOf(Number(name)))
		.reduce((sum, stat) => (stat?.parent === pid ? sum + stat.seconds : sum), own.seconds);
}

function statOf(pid: number): { readonly parent: number; readonly seconds: number } | undefined {
	let text: string;
	try {
		text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		// It ended meanwhile.
		if (code === 'ENOENT' || code === 'ESRCH') return undefined;
		throw error;
	}
	// The name, in parentheses, may hold blanks; the rest are numbers (proc(5)).
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticks };
}
