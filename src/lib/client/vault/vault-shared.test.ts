import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChildId, ItemId, StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { LampkeepDatabase, schemaEpoch, type SlotRow } from '../db/database.ts';
import { loadPinyin } from '../search/pinyin.ts';
import type { Fact, Secret } from '../tablet.ts';
import { rowRules } from './row-rules.ts';
import first from './slot-version-1.json' with { type: 'json' };
import { LocalVault } from './vault.ts';
import { TestTablet } from './vault-in-memory.ts';
import {
	childNumber,
	enrolAnswer,
	enrolled,
	epochOne,
	foreignEntry,
	houseId,
	intake,
	known,
	must,
	pin,
	pullPage,
	spoken,
	supervisorId,
	workerId
} from './vault-scenes.ts';

/* One tablet, several people: how each gets in, who leaves, how long it may be without its registry. */

const everything = { offset: 0, limit: 1000 } as const;
const day = 86_400_000;

// Every unlocking computes a real Argon2id.
vi.setConfig({ testTimeout: 60_000 });

let indexedDB: IDBFactory;
let tablet: TestTablet;

beforeEach(() => {
	indexedDB = new IDBFactory();
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
		rules: rowRules,
		loadPinyin
	});
});

afterEach(() => {
	for (const db of tablet.databases) db.close();
	expect(tablet.reported).toEqual([]);
});

function disk(): LampkeepDatabase {
	const db = new LampkeepDatabase('lampkeep', { indexedDB, IDBKeyRange });
	tablet.databases.push(db);
	return db;
}

const supervisorWords = 'mimi lala haha jiajia bobo';

/** The worker and the supervisor have slots; the supervisor has it open. */
async function shared(): Promise<LocalVault> {
	const vault = new LocalVault(tablet.tab());
	await enrolled(vault);
	await vault.beginEnrolment();
	must(await vault.finishEnrolment(enrolAnswer(supervisorId), supervisorWords, '900314'));
	return vault;
}

const asSupervisor = spoken(supervisorWords);

async function names(vault: LocalVault): Promise<(string | undefined)[]> {
	return must(await vault.search(everything)).rows.map(({ name }) => name);
}

async function slotOf(staffId: StaffId): Promise<SlotRow | undefined> {
	const slot = await disk().slots.get(staffId);
	if (slot?.version === 1) throw new Error('a slot of the first version');
	return slot;
}

describe('the ways of a person', () => {
	it('are a passphrase, and after they were added a badge with the PIN and a passkey', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		const badge = await vault.makeBadge();
		const prf = crypto.getRandomValues(new Uint8Array(32));
		must(await vault.addWay(pin, { way: 'badge', badge }));
		const owner = must(await vault.addWay(pin, { way: 'passkey', credentialId: 'Y3JlZA', salt: 'c2FsdA', prf }));
		expect(owner.ways).toEqual([
			{ way: 'passphrase' },
			{ way: 'badge' },
			{ way: 'passkey', credentialId: 'Y3JlZA', salt: 'c2FsdA' }
		]);
		await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]);
		for (const secret of [
			spoken(),
			{ way: 'badge', badge: `lampkeep-badge:${badge.toLowerCase()}`, pin },
			{ way: 'passkey', prf }
		] satisfies Secret[]) {
			await vault.lock();
			must(await vault.unlock(workerId, secret));
			expect(await names(vault)).toEqual(['小禾']);
		}
		must(await vault.dropWay(pin, 'badge'));
		await vault.lock();
		expect(await vault.unlock(workerId, { way: 'badge', badge, pin })).toEqual({
			ok: false,
			error: { type: 'way_missing' }
		});
		expect(await vault.status()).toMatchObject({ staff: [{ ways: [{ way: 'passphrase' }, { way: 'passkey' }] }] });
	});

	it('change only with the PIN, and five wrong ones lock', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		const badge = await vault.makeBadge();
		for (let left = 4; left >= 0; left--) {
			expect(await vault.addWay('000000', { way: 'badge', badge })).toEqual({
				ok: false,
				error: { type: 'wrong_secret', triesLeft: left }
			});
		}
		expect(await vault.status()).toMatchObject({ status: 'locked' });
		expect((await slotOf(workerId))?.ways.map(({ way }) => way)).toEqual(['passphrase']);
	});

	it('survive a new PIN, which reopens from then on', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		const badge = await vault.makeBadge();
		must(await vault.addWay(pin, { way: 'badge', badge }));
		must(await vault.changePin(pin, '730159'));
		await vault.rest();
		expect(await vault.reopen(pin)).toMatchObject({ ok: false });
		must(await vault.reopen('730159'));
		await vault.lock();
		must(await vault.unlock(workerId, { way: 'badge', badge, pin: '730159' }));
	});

	it('leave no slot behind that a lock in the middle has spoilt', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		const change = vault.changePin(pin, '730159');
		await vault.lock();
		expect(await change).toMatchObject({ ok: false });
		must(await vault.unlock(workerId, spoken()));
		await vault.rest();
		must(await vault.reopen(pin));
	});
});

