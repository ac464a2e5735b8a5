import { randomUUID } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { argon2id } from 'hash-wasm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadPinyin } from '../../../src/lib/client/search/pinyin.ts';
import { openSheet, printSheet } from '../../../src/lib/client/handover/sheet-codes.ts';
import { hex } from '../../../src/lib/client/vault/bytes.ts';
import { rowRules } from '../../../src/lib/client/vault/row-rules.ts';
import { LocalVault } from '../../../src/lib/client/vault/vault.ts';
import { TestTablet as TestDisk } from '../../../src/lib/client/vault/vault-in-memory.ts';
import { must, passphrase, pin } from '../../../src/lib/client/vault/vault-scenes.ts';
import type { Fact } from '../../../src/lib/client/tablet.ts';
import { childHold } from '../../../src/lib/domain/case-file/child-hold.ts';
import { custodian, fold, items, type CaseFile } from '../../../src/lib/domain/case-file/case-file.ts';
import { scanCode, type Scanned } from '../../../src/lib/domain/handover/codes.ts';
import {
	fileWithSheet,
	sheetFor,
	sheetPortrait,
	sheetStanding,
	type ReadSheet
} from '../../../src/lib/domain/handover/sheet.ts';
import { builtInRules } from '../../../src/lib/domain/hold/rules.ts';
import type {
	ChildId,
	DeviceId,
	EntryId,
	InstitutionId,
	ItemId,
	Sha256,
	StaffId
} from '../../../src/lib/domain/ids.ts';
import { civilDate } from '../../../src/lib/domain/time.ts';
import { PROTOCOL_VERSION, type EnrolAnswer } from '../../../src/lib/sync/protocol.ts';
import type { EntryLog } from '../../../src/lib/sync/entry-log.ts';

/*
 * A station hands a child over to an institution while neither has a network, by a sheet. Real vaults, real signatures; the log
 * is the one under test. Whoever reaches the registry first, in the end there is one custodian and nothing is lost.
 */

export interface RegistryUnderTest {
	readonly log: EntryLog;
	enrol(tablet: {
		institutionId: InstitutionId;
		staffId: StaffId;
		deviceId: DeviceId;
		publicKey: string;
	}): Promise<void>;
	/** Where the registry's desk sees the child. */
	custodian(childId: ChildId): Promise<InstitutionId | undefined>;
	/** The registry approves the child's notice on this day; undefined where the log has no desk. */
	approve?(childId: ChildId, on: string): Promise<void>;
}

const houses = {
	station: { id: randomUUID() as InstitutionId, name: '云岭市救助站', kind: 'rescue_station' },
	institution: { id: randomUUID() as InstitutionId, name: '云岭县儿童福利院', kind: 'welfare_institution' },
	stranger: { id: randomUUID() as InstitutionId, name: '岚江儿童福利院', kind: 'welfare_institution' }
} as const;
type House = keyof typeof houses;

const rules = {
	rules: builtInRules,
	kindOfHouse: (id: string) => Object.values(houses).find((house) => house.id === id)?.kind
};
/** As a screen shows them; not from which entry each day was taken. */
const clocksOf = (file: CaseFile, today: string) =>
	childHold(file, civilDate(today), rules)
		.hold.clocks.filter(({ id }) => ['hold', 'station-handover', 'temp-proof'].includes(id))
		.map((clock) => ({
			id: clock.id,
			status: clock.status,
			...('lastDay' in clock && { start: clock.start, lastDay: clock.lastDay }),
			...('metOn' in clock && { metOn: clock.metOn, late: clock.late })
		}));

