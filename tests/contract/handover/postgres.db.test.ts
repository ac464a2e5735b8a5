import { randomUUID } from 'node:crypto';
import { canonicalJson, type Json } from '../../../src/lib/domain/canonical-json.ts';
import { parseEntry } from '../../../src/lib/domain/case-file/entry.ts';
import type { InstitutionId } from '../../../src/lib/domain/ids.ts';
import { lockCases, lookUp, PostgresEntryLog, store } from '../../../src/lib/server/entry-log/postgres-entry-log.ts';
import { receive } from '../../../src/lib/sync/receive.ts';
import { testDatabase } from '../../support/database.ts';
import { handoverContract } from './cases.ts';

handoverContract('PostgreSQL', async () => {
	const database = await testDatabase();
	const registry = { kind: 'registry' } as const;
	return {
		log: new PostgresEntryLog(database),
		enrol: ({ institutionId, staffId, deviceId, publicKey }) =>
			database.inScope(registry, async (session) => {
				await session.query(
					`INSERT INTO institutions (id, name, kind) VALUES ($1, 'House', 'welfare_institution') ON CONFLICT (id) DO NOTHING`,
					[institutionId]
				);
				await session.query(
					`INSERT INTO users (id, institution_id, name, role) VALUES ($1, $2, 'Person', 'care_worker')`,
					[staffId, institutionId]
				);
				await session.query('INSERT INTO devices (id, institution_id, public_key) VALUES ($1, $2, $3)', [
					deviceId,
					institutionId,
					publicKey
				]);
				await session.query(
					'INSERT INTO staff_keys (staff_id, device_id, institution_id, public_key) VALUES ($1, $2, $3, $4)',
					[staffId, deviceId, institutionId, publicKey]
				);
			}),
		custodian: (childId) =>
			database.inScope(registry, async (session) => {
				const { rows } = await session.query<{ custodian: InstitutionId | null }>(
					'SELECT custodian FROM child_rows WHERE child_id = $1',
					[childId]
				);
				return rows[0]?.custodian ?? undefined;
			}),
		// As a desk stores what it decided; only the days matter here.
		approve: async (childId, on) => {
			const parsed = parseEntry({
				id: randomUUID(),
				childId,
				type: 'notice.approved',
				version: 2,
				replaces: [],
				occurredOn: on,
				recordedAt: `${on}T09:00:00+08:00`,
				staffId: randomUUID(),
				institutionId: randomUUID(),
				deviceId: randomUUID(),
				deviceSeq: 1,
				previous: null,
				payload: { approval: { draft: randomUUID(), publicNumber: 'LK-7F3K-29QX' } },
				signature: 'A'.repeat(86)
			});
			if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
			const { entry } = parsed.value;
			const candidate = {
				index: 0,
				parsed: parsed.value,
				text: canonicalJson(entry as unknown as Json),
				atDesk: true as const
			};
			await database.inScope(registry, async (session) => {
				await session.query(
					`INSERT INTO institutions (id, name, kind) VALUES ($1, 'Registry', 'registry') ON CONFLICT (id) DO NOTHING`,
					[entry.institutionId]
				);
				await lockCases(session, [childId], [candidate]);
				const before = await lookUp(session, [candidate], [childId]);
				await store(session, receive([candidate], `${on}T01:00:00.000Z`, before));
			});
		}
	};
});
