import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { ClaimEvent } from '#lib/domain/claim/events.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import { publicNumber } from '#lib/domain/notice/public-number.ts';
import { addDays, addMonths, civilDate } from '#lib/domain/time.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { begun, child, familyDesk, put, sent, you } from '../../../../tests/support/family.ts';
import { childId, houseId, modestDraft, registeredChild, type Story } from '../../../../tests/support/notice-story.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { FailureLimit } from '../auth/rate-limit.ts';
import { readPublishedFacts, keepPublishedFacts } from '../notices/published-facts.ts';
import { appendClaimEvents, readClaimEvents } from './claim-log.ts';
import { eraseOldDrafts, eraseRefused } from './erase.ts';
import {
	addPaper,
	appealLapse,
	beginClaim,
	openByKey,
	openByTicket,
	ownPaper,
	readOwnClaim,
	removePaper,
	saveTopic,
	submitClaim,
	withdrawClaim,
	type FamilyDesk
} from './family.ts';
import { childOfNotice, linkClaim, unlinkedClaims } from './link.ts';

const registry = { kind: 'registry' } as const;
const number = publicNumber(new Uint8Array([1, 2, 3, 4, 5]));
const otherNumber = publicNumber(new Uint8Array([9, 9, 9, 9, 9]));

const photo = () =>
	sharp({ create: { width: 900, height: 1200, channels: 3, background: '#dfe7e3' } })
		.withExif({ IFD0: { Copyright: 'CANARY-EXIF' } })
		.jpeg()
		.toBuffer();

/** What the desk did to a claim. */
async function atDesk(desk: FamilyDesk, claimId: ClaimId, events: readonly ClaimEvent[]): Promise<void> {
	await desk.database.inScope(registry, async (session) => {
		const { length } = await readClaimEvents(session, claimId);
		const done = await appendClaimEvents(session, claimId, length, events, { at: desk.now(), on: desk.today() });
		expect(done.ok).toBe(true);
	});
}

async function eventsOf(desk: FamilyDesk, claimId: ClaimId): Promise<readonly string[]> {
	const events = await desk.database.inScope(registry, (session) => readClaimEvents(session, claimId));
	return events.map(({ event }) => event.type);
}

/** One row of the registry, as an operator would see it. */
async function row(database: TestDatabase, sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
	const { rows } = await database.inScope(registry, (session) => session.query(sql, values));
	return rows.map((each) => Object.values(each));
}

