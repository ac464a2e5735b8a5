import { createHash } from 'node:crypto';

/** How long a code opens the door, minutes. What a code is, is in domain/enrol-code.ts. */
export const enrolCodeMinutes = 15;

/** In groups of five, as it is read aloud. */
export function inGroups(code: string): string {
	return code.match(/.{1,5}/g)?.join('-') ?? '';
}

/** What is stored of a code. 128 random bits need no salt and no slow hash. */
export function enrolCodeHash(code: string): Buffer {
	return createHash('sha256').update(`lampkeep-enrol-1/${code}`).digest();
}
