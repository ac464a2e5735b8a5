import { describe, expect, test } from 'vitest';
import { newChild, newItem } from '../../../../tests/contract/entry-log/tablet.ts';
import { photoRegistry } from '../../../../tests/contract/photo-registry.ts';
import { saveOf, sealedRecord } from '../../../../tests/contract/sealing.ts';
import { importOutbox, tabletOfFile } from './import-outbox.ts';

/* A file is nobody's word: whoever knows a tablet's name and the registry's public key can make one. */

async function desk() {
	const office = await photoRegistry();
	const { door, a, database } = office;
	const bring = async (records: readonly unknown[]) => {
		const head = { is: 'lampkeep-outbox', version: 1, deviceId: a.deviceId, at: '2026-11-22T04:00:00Z' };
		const lines = [{ ...head, records: records.length }, ...records].map((line) => `${JSON.stringify(line)}\n`);
		return importOutbox(door, lines.join(''), (id) =>
			database.inScope({ kind: 'registry' }, (session) => tabletOfFile(session, id))
		);
	};
	const rows = async (sql: string) => (await database.inScope({ kind: 'registry' }, (s) => s.query(sql))).rows;
	return { ...office, bring, rows };
}

describe('a file with a tablet’s unsent records', () => {
	test('that somebody made up is set aside, and the tablet was not heard by it', async () => {
		const { door, a, bring, rows } = await desk();
		const genuine = a.record('care.recorded', newChild(), { itemId: newItem(), care: { kind: 'daily', note: 'x' } });
		const before = await rows('SELECT last_contact_at, last_sequence FROM devices ORDER BY id');
		const forged = { ...genuine, deviceSeq: 900_000_000 };
		const record = await sealedRecord(door.keys.sealing.publicKey, a.deviceId, 1, 'entries', saveOf([forged]));
		expect(await bring([record])).toMatchObject({
			ok: true,
			value: { accepted: 0, setAside: [{ reason: 'signature_wrong', count: 1 }] }
		});
		expect(await rows('SELECT last_contact_at, last_sequence FROM devices ORDER BY id')).toEqual(before);
		expect(await rows('SELECT 1 FROM entries')).toEqual([]);
	});

	test('that is the tablet’s own goes into the files, as if it had been sent', async () => {
		const { door, a, bring, rows } = await desk();
		const entry = a.record('care.recorded', newChild(), { itemId: newItem(), care: { kind: 'daily', note: 'x' } });
		const record = await sealedRecord(door.keys.sealing.publicKey, a.deviceId, 1, 'entries', saveOf([entry]));
		expect(await bring([record])).toMatchObject({ ok: true, value: { accepted: 1, setAside: [] } });
		expect(await bring([record])).toMatchObject({ ok: true, value: { accepted: 0, known: 1 } });
		expect(await rows('SELECT count(*) AS n FROM entries')).toEqual([{ n: 1 }]);
	});
});
