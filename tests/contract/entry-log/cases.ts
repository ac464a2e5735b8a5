import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { entryText, type Envelope } from '../../../src/lib/domain/case-file/entry.ts';
import type { EntryId, InstitutionId, Sha256 } from '../../../src/lib/domain/ids.ts';
import type { EntryLog, Sender } from '../../../src/lib/sync/entry-log.ts';
import { cursorAt, type Cursor, type Receipt } from '../../../src/lib/sync/protocol.ts';
import type { OnTablet } from './enrolled.ts';
import { newChild, newHouse, newItem, signed, testTablet, type TestTablet } from './tablet.ts';

/** A log to be tried, and a way to make a tablet known to it. */
export interface LogUnderTest {
	readonly log: EntryLog;
	enrol(tablet: TestTablet, person?: OnTablet): Promise<void>;
	/** Items set aside, as they came. */
	quarantined(): Promise<readonly { body: string; reason: string }[]>;
	/** How many stories were told of beside the first. */
	equivocations(): Promise<number>;
}

const noon = '2026-11-22T04:00:00.000Z';
const later = '2026-11-22T05:00:00.000Z';

const daily = (note = 'ate well') => ({ itemId: newItem(), care: { kind: 'daily' as const, note } });

/** What every entry log must do, whatever it is made of. */
export function entryLogContract(name: string, open: () => Promise<LogUnderTest>): void {
	const opened = async (houses = 1, person: OnTablet = {}) => {
		const under = await open();
		const tablets = Array.from({ length: houses }, () => testTablet(newHouse()));
		for (const tablet of tablets) await under.enrol(tablet, person);
		const [first, second] = tablets;
		if (!first) throw new Error('no house');
		return { ...under, a: first, b: second ?? first };
	};

	describe(`the log of entries (${name})`, () => {
		test('an accepted entry has a receipt and stands in the feed of its house as it was signed', async () => {
			const { log, a } = await opened();
			const entry = a.record('care.recorded', newChild(), daily());
			const [receipt] = await log.append(a, [entry], noon);
			expect(receipt).toMatchObject({ outcome: 'accepted', id: entry.id, position: 1, receivedAt: noon });
			const page = await readAll(log, a.institutionId);
			expect(page.map(({ text }) => JSON.parse(text) as unknown)).toEqual([entry]);
		});

		test('a lost answer costs nothing: the same entries again get the same receipts', async () => {
			const { log, a } = await opened();
			const child = newChild();
			const entries = [a.record('care.recorded', child, daily()), a.record('care.recorded', child, daily())];
			const first = await log.append(a, entries, noon);
			const again = await log.append(a, entries, later);
			expect(again).toEqual(first.map((receipt) => ({ ...receipt, outcome: 'duplicate' })));
			expect(await log.head(a.institutionId)).toMatchObject({ position: 2 });
		});

		test('one entry twice in one push is one entry', async () => {
			const { log, a } = await opened();
			const entry = a.record('care.recorded', newChild(), daily());
			const receipts = await log.append(a, [entry, entry], noon);
			expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'duplicate']);
			expect(await log.head(a.institutionId)).toMatchObject({ position: 1 });
		});

		test('one bad item among a hundred is set aside with its reason and blocks nothing', async () => {
			const { log, a, quarantined } = await opened();
			const child = newChild();
			const items: unknown[] = Array.from({ length: 99 }, () => a.record('care.recorded', child, daily()));
			items.splice(42, 0, { id: 'not an entry', 'nul\u0000': '\ud800' });
			const receipts = await log.append(a, items, noon);
			expect(receipts).toHaveLength(100);
			expect(receipts[42]).toMatchObject({ outcome: 'quarantined', index: 42, reason: { type: 'unreadable' } });
			expect(receipts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(99);
			expect(await quarantined()).toEqual([{ body: JSON.stringify(items[42]), reason: 'unreadable' }]);
		});

		test('nesting that would break a stack is set aside and kept as it came', async () => {
			const { log, a, quarantined } = await opened();
			const bomb = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
			const [receipt] = await log.append(a, [JSON.parse(bomb)], noon);
			expect(receipt).toMatchObject({ outcome: 'quarantined', reason: { type: 'too_deep' } });
			expect(await quarantined()).toEqual([{ body: bomb, reason: 'too_deep' }]);
		});

		test('an entry heavier than the limit is set aside', async () => {
			const { log, a } = await opened();
			const entry = a.record('care.recorded', newChild(), daily(), {
				type: 'future.thing',
				payload: { note: '灯'.repeat(100_000) }
			});
			expect(await reasons(log, a, [entry])).toEqual(['too_large']);
		});

		test.each<[string, (entry: Envelope, a: TestTablet, b: TestTablet) => unknown, string]>([
			['changed after it was signed', (entry) => ({ ...entry, occurredOn: '2020-01-01' }), 'signature_wrong'],
			['signed by another key', (entry, _, b) => signed(entry, b.privateKey), 'signature_wrong'],
			['with a signature that is none', (entry) => ({ ...entry, signature: 'A'.repeat(86) }), 'signature_wrong'],
			[
				'of a person this tablet does not know',
				(entry, a) => signed({ ...entry, staffId: randomUUID() as never }, a.privateKey),
				'staff_unknown'
			],
			[
				'of another tablet',
				(entry, a, b) => signed({ ...entry, deviceId: b.deviceId }, a.privateKey),
				'device_mismatch'
			],
			[
				'of another house',
				(entry, a, b) => signed({ ...entry, institutionId: b.institutionId }, a.privateKey),
				'device_mismatch'
			]
		])('an entry %s is set aside', async (_, change, reason) => {
			const { log, a, b } = await opened(2);
			const changed = change(a.record('care.recorded', newChild(), daily()), a, b);
			expect(await reasons(log, a, [changed])).toEqual([reason]);
			expect(await log.head(a.institutionId)).toMatchObject({ position: 0 });
		});

		test('a person who left: what was recorded before counts, what was recorded after does not', async () => {
			const { log, enrol } = await opened();
			const left = testTablet(newHouse());
			await enrol(left, { removedAt: '2026-11-01T02:00:00.000Z' });
			const child = newChild();
			const before = left.record('care.recorded', child, daily(), { recordedAt: '2026-11-01T09:59:00+08:00' });
			const after = left.record('care.recorded', child, daily(), { recordedAt: '2026-11-01T10:01:00+08:00' });
			expect(await reasons(log, left, [before, after])).toEqual(['accepted', 'staff_unknown']);
		});

		test.each<[string, (a: TestTablet) => Envelope]>([
			[
				'a draft of a notice',
				(a) =>
					a.record('notice.drafted', newChild(), {
						draft: { shown: { name: '小虎' }, sexCode: '1', photos: [], contactPhone: '0000-5550101' }
					})
			],
			[
				'an approval',
				(a) =>
					a.record('notice.approved', newChild(), {
						approval: { draft: randomUUID() as EntryId, publicNumber: 'LK-7F3K-29QX' }
					})
			],
			['a take-down', (a) => a.record('notice.taken_down', newChild(), { takeDown: { reason: 'found' } })]
		])('%s is not taken from a tablet: desks decide about notices', async (_, make) => {
			const { log, a } = await opened();
			expect(await reasons(log, a, [make(a)])).toEqual(['decision_not_here']);
			expect(await log.head(a.institutionId)).toMatchObject({ position: 0 });
		});

		test('the same number, or the same id, with other words is set aside; the first stays', async () => {
			const { log, a } = await opened();
			const child = newChild();
			const first = a.record('care.recorded', child, daily());
			await log.append(a, [first], noon);
			const sameNumber = signed({ ...unsigned(first), id: randomUUID() as EntryId }, a.privateKey);
			const sameId = signed({ ...unsigned(first), deviceSeq: 2, occurredOn: '2020-01-01' as never }, a.privateKey);
			expect(await reasons(log, a, [sameNumber, sameId])).toEqual(['sequence_taken', 'sequence_taken']);
			expect((await readAll(log, a.institutionId)).map(({ text }) => JSON.parse(text) as unknown)).toEqual([first]);
		});

		test('an entry of a newer program is kept and passed on', async () => {
			const { log, a } = await opened();
			const entry = a.record('care.recorded', newChild(), daily(), {
				type: 'future.thing',
				version: 7,
				payload: { a: { b: 1 } }
			});
			expect(await reasons(log, a, [entry])).toEqual(['accepted']);
			expect((await readAll(log, a.institutionId)).map(({ text }) => JSON.parse(text) as unknown)).toEqual([entry]);
		});

		test('blanks around a text stay, because they were signed', async () => {
			const { log, a } = await opened();
			const entry = a.record('care.recorded', newChild(), daily(' ate well '));
			expect(await reasons(log, a, [entry])).toEqual(['accepted']);
			expect((await readAll(log, a.institutionId)).map(({ text }) => JSON.parse(text) as unknown)).toEqual([entry]);
		});

		describe("a tablet's chain", () => {
			const three = (a: TestTablet) => {
				const child = newChild();
				return [1, 2, 3].map(() => a.record('care.recorded', child, daily())) as [Envelope, Envelope, Envelope];
			};
			const forged = 'f'.repeat(64) as Sha256;
			const resigned = (a: TestTablet, entry: Envelope, change: Partial<Envelope>) =>
				signed({ ...unsigned(entry), id: randomUUID() as EntryId, ...change }, a.privateKey);

			test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]], [[0, 2, 1]]])(
				'holds in whatever order it arrives: %j',
				async (order) => {
					const { log, a } = await opened();
					const entries = three(a);
					for (const index of order) expect(await reasons(log, a, [entries[index]])).toEqual(['accepted']);
				}
			);

			test('an entry that names another before it than there is, is set aside, and the true one still comes', async () => {
				const { log, a } = await opened();
				const [first, second] = three(a);
				await log.append(a, [first], noon);
				expect(await reasons(log, a, [resigned(a, second, { previous: forged })])).toEqual(['chain_broken']);
				expect(await reasons(log, a, [second])).toEqual(['accepted']);
			});

			test('an entry that the next one does not name is set aside', async () => {
				const { log, a } = await opened();
				const [first, second] = three(a);
				await log.append(a, [second], noon);
				expect(await reasons(log, a, [resigned(a, first, { occurredOn: '2020-01-01' as never })])).toEqual([
					'chain_broken'
				]);
				expect(await reasons(log, a, [first])).toEqual(['accepted']);
			});

			test('only number one has nothing before it', async () => {
				const { log, a } = await opened();
				const [first, , third] = three(a);
				expect(await reasons(log, a, [resigned(a, third, { previous: null })])).toEqual(['chain_broken']);
				expect(await reasons(log, a, [resigned(a, first, { previous: forged })])).toEqual(['chain_broken']);
			});

			test('what was set aside keeps its place: the next one follows it, and another does not', async () => {
				const { log, a, b } = await opened(2);
				const childOfB = newChild();
				await log.append(b, [b.record('care.recorded', childOfB, daily())], noon);
				const elsewhere = a.record('care.recorded', childOfB, daily());
				const next = a.record('care.recorded', newChild(), daily());
				expect(await reasons(log, a, [elsewhere])).toEqual(['child_elsewhere']);
				expect(await reasons(log, a, [resigned(a, next, { previous: forged })])).toEqual(['chain_broken']);
				expect(await reasons(log, a, [next])).toEqual(['accepted']);
			});

			test('a damaged item, whose author is not proved, puts nothing in doubt', async () => {
				const { log, a } = await opened();
				const [first, second, third] = three(a);
				const damaged = { ...second, occurredOn: '2020-01-01' };
				expect(await reasons(log, a, [first, damaged, third])).toEqual(['accepted', 'signature_wrong', 'accepted']);
				expect(await reasons(log, a, [second])).toEqual(['accepted']);
			});

			test('two stories under one number are told of, once each; the same story again is none', async () => {
				const { log, a, equivocations } = await opened();
				const [first, second] = three(a);
				await log.append(a, [first, second], noon);
				const other = resigned(a, second, { occurredOn: '2020-01-01' as never });
				expect(await reasons(log, a, [other, second])).toEqual(['sequence_taken', 'duplicate']);
				expect(await equivocations()).toBe(1);
				// The second story goes on, and does not join the first.
				const goesOn = resigned(a, second, {
					deviceSeq: 3,
					previous: createHash('sha256').update(entryText(other)).digest('hex') as Sha256
				});
				expect(await reasons(log, a, [goesOn])).toEqual(['chain_broken']);
			});
		});

		describe('houses', () => {
			test('one house does not see another', async () => {
				const { log, a, b } = await opened(2);
				await log.append(a, [a.record('care.recorded', newChild(), daily())], noon);
				expect(await readAll(log, b.institutionId)).toEqual([]);
			});

			test('a house that has nothing to do with a child cannot write to it, nor open it by naming itself', async () => {
				const { log, a, b } = await opened(2);
				const child = newChild();
				await log.append(a, [a.record('care.recorded', child, daily())], noon);
				const items = [
					b.record('care.recorded', child, daily()),
					b.record('handover.received', child, { itemId: newItem(), handover: { from: a.institutionId } })
				];
				expect(await reasons(log, b, items)).toEqual(['child_elsewhere', 'child_elsewhere']);
				expect(await readAll(log, b.institutionId)).toEqual([]);
				expect(await readAll(log, a.institutionId)).toHaveLength(1);
			});

			test('a hand-over brings the whole file to the other house, and both go on receiving', async () => {
				const { log, a, b } = await opened(2);
				const child = newChild();
				const earlier = [a.record('care.recorded', child, daily()), a.record('care.recorded', child, daily())];
				await log.append(a, earlier, noon);
				const handed = a.record('handover.sent', child, { itemId: newItem(), handover: { to: b.institutionId } });
				await log.append(a, [handed], noon);
				const received = b.record('handover.received', child, {
					itemId: newItem(),
					handover: { from: a.institutionId }
				});
				const cared = b.record('care.recorded', child, daily());
				expect(await reasons(log, b, [received, cared])).toEqual(['accepted', 'accepted']);
				const all = [...earlier, handed, received, cared].map(({ id }) => id).sort();
				expect((await readAll(log, a.institutionId)).map(idIn).sort()).toEqual(all);
				expect((await readAll(log, b.institutionId)).map(idIn).sort()).toEqual(all);
			});

			test('after a withdrawn hand-over the wrong house learns of the withdrawal and of nothing more', async () => {
				const { log, a, b } = await opened(2);
				const child = newChild();
				const itemId = newItem();
				const sent = a.record('handover.sent', child, { itemId, handover: { to: b.institutionId } });
				await log.append(a, [a.record('care.recorded', child, daily()), sent], noon);
				const withdrawn = a.record('item.withdrawn', child, { itemId, reason: 'wrong house' });
				await log.append(a, [withdrawn], noon);
				await log.append(a, [a.record('care.recorded', child, daily())], noon);
				expect((await readAll(log, b.institutionId)).map(idIn)).toHaveLength(3);
				expect((await readAll(log, b.institutionId)).map(idIn).at(-1)).toBe(withdrawn.id);
				const resent = a.record('handover.sent', child, { itemId: newItem(), handover: { to: b.institutionId } });
				await log.append(a, [resent], noon);
				expect(await readAll(log, b.institutionId)).toHaveLength(5);
			});

			/** Two files of house a, merged by it, the first of them handed to house b. */
			const mergedAndHanded = async () => {
				const under = await opened(2, { role: 'supervisor' });
				const { log, a, b } = under;
				const [one, two] = [newChild(), newChild()].sort() as [
					ReturnType<typeof newChild>,
					ReturnType<typeof newChild>
				];
				const itemId = newItem();
				const merge = (child: typeof one, other: typeof one) =>
					a.record('child.merged', child, { itemId, merge: { other, reason: 'one child' } });
				const entries = [
					a.record('care.recorded', one, daily()),
					a.record('care.recorded', two, daily()),
					merge(one, two),
					merge(two, one),
					a.record('handover.sent', one, { itemId: newItem(), handover: { to: b.institutionId } })
				];
				await log.append(a, entries, noon);
				return { ...under, one, two, itemId, entries };
			};

			test('files merged are one child: a house that has one of them reads and writes both', async () => {
				const { log, a, b, two, entries } = await mergedAndHanded();
				const brought = async () => (await readAll(log, b.institutionId)).map(idIn).sort();
				expect(await brought()).toEqual(entries.map(({ id }) => id).sort());
				const written = b.record('care.recorded', two, daily());
				expect(await reasons(log, b, [written])).toEqual(['accepted']);
				const later = a.record('care.recorded', two, daily());
				await log.append(a, [later], noon);
				expect(await brought()).toEqual([...entries, written, later].map(({ id }) => id).sort());
				expect((await readAll(log, a.institutionId)).map(idIn)).toContain(written.id);
			});

			test('parted, the house learns of the parting and reads no more of the file that is none of its own', async () => {
				const { log, a, b, one, two, itemId } = await mergedAndHanded();
				const parted = a.record('child.parted', two, { itemId, reason: 'another scar' });
				await log.append(a, [parted], noon);
				const [own, others] = [a.record('care.recorded', one, daily()), a.record('care.recorded', two, daily())];
				await log.append(a, [own, others], noon);
				const ids = (await readAll(log, b.institutionId)).map(idIn);
				expect(ids).toContain(parted.id);
				expect(ids).toContain(own.id);
				expect(ids).not.toContain(others.id);
				// What its tablet wrote before it heard of the parting is taken all the same.
				expect(await reasons(log, b, [b.record('care.recorded', two, daily())])).toEqual(['accepted']);
			});

			test('a house cannot open another’s file by merging it with its own: the half on the other file is set aside', async () => {
				const { log, a, b } = await opened(2, { role: 'supervisor' });
				const [theirs, own] = [newChild(), newChild()];
				await log.append(a, [a.record('care.recorded', theirs, daily())], noon);
				const itemId = newItem();
				const halves = [
					b.record('care.recorded', own, daily()),
					b.record('child.merged', own, { itemId, merge: { other: theirs, reason: 'mine' } }),
					b.record('child.merged', theirs, { itemId, merge: { other: own, reason: 'mine' } })
				];
				expect(await reasons(log, b, halves)).toEqual(['accepted', 'accepted', 'child_elsewhere']);
				expect(await readAll(log, b.institutionId)).toHaveLength(2);
				expect(await readAll(log, a.institutionId)).toHaveLength(1);
			});

			describe('whose word it is that two files are one child’s', () => {
				const half = (
					by: TestTablet,
					itemId: ReturnType<typeof newItem>,
					child: ReturnType<typeof newChild>,
					other: ReturnType<typeof newChild>
				) => by.record('child.merged', child, { itemId, merge: { other, reason: 'one child' } });
				/** A care worker and a supervisor of one house, each on a tablet; two files that the house has. */
				const twoFiles = async () => {
					const under = await opened();
					const { log, a: worker, enrol } = under;
					const supervisor = testTablet(worker.institutionId);
					await enrol(supervisor, { role: 'supervisor' });
					const [one, two] = [newChild(), newChild()];
					const begun = [one, two].map((child) => worker.record('care.recorded', child, daily()));
					await log.append(worker, begun, noon);
					return { ...under, worker, supervisor, one, two, itemId: newItem() };
				};

				test('a care worker’s is set aside, half by half, with its reason, and nothing of it is in the feed', async () => {
					const { log, worker, one, two, itemId, quarantined } = await twoFiles();
					const halves = [half(worker, itemId, one, two), half(worker, itemId, two, one)];
					for (const _ of ['first', 'again'])
						expect(await reasons(log, worker, halves)).toEqual(['not_yours_to_merge', 'not_yours_to_merge']);
					expect(await readAll(log, worker.institutionId)).toHaveLength(2);
					expect((await quarantined()).map(({ body }) => body)).toEqual(
						expect.arrayContaining(halves.map((entry) => JSON.stringify(entry)))
					);
				});

				test('a supervisor’s goes through, and the undoing is a supervisor’s too', async () => {
					const { log, worker, supervisor, one, two, itemId } = await twoFiles();
					const halves = [half(supervisor, itemId, one, two), half(supervisor, itemId, two, one)];
					expect(await reasons(log, supervisor, halves)).toEqual(['accepted', 'accepted']);
					const parting = (by: TestTablet) => by.record('child.parted', two, { itemId, reason: 'another scar' });
					expect(await reasons(log, worker, [parting(worker)])).toEqual(['not_yours_to_merge']);
					expect(await readAll(log, worker.institutionId)).toHaveLength(4);
					expect(await reasons(log, supervisor, [parting(supervisor)])).toEqual(['accepted']);
				});

				test('a supervisor who left: what was signed before counts, under that role', async () => {
					const { log, worker, enrol, one, two, itemId } = await twoFiles();
					const left = testTablet(worker.institutionId);
					await enrol(left, { role: 'supervisor', removedAt: '2026-11-01T02:00:00.000Z' });
					const halves = [half(left, itemId, one, two), half(left, itemId, two, one)];
					expect(await reasons(log, left, halves)).toEqual(['accepted', 'accepted']);
				});

				test('whoever looked may say that two files are two children’s', async () => {
					const { log, worker, one, two, itemId } = await twoFiles();
					const apart = worker.record('child.told_apart', one, { itemId, toldApart: { other: two } });
					expect(await reasons(log, worker, [apart])).toEqual(['accepted']);
				});

				test('of a newer program it is no less a merge', async () => {
					const { log, worker, one, two, itemId } = await twoFiles();
					const newer = worker.record(
						'child.merged',
						one,
						{ itemId, merge: { other: two, reason: 'x' } },
						{ version: 9 }
					);
					expect(await reasons(log, worker, [newer])).toEqual(['not_yours_to_merge']);
				});

				test('set aside it keeps its place: the next entry follows it, and a second story under its number is told of', async () => {
					const { log, worker, one, two, itemId, equivocations } = await twoFiles();
					const merge = half(worker, itemId, one, two);
					const next = worker.record('care.recorded', one, daily());
					expect(await reasons(log, worker, [merge, next])).toEqual(['not_yours_to_merge', 'accepted']);
					const other = signed(
						{ ...unsigned(merge), id: randomUUID() as EntryId, type: 'care.recorded', payload: daily() },
						worker.privateKey
					);
					expect(await reasons(log, worker, [other])).toEqual(['sequence_taken']);
					expect(await equivocations()).toBe(1);
				});

				test('nobody begins a file by it: the house that first tells something of the child has it', async () => {
					const { log, a, b } = await opened(2);
					const child = newChild();
					expect(await reasons(log, a, [half(a, newItem(), child, newChild())])).toEqual(['not_yours_to_merge']);
					expect(await reasons(log, b, [b.record('care.recorded', child, daily())])).toEqual(['accepted']);
				});
			});

			test('what was set aside because the second house came first is taken up when the first is named', async () => {
				// A registry restored from a backup may hear of the child first from the house it was handed to.
				const { log, a, b } = await opened(2);
				const child = newChild();
				const taken = a.record('care.recorded', child, daily());
				const sent = a.record('handover.sent', child, { itemId: newItem(), handover: { to: b.institutionId } });
				const cared = b.record('care.recorded', child, daily());
				await log.append(b, [cared], noon);
				expect(await reasons(log, a, [taken, sent])).toEqual(['child_elsewhere', 'child_elsewhere']);
				expect(await reasons(log, a, [taken])).toEqual(['child_elsewhere']);
				const received = b.record('handover.received', child, {
					itemId: newItem(),
					handover: { from: a.institutionId }
				});
				await log.append(b, [received], later);
				const all = [taken, sent, cared, received].map(({ id }) => id).sort();
				expect((await readAll(log, a.institutionId)).map(idIn).sort()).toEqual(all);
				expect((await readAll(log, b.institutionId)).map(idIn).sort()).toEqual(all);
				expect(await log.append(a, [taken, sent], later)).toMatchObject([
					{ outcome: 'duplicate', receivedAt: noon },
					{ outcome: 'duplicate', receivedAt: noon }
				]);
			});
		});

		describe('the feed', () => {
			test('is read in pages that join without a gap or an overlap', async () => {
				const { log, a } = await opened();
				const child = newChild();
				const entries = Array.from({ length: 25 }, () => a.record('care.recorded', child, daily()));
				await log.append(a, entries, noon);
				const read = await readAll(log, a.institutionId, 7);
				expect(read.map(({ position }) => position)).toEqual(entries.map((_, index) => index + 1));
				expect(read.map(idIn)).toEqual(entries.map(({ id }) => id));
			});

			test('a cursor at the end stays where it is', async () => {
				const { log, a } = await opened();
				await log.append(a, [a.record('care.recorded', newChild(), daily())], noon);
				const head = await log.head(a.institutionId);
				const cursor = cursorAt(head.position, head.hash);
				expect(await log.read(a.institutionId, cursor, 10)).toEqual({
					ok: true,
					value: { entries: [], next: cursor, more: false, head: 1 }
				});
			});

			test('a cursor of another history is told from one of this', async () => {
				const { log, a } = await opened();
				await log.append(a, [a.record('care.recorded', newChild(), daily())], noon);
				const ahead = cursorAt(2, 'a'.repeat(64));
				const other = cursorAt(1, 'a'.repeat(64));
				expect(await log.read(a.institutionId, ahead, 10)).toEqual({
					ok: false,
					error: { type: 'feed_changed', because: 'ahead' }
				});
				expect(await log.read(a.institutionId, other, 10)).toEqual({
					ok: false,
					error: { type: 'feed_changed', because: 'hash' }
				});
			});

			test('a reader beside eight writers misses nothing and sees nothing twice', async () => {
				const { log, enrol } = await opened();
				const house = newHouse();
				const writers = Array.from({ length: 8 }, () => testTablet(house));
				for (const writer of writers) await enrol(writer);
				const child = newChild();
				const written: string[] = [];
				let writing = true;
				const write = async (writer: TestTablet) => {
					for (let push = 0; push < 12; push++) {
						const entries = Array.from({ length: 1 + (push % 3) }, () =>
							writer.record('care.recorded', push % 2 ? child : newChild(), daily())
						);
						const receipts = await log.append(writer, entries, noon);
						for (const receipt of receipts) if (receipt.outcome === 'accepted') written.push(receipt.id);
					}
				};
				const seen: string[] = [];
				const read = async () => {
					let cursor: Cursor = 'start';
					for (let last = false; ; last = !writing) {
						const page = await log.read(house, cursor, 5);
						if (!page.ok) throw new Error(page.error.because);
						seen.push(...page.value.entries.map(idIn));
						cursor = page.value.next;
						if (last && !page.value.more) return;
						// Lets the writers of the log in memory run.
						await new Promise(setImmediate);
					}
				};
				const reading = read();
				await Promise.all(writers.map(write));
				writing = false;
				await reading;
				expect(written).toHaveLength(8 * 24);
				expect(new Set(seen).size).toBe(seen.length);
				expect([...seen].sort()).toEqual([...written].sort());
			});

			test('what is written while a child is being handed over reaches the new house too', async () => {
				const { log, a, b, enrol } = await opened(2);
				const colleague = testTablet(a.institutionId);
				await enrol(colleague);
				const children = Array.from({ length: 25 }, newChild);
				for (const child of children) await log.append(a, [a.record('care.recorded', child, daily())], noon);
				const both = children.map((child) => [
					a.record('handover.sent', child, { itemId: newItem(), handover: { to: b.institutionId } }),
					colleague.record('care.recorded', child, daily())
				]);
				await Promise.all(
					both.flatMap((entries) =>
						entries.map((entry) => log.append(entry.deviceId === a.deviceId ? a : colleague, [entry], noon))
					)
				);
				expect(await readAll(log, b.institutionId)).toHaveLength(75);
			});

			test('writers of two houses that hand children to each other all finish', async () => {
				const { log, a, b } = await opened(2);
				const children = Array.from({ length: 6 }, newChild);
				const crossing = async (from: TestTablet, to: TestTablet, order: readonly (typeof children)[number][]) => {
					for (const child of order) {
						const entry = from.record('handover.sent', child, {
							itemId: newItem(),
							handover: { to: to.institutionId }
						});
						await log.append(from, [entry, from.record('care.recorded', child, daily())], noon);
					}
				};
				await log.append(
					a,
					children.map((child) =>
						a.record('handover.sent', child, { itemId: newItem(), handover: { to: b.institutionId } })
					),
					noon
				);
				await Promise.all([crossing(a, b, children), crossing(b, a, [...children].reverse())]);
				expect(await log.head(a.institutionId)).toMatchObject({ position: 30 });
				expect(await log.head(b.institutionId)).toMatchObject({ position: 30 });
			});
		});
	});
}

function unsigned({ signature: _, ...entry }: Envelope): Omit<Envelope, 'signature'> {
	return entry;
}

async function reasons(log: EntryLog, sender: Sender, items: readonly unknown[]): Promise<readonly string[]> {
	return (await log.append(sender, items, noon)).map(reasonOf);
}

function reasonOf(receipt: Receipt): string {
	return receipt.outcome === 'quarantined' ? receipt.reason.type : receipt.outcome;
}

async function readAll(log: EntryLog, house: InstitutionId, limit = 100) {
	const entries: { position: number; text: string }[] = [];
	for (let cursor: Cursor = 'start'; ;) {
		const page = await log.read(house, cursor, limit);
		if (!page.ok) throw new Error(page.error.because);
		entries.push(...page.value.entries);
		cursor = page.value.next;
		if (!page.value.more) return entries;
	}
}

function idIn({ text }: { text: string }): string {
	return (JSON.parse(text) as Envelope).id;
}