describe('a family comes back without an account', () => {
	test('by ticket and secret as people type them, and by nothing less', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId, ticket, secret } = await begun(desk);
		const typed = { ticket: ticket.toLowerCase().replaceAll('-', ' '), secret: secret.replaceAll(/(\d{4})/g, '$1 ') };
		const opened = await openByTicket(desk, { ...typed, address: '198.51.100.7' });
		expect(opened.ok && opened.value.claimId).toBe(claimId);
		expect(await openByKey(desk, { ticket, secret: secret as never })).toBe(claimId);
	});

	test('a ticket that is not there and another’s secret get the same answer', async () => {
		const desk = await familyDesk(await testDatabase());
		const mine = await begun(desk);
		const theirs = await begun(desk);
		const tried = async (ticket: string, secret: string) => {
			const opened = await openByTicket(desk, { ticket, secret, address: '198.51.100.7' });
			return opened.ok ? 'opened' : opened.error;
		};
		const nobodys = 'RJ-' + number.slice(3);
		expect(await tried(mine.ticket, theirs.secret)).toEqual({ type: 'ticket_refused' });
		expect(await tried(nobodys, theirs.secret)).toEqual({ type: 'ticket_refused' });
		expect(await tried(mine.ticket.slice(0, -1) + '?', mine.secret)).toEqual({ type: 'ticket_mistyped' });
		expect(await tried(mine.ticket, '1234')).toEqual({ type: 'secret_mistyped' });
	});

	test('the secret itself is stored nowhere', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const { secret } = await begun(desk);
		const tables = ['claims', 'claim_statements', 'claim_tickets', 'claim_events'];
		for (const table of tables) {
			expect(JSON.stringify(await row(database, `SELECT t::text FROM ${table} t`)), table).not.toContain(secret);
		}
	});

	test('guessing stops after ten tries at one ticket, and after the network’s budget at many', async () => {
		const database = await testDatabase();
		const open = new FailureLimit([
			{ points: 10, seconds: 900 },
			{ points: 25, seconds: 900 }
		]);
		const plain = await familyDesk(database);
		const desk: FamilyDesk = { ...plain, limits: { ...plain.limits, open } };
		const { ticket, secret } = await begun(desk);
		const wrong = secret.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
		const tried = async (given: string, address: string) => {
			const opened = await openByTicket(desk, { ticket: given, secret: wrong, address });
			return opened.ok ? 'opened' : opened.error.type;
		};
		for (let n = 0; n < 10; n++) expect(await tried(ticket, '198.51.100.7')).toBe('ticket_refused');
		expect(await tried(ticket, '203.0.113.9')).toBe('too_many_tries');
		// The right secret has to wait too, and so has a cookie with it.
		const right = await openByTicket(desk, { ticket, secret, address: '203.0.113.9' });
		expect(right.ok).toBe(false);
		const others = [];
		for (let n = 0; n < 20; n++) {
			others.push(await tried('RJ-' + publicNumber(new Uint8Array([n, 2, 3, 4, 5])).slice(3), '198.51.100.7'));
		}
		expect(others.filter((outcome) => outcome === 'ticket_refused')).toHaveLength(15);
	});

	test('beginning has a budget by network, a whole /64 of IPv6 among it', async () => {
		const begin = new FailureLimit([{ points: 3, seconds: 3600 }]);
		const plain = await familyDesk(await testDatabase());
		const desk: FamilyDesk = { ...plain, limits: { ...plain.limits, begin } };
		const from = async (address: string) => (await beginClaim(desk, { kind: 'report', address })).ok;
		expect([await from('2001:db8::1'), await from('2001:db8::2'), await from('2001:db8:0:0:ffff::3')]).toEqual([
			true,
			true,
			true
		]);
		expect(await from('2001:db8::4')).toBe(false);
		expect(await from('2001:db8:0:1::1')).toBe(true);
	});
});

describe('the scope of a family', () => {
	test('sees its own claim and no other, in every table', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const mine = await sent(desk);
		const theirs = await sent(desk, 'claim', { you: { ...you, phone: '13900000001' } });
		await addPaper(desk, theirs.claimId, { kind: 'other', bytes: await photo(), address: '192.0.2.1' });
		const tables = {
			claims: 'id',
			claim_events: 'claim_id',
			claim_statements: 'claim_id',
			claim_identities: 'claim_id',
			claim_papers: 'claim_id'
		};
		for (const [table, column] of Object.entries(tables)) {
			const { rows } = await database.inScope({ kind: 'claimant', claimId: mine.claimId }, (session) =>
				session.query<{ id: string }>(`SELECT DISTINCT ${column} AS id FROM ${table}`)
			);
			expect(
				rows.filter(({ id }) => id !== mine.claimId),
				table
			).toEqual([]);
			const { rows: forEverybody } = await database.inScope({ kind: 'public' }, (session) =>
				session.query(`SELECT ${column} FROM ${table}`)
			);
			expect(forEverybody, table).toEqual([]);
		}
		const { rows: children } = await database.inScope({ kind: 'claimant', claimId: mine.claimId }, (session) =>
			session.query('SELECT child_id FROM child_rows UNION ALL SELECT child_id FROM published_facts')
		);
		expect(children).toEqual([]);
	});

	test('changes, reads and sends nothing of another', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const mine = await begun(desk);
		const theirs = await begun(desk);
		const added = await addPaper(desk, theirs.claimId, { kind: 'other', bytes: await photo(), address: '192.0.2.1' });
		if (!added.ok) throw new Error(added.error.type);
		expect(await ownPaper(desk, mine.claimId, added.value.id, 'full')).toBeUndefined();
		expect((await ownPaper(desk, theirs.claimId, added.value.id, 'small'))?.length).toBeGreaterThan(100);
		expect((await removePaper(desk, mine.claimId, added.value.id)).ok).toBe(false);
		const changed = database.inScope({ kind: 'claimant', claimId: mine.claimId }, async (session) => {
			const { rowCount } = await session.query(`UPDATE claims SET state = 'received' WHERE id = $1`, [theirs.claimId]);
			const { rowCount: erased } = await session.query('DELETE FROM claim_statements WHERE claim_id = $1', [
				theirs.claimId
			]);
			return [rowCount, erased];
		});
		expect(await changed).toEqual([0, 0]);
		await expect(
			database.inScope({ kind: 'claimant', claimId: mine.claimId }, (session) =>
				session.query('INSERT INTO claim_statements (claim_id, version, statement) VALUES ($1, 9, $2)', [
					theirs.claimId,
					'{}'
				])
			)
		).rejects.toThrow(/row-level security/);
	});

	test('learns how many claims a person has open, and nothing more', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		await sent(desk);
		const mine = await begun(desk);
		const { rows } = await database.inScope({ kind: 'claimant', claimId: mine.claimId }, async (session) => {
			await session.query(`SELECT open_claims_of(ARRAY[]::bytea[], $1)`, [mine.claimId]);
			// The function looks with the registry's eyes; after it the scope is the family's again.
			return session.query('SELECT id FROM claims');
		});
		expect(rows).toEqual([{ id: mine.claimId }]);
	});
});

