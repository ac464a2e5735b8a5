import { expose } from 'comlink';
import { argon2id } from 'hash-wasm';
import type { ArgonParameters } from './argon.ts';

/*
 * Argon2id in a worker of its own: it takes 64 MiB and a third of a second to three seconds, during which the vault goes on
 * answering, and the memory goes back with the worker (connect it, compute once, terminate it).
 */
const service = {
	/** Computes next to nothing, so that the program is compiled when a secret comes. */
	async prepare(): Promise<void> {
		const nothing = { password: '-', salt: new Uint8Array(16), parallelism: 1, hashLength: 32 };
		await argon2id({ ...nothing, memorySize: 8, iterations: 1, outputType: 'binary' });
	},

	async derive(
		secret: string,
		salt: Uint8Array,
		{ memory, iterations, parallelism }: ArgonParameters
	): Promise<Uint8Array> {
		return argon2id({
			password: secret,
			salt,
			memorySize: memory,
			iterations,
			parallelism,
			hashLength: 32,
			outputType: 'binary'
		});
	}
};
export type ArgonService = typeof service;

expose(service);
