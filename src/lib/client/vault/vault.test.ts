import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { policyOf } from '#lib/domain/case-file/child-hold.ts';
import { builtInRules } from '#lib/domain/hold/rules.ts';
import { entryText, parseEntry, signedText, type Entry } from '#lib/domain/case-file/entry.ts';
import type { Sha256 } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { LampkeepDatabase, schemaEpoch } from '../db/database.ts';
import { loadPinyin } from '../search/pinyin.ts';
import type { Fact, PreparedPhoto } from '../tablet.ts';
import { hex, sha256Hex, utf8 } from './bytes.ts';
import type { RowRules } from './platform.ts';
import { rowRules } from './row-rules.ts';
import { LocalVault } from './vault.ts';
import { TestTablet } from './vault-in-memory.ts';
import {
	childNumber,
	enrolAnswer,
	enrolled,
	epochOne,
	epochTwo,
	foreignEntry,
	houseId,
	intake,
	known,
	must,
	passphrase,
	pin,
	pullPage,
	spoken,
	supervisorId,
	workerId
} from './vault-scenes.ts';

/** Waits for what happens in the background; long, because test machines are busy. */
function eventually<T>(look: () => Promise<T> | T) {
	return expect.poll(look, { timeout: 15_000 });
}

const everything = { offset: 0, limit: 1000 } as const;
const wholeQueue = { show: 'all', offset: 0, limit: 1000 } as const;

// Every unlocking computes a real Argon2id.
vi.setConfig({ testTimeout: 30_000 });

let indexedDB: IDBFactory;
let tablet: TestTablet;
let makeRow: RowRules['makeRow'];

beforeEach(() => {
	indexedDB = new IDBFactory();
	makeRow = rowRules.makeRow;
	tablet = new TestTablet('lampkeep', {
		indexedDB,
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
		rules: { ...rowRules, makeRow: (caseFile, roster) => makeRow(caseFile, roster) },
		loadPinyin
	});
});

afterEach(() => {
	for (const db of tablet.databases) db.close();
});

/** The disk as somebody else's program sees it. */
function disk(): LampkeepDatabase {
	const db = new LampkeepDatabase('lampkeep', { indexedDB, IDBKeyRange });
	tablet.databases.push(db);
	return db;
}

async function openVault(): Promise<LocalVault> {
	const vault = new LocalVault(tablet.tab());
	await enrolled(vault);
	return vault;
}

async function namesIn(vault: LocalVault): Promise<(string | undefined)[]> {
	return must(await vault.search(everything)).rows.map(({ name }) => name);
}

async function sentBy(vault: LocalVault): Promise<Entry[]> {
	return (await vault.nextEntries(10_000, 1e9)).map(({ text }) => {
		const parsed = parseEntry(JSON.parse(text));
		if (!parsed.ok || !parsed.value.known) throw new Error('Not an entry of this program');
		return parsed.value.entry;
	});
}

async function expectChain(entries: readonly Entry[]): Promise<void> {
	let previous: string | null = null;
	for (const [i, entry] of entries.entries()) {
		expect(entry.deviceSeq).toBe(i + 1);
		expect(entry.previous).toBe(previous);
		previous = await sha256Hex(entryText(entry));
	}
}

const photoBytes = new Uint8Array(5000).fill(7);

async function photoFact(
	n: number,
	bytes: Uint8Array<ArrayBuffer>
): Promise<[Extract<Fact, { type: 'photo.added' }>, PreparedPhoto]> {
	const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) as Sha256;
	const photo = { sha256, mediaType: 'image/jpeg' as const, bytes: bytes.length, width: 100, height: 100 };
	return [
		{
			type: 'photo.added',
			childId: childNumber(n),
			occurredOn: civilDate('2026-03-05'),
			replaces: [],
			payload: {
				itemId: '0d000000-0000-4000-8000-000000000001' as never,
				photo: { ...photo, view: 'front', publishable: false }
			}
		},
		{ photo, bytes, thumbnail: new Uint8Array(300).fill(9) }
	];
}

