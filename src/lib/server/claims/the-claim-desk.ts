import { randomBytes } from 'node:crypto';
import { civilDateAt } from '#lib/domain/time.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { processConfig, type Config } from '../config.ts';
import { theDatabase, type ProgramDatabase } from '../db/connection.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { closeItems, notify } from '../inbox/inbox.ts';
import { registrySecret } from '../secret.ts';
import type { ClaimDesk } from './desk.ts';

/** This process's own desk for claims, made at the first request. */
export function theClaimDesk(): Promise<ClaimDesk> {
	return (opened ??= openClaimDesk(processConfig(), theDatabase()).catch((error: unknown) => {
		opened = undefined;
		throw error;
	}));
}

let opened: Promise<ClaimDesk> | undefined;

/** A desk on this database, for the server and its background work. */
export async function openClaimDesk(
	config: Pick<Config, 'dataDir' | 'secret'>,
	database: ProgramDatabase
): Promise<ClaimDesk> {
	const { privateKey } = registryKeyPair(await registrySecret(config));
	const now = () => new Date();
	return {
		database,
		log: new PostgresDecisionLog(database, privateKey, now, randomBytes),
		inbox: { notify, closeItems },
		now,
		today: () => civilDateAt(Date.now(), 'Asia/Shanghai')
	};
}