async function tabletOf(house: House, registry: RegistryUnderTest) {
	const { id: institutionId } = houses[house];
	const disk = new TestDisk(randomUUID(), {
		indexedDB: new IDBFactory(),
		IDBKeyRange,
		argon2id: async (secret, salt, { memory, iterations, parallelism }) =>
			new Uint8Array(
				await argon2id({
					password: secret,
					salt,
					memorySize: memory,
					iterations,
					parallelism,
					hashLength: 32,
					outputType: 'binary'
				})
			),
		rules: rowRules,
		loadPinyin
	});
	onTestFinished(() => {
		for (const db of disk.databases) db.close();
	});
	const vault = new LocalVault(disk.tab());
	const { deviceId, staffPublicKey } = await vault.beginEnrolment();
	const staffId = randomUUID() as StaffId;
	await registry.enrol({ institutionId, staffId, deviceId: deviceId as DeviceId, publicKey: staffPublicKey });
	const answer: EnrolAnswer = {
		protocol: PROTOCOL_VERSION,
		epoch: await registry.log.epoch(),
		challenge: 'challenge',
		serverTime: '2026-04-07T00:00:00Z',
		staffId,
		registryPublicKey: 'A'.repeat(87),
		roster: {
			version: 1,
			institutionId,
			institutions: Object.values(houses).map((each) => ({ ...each })),
			staff: [{ id: staffId, name: '护理员', role: 'care_worker' }]
		}
	};
	must(await vault.finishEnrolment(answer, passphrase, pin));
	const sender = { deviceId: deviceId as DeviceId, institutionId };

	/** The bytes of a push and of pulls as the engine would carry them, until there is nothing left. */
	async function sync(): Promise<void> {
		const { log } = registry;
		const epoch = await log.epoch();
		for (let round = 0; round < 5; round++) {
			const next = await vault.nextEntries(100, 1_000_000);
			if (next.length > 0) {
				const receipts = await log.append(
					sender,
					next.map(({ text }) => JSON.parse(text) as unknown),
					new Date().toISOString()
				);
				await vault.applyReceipts(
					epoch,
					receipts,
					next.map(({ id }) => id)
				);
			}
			const { cursor } = await vault.syncPosition();
			const page = must(await log.read(institutionId, cursor, 100));
			const { applied } = await vault.applyPull({
				protocol: PROTOCOL_VERSION,
				epoch,
				challenge: 'challenge',
				after: cursor,
				next: page.next,
				more: page.more,
				head: page.head,
				entries: page.entries.map(({ position, receivedAt, text }) => ({
					position,
					receivedAt,
					entry: JSON.parse(text) as unknown
				}))
			});
			expect(applied).toBe(true);
		}
	}

	return {
		vault,
		sender,
		disk,
		sync,
		opened: async (childId: ChildId) => must(await vault.open(childId)),
		/** As the child's page folds it. */
		async file(childId: ChildId): Promise<CaseFile> {
			const opened = must(await vault.open(childId));
			const told = (opened?.entries ?? []).filter(({ delivery }) => delivery.state !== 'carried');
			const entries = told.map(({ parsed }) => parsed);
			return opened?.sheet ? fileWithSheet(entries, opened.sheet) : fold(childId, entries);
		},
		row: async (childId: ChildId) =>
			must(await vault.search({ offset: 0, limit: 1000 })).rows.find((row) => row.childId === childId)
	};
}
type Tablet = Awaited<ReturnType<typeof tabletOf>>;

const known = <V>(value: V) => ({ state: 'known', value }) as const;
const newItem = () => randomUUID() as ItemId;

function childAt(childId: ChildId): readonly Fact[] {
	const head = { childId, occurredOn: civilDate('2026-02-20'), replaces: [] };
	return [
		{
			...head,
			type: 'intake.recorded',
			payload: {
				answers: {
					handoverDate: known(civilDate('2026-02-20')),
					nameAssigned: known('小虎'),
					ownAccount: known('家里有一头黑牛。'),
					sex: known('1')
				}
			}
		},
		{ ...head, type: 'intake.submitted', payload: {} },
		{
			...head,
			type: 'photo.added',
			payload: {
				itemId: newItem(),
				photo: {
					sha256: hex(crypto.getRandomValues(new Uint8Array(32))) as Sha256,
					view: 'front',
					mediaType: 'image/jpeg',
					bytes: 1000,
					width: 300,
					height: 400,
					publishable: true
				}
			}
		},
		{
			...head,
			occurredOn: civilDate('2026-03-01'),
			type: 'document.recorded',
			payload: { itemId: newItem(), document: { code: 'DOC-D', date: civilDate('2026-03-01') } }
		}
	];
}

