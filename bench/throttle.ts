import { Worker } from 'node:worker_threads';

/*
 * A processor at a quarter of its speed for a whole renderer: its processes run a slice and stand still three times as
 * long. Chromium's own throttle (CDP, Emulation.setCPUThrottlingRate) slows the page's main thread only and refuses
 * workers ("only supported for pages, not workers", seen with Chromium 156), where this product does its work.
 *
 * The pause follows from the slice as it really was, so that the ratio holds on a busy machine too. The browser's own
 * process, which writes IndexedDB to the disk, is not slowed.
 */
export interface Throttle {
	release(): Promise<void>;
}

/** Milliseconds a process runs before it stands still. Below 1 the signals themselves begin to count. */
const slice = 2;

const stopAndGo = `
const { workerData } = require('node:worker_threads');
const { pids, rate, slice, shared } = workerData;
const flag = new Int32Array(shared);
const signal = (name) => {
	for (const pid of pids) {
		try { process.kill(pid, name); } catch (error) { if (error.code !== 'ESRCH') throw error; }
	}
};
try {
	while (Atomics.load(flag, 0) === 0) {
		const began = performance.now();
		Atomics.wait(flag, 0, 0, slice);
		const ran = performance.now() - began;
		signal('SIGSTOP');
		Atomics.wait(flag, 0, 0, ran * (rate - 1));
		signal('SIGCONT');
	}
} finally {
	signal('SIGCONT');
}
`;

/** @param rate how many times slower; 1 leaves the processes alone */
export function throttle(pids: readonly number[], rate: number): Throttle {
	if (rate <= 1 || pids.length === 0) return { release: async () => undefined };
	const shared = new SharedArrayBuffer(4);
	const worker = new Worker(stopAndGo, { eval: true, workerData: { pids, rate, slice, shared } });
	const ended = new Promise<void>((resolve, reject) => {
		worker.once('exit', () => resolve());
		worker.once('error', reject);
	});
	// Whatever ends this program must not leave a browser standing still.
	const goOn = () => pids.forEach((pid) => wake(pid));
	process.once('exit', goOn);
	return {
		release: async () => {
			const flag = new Int32Array(shared);
			Atomics.store(flag, 0, 1);
			Atomics.notify(flag, 0);
			await ended;
			process.off('exit', goOn);
		}
	};
}

function wake(pid: number): void {
	try {
		process.kill(pid, 'SIGCONT');
	} catch (error) {
		// It has ended meanwhile.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
