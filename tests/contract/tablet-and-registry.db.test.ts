import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { hexOf } from '../../src/lib/client/sync/fakes.ts';
import { pieceBytes } from '../../src/lib/client/sync/upload-photo.ts';
import { LocalVault } from '../../src/lib/client/vault/vault.ts';
import { childNumber, enrolAnswer, intake, known, must, passphrase } from '../../src/lib/client/vault/vault-scenes.ts';
import type { ItemId, Sha256 } from '../../src/lib/domain/ids.ts';
import { civilDate } from '../../src/lib/domain/time.ts';
import type { Epoch } from '../../src/lib/sync/protocol.ts';
import { listReadings } from '../../src/lib/server/access/readings.ts';
import { importOutbox, tabletOfFile } from '../../src/lib/server/sync/import-outbox.ts';
import sharp from 'sharp';
import { eventually, registryInReach, wholeTablet, type RegistryInReach } from './whole-tablet.ts';

/* Two tablets of one house and their registry, all of them the product's. */

const delivered = async (vault: LocalVault, n: number) =>
	must(await vault.open(childNumber(n)))?.entries.map(({ delivery }) => delivery);
const names = async (vault: LocalVault) =>
	must(await vault.search({ offset: 0, limit: 100 }))
		.rows.map(({ name }) => name)
		.sort();
const calledNumber = (n: number) => intake(childNumber(n), { nameCalled: known(`小名${n}`) });

test('a child recorded on one tablet is on the registry with a receipt, and on the other tablet of the house', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there);
	must(await one.vault.record([calledNumber(1), calledNumber(2)]));
	expect(await delivered(one.vault, 1)).toEqual([{ state: 'waiting' }]);
	one.engine.syncNow();
	await eventually(async () => expect(await delivered(one.vault, 1)).toMatchObject([{ state: 'registered' }]));
	const two = await wholeTablet(there);
	await eventually(async () => expect(await names(two.vault)).toEqual(await names(one.vault)));
	expect(await names(two.vault)).toHaveLength(2);
	expect([one.reported, two.reported]).toEqual([[], []]);
});

test('an answer lost on the way is asked for again, and the registry has the entries once', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there);
	there.wire.loseNextPushAnswers = 1;
	must(await one.vault.record([calledNumber(1)]));
	one.engine.syncNow();
	await eventually(async () => expect(await delivered(one.vault, 1)).toMatchObject([{ state: 'registered' }]));
	const { institutionId } = enrolAnswer().roster;
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 1 });
});

test('a file opened while there was no network is on the registry as read, once, when there is one', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there);
	must(await one.vault.record([calledNumber(1)]));
	one.engine.pause();
	for (const _ of ['opened', 'and turned to again']) must(await one.vault.open(childNumber(1)));
	await eventually(async () => expect(await one.vault.nextReadings(10)).toHaveLength(1));
	one.engine.resume();
	const onRegistry = () => there.database.inScope({ kind: 'registry' }, (session) => listReadings(session, {}, 10));
	await eventually(async () =>
		expect(await onRegistry()).toMatchObject([
			{ childId: childNumber(1), staffId: enrolAnswer().staffId, place: 'tablet', basis: { basis: 'duty' } }
		])
	);
	await eventually(async () => expect(await one.vault.nextReadings(10)).toEqual([]));
	expect(one.reported).toEqual([]);
});

test('a photo is on the registry with a receipt, after a cut in the middle, and its thumbnail on the other tablet', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there);
	const noise = { type: 'gaussian' as const, mean: 120, sigma: 50 };
	const drawn = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#000', noise } })
		.jpeg({ quality: 95 })
		.toBuffer();
	const bytes = new Uint8Array(drawn);
	expect(bytes.length).toBeGreaterThan(2 * pieceBytes);
	const sha256 = (await hexOf(bytes)) as Sha256;
	const shown = { sha256, mediaType: 'image/jpeg' as const, bytes: bytes.length, width: 1200, height: 900 };
	there.wire.piecesUntilCut = 1;
	must(await one.vault.record([calledNumber(1)]));
	must(
		await one.vault.addPhoto(
			{
				type: 'photo.added',
				childId: childNumber(1),
				occurredOn: civilDate('2026-03-05'),
				replaces: [],
				payload: { itemId: randomUUID() as ItemId, photo: { ...shown, view: 'front', publishable: false } }
			},
			{ photo: shown, bytes, thumbnail: new Uint8Array([0xff, 0xd8]) }
		)
	);
	one.engine.syncNow();
	await eventually(async () => expect(await one.vault.nextPhotos(1)).toEqual([]));
	expect(there.wire.piecesUntilCut).toBeLessThan(0);
	const two = await wholeTablet(there);
	await eventually(async () => {
		const thumbnail = await two.vault.photo(sha256, 'thumbnail');
		expect((await sharp(thumbnail).metadata()).width).toBe(320);
	});
	expect([one.reported, two.reported]).toEqual([[], []]);
});