/** What the sender's tablet prints, read again by another. */
async function sheetFrom(station: Tablet, childId: ChildId, sentId: EntryId): Promise<ReadSheet> {
	const file = await station.file(childId);
	const made = sheetFor(file, must(await station.vault.signedEntries(childId)), sentId, { name: '云岭市救助站' });
	const portrait = sheetPortrait(file);
	if (!made || !portrait) throw new Error('no sheet');
	const { codes } = await printSheet({ ...made, portrait: { sha256: portrait.sha256, bytes: Uint8Array.of(7, 7, 7) } });
	let scanned: Scanned | undefined;
	for (const code of [...codes].reverse()) {
		const outcome = scanCode(scanned, code);
		if ('scanned' in outcome) scanned = outcome.scanned;
	}
	if (!scanned) throw new Error('nothing scanned');
	return must(await openSheet(scanned));
}

async function handOver(
	station: Tablet,
	childId: ChildId,
	to: House = 'institution'
): Promise<{ sentId: EntryId; itemId: ItemId }> {
	const itemId = newItem();
	const saved = must(
		await station.vault.record([
			{
				type: 'handover.sent',
				childId,
				occurredOn: civilDate('2026-04-07'),
				replaces: [],
				payload: { itemId, handover: { to: houses[to].id, condition: '精神好' } }
			}
		])
	);
	const [sentId] = saved.entryIds;
	if (!sentId) throw new Error('not saved');
	return { sentId, itemId };
}

async function receive(tablet: Tablet, sheet: ReadSheet, on = '2026-04-07'): Promise<void> {
	const { childId, institutionId: from } = sheet.sent;
	const payload = { itemId: newItem(), handover: { from } };
	must(
		await tablet.vault.record(
			[{ type: 'handover.received', childId, occurredOn: civilDate(on), replaces: [], payload }],
			sheet
		)
	);
}

const states = async (tablet: Tablet, childId: ChildId) =>
	(await tablet.opened(childId))?.entries
		.map(({ parsed, delivery }) => `${parsed.entry.type} ${delivery.state}`)
		.sort();

/** Both tablets and the desk say the same of the child: where it is, its clocks, and every entry. */
async function agreed(registry: RegistryUnderTest, childId: ChildId, house: House, ...tablets: readonly Tablet[]) {
	const files = await Promise.all(tablets.map((tablet) => tablet.file(childId)));
	for (const file of files) {
		expect(custodian(file)).toBe(houses[house].id);
		expect([...file.entries.keys()]).toEqual([...(files[0]?.entries.keys() ?? [])]);
		expect(clocksOf(file, '2026-04-09')).toEqual(clocksOf(files[0] ?? file, '2026-04-09'));
	}
	for (const tablet of tablets) {
		expect((await tablet.row(childId))?.custodian).toBe(houses[house].id);
		expect((await states(tablet, childId))?.every((state) => state.endsWith(' registered'))).toBe(true);
		expect((await tablet.opened(childId))?.sheet).toBeUndefined();
		expect(tablet.disk.reported).toEqual([]);
	}
	expect(await registry.custodian(childId)).toBe(houses[house].id);
}