describe('a slot of the first version', () => {
	const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

	async function firstTablet(): Promise<LocalVault> {
		const db = disk();
		const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
		await db.meta.bulkPut([
			{ key: 'schema', epoch: 2 },
			{
				key: 'device',
				deviceId: first.deviceId,
				institutionId: houseId,
				institutionName: '青禾儿童福利院',
				privateKey: pair.privateKey,
				publicKey: 'A'.repeat(87)
			}
		]);
		await db.slots.put({
			...first.slot,
			version: 1,
			passphraseSalt: bytes(first.slot.passphraseSalt),
			pinSalt: bytes(first.slot.pinSalt),
			sealed: bytes(first.slot.sealed)
		});
		await db.notes.put({ name: 'roster', sealed: bytes(first.notes.roster) });
		await db.drafts.put({ name: first.drafts.name, sealed: bytes(first.drafts.sealed) });
		return new LocalVault(tablet.tab());
	}

	it('opens as before, is renewed at once, and its drafts and PIN stay', async () => {
		const vault = await firstTablet();
		expect(await vault.status()).toMatchObject({ status: 'locked', staff: [{ ways: [{ way: 'passphrase' }] }] });
		must(await vault.unlock(workerId, spoken(first.passphrase)));
		expect(await vault.draft('intake/1')).toMatchObject({ value: { name: '小禾' } });
		expect(await slotOf(workerId)).toMatchObject({ version: 2 });
		expect(await disk().meta.get('schema')).toMatchObject({ epoch: schemaEpoch });
		await vault.rest();
		must(await vault.reopen(first.pin));
		await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]);
		await vault.lock();
		must(await vault.unlock(workerId, spoken(first.passphrase)));
		expect(await names(vault)).toEqual(['小禾']);
	});

	it('of somebody who was away keeps the ring from turning until that person has signed in', async () => {
		const vault = await firstTablet();
		must(await vault.unlock(workerId, spoken(first.passphrase)));
		const old = (await disk().slots.get(workerId)) as SlotRow;
		await vault.beginEnrolment();
		must(await vault.finishEnrolment(enrolAnswer(supervisorId), supervisorWords, '900314'));
		// The worker's slot as the older program left it, and a third person who leaves.
		await disk().slots.put({
			...first.slot,
			version: 1,
			passphraseSalt: bytes(first.slot.passphraseSalt),
			pinSalt: bytes(first.slot.pinSalt),
			sealed: bytes(first.slot.sealed)
		});
		const leaver = '0b8a1f7e-9999-4999-8999-999999999999' as StaffId;
		await disk().slots.put({ ...old, staffId: leaver });
		must(await vault.removeSlot(leaver));
		expect(await disk().slots.get(leaver)).toBeUndefined();
		expect(await disk().meta.get('ring')).toMatchObject({ due: true });
		await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]);

		await vault.lock();
		must(await vault.unlock(workerId, spoken(first.passphrase)));
		await expect.poll(() => disk().meta.get('ring'), { timeout: 15_000 }).toMatchObject({ due: false });
		await vault.record([intake(childNumber(2), { nameGiven: known('小苗') })]);
		await vault.lock();
		must(await vault.unlock(supervisorId, asSupervisor));
		expect((await names(vault)).toSorted()).toEqual(['小禾', '小苗'].toSorted());
	});
});

