import { expose } from 'comlink';
import { argon2id } from 'hash-wasm';
import type { ArgonParameters } from './argon.ts';

/*
 * Argon2id in a worker of its own: it takes 64 MiB and a third of a second to three seconds, during which the vault goes on
 * answering, and the memory goes back with the worker (connect it, compute once, terminate it).
 */
const service = {
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
