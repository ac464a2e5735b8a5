import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { long, say } from './say.ts';

/*
 * SECURITY.md, R1, the long form: what src/lib/sync/simulation.test.ts does for every commit, ten times as often and with
 * four times as many tablets, on all cores. The planted mistakes are judged there.
 */
const root = join(import.meta.dirname, '..', '..');

interface Progress {
	readonly done: number;
	readonly tally: Readonly<Record<string, number>>;
}

test.skipIf(!long).each([
	{ schedules: 10_000, tablets: 5, operations: 200 },
	{ schedules: 500, tablets: 20, operations: 2_000 }
])(
	'R1: $schedules schedules of $tablets tablets × $operations operations lose nothing, double nothing, overwrite nothing',
	{ timeout: 6 * 3_600_000 },
	async ({ schedules, tablets, operations }) => {
		const began = performance.now();
		const cores = Math.max(1, availableParallelism());
		const progress: Progress[] = [];
		const name = `R1 ${schedules} schedules of ${tablets} × ${operations}`;
		const done = () => progress.reduce((sum, each) => sum + each.done, 0);
		let told = 0;
		await Promise.all(
			Array.from({ length: cores }, (_, core) =>
				simulate([tablets, operations, core + 1, cores, schedules], (news) => {
					progress[core] = news;
					if (done() < told + schedules / 20) return;
					told = done();
					const rate = told / ((performance.now() - began) / 1_000);
					say(`${name}: ${told} done, ${rate.toFixed(rate < 10 ? 2 : 0)}/s`);
				})
			)
		);
		const total: Record<string, number> = {};
		for (const { tally } of progress)
			for (const [what, times] of Object.entries(tally)) total[what] = (total[what] ?? 0) + times;
		const seconds = (performance.now() - began) / 1_000;
		const figures = Object.entries(total).map(([what, times]) => `${what} ${times}`);
		say(
			`${name}: ${done()} held in ${(seconds / 60).toFixed(1)} min on ${cores} cores, ${(done() / seconds).toFixed(2)}/s (${figures.join(', ')})`
		);
		expect(done()).toBe(schedules);
		// The weather was bad indeed.
		expect(total['restores']).toBeGreaterThan(schedules);
		expect(total['crashes']).toBeGreaterThan(schedules);
	}
);

/** Runs simulate.ts; throws with the seed of the schedule that broke. */
function simulate(words: readonly number[], hear: (news: Progress) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(
			process.execPath,
			['--import', 'tsx', join(root, 'tests', 'rig', 'simulate.ts'), ...words.map(String)],
			{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] }
		);
		let broken: string | undefined;
		createInterface({ input: child.stdout }).on('line', (line) => {
			const news = JSON.parse(line) as Progress | { seed: number; message: string };
			if ('seed' in news) broken = `seed ${news.seed} of ${words[0]} × ${words[1]}: ${news.message}`;
			else hear(news);
		});
		child.once('error', reject);
		child.once('exit', (code) => {
			if (code === 0) resolve();
			else reject(new Error(broken ?? `the simulation ended with ${code}`));
		});
	});
}
