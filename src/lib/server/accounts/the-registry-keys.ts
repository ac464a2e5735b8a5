import { processConfig } from '../config.ts';
import { registrySecret } from '../secret.ts';
import { registryKeys, type RegistryKeys } from './registry-key.ts';

/** This process's keys, derived at the first need. */
export function theRegistryKeys(): Promise<RegistryKeys> {
	return (derived ??= registrySecret(processConfig())
		.then(registryKeys)
		.catch((error: unknown) => {
			derived = undefined;
			throw error;
		}));
}

let derived: Promise<RegistryKeys> | undefined;
