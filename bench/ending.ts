/*
 * Everything that was started is stopped, in the opposite order, whatever happened: browsers, servers, databases, folders.
 */
export class Endings {
	readonly #steps: (() => Promise<unknown> | unknown)[] = [];

	/** To be run when the part is over. */
	add(step: () => Promise<unknown> | unknown): void {
		this.#steps.push(step);
	}

	/** Runs all of them, also when one fails; then throws what the first failure was. */
	async run(): Promise<void> {
		const failures: unknown[] = [];
		for (const step of this.#steps.splice(0).reverse()) {
			try {
				await step();
			} catch (error) {
				failures.push(error);
			}
		}
		if (failures.length > 0) throw failures[0];
	}
}

/** Runs work with endings of its own. */
export async function withEndings<T>(work: (endings: Endings) => Promise<T>): Promise<T> {
	const endings = new Endings();
	try {
		return await work(endings);
	} finally {
		await endings.run();
	}
}
