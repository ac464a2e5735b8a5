import { createHash } from 'node:crypto';
import type { Sha256 } from '../../src/lib/domain/ids.ts';
import { World, type Tally } from '../../src/lib/sync/simulation/world.ts';

/*
 * Schedules of the simulation in a process of their own:
 *
 *   node --import tsx tests/rig/simulate.ts <tablets> <operations a tablet> <first seed> <stride> <last seed>
 *
 * A line of JSON every few seconds and at the end: {"done":…,"tally":{…}}; {"seed":…,"message":"…"} and exit code 1 for a
 * schedule that broke. The same seed gives the same schedule, for ever.
 */
const [tablets = 0, operations = 0, first = 0, stride = 0, last = -1] = process.argv.slice(2).map(Number);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Sha256;
const progressEvery = 5_000;

const tally: Tally = { entries: 0, restores: 0, crashes: 0, lost: 0, handovers: 0, poison: 0 };
let done = 0;
let told = performance.now();
const tell = () => void process.stdout.write(`${JSON.stringify({ done, tally })}\n`);

for (let seed = first; seed <= last; seed += stride) {
	try {
		const one = await new World({ seed, tablets, operations: tablets * operations }, {}, sha256).run();
		for (const key of Object.keys(tally) as (keyof Tally)[]) tally[key] += one[key];
	} catch (error) {
		process.stdout.write(
			`${JSON.stringify({ seed, message: error instanceof Error ? error.message : String(error) })}\n`
		);
		process.exit(1);
	}
	done += 1;
	if (performance.now() - told > progressEvery) {
		told = performance.now();
		tell();
	}
}
tell();
