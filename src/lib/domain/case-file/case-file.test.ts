import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChildId, EntryId, InstitutionId, ItemId } from '../ids.ts';
import { civilDate } from '../time.ts';
import {
	conflicts,
	custodian,
	emptyCaseFile,
	evolve,
	fieldState,
	firstHouse,
	fold,
	housesInvolved,
	items,
	knownValue
} from './case-file.ts';
import { parseEntry, type EntryType, type Envelope, type ParsedEntry, type PayloadOf } from './entry.ts';
import { live } from './versions.ts';

const uuid = (kind: number, number: number) =>
	`0190a0b0-00${kind.toString(16).padStart(2, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
const child = uuid(1, 1) as ChildId;
const otherChild = uuid(1, 2) as ChildId;
const house = (number: number) => uuid(2, number) as InstitutionId;
const item = (number: number) => uuid(3, number) as ItemId;
const id = (number: number) => uuid(4, number) as EntryId;

/** An entry as it comes out of the one door for entries. */
function entry(number: number, type: string, payload: unknown, change: Partial<Envelope> = {}): ParsedEntry {
	const parsed = parseEntry({
		id: id(number),
		childId: child,
		type,
		version: 1,
		replaces: [],
		occurredOn: '2026-01-01',
		recordedAt: '2026-01-01T08:00:00+08:00',
		staffId: uuid(5, 1),
		institutionId: house(1),
		deviceId: uuid(6, 1),
		deviceSeq: number,
		previous: null,
		signature: 'A'.repeat(86),
		payload,
		...change
	});
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return parsed.value;
}

function known<T extends EntryType>(number: number, type: T, payload: PayloadOf<T>, change: Partial<Envelope> = {}) {
	return entry(number, type, payload, change);
}

const named = (number: number, value: string, change: Partial<Envelope> = {}) =>
	known(number, 'intake.recorded', { answers: { nameGiven: { state: 'known', value } } }, change);
const weighed = (number: number, weight: number, itemId: ItemId, change: Partial<Envelope> = {}) =>
	known(number, 'care.recorded', { itemId, care: { kind: 'growth', weight } }, change);
const sent = (number: number, from: InstitutionId, to: InstitutionId, change: Partial<Envelope> = {}) =>
	known(number, 'handover.sent', { itemId: item(number), handover: { to } }, { institutionId: from, ...change });
const received = (number: number, by: InstitutionId, from: InstitutionId, change: Partial<Envelope> = {}) =>
	known(number, 'handover.received', { itemId: item(number), handover: { from } }, { institutionId: by, ...change });
const on = (date: string) => ({ occurredOn: civilDate(date) });

/** A case file as text, maps in the order they have: two files are the same when their texts are. */
const printed = (file: object) =>
	JSON.stringify(file, (_, value: unknown) => (value instanceof Map ? [...value] : value));

describe('a case file is a function of the set of its entries', () => {
	/** Any entry of any kind: few items, few fields and few houses, so that they meet. */
	const anyEntry = (number: number): fc.Arbitrary<ParsedEntry> =>
		fc
			.record({
				replaces: fc.uniqueArray(fc.integer({ min: 1, max: 25 }).map(id), { maxLength: 4 }),
				childId: fc.oneof(
					{ arbitrary: fc.constant(child), weight: 9 },
					{ arbitrary: fc.constant(otherChild), weight: 1 }
				),
				institutionId: fc.integer({ min: 1, max: 3 }).map(house),
				occurredOn: fc.integer({ min: 1, max: 5 }).map((day) => civilDate(`2026-01-0${day}`)),
				itemId: fc.integer({ min: 1, max: 4 }).map(item),
				text: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => text.trim() !== ''),
				to: fc.integer({ min: 1, max: 3 }).map(house),
				draft: fc.integer({ min: 1, max: 25 }).map(id),
				kind: fc.integer({ min: 0, max: 15 })
			})
			.map(({ itemId, text, to, draft, kind, ...change }) => {
				const { type, payload, version } = said(kind, itemId, text, to, draft);
				return entry(number, type, payload, { ...change, version });
			});

	const someEntries = fc
		.integer({ min: 1, max: 25 })
		.chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyEntry(index + 1))));

	test('in any order, with any of them twice, it is the same', () => {
		fc.assert(
			fc.property(
				someEntries.chain((entries) =>
					fc.tuple(
						fc.constant(entries),
						fc.shuffledSubarray(entries, { minLength: entries.length }),
						fc.shuffledSubarray(entries)
					)
				),
				([entries, shuffled, again]) => {
					const once = printed(fold(child, entries));
					expect(printed(fold(child, [...again, ...shuffled]))).toBe(once);
				}
			),
			{ numRuns: 500 }
		);
	});

	test('it may come in any parts: what is known grows entry by entry to the same file', () => {
		fc.assert(
			fc.property(
				someEntries.chain((entries) =>
					fc.tuple(
						fc.constant(entries),
						fc.shuffledSubarray(entries, { minLength: entries.length }),
						fc.nat(entries.length)
					)
				),
				([entries, shuffled, cut]) => {
					const ours = shuffled.filter((parsed) => parsed.entry.childId === child);
					const first = fold(child, ours.slice(0, cut));
					const second = ours.slice(cut).reduce(evolve, first);
					expect(printed(second)).toBe(printed(fold(child, entries)));
					// And the old file stays what it was.
					expect(printed(first)).toBe(printed(fold(child, ours.slice(0, cut))));
				}
			),
			{ numRuns: 500 }
		);
	});

	test('nothing is dropped: every entry is in the file, and what nobody replaced is live', () => {
		fc.assert(
			fc.property(someEntries, (entries) => {
				const ours = entries.filter((parsed) => parsed.entry.childId === child);
				const file = fold(child, entries);
				expect([...file.entries.keys()]).toEqual(ours.map((parsed) => parsed.entry.id).sort());
				const replaced = new Set(ours.flatMap((parsed) => parsed.entry.replaces));
				const alive = new Set(
					[...Object.values(file.fields), ...Object.values(file.items).flatMap((list) => [...list.values()])].flatMap(
						(versions) => live<unknown>(versions).map(({ entryId }) => entryId)
					)
				);
				for (const parsed of ours) {
					const holds =
						parsed.known && ['intake.recorded', 'care.recorded', 'mark.recorded'].includes(parsed.entry.type);
					if (holds && !replaced.has(parsed.entry.id)) expect(alive).toContain(parsed.entry.id);
				}
			}),
			{ numRuns: 300 }
		);
	});

	test('asking who has the child gives an answer of the file, whatever the entries', () => {
		fc.assert(
			fc.property(someEntries, (entries) => {
				const file = fold(child, entries);
				const houses = housesInvolved(file);
				expect([...houses]).toEqual([...new Set(houses)].sort());
				const holder = custodian(file);
				if (holder !== undefined) expect(houses).toContain(holder);
				expect(holder === undefined).toBe(houses.length === 0);
			}),
			{ numRuns: 500 }
		);
	});

	function said(
		kind: number,
		itemId: ItemId,
		text: string,
		to: InstitutionId,
		draft: EntryId
	): { type: string; payload: unknown; version: number } {
		const of = (type: string, payload: unknown, version = 1) => ({ type, payload, version });
		switch (kind) {
			case 0:
			case 1:
			case 2:
				return of('intake.recorded', { answers: { nameGiven: { state: 'known', value: text } } });
			case 3:
				return of('intake.recorded', {
					answers: { nameGiven: { state: 'unknown' }, sex: { state: 'known', value: '1' } }
				});
			case 4:
				return of('intake.submitted', {});
			case 5:
			case 6:
				return of('care.recorded', { itemId, care: { kind: 'daily', note: text } });
			case 7:
				return of('mark.recorded', { itemId, mark: { kind: '1', site: '2', description: text } });
			case 8:
				return of('item.withdrawn', { itemId, reason: text });
			case 9:
				return of('handover.sent', { itemId, handover: { to } });
			case 10:
				return of('handover.received', { itemId, handover: { from: to } });
			case 11:
				return of('notice.drafted', {
					draft: { shown: { name: text }, sexCode: '1', photos: [], contactPhone: '110' }
				});
			case 12:
				return of('notice.approved', { approval: { draft, publicNumber: 'LK-7F3K-29QX' } });
			case 13:
				return of('notice.taken_down', { takeDown: { reason: 'found' } });
			case 14:
				return of('future.thing', { [text]: [text] });
			default:
				return of('care.recorded', { itemId, unheard: text }, 2);
		}
	}
});

describe('an answer', () => {
	test('that nobody gave is empty', () => {
		expect(fieldState(emptyCaseFile(child), 'nameGiven')).toEqual({ status: 'empty' });
	});

	test('stands until an edit that saw it replaces it, whatever the clocks say', () => {
		const first = named(2, '小明', { recordedAt: '2027-01-01T08:00:00+08:00' });
		const edit = named(1, '小红', { replaces: [id(2)], recordedAt: '2025-01-01T08:00:00+08:00' });
		expect(knownValue(fold(child, [first, edit]), 'nameGiven')).toBe('小红');
	});

	test('given differently by two people who did not see each other is a conflict with both values', () => {
		const file = fold(child, [named(1, '小明'), named(2, '小红')]);
		const state = fieldState(file, 'nameGiven');
		expect(state.status).toBe('conflict');
		expect(conflicts(file)).toEqual(['nameGiven']);
		expect(knownValue(file, 'nameGiven')).toBeUndefined();
		if (state.status === 'conflict') expect(state.versions.map(({ entryId }) => entryId)).toEqual([id(1), id(2)]);
	});

	test('given alike by two people is no conflict', () => {
		expect(fieldState(fold(child, [named(1, '小明'), named(2, '小明')]), 'nameGiven').status).toBe('settled');
	});

	test('alike is alike however its parts are ordered', () => {
		const place = (number: number, value: object) =>
			entry(number, 'intake.recorded', { answers: { placeTaken: { state: 'known', value } } });
		const file = fold(child, [place(1, { code: '110000', text: '北京' }), place(2, { text: '北京', code: '110000' })]);
		expect(fieldState(file, 'placeTaken').status).toBe('settled');
	});

	test('in conflict is settled by one more entry that replaces both', () => {
		const settled = named(3, '小明', { replaces: [id(1), id(2)] });
		expect(fieldState(fold(child, [named(1, '小明'), named(2, '小红'), settled]), 'nameGiven')).toMatchObject({
			status: 'settled',
			version: { entryId: id(3) }
		});
	});

	test('replaced while somebody else replaced it too is a conflict of the two edits', () => {
		const edits = [named(2, '小红', { replaces: [id(1)] }), named(3, '小兰', { replaces: [id(1)] })];
		const state = fieldState(fold(child, [named(1, '小明'), ...edits]), 'nameGiven');
		expect(state).toMatchObject({ status: 'conflict', versions: [{ entryId: id(2) }, { entryId: id(3) }] });
	});

	test('cannot vanish because forged entries replace each other in a circle, or themselves', () => {
		const circle = [named(1, '小明', { replaces: [id(2)] }), named(2, '小红', { replaces: [id(1)] })];
		expect(fieldState(fold(child, circle), 'nameGiven').status).toBe('conflict');
		expect(knownValue(fold(child, [named(1, '小明', { replaces: [id(1)] })]), 'nameGiven')).toBe('小明');
	});

	test('“nobody knows” is an answer and contradicts a name', () => {
		const unknown = known(2, 'intake.recorded', { answers: { nameGiven: { state: 'unknown' } } });
		expect(fieldState(fold(child, [named(1, '小明'), unknown]), 'nameGiven').status).toBe('conflict');
	});
});

describe('an item', () => {
	test('is listed by the date it is about, not by when it came', () => {
		const entries = [weighed(1, 12, item(1), on('2026-03-01')), weighed(2, 11, item(2), on('2026-01-01'))];
		expect(items(fold(child, entries), 'care').map(({ itemId }) => itemId)).toEqual([item(2), item(1)]);
	});

	test('corrected twice at once shows both values', () => {
		const edits = [11, 12].map((weight, index) => weighed(index + 2, weight, item(1), { replaces: [id(1)] }));
		const [only, ...more] = items(fold(child, [weighed(1, 10, item(1)), ...edits]), 'care');
		expect(more).toEqual([]);
		expect(only?.live.map(({ value }) => value)).toEqual([
			{ kind: 'growth', weight: 11 },
			{ kind: 'growth', weight: 12 }
		]);
	});

	test('withdrawn is off the list and stays in the history', () => {
		const withdrawn = known(2, 'item.withdrawn', { itemId: item(1), reason: 'wrong child' }, { replaces: [id(1)] });
		const file = fold(child, [weighed(1, 10, item(1)), withdrawn]);
		expect(items(file, 'care')).toEqual([]);
		expect(file.items.care.get(item(1))).toHaveLength(1);
	});

	test('withdrawn by one and corrected by another at the same time stays withdrawn until somebody who saw both says otherwise', () => {
		const withdrawn = known(2, 'item.withdrawn', { itemId: item(1), reason: 'wrong child' });
		const corrected = weighed(3, 11, item(1), { replaces: [id(1)] });
		const restored = weighed(4, 11, item(1), { replaces: [id(2), id(3)] });
		const entries = [weighed(1, 10, item(1)), withdrawn, corrected];
		expect(items(fold(child, entries), 'care')).toEqual([]);
		expect(items(fold(child, [...entries, restored]), 'care')).toHaveLength(1);
	});
});

describe('custody', () => {
	const taken = named(1, '小明', { institutionId: house(1) });

	test('begins with the house that recorded the intake', () => {
		expect(custodian(fold(child, [taken]))).toBe(house(1));
		expect(housesInvolved(fold(child, [taken]))).toEqual([house(1)]);
	});

	test('stays with the sender until the other house has received; both are involved from the first moment', () => {
		const file = fold(child, [taken, sent(2, house(1), house(2))]);
		expect(custodian(file)).toBe(house(1));
		expect(housesInvolved(file)).toEqual([house(1), house(2)]);
		expect(custodian(fold(child, [taken, sent(2, house(1), house(2)), received(3, house(2), house(1))]))).toBe(
			house(2)
		);
	});

	test('passes even where the sender never wrote anything down', () => {
		expect(custodian(fold(child, [taken, received(2, house(2), house(1))]))).toBe(house(2));
	});

	test('follows the dates of the papers, not the order in which they were entered', () => {
		const entries = [
			taken,
			received(2, house(3), house(2), on('2026-03-01')),
			received(3, house(2), house(1), on('2026-02-01'))
		];
		expect(custodian(fold(child, entries))).toBe(house(3));
	});

	test('comes back to the first house', () => {
		const entries = [
			taken,
			sent(2, house(1), house(2), on('2026-02-01')),
			received(3, house(2), house(1), on('2026-02-01')),
			sent(4, house(2), house(1), on('2026-03-01')),
			received(5, house(1), house(2), on('2026-03-01'))
		];
		const file = fold(child, entries);
		expect(custodian(file)).toBe(house(1));
		expect(firstHouse(file)).toBe(house(1));
		expect(housesInvolved(file)).toEqual([house(1), house(2)]);
	});

	test('a withdrawn hand-over was none', () => {
		const withdrawn = known(3, 'item.withdrawn', { itemId: item(2), reason: 'wrong house' });
		expect(housesInvolved(fold(child, [taken, sent(2, house(1), house(2)), withdrawn]))).toEqual([house(1)]);
	});

	test('the registry deciding about a notice does not have the child', () => {
		const decision = known(
			0,
			'notice.taken_down',
			{ takeDown: { reason: 'found' } },
			{ institutionId: house(9), deviceSeq: 1 }
		);
		expect(firstHouse(fold(child, [decision, taken]))).toBe(house(1));
	});
});

describe('an entry of a newer program', () => {
	test('is kept and counted, and changes nothing it does not understand', () => {
		const newer = entry(2, 'care.recorded', { anything: 1 }, { version: 2 });
		const file = fold(child, [named(1, '小明'), newer]);
		expect([...file.unknown.keys()]).toEqual([id(2)]);
		expect(file.entries.size).toBe(2);
		expect(items(file, 'care')).toEqual([]);
	});
});