describe('what is recorded', () => {
	it('is signed by the person, numbered without a gap and chained by hash', async () => {
		const vault = new LocalVault(tablet.tab());
		const { staffPublicKey, deviceId } = await vault.beginEnrolment();
		must(await vault.finishEnrolment(enrolAnswer(), passphrase, pin));
		must(
			await vault.record([
				intake(childNumber(1), { nameGiven: known('甲') }),
				intake(childNumber(1), { sex: known('1') })
			])
		);
		must(await vault.record([intake(childNumber(2), { nameGiven: known(' 乙 ') })]));

		const entries = await sentBy(vault);
		expect(entries).toHaveLength(3);
		await expectChain(entries);
		const point = Uint8Array.from(atob(staffPublicKey.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
			sign.charCodeAt(0)
		);
		const key = await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
		for (const entry of entries) {
			const signature = Uint8Array.from(atob(entry.signature.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
				sign.charCodeAt(0)
			);
			const verified = await crypto.subtle.verify(
				{ name: 'ECDSA', hash: 'SHA-256' },
				key,
				signature,
				utf8(signedText(entry))
			);
			expect(verified).toBe(true);
			expect(entry).toMatchObject({ staffId: workerId, deviceId });
			expect(entry.recordedAt).toMatch(/^2026-11-22T12:00:\d\d\.\d{3}\+08:00$/);
		}
		// What is signed is what others read: trimmed.
		expect(entries[2]).toMatchObject({ payload: { answers: { nameGiven: known('乙') } } });
	});

	it('names the field when a fact is not one, and saves nothing of the others', async () => {
		const vault = await openVault();
		const bad = intake(childNumber(1), { height: known(100_000) });
		await expect(vault.record([intake(childNumber(1), { sex: known('1') }), bad])).rejects.toThrow(
			'payload.answers.height'
		);
		expect(await vault.nextEntries(10, 1e6)).toEqual([]);
	});

	it('survives a rule that fails, and its line is made again at the next unlocking', async () => {
		const vault = await openVault();
		makeRow = () => {
			throw new Error('a rule with a fault');
		};
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		expect(must(await vault.search(everything)).rows).toMatchObject([
			{ childId: childNumber(1), unknownEntryCount: 1 }
		]);
		expect(tablet.reported.map(String)).toEqual(['Error: a rule with a fault']);

		makeRow = rowRules.makeRow;
		await vault.lock();
		const mended = new Promise<void>(
			(resolve) => void vault.subscribe((event) => void (event === 'records' && resolve()))
		);
		must(await vault.unlock(workerId, spoken()));
		await mended;
		expect(must(await vault.search({ ...everything, words: 'xiaohe' })).rows).toMatchObject([{ name: '小禾' }]);
	});

	it('is folded into segments after a hundred saves, and nothing is missing after it', async () => {
		const vault = await openVault();
		for (let n = 1; n <= 130; n++)
			must(await vault.record([intake(childNumber(n % 40), { nameGiven: known(`孩子${n}`) })]));
		const db = disk();
		await eventually(() => db.log.count()).toBeLessThan(100);
		expect(await db.segments.count()).toBeGreaterThan(0);
		await expectChain(await sentBy(vault));

		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		expect(must(await vault.search(everything)).total).toBe(40);
		const entries = await sentBy(vault);
		expect(entries).toHaveLength(130);
		await expectChain(entries);
		expect(must(await vault.open(childNumber(7)))?.entries.map(({ parsed }) => parsed.entry.deviceSeq)).toEqual([
			7, 47, 87, 127
		]);
	});

	it('is refused where it could not be read again: nothing is saved that keeps the tablet from opening', async () => {
		const vault = await openVault();
		const seen = Array.from({ length: 201 }, (_, n) => foreignEntry(n + 1, childNumber(1), {}).id);
		await expect(vault.record([intake(childNumber(1), { sex: known('1') }, seen)])).rejects.toThrow('replaces');
		must(await vault.record([intake(childNumber(2), { nameGiven: known('小禾') })]));
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		expect(await namesIn(vault)).toEqual(['小禾']);
		await expectChain(await sentBy(vault));
	});
});

describe('two tabs on one tablet', () => {
	it('write one chain without a gap, and each sees what the other saved', async () => {
		const one = await openVault();
		const two = new LocalVault(tablet.tab());
		must(await two.unlock(workerId, spoken()));
		const seen = new Promise<void>((resolve) => void two.subscribe((event) => void (event === 'records' && resolve())));
		await Promise.all(
			Array.from({ length: 130 }, (_, n) =>
				(n % 2 ? one : two).record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]).then(must)
			)
		);
		await seen;
		await eventually(() => namesIn(one)).toHaveLength(130);
		await eventually(() => namesIn(two)).toHaveLength(130);
		must(await one.record([intake(childNumber(5), { sex: known('2') })]));
		await eventually(async () => must(await two.open(childNumber(5)))?.entries.length).toBe(2);
		await expectChain(await sentBy(two));
		expect(await sentBy(one)).toEqual(await sentBy(two));
	});

	it('write one chain even where the lock between them fails', async () => {
		const one = await openVault();
		const two = new LocalVault(tablet.tab());
		must(await two.unlock(workerId, spoken()));
		tablet.locksBroken = true;
		await Promise.all(
			Array.from({ length: 12 }, (_, n) =>
				(n % 2 ? one : two).record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]).then(must)
			)
		);
		await eventually(() => sentBy(one)).toHaveLength(12);
		await expectChain(await sentBy(one));
	});

	it('are both locked by one panic', async () => {
		const one = await openVault();
		const two = new LocalVault(tablet.tab());
		must(await two.unlock(workerId, spoken()));
		await one.lock();
		expect(await two.status()).toMatchObject({ status: 'locked' });
	});

	it('a newer program in one keeps the older in the other from writing', async () => {
		const vault = await openVault();
		await disk().meta.put({ key: 'schema', epoch: schemaEpoch + 1 });
		const outdated = { ok: false, error: { type: 'program_outdated' } };
		expect(await vault.record([intake(childNumber(1), { sex: known('1') })])).toEqual(outdated);
		expect(await vault.saveDraft('intake/1', {})).toEqual(outdated);
		await expect(vault.startAgain(epochTwo)).rejects.toThrow('program_outdated');
	});
});

