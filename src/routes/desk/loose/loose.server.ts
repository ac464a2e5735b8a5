import { randomBytes } from 'node:crypto';
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { registryKeyPair } from '#lib/server/accounts/registry-key.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { PostgresDecisionLog } from '#lib/server/entry-log/decision-log.ts';
import type { LooseDesk } from '#lib/server/loose/loose-desk.ts';
import { registrySecret } from '#lib/server/secret.ts';
import { signedIn } from '../desk.server.ts';

/** Registry officers, and nobody else: a loose record belongs to no house yet. */
export function officer(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (user.role !== 'registry_officer') error(403, 'not_yours');
	return user;
}

export function recordOf(params: { readonly id: string }): string {
	const parsed = z.uuid().safeParse(params.id);
	if (!parsed.success) error(404, 'record_unknown');
	return parsed.data.toLowerCase();
}

/** This process's desk for loose records. */
export async function looseDesk(): Promise<LooseDesk> {
	const database = theDatabase();
	const now = () => new Date();
	const { privateKey } = registryKeyPair(await registrySecret(processConfig()));
	return { database, log: new PostgresDecisionLog(database, privateKey, now, randomBytes), now, random: randomBytes };
}
