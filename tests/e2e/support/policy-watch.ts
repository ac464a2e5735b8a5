import type { BrowserContext, ConsoleMessage, Worker } from '@playwright/test';

/** What a browser says in its console when a policy forbade something; also where scripts are off. */
const refusal = /Content Security Policy|Trusted(HTML|ScriptURL|Script|Types? )|Permissions policy violation/i;
/** The mark of our own listeners below. */
const mark = 'policy violation:';

/**
 * Collects what the pages' and the workers' policies forbade, in every context it is laid over. A journey that ends with an
 * empty list has shown that the product needs nothing that its own policies forbid.
 */
export class PolicyWatch {
	readonly violations: string[] = [];
	readonly #watched = new Set<BrowserContext>();

	async over(context: BrowserContext): Promise<void> {
		if (this.#watched.has(context)) return;
		this.#watched.add(context);
		context.on('console', (message) => this.#hear(message));
		context.on('page', (page) => page.on('worker', (worker) => this.#listenIn(worker)));
		await context.addInitScript(tellViolations, mark);
	}

	#hear(message: ConsoleMessage): void {
		const text = message.text();
		if (text.startsWith(mark) || refusal.test(text))
			this.violations.push(`${message.page()?.url() ?? 'a worker'}: ${text}`);
	}

	#listenIn(worker: Worker): void {
		// A worker that was ended in the meantime has nothing more to tell.
		worker.evaluate(tellViolations, mark).catch(() => undefined);
	}
}

/** Runs in the page or worker. No script can be laid before a worker's own, so what its first lines did is told too. */
function tellViolations(mark: string): void {
	new ReportingObserver(
		(reports) => {
			for (const { body } of reports) console.warn(`${mark} ${JSON.stringify(body)}`);
		},
		{ types: ['csp-violation'], buffered: true }
	).observe();
}

/** The watch of the test that runs now: tablets are started by us and report here themselves. */
let current: PolicyWatch | undefined;

export function watchPolicies(watch: PolicyWatch | undefined): void {
	current = watch;
}

/** Lays the running test's watch over a context that was not opened through its `browser`. */
export async function underWatch(context: BrowserContext): Promise<void> {
	await current?.over(context);
}
