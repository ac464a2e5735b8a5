import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium, errors, type Browser } from 'playwright';

/** A Chromium started by us and not by Playwright, in a process group of its own: it can be killed as a dead battery does. */
export interface KillableBrowser {
	readonly process: ChildProcess;
	readonly browser: Browser;
}

/** A browser answers in a second or two, on a busy machine in five; one that was silent so long is asked again. */
const answerWithin = 15_000;
const tries = 3;

/**
 * Starts a browser without a window and connects with it.
 *
 * @param profile the folder of its profile
 * @param further arguments of Chromium beside those every test needs
 * @throws what Chromium said last, when it ended before it listened
 */
export async function startKillable(
	profile: string,
	further: readonly string[] = [],
	environment: Readonly<Record<string, string>> = {}
): Promise<KillableBrowser> {
	const root = process.getuid?.() === 0;
	const child = spawn(
		process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
		[
			'--headless=new',
			'--remote-debugging-port=0',
			`--user-data-dir=${profile}`,
			// A first window that is still loading while Playwright looks at it now and then leaves both waiting for each other.
			'--no-startup-window',
			'--no-first-run',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			...further,
			...(root ? ['--no-sandbox'] : [])
		],
		{
			stdio: ['ignore', 'ignore', 'pipe'],
			detached: true,
			env: { ...process.env, TZ: 'Asia/Shanghai', ...environment }
		}
	);
	try {
		return { process: child, browser: await connect(await listening(child)) };
	} catch (error) {
		if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
		throw error;
	}
}

/** The address at which it listens. */
function listening(child: ChildProcess): Promise<string> {
	const said: string[] = [];
	return new Promise<string>((resolve, reject) => {
		if (!child.stderr) throw new Error('what Chromium says is not read');
		createInterface({ input: child.stderr }).on('line', (line) => {
			said.push(line);
			const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
			if (found) resolve(found);
		});
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${said.slice(-5).join('\n')}`)));
	});
}

async function connect(address: string): Promise<Browser> {
	for (let left = tries; ; left -= 1) {
		try {
			return await chromium.connectOverCDP(address, { timeout: answerWithin });
		} catch (error) {
			if (left <= 1 || !(error instanceof errors.TimeoutError)) throw error;
		}
	}
}