describe('somebody who leaves', () => {
	it('is shut out at once, without the network; the others open as before and read old and new', async () => {
		const vault = await shared();
		const badge = await vault.makeBadge();
		must(await vault.addWay('900314', { way: 'badge', badge }));
		must(await vault.record([intake(childNumber(1), { nameGiven: known('早来') })]));
		const stolen = (await disk().slots.get(workerId)) as SlotRow;

		expect(must(await vault.removeSlot(workerId)).map(({ staffId }) => staffId)).toEqual([supervisorId]);
		must(await vault.record([intake(childNumber(2), { nameGiven: known('晚来') })]));
		await vault.lock();
		expect(await vault.unlock(workerId, spoken())).toEqual({ ok: false, error: { type: 'slot_missing' } });
		for (const secret of [asSupervisor, { way: 'badge', badge, pin: '900314' }] satisfies Secret[]) {
			must(await vault.unlock(supervisorId, secret));
			expect((await names(vault)).toSorted()).toEqual(['早来', '晚来'].toSorted());
			await vault.lock();
		}
		expect((await slotOf(supervisorId))?.letters).toEqual([]);

		// With a copy of the old slot put back and the right secret, nothing that was recorded since opens.
		await disk().slots.put(stolen);
		const thief = new LocalVault(tablet.tab());
		must(await thief.unlock(workerId, spoken()));
		expect(await names(thief)).toEqual(['早来']);
		expect(tablet.reported.splice(0).length).toBeGreaterThan(0);
	});

	it('leaves a letter for everybody who is away, who opens with their own secret', async () => {
		const vault = await shared();
		const third = '0b8a1f7e-8888-4888-8888-888888888888' as StaffId;
		const answer = enrolAnswer(third);
		const staff = [...answer.roster.staff, { id: third, name: '何护理', role: 'care_worker' }];
		await vault.beginEnrolment();
		must(await vault.finishEnrolment({ ...answer, roster: { ...answer.roster, staff } }, 'third words', '135246'));
		await vault.lock();
		must(await vault.unlock(supervisorId, asSupervisor));
		must(await vault.removeSlot(workerId));
		must(await vault.record([intake(childNumber(2), { nameGiven: known('晚来') })]));
		expect((await slotOf(third))?.letters).toHaveLength(1);

		await vault.lock();
		must(await vault.unlock(third, spoken('third words')));
		expect(await names(vault)).toEqual(['晚来']);
		expect((await slotOf(third))?.letters).toEqual([]);
	});

	it('is removed by a supervisor only, never by themselves, and by the role of the sealed roster', async () => {
		const vault = await shared();
		expect(await vault.removeSlot(supervisorId)).toEqual({ ok: false, error: { type: 'not_allowed' } });
		await vault.lock();
		await disk().slots.update(workerId, { role: 'supervisor' });
		must(await vault.unlock(workerId, spoken()));
		expect(await vault.removeSlot(supervisorId)).toEqual({ ok: false, error: { type: 'not_allowed' } });
		expect(await disk().slots.count()).toBe(2);
	});

	it('and is no longer in the roster is taken off the tablet when the roster comes', async () => {
		const vault = await shared();
		const { roster } = enrolAnswer();
		await vault.keepRoster({ ...roster, staff: roster.staff.filter(({ id }) => id !== workerId) });
		expect((await vault.people()).map(({ staffId }) => staffId)).toEqual([supervisorId]);
		expect(await disk().meta.get('ring')).toMatchObject({ due: false });
	});

	it('while having it open is locked out by the roster, and the next person turns the ring', async () => {
		const vault = await shared();
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		const { roster } = enrolAnswer();
		await vault.keepRoster({ ...roster, staff: roster.staff.filter(({ id }) => id !== workerId) });
		expect(await vault.status()).toMatchObject({ status: 'locked', staff: [{ staffId: supervisorId }] });
		must(await vault.unlock(supervisorId, asSupervisor));
		await expect.poll(() => disk().meta.get('ring'), { timeout: 15_000 }).toMatchObject({ due: false });
		expect(await names(vault)).toEqual(['小禾']);
		expect(await vault.nextEntries(10, 1e6)).toHaveLength(1);
	});

	it('as the last one is closed, not deleted: without a slot nobody could open the records', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		const { roster } = enrolAnswer();
		await vault.keepRoster({ ...roster, staff: roster.staff.filter(({ id }) => id !== workerId) });
		expect(await vault.status()).toMatchObject({ status: 'locked', staff: [{ needsCode: true }] });
		expect(await vault.unlock(workerId, spoken())).toEqual({ ok: false, error: { type: 'needs_code' } });
		expect(await disk().slots.count()).toBe(1);
	});

	it('does not leave because a registry with a fault names nobody', async () => {
		const vault = await shared();
		await vault.keepRoster({ ...enrolAnswer().roster, staff: [] });
		expect(await vault.people()).toHaveLength(2);
	});

	it('does not come back with an older roster: how new the last one was is kept sealed, over restarts', async () => {
		const vault = await shared();
		const { roster } = enrolAnswer();
		const mark = { version: 5, epoch: epochOne, issuedAt: '2026-11-27T08:00:00.000Z' };
		await vault.keepRoster({ ...roster, version: 5 }, mark);
		const again = new LocalVault(tablet.tab());
		must(await again.unlock(supervisorId, asSupervisor));
		expect(await again.rosterGround()).toMatchObject({ house: houseId, last: mark });
		// A list without a mark (of a tablet that can check nothing) takes the mark of none.
		await again.keepRoster(roster);
		expect(await again.rosterGround()).toMatchObject({ last: mark });
	});

	it('is not made a supervisor by the list that comes with a colleague’s enrolment and that nobody signed', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		const { roster } = enrolAnswer();
		await vault.keepRoster(roster, { version: 1, epoch: epochOne, issuedAt: '2026-11-27T08:00:00.000Z' });
		await vault.beginEnrolment();
		const staff = roster.staff.map((person) => ({ ...person, role: 'supervisor' }));
		const answer = { ...enrolAnswer(supervisorId), roster: { ...roster, version: 9, staff } };
		must(await vault.finishEnrolment(answer, supervisorWords, '900314'));
		expect(await vault.roster()).toEqual(roster);
		expect(await vault.rosterGround()).toMatchObject({ last: { version: 1 } });
		expect(tablet.reported.splice(0).map(String)).toEqual([
			"Error: The roster of an enrolment is not the registry's: unsigned"
		]);
	});

	it('is shut out in the other window too, and the one who stays reads on there', async () => {
		const one = await shared();
		const two = new LocalVault(tablet.tab());
		must(await two.unlock(supervisorId, asSupervisor));
		const leaver = new LocalVault(tablet.tab());
		must(await leaver.unlock(workerId, spoken()));
		must(await one.removeSlot(workerId));
		must(await one.record([intake(childNumber(2), { nameGiven: known('晚来') })]));
		await expect.poll(() => leaver.status(), { timeout: 15_000 }).toMatchObject({ status: 'locked' });
		await expect.poll(() => names(two), { timeout: 15_000 }).toEqual(['晚来']);
		must(await two.record([intake(childNumber(3), { nameGiven: known('再来') })]));
		await expect.poll(() => names(one), { timeout: 15_000 }).toHaveLength(2);
	});
});

