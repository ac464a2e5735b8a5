import { expect } from 'vitest';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, DeviceId, InstitutionId } from '#lib/domain/ids.ts';
import type { Session } from '#lib/server/db/connection.ts';
import { lockCases, lookUp, store } from '#lib/server/entry-log/postgres-entry-log.ts';
import { receive } from '#lib/sync/receive.ts';
import { person } from './notice-story.ts';

/* Children of whom little more is recorded than what their hold is reckoned from, stored as if a tablet had pushed them. */

export interface HoldChild {
	readonly n: number;
	readonly handover: string;
	/** Code of the table `admissionBasis`; left out: rescued. */
	readonly basis?: string;
	readonly house: InstitutionId;
}

export function holdChildId(n: number): ChildId {
	return `00000000-0000-7000-8000-0000000c${String(n).padStart(4, '0')}` as ChildId;
}

export async function storeHoldChildren(session: Session, children: readonly HoldChild[]): Promise<void> {
	const entries = children.map(({ n, handover, basis = '04', house }): ParsedEntry => ({
		known: true,
		entry: {
			id: `00000000-0000-7000-8000-0000000e${String(n).padStart(4, '0')}`,
			childId: holdChildId(n),
			type: 'intake.recorded',
			version: 1,
			payload: {
				answers: {
					caseNumber: { state: 'known', value: `2026-${String(n).padStart(4, '0')}` },
					handoverDate: { state: 'known', value: handover },
					admissionBasis: { state: 'known', value: basis }
				}
			},
			replaces: [],
			occurredOn: handover,
			recordedAt: '2026-11-01T08:00:00+08:00',
			staffId: person('a'),
			institutionId: house,
			deviceId: deviceOf(house),
			deviceSeq: n,
			previous: null,
			signature: 'A'.repeat(86)
		} as unknown as Extract<ParsedEntry, { known: true }>['entry']
	}));
	await storeEntries(session, entries);
}

/** Stores entries as the registry stores a push, their rows included. */
export async function storeEntries(session: Session, entries: readonly ParsedEntry[]): Promise<void> {
	const candidates = entries.map((parsed, index) => ({
		index,
		parsed,
		text: canonicalJson(parsed.entry as unknown as Json),
		atDesk: true as const
	}));
	const ids = [...new Set(entries.map(({ entry }) => entry.childId))];
	await lockCases(session, ids);
	const decided = receive(candidates, '2026-11-01T01:00:00.000Z', await lookUp(session, candidates, ids));
	expect(decided.outcomes.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);
	await store(session, decided);
}

function deviceOf(house: InstitutionId): DeviceId {
	return house.replace(/a(?=\d{3}$)/, 'd') as string as DeviceId;
}
