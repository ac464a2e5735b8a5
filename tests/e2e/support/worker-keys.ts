import type { Page } from '@playwright/test';

/**
 * Listens to which raw keys of 256 bits the program hands to the browser's cryptography: the data keys of an open tablet and
 * what opens its slots are among them. Nothing else ever sees them, so nothing else can tell whether they lie on a disk.
 */
export function hearKeys(page: Page): { keys(): Promise<readonly string[]> } {
	page.on('worker', (worker) => {
		// One that has ended meanwhile imports nothing any more.
		worker.evaluate(keepKeys).catch(() => undefined);
	});
	return {
		/** As hex. */
		keys: async () => {
			const heard = await Promise.all(
				page.workers().map((worker) => worker.evaluate(() => (globalThis as { rawKeys?: string[] }).rawKeys ?? []))
			);
			// Thirty-two noughts are the beginning of a derivation, not a key.
			return [...new Set(heard.flat())].filter((key) => !/^0+$/.test(key));
		}
	};
}

/** Runs in the worker. */
function keepKeys(): void {
	const scope = globalThis as { rawKeys?: string[] };
	const heard = (scope.rawKeys ??= []);
	const { subtle } = crypto;
	const importKey = subtle.importKey.bind(subtle) as (...given: unknown[]) => Promise<CryptoKey>;
	subtle.importKey = ((...given: unknown[]) => {
		const [format, key] = given;
		if (format === 'raw' && key instanceof Uint8Array && key.length === 32)
			heard.push(Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join(''));
		return importKey(...given);
	}) as SubtleCrypto['importKey'];
}

/** A key as a program might have written it down: its bytes, and as text in the usual ways. */
export function writtenForms(hex: string): readonly (string | Buffer)[] {
	const bytes = Buffer.from(hex, 'hex');
	return [bytes, hex, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}
