import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';

/** ASVS 5.0 appendix C: Argon2id with 19 MiB and two passes; about 65 ms here. The parameters are part of the hash. */
const parameters = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

/** The shortest password taken; length is what counts, no classes of characters are asked for. */
export const passwordMinimum = 10;
/** Longer ones are refused before they cost anything. */
export const passwordMaximum = 200;

/** The PHC form, `$argon2id$v=19$m=…`. Inverse: {@link passwordFits}. */
export async function hashPassword(password: string): Promise<string> {
	return argon2id({ ...parameters, password: normal(password), salt: randomBytes(16), outputType: 'encoded' });
}

/** Takes as long for an account that is not there (`hash` null): who has an account shows in no time difference. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
	const against = hash ?? (await (decoy ??= hashPassword(randomBytes(16).toString('hex'))));
	const fits = await argon2Verify({ password: normal(password), hash: against });
	return fits && hash !== null;
}

let decoy: Promise<string> | undefined;

/** The same letters typed on two keyboards are one password. */
function normal(password: string): string {
	return password.normalize('NFKC');
}