test('a registry that came back from a backup gets everything again', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there);
	must(await one.vault.record([calledNumber(1)]));
	one.engine.syncNow();
	await eventually(async () => expect(await delivered(one.vault, 1)).toMatchObject([{ state: 'registered' }]));
	const { epoch } = await one.vault.syncPosition();
	const restored = await registryInReach();
	expect(await restored.door.log.epoch()).not.toBe(epoch);
	await copyPeople(there, restored);
	there.door.log.epoch = () => restored.door.log.epoch();
	there.door.log.append = (...given) => restored.door.log.append(...given);
	there.door.log.read = (...given) => restored.door.log.read(...given);
	one.engine.syncNow();
	await eventually(async () =>
		expect((await one.vault.syncPosition()).epoch).not.toBe(epoch satisfies Epoch | undefined)
	);
	await eventually(async () => expect((await one.vault.usage()).waitingEntries).toBe(0));
	expect(await restored.door.log.head(enrolAnswer().roster.institutionId)).toMatchObject({ position: 1 });
});

test('a locked tablet hands in entries and photos, and after unlocking nothing is there twice', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'when told');
	const picture = new Uint8Array(
		await sharp({ create: { width: 400, height: 300, channels: 3, background: '#345' } })
			.jpeg()
			.toBuffer()
	);
	const sha256 = (await hexOf(picture)) as Sha256;
	const shown = { sha256, mediaType: 'image/jpeg' as const, bytes: picture.length, width: 400, height: 300 };
	must(await one.vault.record([calledNumber(1), calledNumber(2)]));
	must(
		await one.vault.addPhoto(
			{
				type: 'photo.added',
				childId: childNumber(1),
				occurredOn: civilDate('2026-03-05'),
				replaces: [],
				payload: { itemId: randomUUID() as ItemId, photo: { ...shown, view: 'front', publishable: false } }
			},
			{ photo: shown, bytes: picture, thumbnail: new Uint8Array([0xff, 0xd8]) }
		)
	);
	expect(await one.vault.outbox()).toMatchObject({ records: 3, onlyWhenOpen: 0 });
	await one.vault.lock();
	one.engine.start();
	await eventually(async () => expect((await one.vault.outbox()).records).toBe(0));
	const { institutionId } = enrolAnswer().roster;
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 3 });
	expect(await there.photoDoor.photos.state(sha256)).toMatchObject({ status: 'stored' });

	must(await one.vault.unlock(enrolAnswer().staffId, { way: 'passphrase', passphrase }));
	one.engine.statusChanged();
	await eventually(async () => expect(await delivered(one.vault, 2)).toMatchObject([{ state: 'registered' }]));
	await eventually(async () => expect(await one.vault.nextPhotos(1)).toEqual([]));
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 3 });
	expect(one.reported).toEqual([]);
});

test('a tablet that a supervisor closed hands in what it has, erases itself, and the registry knows', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'when told');
	must(await one.vault.record([calledNumber(1)]));
	await one.vault.lock();
	await there.database.inScope({ kind: 'registry' }, (session) =>
		session.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [one.deviceId])
	);
	one.engine.start();
	await eventually(() => expect(one.engine.progress.closed).toEqual({ handedIn: 1, told: true }));
	expect(await one.vault.status()).toEqual({ status: 'not_enrolled' });
	const { rows } = await there.database.inScope({ kind: 'registry' }, (session) =>
		session.query('SELECT wiped_left AS "left", wiped_at IS NOT NULL AS "wiped" FROM devices WHERE id = $1', [
			one.deviceId
		])
	);
	expect(rows).toEqual([{ left: 0, wiped: true }]);
	expect(one.reported).toEqual([]);
});

test('a tablet’s file is taken at a desk like its own sending, once, and only from a tablet of the house', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'when told');
	must(await one.vault.record([calledNumber(1), calledNumber(2)]));
	await one.vault.lock();
	const [head = '', ...records] = (await (await one.vault.exportUnsent()).text()).trimEnd().split('\n');
	// One record more, shown as another than it was sealed as.
	const moved = JSON.stringify({ ...(JSON.parse(records[0] ?? '') as object), number: 70 });
	const text = [head, ...records, moved, ''].join('\n');
	const { institutionId } = enrolAnswer().roster;
	const importFor = (house: string) =>
		importOutbox(there.photoDoor, text, (id) =>
			there.database.inScope({ kind: 'institution', institutionId: house as never }, (session) =>
				tabletOfFile(session, id)
			)
		);
	expect(await importFor(institutionId)).toMatchObject({
		ok: true,
		value: { records: 2, accepted: 2, known: 0, setAside: [], unreadable: 1, notNow: 0, missing: 0 }
	});
	expect(await importFor(institutionId)).toMatchObject({ ok: true, value: { accepted: 0, known: 2, unreadable: 1 } });
	expect(await importFor(randomUUID())).toEqual({ ok: false, error: { type: 'tablet_unknown' } });
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 2 });
});

async function copyPeople(from: RegistryInReach, to: RegistryInReach): Promise<void> {
	for (const table of ['institutions', 'users', 'devices', 'staff_keys']) {
		const { rows } = await from.database.inScope({ kind: 'registry' }, (session) =>
			session.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
		);
		for (const row of rows) {
			const columns = Object.keys(row);
			await to.database.inScope({ kind: 'registry' }, (session) =>
				session.query(
					`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
					Object.values(row)
				)
			);
		}
	}
}
