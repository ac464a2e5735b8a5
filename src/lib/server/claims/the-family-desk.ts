import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { civilDateAt } from '#lib/domain/time.ts';
import { beginLimit, paperLimit, ticketLimit } from '../auth/rate-limit.ts';
import { processConfig } from '../config.ts';
import { theDatabase } from '../db/connection.ts';
import { deriveSecret, registrySecret } from '../secret.ts';
import { theJobs } from '../jobs/the-jobs.ts';
import { refreshClaimRow } from './claim-rows.ts';
import { withdrawByFamily } from './desk.ts';
import type { FamilyDesk } from './family.ts';
import { lunarDays } from './lunar.ts';
import { PaperStore } from './papers.ts';
import { theClaimDesk } from './the-claim-desk.ts';

/** This process's own, made at the first request. */
export function theFamilyDesk(): Promise<FamilyDesk> {
	return (opened ??= open().catch((error: unknown) => {
		opened = undefined;
		throw error;
	}));
}

/** Where families' photos of papers lie. */
export function paperFolder(config: { readonly dataDir: string }): string {
	return join(config.dataDir, 'claim-papers');
}

let opened: Promise<FamilyDesk> | undefined;

async function open(): Promise<FamilyDesk> {
	const config = processConfig();
	return {
		database: theDatabase(),
		papers: new PaperStore(paperFolder(config)),
		identityKey: deriveSecret(await registrySecret(config), 'claim-identity'),
		lunar: lunarDays,
		random: randomBytes,
		now: () => new Date(),
		today: () => civilDateAt(Date.now(), 'Asia/Shanghai'),
		limits: { begin: beginLimit, open: ticketLimit, paper: paperLimit },
		// Once it is sent: the link to a child, the inbox and the comparison follow behind the family's back, so that no answer
		// depends on them.
		changed: async (session, claimId) => {
			if (await refreshClaimRow(session, claimId)) await theJobs().sendIn(session, 'claims.link', { claimId });
		},
		withdrawOnFile: async (claimId) => withdrawByFamily(await theClaimDesk(), claimId)
	};
}