describe('secrets', () => {
	it('cool down after five wrong passphrases, for longer each time, over restarts, and never for ever', async () => {
		await openVault();
		let vault = new LocalVault(tablet.tab());
		for (let left = 4; left >= 1; left--) {
			expect(await vault.unlock(workerId, spoken('wrong'))).toEqual({
				ok: false,
				error: { type: 'wrong_secret', triesLeft: left }
			});
		}
		expect(await vault.unlock(workerId, spoken('wrong'))).toMatchObject({ ok: false, error: { type: 'cooling_down' } });
		vault = new LocalVault(tablet.tab());
		const cooling = await vault.unlock(workerId, spoken());
		expect(cooling).toMatchObject({ ok: false, error: { type: 'cooling_down' } });

		tablet.time += 61_000;
		expect(await vault.unlock(workerId, spoken('wrong'))).toMatchObject({ ok: false, error: { type: 'cooling_down' } });
		tablet.time += 61_000;
		expect(await vault.unlock(workerId, spoken())).toMatchObject({ ok: false, error: { type: 'cooling_down' } });
		// A clock set back by a year locks for the same two minutes, not for a year.
		tablet.time -= 365 * 24 * 3_600_000;
		expect(await vault.unlock(workerId, spoken())).toMatchObject({ ok: false, error: { type: 'cooling_down' } });
		tablet.time += 121_000;
		must(await vault.unlock(workerId, spoken()));
		await vault.lock();
		expect(await vault.unlock(workerId, spoken('wrong'))).toEqual({
			ok: false,
			error: { type: 'wrong_secret', triesLeft: 4 }
		});
	});

	it('are read alike with full-width letters, capitals and other blanks', async () => {
		const vault = await openVault();
		await vault.lock();
		must(await vault.unlock(workerId, spoken('ＬＵＭＥＩ　taiguo-HEBAO xiweidafu')));
	});

	it('are refused unheard where the slot on the disk asks for cheap ones', async () => {
		const vault = await openVault();
		await vault.lock();
		const db = disk();
		const slot = await db.slots.get(workerId);
		if (slot?.version !== 2) throw new Error('no slot');
		const cheap = { memory: 1024, iterations: 1, parallelism: 1 };
		const ways = slot.ways.map((way) => (way.way === 'passphrase' ? { ...way, parameters: cheap } : way));
		await db.slots.put({ ...slot, ways });
		expect(await vault.unlock(workerId, spoken())).toEqual({
			ok: false,
			error: { type: 'storage_unopenable', detail: 'slot_parameters_refused' }
		});
		// Dearer ones are tried and do not open: what the slot was sealed with is authenticated.
		await db.slots.put({ ...slot, pin: { ...slot.pin, iterations: 3 } });
		expect(await vault.unlock(workerId, spoken())).toMatchObject({ ok: false, error: { type: 'wrong_secret' } });
		await db.slots.put(slot);
		must(await vault.unlock(workerId, spoken()));
	});

	it('of a second person open the same records, and sign with another key', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		const first = await vault.beginEnrolment();
		expect((await vault.beginEnrolment()).staffPublicKey).toBe(first.staffPublicKey);
		must(await vault.finishEnrolment(enrolAnswer(supervisorId), 'other words', '112233'));
		must(await vault.record([intake(childNumber(2), { nameGiven: known('小麦') })]));
		expect((await sentBy(vault)).map(({ staffId }) => staffId)).toEqual([workerId, supervisorId]);
		await vault.lock();
		expect(await vault.status()).toMatchObject({ staff: [{ name: '林护理' }, { name: '周主任' }] });
		must(await vault.unlock(supervisorId, spoken('other words')));
		expect(await namesIn(vault)).toEqual(['小禾', '小麦']);
		must(await vault.unlock(workerId, spoken()));
		await vault.lock();
		await vault.beginEnrolment();
		expect(await vault.finishEnrolment(enrolAnswer(supervisorId), 'x', '1')).toEqual({
			ok: false,
			error: { type: 'vault_locked' }
		});
	});

	it('leave nothing readable in memory once it is locked, nor while it rests', async () => {
		const vault = await openVault();
		const planted = '欧阳种下的名字';
		must(await vault.record([intake(childNumber(1), { nameGiven: known(planted) })]));
		must(await vault.open(childNumber(1)));
		must(await vault.saveDraft('intake/1', { name: planted }));
		await vault.draft('intake/1');
		expect(reachable(vault, planted)).toBe(true);
		await vault.rest();
		expect(reachable(vault, planted)).toBe(false);
		must(await vault.reopen(pin));
		expect(reachable(vault, planted)).toBe(true);
		await vault.lock();
		expect(reachable(vault, planted)).toBe(false);
	});
});

/** Walks everything that hangs on an object, as somebody would who had the worker's memory. */
function reachable(root: unknown, text: string): boolean {
	const seen = new Set<unknown>();
	const queue: unknown[] = [root];
	for (let value = queue.pop(); value !== undefined || queue.length > 0; value = queue.pop()) {
		if (typeof value === 'string' && value.includes(text)) return true;
		if (value instanceof Uint8Array && new TextDecoder().decode(value).includes(text)) return true;
		if (typeof value !== 'object' || value === null || seen.has(value)) continue;
		seen.add(value);
		if (value instanceof Map) queue.push(...value.keys(), ...value.values());
		else if (value instanceof Set) queue.push(...value.values());
		else for (const key of Reflect.ownKeys(value)) queue.push(Reflect.get(value, key));
	}
	return false;
}

