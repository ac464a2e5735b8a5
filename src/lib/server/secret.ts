import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { OperatorError } from './operator-error.ts';

/**
 * The registry's own secret: LAMPKEEP_SECRET, else `secret.key` in the data folder, made on first need and readable by
 * its owner alone. Never used as it is; every use derives a key of its own, see {@link deriveSecret}.
 *
 * @throws OperatorError when the file is damaged or cannot be written
 */
export async function registrySecret(config: Pick<Config, 'dataDir' | 'secret'>): Promise<string> {
	if (config.secret !== null) return config.secret;
	const path = join(config.dataDir, 'secret.key');
	return (await storedSecret(path)) ?? (await newSecret(path));
}

/** A key for one purpose: HMAC-SHA256 of its name, 43 base64url characters. One purpose's key says nothing of another's. */
export function deriveSecret(secret: string, purpose: string): string {
	return createHmac('sha256', secret).update(`lampkeep/${purpose}`).digest('base64url');
}

async function storedSecret(path: string): Promise<string | null> {
	try {
		const secret = (await readFile(path, 'utf8')).trim();
		if (secret.length >= 32) return secret;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return null;
		throw new OperatorError(
			`${path} cannot be read (${errorCode(error)}); give it to the user who runs the registry.`,
			{
				cause: error
			}
		);
	}
	throw new OperatorError(`${path} is damaged: restore it from a backup; every sign-in code depends on it.`);
}

async function newSecret(path: string): Promise<string> {
	const secret = randomBytes(32).toString('base64url');
	try {
		await mkdir(join(path, '..'), { recursive: true });
		const file = await open(path, 'wx', 0o600);
		await file.writeFile(secret + '\n');
		await file.sync();
		await file.close();
		return secret;
	} catch (error) {
		// Another process was first: its secret counts.
		if (errorCode(error) === 'EEXIST') return (await storedSecret(path)) ?? secret;
		throw new OperatorError(
			`${path} cannot be written (${errorCode(error)}); choose another DATA_DIR, or free its disk.`,
			{
				cause: error
			}
		);
	}
}

function errorCode(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