describe('what a family says', () => {
	test('is kept topic by topic, with the days a lunar month can mean', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		await saveTopic(desk, claimId, 'child', child);
		const saved = await saveTopic(desk, claimId, 'loss', {
			dateText: '春节前后',
			place: '集市口',
			reported: 'neither'
		});
		expect(saved.ok).toBe(true);
		const claim = await readOwnClaim(desk, claimId);
		expect(claim?.statement).toMatchObject({
			child: {
				names: { milk: '小虎' },
				birth: { calendar: 'lunar', y: 2022, m: 5, days: { earliest: '2022-05-30', latest: '2022-06-28' } }
			},
			loss: { date: { text: '春节前后' }, place: { text: '集市口' }, reported: 'neither' }
		});
		expect(claim?.sent).toBe(false);
	});

	test('with a fault in one box is not kept, and names the box', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		const saved = await saveTopic(desk, claimId, 'loss', { dateMonth: '2' });
		expect(saved).toEqual({
			ok: false,
			error: { type: 'topic_faults', faults: [{ control: 'dateYear', type: 'year_missing' }] }
		});
	});

	test('is not sent without a name and a way to reach the family; it names both', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		await saveTopic(desk, claimId, 'child', child);
		const submitted = await submitClaim(desk, claimId);
		expect(!submitted.ok && submitted.error.type === 'statement_problems' && submitted.error.problems).toMatchObject([
			{ type: 'name_missing', topic: 'you' },
			{ type: 'contact_missing', topic: 'you' }
		]);
		expect(await eventsOf(desk, claimId)).toEqual([]);
	});

	test('sent twice is sent once', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await sent(desk);
		expect(await submitClaim(desk, claimId)).toEqual({ ok: false, error: { type: 'already_sent' } });
		expect(await eventsOf(desk, claimId)).toEqual(['received']);
	});

	test('changed afterwards is a new version, which the desk is told of; the old one stays', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const { claimId } = await sent(desk);
		await saveTopic(desk, claimId, 'loss', { how: '赶集的时候' });
		// Saved again as it stands: nothing happened.
		await saveTopic(desk, claimId, 'loss', { how: '赶集的时候' });
		expect(await eventsOf(desk, claimId)).toEqual(['received', 'amended']);
		expect(await row(database, 'SELECT version FROM claim_statements ORDER BY version')).toEqual([[1], [2]]);
		expect((await readOwnClaim(desk, claimId))?.statement.loss).toEqual({ how: '赶集的时候' });
	});

	test('no word of it stands in the events', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const { claimId } = await sent(desk, 'claim', { publicNumber: number });
		await saveTopic(desk, claimId, 'loss', { how: '赶集的时候' });
		await withdrawClaim(desk, claimId, '孩子找到了');
		const events = JSON.stringify(await row(database, 'SELECT payload FROM claim_events'));
		for (const word of ['小虎', '杨秀英', '138', '赶集', '找到了']) expect(events).not.toContain(word);
	});
});