describe('the ring', () => {
	it('turns by itself after ninety days, in the background of an unlocking', async () => {
		const vault = await shared();
		must(await vault.record([intake(childNumber(1), { nameGiven: known('早来') })]));
		tablet.time += 91 * day;
		await vault.contactMade('2027-02-21T00:00:00Z');
		await vault.lock();
		must(await vault.unlock(supervisorId, asSupervisor));
		await expect.poll(async () => (await slotOf(workerId))?.letters.length, { timeout: 15_000 }).toBe(1);
		must(await vault.record([intake(childNumber(2), { nameGiven: known('晚来') })]));
		await vault.lock();
		must(await vault.unlock(workerId, spoken()));
		expect(await names(vault)).toHaveLength(2);
	});
});

describe('a change of person', () => {
	for (const count of [1, 200]) {
		it(`with ${count} unsent of the one before destroys nothing, and they go while the other is here`, async () => {
			const vault = new LocalVault(tablet.tab());
			await enrolled(vault);
			for (let n = 1; n <= count; n++)
				must(await vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
			must(await vault.saveDraft('intake/unfinished', { nameGiven: '没写完' }));

			// The first time the other is here: enrolled while the one before has it open, then signed in with their own secret.
			await vault.beginEnrolment();
			must(await vault.finishEnrolment(enrolAnswer(supervisorId), supervisorWords, '900314'));
			await vault.lock();
			must(await vault.unlock(supervisorId, asSupervisor));
			expect(must(await vault.search(everything)).total).toBe(count);
			expect(await vault.draft('intake/unfinished')).toMatchObject({ value: { nameGiven: '没写完' } });
			must(await vault.record([intake(childNumber(1), { sex: known('2') })]));

			const waiting = await vault.nextEntries(1000, 1e8);
			const authors = waiting.map(({ text }) => (JSON.parse(text) as { staffId: string }).staffId);
			expect(authors).toEqual([...Array.from({ length: count }, () => workerId), supervisorId]);
			await vault.applyReceipts(
				epochOne,
				waiting.map(({ id }, i) => ({
					outcome: 'accepted',
					id,
					position: i + 1,
					receivedAt: '2026-11-22T05:00:00Z',
					receipt: '0A1B2C3D'
				})),
				waiting.map(({ id }) => id)
			);
			expect(await vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 0 });
			await vault.lock();
			must(await vault.unlock(workerId, spoken()));
			expect(must(await vault.search(everything)).total).toBe(count);
		});
	}
});

