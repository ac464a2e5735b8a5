import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { ClaimKind } from '#lib/domain/claim/events.ts';
import type { Typed } from '#lib/domain/claim/topic-form.ts';
import type { ClaimId } from '#lib/domain/ids.ts';
import { civilDate, type CivilDate } from '#lib/domain/time.ts';
import { FailureLimit } from '#lib/server/auth/rate-limit.ts';
import { beginClaim, openByTicket, saveTopic, submitClaim, type FamilyDesk } from '#lib/server/claims/family.ts';
import { lunarDays } from '#lib/server/claims/lunar.ts';
import { PaperStore } from '#lib/server/claims/papers.ts';
import type { Session } from '#lib/server/db/connection.ts';
import { lockCases, lookUp, store } from '#lib/server/entry-log/postgres-entry-log.ts';
import { receive } from '#lib/sync/receive.ts';
import type { TestDatabase } from './database.ts';
import { childId, type Story } from './notice-story.ts';

/** A day that tests can turn. */
export interface Calendar {
	day: CivilDate;
}

/** The family's side with a folder, limits and a calendar of its own. */
export async function familyDesk(
	database: TestDatabase,
	more: Partial<FamilyDesk> = {}
): Promise<FamilyDesk & { readonly calendar: Calendar; readonly folder: string }> {
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-papers-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const calendar: Calendar = { day: civilDate('2026-11-22') };
	const plenty = () => new FailureLimit([{ points: 100_000, seconds: 3600 }]);
	return {
		database,
		papers: new PaperStore(folder),
		identityKey: 'a key of the tests',
		lunar: lunarDays,
		random: randomBytes,
		now: () => new Date(`${calendar.day}T04:00:00.000Z`),
		today: () => calendar.day,
		limits: { begin: plenty(), open: plenty(), paper: plenty() },
		changed: async () => undefined,
		withdrawOnFile: async () => 'no_child',
		calendar,
		folder,
		...more
	};
}

export const you: Typed = { name: '杨秀英', relation: 'mother', phone: '138 0000 0000' };
export const child: Typed = { milk: '小虎', sex: '1', birthYear: '2022', birthMonth: '五', birthCalendar: 'lunar' };

/** Begins a claim and opens it. */
export async function begun(
	desk: FamilyDesk,
	kind: ClaimKind = 'claim',
	publicNumber?: string
): Promise<{ readonly claimId: ClaimId; readonly ticket: string; readonly secret: string }> {
	const key = await beginClaim(desk, { kind, publicNumber, address: '192.0.2.1' });
	if (!key.ok) throw new Error(key.error.type);
	const opened = await openByTicket(desk, { ...key.value, address: '192.0.2.1' });
	if (!opened.ok) throw new Error(opened.error.type);
	return opened.value;
}

/** Begins a claim, tells the least, and sends it. */
export async function sent(
	desk: FamilyDesk,
	kind: ClaimKind = 'claim',
	given: { readonly publicNumber?: string; readonly you?: Typed } = {}
): Promise<{ readonly claimId: ClaimId; readonly ticket: string; readonly secret: string; waitsItsTurn: boolean }> {
	const key = await begun(desk, kind, given.publicNumber);
	for (const [topic, typed] of [
		['child', child],
		['you', given.you ?? you]
	] as const) {
		const saved = await saveTopic(desk, key.claimId, topic, typed);
		if (!saved.ok) throw new Error(JSON.stringify(saved.error));
	}
	const submitted = await submitClaim(desk, key.claimId);
	if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
	return { ...key, ...submitted.value };
}

/** Stores a story of entries as if desks and tablets had written it. */
export async function put(session: Session, { entries }: Pick<Story, 'entries'>): Promise<void> {
	const candidates = entries.map((parsed, index) => ({
		index,
		parsed,
		text: canonicalJson(parsed.entry as unknown as Json),
		atDesk: true as const
	}));
	await lockCases(session, [childId]);
	const decided = receive(candidates, '2026-11-01T01:00:00.000Z', await lookUp(session, candidates, [childId]));
	const refused = decided.outcomes.find(({ outcome }) => outcome !== 'accepted');
	if (refused) throw new Error(JSON.stringify(refused));
	await store(session, decided);
}
