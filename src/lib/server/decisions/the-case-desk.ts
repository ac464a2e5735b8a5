import { randomBytes } from 'node:crypto';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { processConfig } from '../config.ts';
import { theDatabase } from '../db/connection.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { theDecisionDesk } from '../notices/the-desk.ts';
import { registrySecret } from '../secret.ts';
import type { CaseDesk } from './case-desk.ts';

/** This process's own desk for decisions about children, made at the first request. */
export function theCaseDesk(): Promise<CaseDesk> {
	return (opened ??= open().catch((error: unknown) => {
		opened = undefined;
		throw error;
	}));
}

let opened: Promise<CaseDesk> | undefined;

async function open(): Promise<CaseDesk> {
	const { press, board, today } = await theDecisionDesk();
	const { privateKey } = registryKeyPair(await registrySecret(processConfig()));
	const now = () => new Date();
	return {
		log: new PostgresDecisionLog(theDatabase(), privateKey, now, randomBytes),
		press,
		board,
		random: randomBytes,
		now,
		today
	};
}
