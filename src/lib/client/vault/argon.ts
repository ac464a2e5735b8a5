/** What one Argon2id computation costs. Stored with every slot and authenticated with it. */
export interface ArgonParameters {
	/** Kibibytes. */
	readonly memory: number;
	readonly iterations: number;
	readonly parallelism: number;
}

/**
 * For the passphrase that opens the tablet cold: 64 MiB, 3 passes, as Bitwarden's default. 0.33 s on a desk computer, about
 * 2.7 s at a quarter of its speed (SECURITY.md 2). Parallel lanes give nothing in WebAssembly.
 */
export const coldParameters: ArgonParameters = { memory: 64 * 1024, iterations: 3, parallelism: 1 };

/** For the PIN that opens it again while warm: OWASP's and ASVS's 19 MiB, 2 passes; 0.09 s, 0.46 s at a quarter of the speed. */
export const warmParameters: ArgonParameters = { memory: 19 * 1024, iterations: 2, parallelism: 1 };

/**
 * True for parameters this program is willing to compute with. Whoever can write to the disk could otherwise put cheap
 * ones (and harvest a weak hash at the next unlock) or ones no tablet can finish. The floor is OWASP's, the ceiling our own.
 */
export function acceptable(parameters: ArgonParameters): boolean {
	const { memory, iterations, parallelism } = parameters;
	return (
		[memory, iterations, parallelism].every(Number.isInteger) &&
		memory >= warmParameters.memory &&
		iterations >= warmParameters.iterations &&
		parallelism >= 1 &&
		memory <= 256 * 1024 &&
		iterations <= 16 &&
		parallelism <= 4
	);
}

/** Argon2id of a secret: 32 bytes. On the tablet it runs in a worker of its own, see argon.worker.ts. */
export type Argon2id = (
	secret: string,
	salt: Uint8Array<ArrayBuffer>,
	parameters: ArgonParameters
) => Promise<Uint8Array<ArrayBuffer>>;