describe('the rules of the registry', () => {
	const restDays = {
		calendar: 'CN',
		source: 'a test',
		years: { 2027: { rest: '01-01 04-03 04-04 04-05 05-01 10-01 10-02 10-03', work: '' } }
	};
	const rosterWith = async (rules: { policies?: unknown; restDays?: unknown }, sha256?: string) => ({
		...enrolAnswer().roster,
		rules: { ...rules, sha256: (sha256 ?? (await sha256Hex(canonicalJson(rules as Json)))) as Sha256 }
	});
	const lastDay = async (vault: LocalVault) => {
		const [row] = must(await vault.search(everything)).rows;
		return [row?.holdLastDay, row?.holdProvisional];
	};
	const waiting = ['2027-04-05', true];
	const settled = ['2027-04-06', false];

	it('make the lines of the list again when they come, and are there after the next unlocking', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { handoverDate: known(civilDate('2026-04-03')) })]));
		expect(await lastDay(vault)).toEqual(waiting);
		await vault.keepRoster(await rosterWith({ restDays }));
		await eventually(() => lastDay(vault)).toEqual(settled);
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		expect(await lastDay(vault)).toEqual(settled);
		must(await vault.record([intake(childNumber(2), { handoverDate: known(civilDate('2026-04-03')) })]));
		expect(must(await vault.search(everything)).rows.map(({ holdLastDay }) => holdLastDay)).toEqual([
			'2027-04-06',
			'2027-04-06'
		]);
		expect(tablet.reported).toEqual([]);
	});

	it('that came already cost nothing when the roster comes again', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { handoverDate: known(civilDate('2026-04-03')) })]));
		await vault.keepRoster(await rosterWith({ restDays }));
		await eventually(() => lastDay(vault)).toEqual(settled);
		const made = tablet.rowsMade;
		await vault.keepRoster(await rosterWith({ restDays }));
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(tablet.rowsMade).toBe(made);
	});

	it('taken back by the registry leave the program’s own', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { handoverDate: known(civilDate('2026-04-03')) })]));
		await vault.keepRoster(await rosterWith({ restDays }));
		await eventually(() => lastDay(vault)).toEqual(settled);
		await vault.keepRoster(enrolAnswer().roster);
		await eventually(() => lastDay(vault)).toEqual(waiting);
	});

	it('that are not what their hash says, or that nobody here can read, change nothing', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { handoverDate: known(civilDate('2026-04-03')) })]));
		await vault.keepRoster(await rosterWith({ restDays }, '0'.repeat(64)));
		expect((await vault.roster())?.rules).toBeUndefined();
		expect(tablet.reported.map(String)).toEqual(['Error: The rules of the registry are not what their hash says']);
		await vault.keepRoster(await rosterWith({ policies: { schema: 'lampkeep-policies/9' } }));
		expect((await vault.roster())?.rules).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await lastDay(vault)).toEqual(waiting);
		expect((await vault.roster())?.institutions).toHaveLength(2);
	});

	it('and the regions of houses decide which province’s rules a child is under', async () => {
		const vault = await openVault();
		must(
			await vault.record([
				intake(childNumber(1), { handoverDate: known(civilDate('2026-04-03')), admissionBasis: known('04') })
			])
		);
		const made = vi.fn(rowRules.makeRow);
		makeRow = made;
		const roster = enrolAnswer().roster;
		await vault.keepRoster({
			...roster,
			institutions: roster.institutions.map((house) => ({ ...house, region: '310104' }))
		});
		await eventually(() => made.mock.calls.length).toBe(1);
		const [caseFile, word] = made.mock.calls[0] ?? [];
		expect(word?.regionOfHouse(houseId)).toBe('310104');
		expect(
			caseFile && policyOf(caseFile, { rules: builtInRules, regionOfHouse: (id) => word?.regionOfHouse(id) }).policy.id
		).toBe('CN-SH-2025');
	});

	it('lie sealed on the disk like the rest of the roster', async () => {
		const vault = await openVault();
		await vault.keepRoster(await rosterWith({ restDays }));
		const [note] = await disk().notes.where('name').equals('roster').toArray();
		const text = new TextDecoder('utf-8').decode(note?.sealed as unknown as Uint8Array);
		expect(text).not.toContain('restDays');
		expect(text).not.toContain('04-05');
	});
});