describe('photos of papers', () => {
	test('are made again by us, lie under no public path and carry no metadata', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		const added = await addPaper(desk, claimId, {
			kind: 'household_book',
			bytes: await photo(),
			address: '192.0.2.1'
		});
		expect(added.ok && added.value.kind).toBe('household_book');
		const files = await readdir(desk.folder);
		expect(files).toHaveLength(2);
		for (const file of files) {
			const bytes = await sharp(join(desk.folder, file)).toBuffer();
			expect((await sharp(bytes).metadata()).exif).toBeUndefined();
		}
	});

	test('what is no photo is refused with its reason, and leaves nothing', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		const tried = async (bytes: Uint8Array) => {
			const added = await addPaper(desk, claimId, { kind: 'other', bytes, address: '192.0.2.1' });
			return added.ok ? 'added' : added.error.type;
		};
		expect(await tried(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('not_a_photo');
		expect(await tried((await photo()).subarray(0, 700))).toBe('damaged');
		expect(await tried(Buffer.alloc(15_000_001))).toBe('too_large');
		expect(await readdir(desk.folder).catch(() => [])).toEqual([]);
	});

	test('twelve at the most; one may be taken back before sending, and none afterwards', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		const bytes = await photo();
		const add = () => addPaper(desk, claimId, { kind: 'other', bytes, address: '192.0.2.1' });
		const ids: string[] = [];
		for (let n = 0; n < 12; n++) {
			const added = await add();
			if (added.ok) ids.push(added.value.id);
		}
		expect(await add()).toEqual({ ok: false, error: { type: 'too_many_papers', maximum: 12 } });
		expect((await removePaper(desk, claimId, ids[0] ?? '')).ok).toBe(true);
		expect(await readdir(desk.folder)).toHaveLength(22);
		await saveTopic(desk, claimId, 'child', child);
		await saveTopic(desk, claimId, 'you', you);
		await submitClaim(desk, claimId);
		expect(await removePaper(desk, claimId, ids[1] ?? '')).toEqual({ ok: false, error: { type: 'already_sent' } });
		expect((await add()).ok).toBe(true);
		expect(await eventsOf(desk, claimId)).toEqual(['received', 'paper_added']);
	});
});

describe('many claims of one person', () => {
	test('the sixth is kept and waits its turn; a report counts for nothing', async () => {
		const desk = await familyDesk(await testDatabase());
		const identity = { ...you, identityKind: 'resident_id', identityNumber: '11010519491231002X' };
		await sent(desk, 'report', { you: identity });
		const turns: boolean[] = [];
		for (let n = 0; n < 6; n++) {
			// Another telephone each time: the identity paper counts by itself.
			const { waitsItsTurn } = await sent(desk, 'claim', { you: { ...identity, phone: `1390000000${n}` } });
			turns.push(waitsItsTurn);
		}
		expect(turns).toEqual([false, false, false, false, false, true]);
	});

	test('one that ended makes room, and a telephone counts however it is written', async () => {
		const desk = await familyDesk(await testDatabase());
		const first = await sent(desk, 'claim', { you: { ...you, phone: '+86 138-1111-2222' } });
		for (let n = 0; n < 4; n++) await sent(desk, 'claim', { you: { ...you, phone: '13811112222' } });
		expect((await sent(desk, 'claim', { you: { ...you, phone: '0086 13811112222' } })).waitsItsTurn).toBe(true);
		await withdrawClaim(desk, first.claimId, '');
		await withdrawClaim(desk, (await sent(desk, 'claim', { you: { ...you, phone: '13811112222' } })).claimId, '');
		expect((await sent(desk, 'claim', { you: { ...you, phone: '13811112222' } })).waitsItsTurn).toBe(true);
		expect((await sent(desk, 'claim', { you: { ...you, phone: '13811112223' } })).waitsItsTurn).toBe(false);
	});

	test('what is stored of an identity is no number', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		await sent(desk, 'claim', { you: { ...you, identityKind: 'resident_id', identityNumber: '11010519491231002X' } });
		const stored = await row(database, `SELECT kind, encode(identity_hash, 'hex') FROM claim_identities ORDER BY kind`);
		expect(stored.map(([kind]) => kind)).toEqual(['identity_number', 'phone']);
		const other = await familyDesk(database, { identityKey: 'another key' });
		await sent(other, 'claim', { you: { ...you, identityKind: 'resident_id', identityNumber: '11010519491231002X' } });
		expect(await row(database, 'SELECT DISTINCT identity_hash FROM claim_identities')).toHaveLength(4);
	});
});

