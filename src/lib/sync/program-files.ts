/*
 * One number for the whole program on a tablet: the SHA-256 of a list that names each of its files with the SHA-256 of its
 * bytes. The tablet reckons it over what its service worker keeps, the registry over its own build (`lampkeep program`), so
 * two people on a telephone can tell whether a tablet runs what the registry gives out. It finds a stale or mixed program; a
 * program made to lie about itself would lie about this too.
 */

/** One file of the program. */
export interface ProgramFile {
	/** Without a leading slash, as in the list of what the service worker keeps. */
	readonly path: string;
	/** Of its bytes, 64 lower-case hexadecimal digits; null where the tablet lacks the file. */
	readonly sha256: string | null;
}

/** The service worker's answer to the message `{ type: 'PROGRAM' }`. */
export interface ProgramFacts {
	readonly files: number;
	/** Files that should be on the tablet and are not. */
	readonly missing: number;
	/** SHA-256 of `programList`, 64 lower-case hexadecimal digits. */
	readonly hash: string;
}

/** The text whose SHA-256 names the program: `path sha256`, a file a line, by path. The order of `files` does not matter. */
export function programList(files: readonly ProgramFile[]): string {
	return files
		.map(({ path, sha256 }) => `${path} ${sha256 ?? 'missing'}\n`)
		.sort()
		.join('');
}

/** The first 64 bits in groups of four, as people read them to each other; `3f2a 91c0 77de 0b14`. */
export function spokenHash(hash: string): string {
	return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}