describe('the disk', () => {
	it('holds no word about a child', async () => {
		const vault = await openVault();
		const planted = Array.from({ length: 50 }, (_, n) => `秘密${n}号secret${n}`);
		for (const [n, word] of planted.entries())
			must(await vault.record([intake(childNumber(n), { nameGiven: known(word), features: known(word) })]));
		must(await vault.saveDraft(`intake/${childNumber(1)}`, { name: planted[0] }));
		const [fact, prepared] = await photoFact(1, utf8(planted.join('').repeat(50)));
		must(await vault.addPhoto(fact, prepared));
		await vault.applyPull(pullPage(0, [foreignEntry(1, childNumber(77), { nameGiven: known(planted[1] ?? '') })]));
		for (let n = 0; n < 60; n++)
			must(await vault.record([intake(childNumber(n), { nameAssigned: known(planted[2] ?? '') })]));
		await eventually(() => disk().log.count()).toBeLessThan(100);

		const dump = await everythingOn(disk());
		expect(dump.length).toBeGreaterThan(50_000);
		const forbidden = [...planted, 'intake', childNumber(1), childNumber(77), prepared.photo.sha256, '南渡救助站'];
		expect(forbidden.filter((word) => dump.includes(word))).toEqual([]);
		// The dump would show them: what the lock screen shows is there.
		expect(dump).toContain('青禾儿童福利院');
	});

	it('refuses records that changed places', async () => {
		const vault = await openVault();
		await vault.applyPull(
			pullPage(
				0,
				Array.from({ length: 250 }, (_, n) => foreignEntry(n + 1, childNumber(n), { nameGiven: known(`孩子${n}`) }))
			)
		);
		await vault.lock();
		const db = disk();
		const [one, two] = await db.segments.bulkGet([1, 2]);
		if (!one || !two) throw new Error('no segments');
		await db.segments.bulkPut([
			{ n: 1, sealed: two.sealed },
			{ n: 2, sealed: one.sealed }
		]);
		must(await vault.unlock(workerId, spoken()));
		expect(await vault.open(childNumber(0))).toEqual({
			ok: false,
			error: { type: 'storage_unopenable', detail: 'segments|1 does not open' }
		});
		expect(must(await vault.open(childNumber(249)))?.entries).toHaveLength(1);
	});

	it('with a damaged log record loses no other: the chain goes on, and the log is not folded away', async () => {
		const vault = await openVault();
		for (let n = 1; n <= 3; n++) must(await vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
		await vault.lock();
		const db = disk();
		const rows = await db.log.toArray();
		const [first, second] = rows;
		if (!first || !second) throw new Error('no log');
		await db.log.bulkPut([
			{ n: first.n, sealed: second.sealed },
			{ n: second.n, sealed: first.sealed }
		]);
		must(await vault.unlock(workerId, spoken()));
		expect(await namesIn(vault)).toEqual(['孩子3']);
		expect(tablet.reported.map(String)).toContain('Error: Records that do not open: log|1, log|2');
		for (let n = 4; n <= 110; n++) must(await vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
		expect((await sentBy(vault)).map(({ deviceSeq }) => deviceSeq)).toEqual(
			Array.from({ length: 108 }, (_, i) => i + 3)
		);
		expect(await db.log.count()).toBe(110);
	});

	it('with a damaged segment still sends and takes everything that lies elsewhere', async () => {
		const vault = await openVault();
		for (let n = 1; n <= 100; n++) must(await vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
		const db = disk();
		await eventually(() => db.log.count()).toBe(0);
		must(await vault.record([intake(childNumber(101), { nameGiven: known('孩子101') })]));
		await vault.lock();
		const segment = await db.segments.get(1);
		if (!segment) throw new Error('no segment');
		await db.segments.put({ n: 1, sealed: segment.sealed.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) });
		must(await vault.unlock(workerId, spoken()));

		expect((await sentBy(vault)).map(({ childId }) => childId)).toEqual([childNumber(101)]);
		const page = pullPage(0, [
			foreignEntry(1, childNumber(1), { sex: known('1') }),
			foreignEntry(2, childNumber(500), { nameGiven: known('来自别处') })
		]);
		expect(await vault.applyPull(page)).toMatchObject({ applied: true });
		const names = await namesIn(vault);
		expect(names).toContain('来自别处');
		expect(names).toContain('孩子1');
		expect((await vault.usage()).waitingEntries).toBe(101);
		expect(tablet.reported.map(String)).toContain('RecordDamaged: segments|1 does not open');
	});

	it('when full keeps what was saved, saves nothing by halves and says so', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		tablet.full.add('log');
		const full = { ok: false, error: { type: 'storage_full' } };
		expect(await vault.record([intake(childNumber(2), { nameGiven: known('小麦') })])).toEqual(full);
		expect(await namesIn(vault)).toEqual(['小禾']);
		tablet.full.clear();
		must(await vault.record([intake(childNumber(2), { nameGiven: known('小麦') })]));
		await expectChain(await sentBy(vault));

		tablet.full.add('drafts');
		expect(await vault.saveDraft('intake/1', {})).toEqual(full);
		await expect(vault.applyPull(pullPage(0, [foreignEntry(1, childNumber(9), {})]))).resolves.toMatchObject({
			applied: true
		});
		tablet.full.add('segments');
		await expect(vault.applyPull(pullPage(1, [foreignEntry(2, childNumber(9), { sex: known('1') })]))).rejects.toThrow(
			'storage_full'
		);
		expect(await vault.syncPosition()).toMatchObject({ cursor: pullPage(0, [1]).next });
	});

	it('when full keeps the text of a photo and says that the photo is not kept', async () => {
		const vault = await openVault();
		const [fact, prepared] = await photoFact(1, photoBytes);
		tablet.full.add('photos');
		expect(must(await vault.addPhoto(fact, prepared))).toMatchObject({ photoKept: false });
		expect(must(await vault.open(childNumber(1)))).toMatchObject({
			photosHere: [],
			photosWaiting: [],
			entries: [{ parsed: { entry: { type: 'photo.added' } } }]
		});
		expect(await vault.nextPhotos(10)).toEqual([]);
		expect(await vault.photo(prepared.photo.sha256, 'full')).toBeUndefined();
	});

	it('that will not open is said so, and nothing is deleted', async () => {
		await openVault();
		const refusing = Object.assign(Object.create(indexedDB) as IDBFactory, {
			open: () => {
				throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
			},
			deleteDatabase: () => {
				throw new Error('the database was to be deleted');
			}
		});
		const platform = tablet.tab();
		const vault = new LocalVault({
			...platform,
			openDatabase: () => new LampkeepDatabase('lampkeep', { indexedDB: refusing, IDBKeyRange })
		});
		await expect(vault.status()).rejects.toMatchObject({ name: 'storage_unopenable' });
		expect(await vault.unlock(workerId, spoken())).toMatchObject({
			ok: false,
			error: { type: 'storage_unopenable' }
		});
		const again = new LocalVault(tablet.tab());
		must(await again.unlock(workerId, spoken()));
	});

	it('when full still lets people in', async () => {
		const vault = await openVault();
		await vault.lock();
		tablet.full.add('attempts');
		must(await vault.unlock(workerId, spoken()));
	});
});

async function everythingOn(db: LampkeepDatabase): Promise<string> {
	const parts: string[] = [];
	const decoder = new TextDecoder('utf-8');
	const walk = (value: unknown): void => {
		if (value instanceof Uint8Array) parts.push(decoder.decode(value), hex(value));
		else if (typeof value === 'object' && value !== null) {
			parts.push(...Object.keys(value));
			Object.values(value).forEach(walk);
		} else parts.push(String(value));
	};
	for (const table of db.tables) for (const row of await table.toArray()) walk(row);
	return parts.join('\n');
}

describe('photos', () => {
	it('are kept sealed, wait, and go on the registry by a receipt of this epoch only', async () => {
		const vault = await openVault();
		const [fact, prepared] = await photoFact(1, photoBytes);
		expect(must(await vault.addPhoto(fact, prepared))).toMatchObject({ photoKept: true });
		const { sha256 } = prepared.photo;
		expect(await vault.photo(sha256, 'full')).toEqual(photoBytes);
		expect(await vault.photo(sha256, 'thumbnail')).toEqual(prepared.thumbnail);
		expect(must(await vault.open(childNumber(1)))).toMatchObject({ photosHere: [sha256], photosWaiting: [sha256] });
		expect(await vault.nextPhotos(5)).toEqual([
			{ sha256, bytes: 5000, childId: childNumber(1), mediaType: 'image/jpeg' }
		]);
		expect((await vault.usage()).photoBytes).toBe(5000 + 300 + 2 * 28);
		expect(await vault.usage()).toMatchObject({ waitingPhotos: 1, waitingEntries: 1 });

		await vault.startAgain(epochOne);
		await vault.photoRegistered(sha256, epochTwo, '2026-11-22T05:00:00Z', 'ABCD1234');
		expect(await vault.nextPhotos(5)).toHaveLength(1);
		await vault.photoRegistered(sha256, epochOne, '2026-11-22T05:00:00Z', 'ABCD1234');
		expect(await vault.nextPhotos(5)).toEqual([]);
		await vault.startAgain(epochTwo);
		expect(await vault.nextPhotos(5)).toHaveLength(1);
		expect(await vault.photo(sha256, 'full')).toEqual(photoBytes);
		await vault.photoRefused(sha256, 'not_a_picture');
		expect((await vault.queue(wholeQueue)).items.map(({ kind, delivery }) => [kind, delivery.state])).toEqual([
			['photo', 'quarantined'],
			['entry', 'waiting']
		]);
	});

	it('that are not what their entry names are refused before anything is saved', async () => {
		const vault = await openVault();
		const [fact, prepared] = await photoFact(1, photoBytes);
		await expect(vault.addPhoto(fact, { ...prepared, bytes: photoBytes.slice(1) })).rejects.toThrow('not the one');
		expect((await vault.queue(wholeQueue)).items).toEqual([]);
	});

	it('of other tablets show what thumbnails are missing, those of opened children first', async () => {
		const vault = await openVault();
		const photoOf = (n: number, view: 'front' | 'mark') => ({
			...foreignEntry(n, childNumber(1), {}),
			type: 'photo.added',
			payload: {
				itemId: `0d000000-0000-4000-8000-00000000000${n}`,
				photo: {
					sha256: String(n).repeat(64),
					view,
					mediaType: 'image/jpeg',
					bytes: 10,
					width: 10,
					height: 10,
					publishable: false
				}
			}
		});
		await vault.applyPull(pullPage(0, [photoOf(1, 'front'), photoOf(2, 'mark')]));
		expect(await vault.missingThumbnails(10)).toEqual(['1'.repeat(64)]);
		must(await vault.open(childNumber(1)));
		expect(await vault.missingThumbnails(10)).toEqual(['1'.repeat(64), '2'.repeat(64)]);
		await vault.keepThumbnail('1'.repeat(64) as Sha256, new Uint8Array([1, 2, 3]));
		expect(await vault.missingThumbnails(10)).toEqual(['2'.repeat(64)]);
		expect(await vault.photo('1'.repeat(64) as Sha256, 'thumbnail')).toEqual(new Uint8Array([1, 2, 3]));
	});
});

describe('readings of full files', () => {
	const one = childNumber(1);
	/** A vault with a child in it, whose file nobody has opened. */
	async function withChild(): Promise<LocalVault> {
		const vault = await openVault();
		must(await vault.record([intake(one, { nameGiven: known('小禾') })]));
		return vault;
	}
	const minutes = (count: number) => (tablet.time += count * 60_000);

	it('are kept by themselves: who, which child, when by the tablet’s clock', async () => {
		const vault = await withChild();
		expect(await vault.nextReadings(10)).toEqual([]);
		must(await vault.open(one));
		await eventually(() => vault.nextReadings(10)).toMatchObject([
			{ childId: one, staffId: workerId, purpose: 'care', at: expect.stringMatching(/^2026-11-22T12:00:.*\+08:00$/) }
		]);
	});

	it('within a quarter of an hour are one, after it two, and two for two people', async () => {
		const vault = await withChild();
		must(await vault.open(one));
		minutes(14);
		must(await vault.open(one));
		await eventually(() => vault.nextReadings(10)).toHaveLength(1);
		minutes(2);
		must(await vault.open(one));
		await eventually(() => vault.nextReadings(10)).toHaveLength(2);
		await enrolled(vault, supervisorId);
		must(await vault.open(one));
		await eventually(async () => (await vault.nextReadings(10)).map(({ staffId }) => staffId)).toEqual([
			workerId,
			workerId,
			supervisorId
		]);
	});

	it('of a list, of a search and of what is recorded there are none', async () => {
		const vault = await withChild();
		must(await vault.search({ ...everything, words: '小禾' }));
		must(await vault.due(civilDate('2027-12-31'), 10));
		must(await vault.open(childNumber(2)));
		expect(await vault.nextReadings(10)).toEqual([]);
	});

	it('last over weeks, restarts and the folding of the log, and lie on the disk without a word', async () => {
		const vault = await withChild();
		for (let day = 0; day < 120; day++) {
			minutes(24 * 60);
			// Now and then the registry is heard of, though it takes no readings: else they could not be opened any more.
			if (day % 20 === 0) await vault.contactMade('2026-12-01T00:00:00Z');
			must(await vault.open(one));
			await eventually(() => vault.nextReadings(1000)).toHaveLength(day + 1);
		}
		await eventually(() => disk().log.count()).toBeLessThan(100);
		const again = new LocalVault(tablet.tab());
		must(await again.unlock(workerId, spoken()));
		const readings = await again.nextReadings(1000);
		expect(readings).toHaveLength(120);
		expect(new Set(readings.map(({ id }) => id)).size).toBe(120);
		const rows = [...(await disk().log.toArray()), ...(await disk().notes.toArray())];
		for (const { sealed } of rows) expect(new TextDecoder().decode(sealed)).not.toContain(one);
	});

	it('are forgotten once the registry has them, and come back in no other tab', async () => {
		const vault = await withChild();
		const other = new LocalVault(tablet.tab());
		must(await other.unlock(workerId, spoken()));
		must(await vault.open(one));
		await eventually(() => other.nextReadings(10)).toHaveLength(1);
		await other.readingsTold((await other.nextReadings(10)).map(({ id }) => id));
		expect(await vault.nextReadings(10)).toEqual([]);
		const again = new LocalVault(tablet.tab());
		must(await again.unlock(workerId, spoken()));
		expect(await again.nextReadings(10)).toEqual([]);
	});

	it('that the disk will not take keep no file shut, and are noted at the next opening', async () => {
		const vault = await withChild();
		tablet.full.add('log');
		expect(must(await vault.open(one))?.entries).toHaveLength(1);
		await eventually(() => tablet.reported).toHaveLength(1);
		tablet.full.clear();
		must(await vault.open(one));
		await eventually(() => vault.nextReadings(10)).toHaveLength(1);
	});

	it('keep a program that knows none from writing: it would fold them away', async () => {
		const vault = await withChild();
		await disk().meta.put({ key: 'schema', epoch: 1 });
		must(await vault.open(one));
		await eventually(() => vault.nextReadings(10)).toHaveLength(1);
		expect(await disk().meta.get('schema')).toEqual({ key: 'schema', epoch: schemaEpoch });
	});
});

describe('drafts', () => {
	it('come back after a restart, newest value only, and go when they are dropped', async () => {
		const vault = await openVault();
		const values = Array.from({ length: 20 }, (_, n) => ({ note: 'x'.repeat(2000 - n * 90), n }));
		await Promise.all(values.map((value) => vault.saveDraft('intake/1', value)));
		must(await vault.saveDraft('care/1', { n: 1 }));
		const again = new LocalVault(tablet.tab());
		must(await again.unlock(workerId, spoken()));
		expect(await again.draft('intake/1')).toMatchObject({ value: { n: 19 } });
		expect((await again.drafts('intake/')).map(({ key }) => key)).toEqual(['intake/1']);
		await again.dropDraft('intake/1');
		expect(await again.draft('intake/1')).toBeUndefined();
		expect(await again.drafts('')).toHaveLength(1);
	});

	it('that are damaged do not hide the others', async () => {
		const vault = await openVault();
		must(await vault.saveDraft('care/1', { n: 1 }));
		const [damaged] = await disk().drafts.toArray();
		if (!damaged) throw new Error('no draft');
		await disk().drafts.put({ ...damaged, sealed: damaged.sealed.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) });
		must(await vault.saveDraft('care/2', { n: 2 }));
		expect((await vault.drafts('care/')).map(({ key }) => key)).toEqual(['care/2']);
		expect(tablet.reported.map(String)).toEqual([expect.stringContaining('RecordDamaged: drafts|')]);
	});
});