describe('following', () => {
	test('a family withdraws, and nothing can be changed any more', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await sent(desk);
		expect((await withdrawClaim(desk, claimId, '孩子自己回来了')).ok).toBe(true);
		const claim = await readOwnClaim(desk, claimId);
		expect(claim?.status?.stage).toBe('withdrawn');
		expect(claim?.statement.withdrawal).toBe('孩子自己回来了');
		expect(await saveTopic(desk, claimId, 'loss', { how: 'x' })).toEqual({
			ok: false,
			error: { type: 'claim_closed' }
		});
		expect(await withdrawClaim(desk, claimId, '')).toEqual({ ok: false, error: { type: 'claim_closed' } });
	});

	test('a draft cannot be withdrawn: it was never sent', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await begun(desk);
		expect((await withdrawClaim(desk, claimId, '')).ok).toBe(false);
	});

	test('a claim that blocks a child is ended where the child’s file is told too', async () => {
		const told: ClaimId[] = [];
		const desk = await familyDesk(await testDatabase(), {
			withdrawOnFile: async (claimId) => {
				told.push(claimId);
				return 'withdrawn';
			}
		});
		const { claimId } = await sent(desk);
		expect((await withdrawClaim(desk, claimId, '')).ok).toBe(true);
		expect(told).toEqual([claimId]);
		expect(await eventsOf(desk, claimId)).toEqual(['received']);
	});

	test('what the child’s file does not let go is not withdrawn behind its back', async () => {
		// Kin was confirmed: nothing here may end the claim while the file still says that it blocks.
		const desk = await familyDesk(await testDatabase(), { withdrawOnFile: async () => 'refused' });
		const { claimId } = await sent(desk);
		expect(await withdrawClaim(desk, claimId, '')).toEqual({ ok: false, error: { type: 'claim_closed' } });
		expect(await eventsOf(desk, claimId)).toEqual(['received']);
		expect((await readOwnClaim(desk, claimId))?.status?.stage).toBe('received');
	});

	test('a claim that was linked to a child at the last moment is not ended without the child’s file', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database, {
			withdrawOnFile: async (claimId) => {
				await row(database, 'UPDATE claims SET child_id = $2 WHERE id = $1', [claimId, childId]);
				return 'no_child';
			}
		});
		const { claimId } = await sent(desk);
		expect((await withdrawClaim(desk, claimId, '')).ok).toBe(false);
		expect(await eventsOf(desk, claimId)).toEqual(['received']);
	});

	test('whatever signs stand in what is typed, it is kept', async () => {
		const desk = await familyDesk(await testDatabase());
		const cut = `${'龙'.repeat(39)}😀`;
		const odd = '一\u0000二\ud83d三';
		for (const publicNumber of [cut, odd]) {
			const began = await beginClaim(desk, { kind: 'claim', publicNumber, address: '192.0.2.1' });
			expect(began.ok).toBe(true);
		}
		const { claimId } = await sent(desk);
		const due = civilDate('2026-12-20');
		await atDesk(desk, claimId, [
			{ type: 'screened', verdict: 'plausible', knew: ['features'], sampleDue: due },
			{ type: 'block_lapsed', dueOn: due }
		]);
		expect((await appealLapse(desk, claimId, odd)).ok).toBe(true);
		expect((await withdrawClaim(desk, claimId, odd)).ok).toBe(true);
		expect((await readOwnClaim(desk, claimId))?.statement).toMatchObject({
			appeal: '一\ufffd二\ufffd三',
			withdrawal: '一\ufffd二\ufffd三'
		});
	});

	test('after no sample came in time it appeals, once', async () => {
		const desk = await familyDesk(await testDatabase());
		const { claimId } = await sent(desk);
		expect(await appealLapse(desk, claimId, '')).toEqual({ ok: false, error: { type: 'nothing_to_appeal' } });
		const due = civilDate('2026-12-20');
		await atDesk(desk, claimId, [
			{ type: 'screened', verdict: 'plausible', knew: ['features'], sampleDue: due },
			{ type: 'block_lapsed', dueOn: due }
		]);
		expect((await appealLapse(desk, claimId, '那个月住院了')).ok).toBe(true);
		expect((await appealLapse(desk, claimId, '再说一次')).ok).toBe(false);
		const claim = await readOwnClaim(desk, claimId);
		expect(claim?.status?.lapsed).toEqual({ dueOn: due, appealed: true });
		expect(claim?.statement.appeal).toBe('那个月住院了');
		expect(await eventsOf(desk, claimId)).toEqual(['received', 'screened', 'block_lapsed', 'amended', 'appealed']);
	});
});

