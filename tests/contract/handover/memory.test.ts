import { randomUUID } from 'node:crypto';
import { custodian, fold } from '../../../src/lib/domain/case-file/case-file.ts';
import { sha256Hex, verifySignature } from '../../../src/lib/server/entry-log/signatures.ts';
import { MemoryEntryLog } from '../../../src/lib/sync/memory-entry-log.ts';
import type { Epoch } from '../../../src/lib/sync/protocol.ts';
import type { StaffKey } from '../../../src/lib/sync/receive.ts';
import { handoverContract } from './cases.ts';

handoverContract('in memory', async () => {
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
		enrol: async ({ staffId, deviceId, publicKey }) => {
			keys.set(`${staffId} ${deviceId}`, [{ publicKey, removedAt: undefined }]);
		},
		custodian: async (childId) =>
			custodian(
				fold(
					childId,
					log.accepted().map(({ parsed }) => parsed)
				)
			)
	};
});