describe('the registry answers', () => {
	const receipt = (id: string, index: number) => ({
		outcome: 'accepted',
		id,
		position: index + 1,
		receivedAt: '2026-11-22T05:00:00Z',
		receipt: 'ABCD1234'
	});

	it('receipts of this epoch register entries, those of another prove nothing', async () => {
		const vault = await openVault();
		must(await vault.record([1, 2, 3].map((n) => intake(childNumber(n), { sex: known('1') }))));
		const sent = (await vault.nextEntries(10, 1e6)).map(({ id }) => id);
		const [a = sent[0], b, c] = sent;
		if (!a || !b || !c) throw new Error('three entries were recorded');
		await vault.startAgain(epochOne);
		await vault.applyReceipts(epochTwo, sent.map(receipt), sent);
		expect(await vault.nextEntries(10, 1e6)).toHaveLength(3);

		await vault.applyReceipts(
			epochOne,
			[receipt(a, 0), { outcome: 'quarantined', index: 1, reason: { type: 'signature_wrong' } }, { nonsense: true }],
			sent
		);
		expect((await vault.nextEntries(10, 1e6)).map(({ id }) => id)).toEqual([c]);
		expect(must(await vault.open(childNumber(1)))?.entries[0]?.delivery).toEqual({
			state: 'registered',
			receivedAt: '2026-11-22T05:00:00Z',
			receipt: 'ABCD1234'
		});
		expect((await vault.queue(wholeQueue)).items.map(({ id, delivery }) => [id, delivery.state])).toEqual([
			[b, 'quarantined'],
			[c, 'waiting'],
			[a, 'registered']
		]);
		// A late quarantine does not take a receipt back.
		await vault.applyReceipts(
			epochOne,
			[{ outcome: 'quarantined', id: a, index: 0, reason: { type: 'sequence_taken' } }],
			[a]
		);
		expect(must(await vault.open(childNumber(1)))?.entries[0]?.delivery.state).toBe('registered');
	});

	it('what was set aside because the child was elsewhere goes again once the child is in the feed', async () => {
		const vault = await openVault();
		must(await vault.record([1, 2].map((n) => intake(childNumber(n), { sex: known('1') }))));
		const sent = (await vault.nextEntries(10, 1e6)).map(({ id }) => id);
		await vault.startAgain(epochOne);
		const elsewhere = sent.map((id, index) => ({
			outcome: 'quarantined',
			id,
			index,
			reason: { type: 'child_elsewhere' }
		}));
		await vault.applyReceipts(epochOne, elsewhere, sent);
		expect(await vault.nextEntries(10, 1e6)).toEqual([]);
		await vault.applyPull(pullPage(0, [foreignEntry(1, childNumber(2), { nameGiven: known('来自别处') })]));
		expect((await vault.nextEntries(10, 1e6)).map(({ id }) => id)).toEqual([sent[1]]);
	});

	it('a new epoch makes everything go again, over a restart too, and deletes nothing', async () => {
		const vault = await openVault();
		must(await vault.record([1, 2, 3].map((n) => intake(childNumber(n), { sex: known('1') }))));
		const before = await vault.nextEntries(10, 1e6);
		const sent = before.map(({ id }) => id);
		await vault.applyPull(pullPage(0, [foreignEntry(1, childNumber(9), { nameGiven: known('来自别处') })]));
		await vault.applyReceipts(epochOne, sent.map(receipt), sent);
		expect(await vault.nextEntries(10, 1e6)).toEqual([]);

		await vault.startAgain(epochTwo);
		expect(await vault.syncPosition()).toEqual({ epoch: epochTwo, cursor: 'start' });
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		expect(await vault.nextEntries(10, 1e6)).toEqual(before);
		expect(await vault.syncPosition()).toEqual({ epoch: epochTwo, cursor: 'start' });
		expect(must(await vault.search(everything)).total).toBe(4);
		// The feed from the start brings what is here already: once is enough.
		const own = before.map(({ text }) => JSON.parse(text) as unknown);
		await vault.applyPull(
			pullPage(0, [foreignEntry(1, childNumber(9), { nameGiven: known('来自别处') }), ...own], epochTwo)
		);
		expect(must(await vault.open(childNumber(9)))?.entries).toHaveLength(1);
		expect(must(await vault.open(childNumber(1)))?.entries).toHaveLength(1);
		// What was seen in the feed is on the registry, though its receipt is not here.
		expect(await vault.nextEntries(10, 1e6)).toEqual([]);
		expect(must(await vault.open(childNumber(1)))?.entries[0]?.delivery).toEqual({
			state: 'registered',
			receivedAt: '2026-03-05T02:00:00Z',
			receipt: ''
		});
	});

	it('a feed without what it once confirmed is read again from the start, and everything goes again', async () => {
		const vault = await openVault();
		await vault.startAgain(epochOne);
		must(await vault.record([intake(childNumber(1), { sex: known('1') })]));
		const sent = (await vault.nextEntries(10, 1e6)).map(({ id }) => id);
		await vault.applyReceipts(epochOne, sent.map(receipt), sent);
		expect(await vault.nextEntries(10, 1e6)).toEqual([]);
		const another = pullPage(0, [foreignEntry(1, childNumber(9), { nameGiven: known('来自别处') })]);
		expect(await vault.applyPull(another)).toEqual({ applied: false, position: 0 });
		expect(await vault.nextEntries(10, 1e6)).toHaveLength(1);
		expect(await vault.applyPull(another)).toEqual({ applied: true, position: 1 });
	});

	it('a roster that says what kind of house another is makes the lines of the list again', async () => {
		const vault = await openVault();
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		const { roster } = enrolAnswer();
		const made = tablet.rowsMade;
		await vault.keepRoster({ ...roster, version: 2, staff: [{ id: workerId, name: '林姐', role: 'care_worker' }] });
		expect(await vault.roster()).toMatchObject({ version: 2 });
		await vault.keepRoster({
			...roster,
			version: 3,
			institutions: roster.institutions.map((house) => ({ ...house, kind: 'rescue_station' }))
		});
		await eventually(() => tablet.rowsMade).toBe(made + 1);
		await vault.lock();
		expect(await vault.status()).toMatchObject({ staff: [{ name: '林护理' }] });
	});

	it('nothing while the vault is locked', async () => {
		const vault = await openVault();
		await vault.lock();
		for (const call of [
			() => vault.syncPosition(),
			() => vault.startAgain(epochTwo),
			() => vault.applyPull(pullPage(0, [])),
			() => vault.nextEntries(1, 1)
		]) {
			await expect(call()).rejects.toMatchObject({ name: 'vault_locked' });
		}
		expect((await vault.queue(wholeQueue)).items).toEqual([]);
		expect(await vault.draft('x')).toBeUndefined();
	});

	it('batches keep to their limits but always hold one', async () => {
		const vault = await openVault();
		must(await vault.record([1, 2, 3].map((n) => intake(childNumber(n), { features: known('x'.repeat(2000)) }))));
		expect(await vault.nextEntries(2, 1e6)).toHaveLength(2);
		expect(await vault.nextEntries(10, 5500)).toHaveLength(2);
		expect(await vault.nextEntries(10, 10)).toHaveLength(1);
	});

	it('a page is applied only where it answers the cursor and the epoch', async () => {
		const vault = await openVault();
		const page = pullPage(0, [foreignEntry(1, childNumber(1), { nameGiven: known('甲') })]);
		expect(await vault.applyPull(page)).toEqual({ applied: true, position: 1 });
		expect(await vault.applyPull(page)).toEqual({ applied: false, position: 1 });
		expect(await vault.applyPull(pullPage(5, [foreignEntry(2, childNumber(1), {})]))).toEqual({
			applied: false,
			position: 1
		});
		expect(await vault.applyPull(pullPage(1, [foreignEntry(2, childNumber(1), {})], epochTwo))).toEqual({
			applied: false,
			position: 1
		});
		expect(must(await vault.open(childNumber(1)))?.entries).toHaveLength(1);
	});

	it('a page with entries nobody here can read keeps them all, counts them and goes on', async () => {
		const vault = await openVault();
		const newer = { ...foreignEntry(1, childNumber(1), {}), type: 'future.thing' };
		const bad = {
			...foreignEntry(2, childNumber(1), {}),
			payload: { answers: { height: { state: 'known', value: 'tall' } } }
		};
		const good = foreignEntry(3, childNumber(1), { nameGiven: known('小禾') });
		await vault.applyPull(pullPage(0, [newer, bad, good, { not: 'an entry' }, null]));
		const opened = must(await vault.open(childNumber(1)));
		expect(opened?.entries.map(({ parsed }) => parsed.known).sort()).toEqual([false, false, true]);
		expect(must(await vault.search(everything)).rows).toMatchObject([{ name: '小禾', unknownEntryCount: 2 }]);
		expect((await vault.usage()).quarantined).toBe(2);
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		expect((await vault.usage()).quarantined).toBe(2);
		expect(must(await vault.open(childNumber(1)))?.entries).toEqual(opened?.entries);
	});

	it('pages cost one line a child they touch, whatever the number of entries', async () => {
		const vault = await openVault();
		const entries = Array.from({ length: 1000 }, (_, n) =>
			foreignEntry(n + 1, childNumber(n % 100), { features: known(`n${n}`) })
		);
		await vault.applyPull(pullPage(0, entries.slice(0, 500)));
		expect(tablet.rowsMade).toBe(100);
		await vault.applyPull(pullPage(500, entries.slice(500)));
		expect(tablet.rowsMade).toBe(200);
		expect(must(await vault.open(childNumber(42)))?.entries).toHaveLength(10);
	});

	it('a page and a save of the same child at once both stay', async () => {
		const vault = await openVault();
		const page = pullPage(
			0,
			Array.from({ length: 300 }, (_, n) => foreignEntry(n + 1, childNumber(n % 3), { features: known(`n${n}`) }))
		);
		const [applied, saved] = await Promise.all([
			vault.applyPull(page),
			vault.record([intake(childNumber(1), { nameGiven: known('小禾') })])
		]);
		must(saved);
		expect(applied.applied).toBe(true);
		expect(must(await vault.open(childNumber(1)))?.entries).toHaveLength(101);
		expect(must(await vault.search({ ...everything, words: '小禾' })).total).toBe(1);
	});
});