/** A child with a notice, published on 1 November and taken down on the 9th. */
function publishedOnce(): Story {
	const story = registeredChild();
	const draft = story.tell('notice.drafted', { draft: modestDraft });
	const approved = story.tell(
		'notice.approved',
		{ approval: { draft, publicNumber: number } },
		{ by: 'b', replaces: [draft] }
	);
	story.tell('notice.taken_down', { takeDown: { reason: 'mistake' } }, { replaces: [approved], on: '2026-11-09' });
	return story;
}

async function registryWithChild(database: TestDatabase, story: Story): Promise<void> {
	await database.inScope(registry, async (session) => {
		await addInstitution(session, {
			id: houseId,
			name: '云岭县儿童福利院',
			nameEn: 'Yunling',
			kind: 'welfare_institution',
			uscc: null,
			phone: null,
			regionCode: null
		});
		await put(session, story);
	});
}

const moment = { at: new Date('2026-11-22T04:00:00.000Z'), on: civilDate('2026-11-22') };

describe('a background job links a claim to the child of its notice', () => {
	test('also of a notice taken down since; once, and only once it was sent', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		await registryWithChild(database, publishedOnce());
		const draft = await begun(desk, 'claim', number);
		const link = (claimId: ClaimId) => database.inScope(registry, (session) => linkClaim(session, claimId, moment));
		expect(await link(draft.claimId)).toBeUndefined();

		const { claimId } = await sent(desk, 'claim', { publicNumber: number.toLowerCase().replaceAll('-', ' ') });
		expect(await database.inScope(registry, (session) => unlinkedClaims(session, 10))).toEqual([claimId]);
		expect(await link(claimId)).toBe(childId);
		expect(await link(claimId)).toBeUndefined();
		expect(await eventsOf(desk, claimId)).toEqual(['received', 'linked']);
		expect(await row(database, 'SELECT child_id FROM claims WHERE id = $1', [claimId])).toEqual([[childId]]);
		expect(await database.inScope(registry, (session) => unlinkedClaims(session, 10))).toEqual([]);
		// The family is told no difference.
		const told = await readOwnClaim(desk, claimId);
		const miss = await sent(desk, 'claim', { publicNumber: otherNumber, you: { ...you, phone: '13900000009' } });
		expect(told?.status).toEqual((await readOwnClaim(desk, miss.claimId))?.status);
	});

	test('a number that nobody has links to nobody, and a desk’s word stands', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		await registryWithChild(database, publishedOnce());
		const link = (claimId: ClaimId) => database.inScope(registry, (session) => linkClaim(session, claimId, moment));
		const miss = await sent(desk, 'claim', { publicNumber: otherNumber });
		expect(await link(miss.claimId)).toBeUndefined();
		// Nor does it stand in the way of those that can be linked.
		expect(await database.inScope(registry, (session) => unlinkedClaims(session, 1))).toEqual([]);
		const unlinked = await sent(desk, 'claim', { publicNumber: number });
		await atDesk(desk, unlinked.claimId, [{ type: 'unlinked', note: '说的是另一个孩子' }]);
		expect(await link(unlinked.claimId)).toBeUndefined();
		expect(await link('00000000-0000-7000-8000-0000000000ff' as ClaimId)).toBeUndefined();
	});

	test('a number approved by its own author is no child’s number', async () => {
		const database = await testDatabase();
		const story = registeredChild();
		const draft = story.tell('notice.drafted', { draft: modestDraft });
		story.tell('notice.approved', { approval: { draft, publicNumber: number } }, { replaces: [draft] });
		await registryWithChild(database, story);
		expect(await database.inScope(registry, (session) => childOfNotice(session, number))).toBeUndefined();
	});
});