export function handoverContract(name: string, open: () => Promise<RegistryUnderTest>): void {
	// Every enrolment computes a real Argon2id.
	vi.setConfig({ testTimeout: 60_000 });

	const scene = async () => {
		const registry = await open();
		const [station, institution] = [await tabletOf('station', registry), await tabletOf('institution', registry)];
		const childId = randomUUID() as ChildId;
		return { registry, station, institution, childId };
	};

	describe(`a child handed over by a sheet, without a network (${name})`, () => {
		test('is known at once where it was received, with its days, and nothing of the other house waits to be sent', async () => {
			const { station, institution, childId } = await scene();
			must(await station.vault.record(childAt(childId)));
			const { sentId } = await handOver(station, childId);
			const sheet = await sheetFrom(station, childId, sentId);
			expect(sheetStanding(sheet, undefined, houses.institution.id)).toEqual({ type: 'ready' });
			await receive(institution, sheet);

			expect(await institution.row(childId)).toMatchObject({ name: '小虎', custodian: houses.institution.id });
			expect(await states(institution, childId)).toEqual([
				'document.recorded carried',
				'handover.received waiting',
				'handover.sent carried',
				'intake.submitted carried',
				'photo.added carried'
			]);
			const next = await institution.vault.nextEntries(100, 1_000_000);
			expect(next.map(({ text }) => (JSON.parse(text) as { type: string }).type)).toEqual(['handover.received']);
			const { portrait } = sheet.sheet;
			expect(await institution.vault.photo(portrait?.sha256 ?? ('' as Sha256), 'thumbnail')).toEqual(portrait?.bytes);
			// The days count from the police's hand-over and from the notice, on both tablets alike.
			const [there, here] = [await station.file(childId), fileWithSheet([], sheet)];
			for (const day of ['2026-03-20', '2026-04-05', '2026-04-09'])
				expect(clocksOf(here, day)).toEqual(clocksOf(there, day));
			expect(sheetStanding(sheet, await institution.file(childId), houses.institution.id)).toMatchObject({
				type: 'received'
			});
		});

		test('is known after the tablet was closed and opened again', async () => {
			const { station, institution, childId } = await scene();
			must(await station.vault.record(childAt(childId)));
			const { sentId } = await handOver(station, childId);
			await receive(institution, await sheetFrom(station, childId, sentId));
			// So many saves that the log is folded away.
			for (let n = 0; n < 110; n++) must(await institution.vault.record(childAt(randomUUID() as ChildId).slice(0, 1)));
			await institution.vault.lock();
			const staff = await institution.vault.status();
			if (staff.status !== 'locked' || !staff.staff[0]) throw new Error(staff.status);
			must(await institution.vault.unlock(staff.staff[0].staffId, { way: 'passphrase', passphrase }));
			expect(await institution.row(childId)).toMatchObject({ name: '小虎' });
			expect((await institution.opened(childId))?.sheet?.sent.id).toBe(sentId);
		});

		for (const [order, first, second] of [
			['the station first', 'station', 'institution'],
			['the institution first', 'institution', 'station']
		] as const) {
			test(`is with the institution alone once both have synced, ${order}`, async () => {
				const { registry, childId, ...tablets } = await scene();
				must(await tablets.station.vault.record(childAt(childId)));
				const { sentId } = await handOver(tablets.station, childId);
				await receive(tablets.institution, await sheetFrom(tablets.station, childId, sentId));
				for (const next of [first, second, first, second]) await tablets[next].sync();
				await agreed(registry, childId, 'institution', tablets.station, tablets.institution);
				expect(items(await tablets.institution.file(childId), 'photo')).toHaveLength(1);
			});

			test(`whose intake the registry already had, likewise, ${order}`, async () => {
				const { registry, childId, ...tablets } = await scene();
				must(await tablets.station.vault.record(childAt(childId)));
				await tablets.station.sync();
				await registry.approve?.(childId, '2026-03-01');
				await tablets.station.sync();
				const { sentId } = await handOver(tablets.station, childId);
				const sheet = await sheetFrom(tablets.station, childId, sentId);
				await receive(tablets.institution, sheet, '2026-04-08');
				const station = await tablets.station.file(childId);
				const days = ['2026-04-05', '2026-04-07', '2026-04-08', '2026-04-09'];
				for (const day of days) expect(clocksOf(fileWithSheet([], sheet), day)).toEqual(clocksOf(station, day));
				if (registry.approve) {
					// Published on 1 March: thirty days are over on the 31st, the seven on 7 April.
					const moved = clocksOf(station, '2026-04-05').find(({ id }) => id === 'station-handover');
					expect(moved).toMatchObject({ status: 'running', lastDay: '2026-04-07' });
				}
				await tablets[first].sync();
				if (first === 'institution') {
					// Nobody the registry knows has named the house: what it recorded is kept aside, and nothing is shown to it.
					expect(await states(tablets.institution, childId)).toContain('handover.received quarantined');
					expect(await registry.custodian(childId)).toBe(houses.station.id);
				}
				for (const next of [second, first, second, first]) await tablets[next].sync();
				await agreed(registry, childId, 'institution', tablets.station, tablets.institution);
				if (registry.approve) {
					const moved = clocksOf(await tablets.station.file(childId), '2026-04-09').find(
						({ id }) => id === 'station-handover'
					);
					expect(moved).toMatchObject({ status: 'met', late: true, metOn: '2026-04-08' });
				}
			});
		}

		test('and taken back by its sender meanwhile is where it was received', async () => {
			const { registry, station, institution, childId } = await scene();
			must(await station.vault.record(childAt(childId)));
			const { sentId, itemId } = await handOver(station, childId);
			const sheet = await sheetFrom(station, childId, sentId);
			const withdrawn = { itemId, reason: '记错了' };
			must(
				await station.vault.record([
					{ type: 'item.withdrawn', childId, occurredOn: civilDate('2026-04-07'), replaces: [], payload: withdrawn }
				])
			);
			await receive(institution, sheet);
			for (const next of [institution, station, institution, station]) await next.sync();
			await agreed(registry, childId, 'institution', station, institution);
			const file = await institution.file(childId);
			expect([items(file, 'handoverSent').length, items(file, 'handoverReceived').length]).toEqual([0, 1]);
		});

		test('and scanned by a house that is not named stays where it is, and what that house wrote is kept', async () => {
			const { registry, station, institution, childId } = await scene();
			const stranger = await tabletOf('stranger', registry);
			must(await station.vault.record(childAt(childId)));
			await station.sync();
			const { sentId } = await handOver(station, childId);
			const sheet = await sheetFrom(station, childId, sentId);
			expect(sheetStanding(sheet, undefined, houses.stranger.id)).toEqual({ type: 'other_house' });
			await receive(stranger, sheet);
			await receive(institution, sheet);
			for (const next of [stranger, institution, station, stranger, institution, station]) await next.sync();
			await agreed(registry, childId, 'institution', station, institution);
			expect(await states(stranger, childId)).toContain('handover.received quarantined');
			expect((await registry.log.head(houses.stranger.id)).position).toBe(0);
		});

		test('of whom a house that is not named speaks first: it is told nothing the giver did not give it', async () => {
			const { registry, station, institution, childId } = await scene();
			const stranger = await tabletOf('stranger', registry);
			must(await station.vault.record(childAt(childId)));
			const { sentId } = await handOver(station, childId);
			const sheet = await sheetFrom(station, childId, sentId);
			await receive(stranger, sheet, '2026-04-06');
			await receive(institution, sheet, '2026-04-07');
			for (const next of [stranger, institution, station, stranger, institution, station]) await next.sync();
			expect(custodian(await station.file(childId))).toBe(houses.institution.id);
			expect(custodian(await institution.file(childId))).toBe(houses.institution.id);
			expect(await registry.custodian(childId)).toBe(houses.institution.id);
			const feed = must(await registry.log.read(houses.stranger.id, 'start', 100));
			expect(feed.entries.map(({ text }) => (JSON.parse(text) as { type: string }).type)).toEqual([
				'handover.received'
			]);
		});
	});
}