describe('wrong secrets', () => {
	it('of any way count together; after ten a new code is needed, and nothing was lost by it', async () => {
		const vault = await shared();
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		await vault.lock();
		for (let tries = 1; tries <= 10; tries++) {
			tablet.time += 3_600_000;
			await vault.unlock(workerId, spoken(`wrong ${tries}`));
		}
		tablet.time += 10 * day;
		expect(await vault.unlock(workerId, spoken())).toEqual({ ok: false, error: { type: 'needs_code' } });
		expect(await vault.status()).toMatchObject({
			staff: [
				{ staffId: workerId, needsCode: true },
				{ staffId: supervisorId, needsCode: false }
			]
		});

		// A supervisor has it open and the registry gave a code for the same person.
		must(await vault.unlock(supervisorId, asSupervisor));
		await vault.beginEnrolment();
		must(await vault.finishEnrolment(enrolAnswer(workerId), 'a new one', '118822'));
		expect(await names(vault)).toEqual(['小禾']);
		await vault.lock();
		expect(await vault.unlock(workerId, spoken())).toMatchObject({ ok: false, error: { type: 'wrong_secret' } });
		must(await vault.unlock(workerId, spoken('a new one')));
		expect(await names(vault)).toEqual(['小禾']);
		expect(await vault.nextEntries(10, 1e6)).toHaveLength(1);
	});

	it('given in two windows at once are counted one after another', async () => {
		const vault = await shared();
		await vault.lock();
		const tabs = [new LocalVault(tablet.tab()), new LocalVault(tablet.tab()), new LocalVault(tablet.tab())];
		await Promise.all(tabs.map((tab) => tab.unlock(workerId, spoken('wrong'))));
		expect(await disk().attempts.get(workerId)).toMatchObject({ wrong: 3 });
	});
});

describe('resting', () => {
	it('ends after twelve hours, by the clock or by the uptime, and then only a way opens', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		await vault.rest();
		tablet.uptime += 11 * 3_600_000;
		must(await vault.reopen(pin));
		await vault.rest();
		// The clock was set back; the machine ran on.
		tablet.time -= 5 * 3_600_000;
		tablet.uptime += 3_600_001;
		expect(await vault.reopen(pin)).toEqual({ ok: false, error: { type: 'slot_missing' } });
		expect(await vault.status()).toMatchObject({ status: 'locked' });

		must(await vault.unlock(workerId, spoken()));
		await vault.rest();
		// It slept: the uptime stood still.
		tablet.time += 12 * 3_600_000;
		expect(await vault.status()).toMatchObject({ status: 'locked' });
	});

	it('forgets the envelope by itself, without anybody asking', async () => {
		const vault = new LocalVault(tablet.tab());
		await enrolled(vault);
		await vault.rest();
		expect(tablet.timers.size).toBe(1);
		for (const work of tablet.timers) work();
		expect(await vault.status()).toMatchObject({ status: 'locked' });
	});
});