test('what a notice ever showed stays known, after it is gone too', async () => {
	const database = await testDatabase();
	const story = publishedOnce();
	await registryWithChild(database, story);
	await database.inScope(registry, async (session) => {
		await keepPublishedFacts(session, story.caseFile);
		await keepPublishedFacts(session, story.caseFile);
	});
	const facts = await database.inScope(registry, (session) => readPublishedFacts(session, childId as ChildId));
	expect(Object.fromEntries(facts.map(({ field, words }) => [field, words]))).toEqual({
		...modestDraft.shown,
		'photo.front': ''
	});
	expect(new Set(facts.map(({ publishedOn }) => publishedOn))).toEqual(new Set(['2026-11-01']));
});

describe('erasing', () => {
	test('a draft nobody sent goes after sixty days: words, papers, files and ticket', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const { claimId, ticket, secret } = await begun(desk, 'claim', number);
		await saveTopic(desk, claimId, 'child', child);
		await addPaper(desk, claimId, { kind: 'other', bytes: await photo(), address: '192.0.2.1' });
		const kept = await sent(desk);
		desk.calendar.day = addDays(desk.calendar.day, 60);
		expect(await eraseOldDrafts(desk)).toBe(0);
		desk.calendar.day = addDays(desk.calendar.day, 1);
		expect(await eraseOldDrafts(desk)).toBe(1);
		expect(await eraseOldDrafts(desk)).toBe(0);
		expect(await readdir(desk.folder)).toEqual([]);
		expect(await row(database, 'SELECT DISTINCT claim_id FROM claim_statements')).toEqual([[kept.claimId]]);
		expect(await row(database, 'SELECT state, public_number FROM claims WHERE id = $1', [claimId])).toEqual([
			['erased', null]
		]);
		const opened = await openByTicket(desk, { ticket, secret, address: '192.0.2.1' });
		expect(!opened.ok && opened.error.type).toBe('ticket_refused');
	});

	test('a refused claim’s words go after twelve months; what happened stays, and the family can still read that', async () => {
		const database = await testDatabase();
		const desk = await familyDesk(database);
		const ended = async (decision: 'refuse' | 'reunite') => {
			const { claimId } = await sent(desk);
			await atDesk(desk, claimId, [
				{ type: 'decision_proposed', decision, reasons: '—' },
				{ type: 'decision_signed', proposal: 2 }
			]);
			await database.inScope(registry, (session) =>
				session.query(`UPDATE claims SET closed_on = $2 WHERE id = $1`, [claimId, desk.today()])
			);
			return claimId;
		};
		const refused = await ended('refuse');
		const reunited = await ended('reunite');
		const withdrawn = (await sent(desk)).claimId;
		await withdrawClaim(desk, withdrawn, '');
		const open = (await sent(desk)).claimId;
		desk.calendar.day = addDays(addMonths(desk.calendar.day, 12), -1);
		expect(await eraseRefused(desk)).toBe(0);
		desk.calendar.day = addDays(desk.calendar.day, 1);
		expect(await eraseRefused(desk)).toBe(2);
		expect(await eraseRefused(desk)).toBe(0);
		const left = await row(database, 'SELECT DISTINCT claim_id FROM claim_statements ORDER BY 1');
		expect(left.flat()).toEqual([reunited, open].sort());
		expect(await row(database, 'SELECT FROM claim_identities WHERE claim_id = $1', [refused])).toEqual([]);
		expect(await eventsOf(desk, refused)).toEqual(['received', 'decision_proposed', 'decision_signed', 'erased']);
		const told = await readOwnClaim(desk, refused);
		expect(told?.status).toMatchObject({ stage: 'decided', erased: true });
		expect(told?.statement).toEqual({});
	});
});
