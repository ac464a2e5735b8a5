import { randomUUID } from 'node:crypto';
import { sha256Hex, verifySignature } from '../../../src/lib/server/entry-log/signatures.ts';
import { MemoryEntryLog } from '../../../src/lib/sync/memory-entry-log.ts';
import type { Epoch } from '../../../src/lib/sync/protocol.ts';
import type { StaffKey } from '../../../src/lib/sync/receive.ts';
import { entryLogContract } from './cases.ts';

entryLogContract('in memory', async () => {
	const keys = new Map<string, StaffKey[]>();
	const log = new MemoryEntryLog(
		{
			sha256: sha256Hex,
			verify: verifySignature,
			keysOf: (staffId, deviceId) => keys.get(`${staffId} ${deviceId}`) ?? []
		},
		randomUUID() as Epoch
	);
	return {
		log,
		enrol: async ({ staffId, deviceId, publicKey }, { removedAt, role = 'care_worker' } = {}) => {
			keys.set(`${staffId} ${deviceId}`, [{ publicKey, removedAt, role }]);
		},
		equivocations: async () => log.equivocations().length,
		quarantined: async () => log.quarantined().map(({ body, reason }) => ({ body, reason: reason.type }))
	};
});