describe('without the registry', () => {
	const after = async (days: number) => {
		const vault = await shared();
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		await vault.applyPull(pullPage(0, [foreignEntry(1, childNumber(2), { nameGiven: known('小苗') })]));
		tablet.time += days * day;
		return vault;
	};

	it('of three weeks the tablet warns and works', async () => {
		const vault = await after(22);
		expect(await vault.status()).toMatchObject({ contact: { stage: 'warning', days: 22, daysLeft: 8 } });
		expect(await names(vault)).toHaveLength(2);
	});

	it('of more than thirty days what is there is closed, and new children are recorded', async () => {
		const vault = await after(31);
		const closed = { ok: false, error: { type: 'reading_locked' } };
		expect(await vault.search(everything)).toEqual(closed);
		expect(await vault.open(childNumber(1))).toEqual(closed);
		expect(await vault.due('2030-01-01' as never, 10)).toEqual(closed);
		expect(await vault.duplicates()).toEqual(closed);
		expect((await vault.queue({ show: 'all', offset: 0, limit: 10 })).items.map(({ childName }) => childName)).toEqual([
			undefined
		]);
		must(await vault.saveDraft('intake/new', {}));
		must(await vault.record([intake(childNumber(3), { nameGiven: known('新来') })]));
		expect(await vault.nextEntries(10, 1e6)).toHaveLength(2);

		// The form of a new child reads what it recorded, until it is submitted or a day old.
		expect(must(await vault.open(childNumber(9)))).toBeUndefined();
		expect(must(await vault.open(childNumber(3)))?.entries).toHaveLength(1);
		expect(await vault.open(childNumber(2))).toEqual(closed);
		tablet.time += 2 * day;
		expect(await vault.open(childNumber(3))).toEqual(closed);

		await vault.contactMade('2026-12-24T00:00:00Z');
		expect(await names(vault)).toHaveLength(3);
		expect(await vault.status()).toMatchObject({ contact: { stage: 'normal', days: 0, at: '2026-12-24T00:00:00Z' } });
	});

	it('a child that is being written opens no other file by being called the same child', async () => {
		const vault = await after(31);
		must(await vault.record([intake(childNumber(3), { nameGiven: known('新来') })]));
		must(await vault.open(childNumber(3)));
		const itemId = childNumber(90) as string as ItemId;
		const half = (childId: ChildId, other: ChildId): Fact => ({
			type: 'child.merged',
			childId,
			occurredOn: civilDate('2026-12-23'),
			replaces: [],
			payload: { itemId, merge: { other, reason: '同一个孩子' } }
		});
		must(await vault.record([half(childNumber(3), childNumber(2)), half(childNumber(2), childNumber(3))]));
		expect(await vault.open(childNumber(3))).toEqual({ ok: false, error: { type: 'reading_locked' } });
	});

	it('of more than ninety days only sending is left', async () => {
		const vault = await after(91);
		const closed = { ok: false, error: { type: 'sending_only' } };
		expect(await vault.record([intake(childNumber(3), { nameGiven: known('新来') })])).toEqual(closed);
		expect(await vault.saveDraft('intake/new', {})).toEqual(closed);
		expect(await vault.search(everything)).toEqual(closed);
		expect(await vault.nextEntries(10, 1e6)).toHaveLength(1);
	});

	it('a clock set back wins nothing, over restarts and whatever is written into the clear note', async () => {
		const vault = await after(29);
		await vault.status();
		must(await vault.search(everything));
		await vault.lock();
		tablet.time -= 60 * day;
		await disk().meta.put({ key: 'contact', at: '2026-11-22T04:00:00Z', elapsed: 0, seen: tablet.time });
		const again = new LocalVault(tablet.tab());
		must(await again.unlock(workerId, spoken()));
		tablet.time += 2 * day;
		expect(await again.search(everything)).toEqual({ ok: false, error: { type: 'reading_locked' } });
	});

	it('a clock set forward closes reading only, and the registry mends it', async () => {
		const vault = await after(1);
		tablet.time += 80 * day;
		expect(await vault.search(everything)).toMatchObject({ ok: false });
		tablet.time -= 80 * day;
		expect(await vault.search(everything)).toMatchObject({ ok: false });
		await vault.contactMade('2026-11-23T04:00:00Z');
		tablet.time += 20 * day;
		must(await vault.search(everything));
	});

	it('a lost note counts as three weeks of silence, not as none', async () => {
		const vault = await after(0);
		await vault.lock();
		await disk().notes.delete('contact');
		await disk().meta.delete('contact');
		must(await vault.unlock(workerId, spoken()));
		expect(await vault.status()).toMatchObject({ contact: { stage: 'warning', days: 21 } });
	});

	it('the lock screen says how long it has been', async () => {
		const vault = await after(25);
		await vault.lock();
		expect(await vault.status()).toMatchObject({ status: 'locked', contact: { stage: 'warning', days: 25 } });
	});
});
