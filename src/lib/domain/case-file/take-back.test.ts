import { describe, expect, test } from 'vitest';
import type { ChildId, EntryId, InstitutionId, ItemId } from '../ids.ts';
import { civilDate } from '../time.ts';
import { fieldState, fold, items, type CaseFile } from './case-file.ts';
import { parseEntry, type EntryType, type Envelope, type ParsedEntry, type PayloadOf } from './entry.ts';
import { takeBack } from './take-back.ts';

const uuid = (kind: number, number: number) =>
	`0190a0b0-00${kind.toString(16).padStart(2, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
const child = uuid(1, 1) as ChildId;
const item = (number: number) => uuid(3, number) as ItemId;
const id = (number: number) => uuid(4, number) as EntryId;

function said<T extends EntryType>(number: number, type: T, payload: PayloadOf<T>, change: Partial<Envelope> = {}) {
	const parsed = parseEntry({
		id: id(number),
		childId: child,
		type,
		version: type === 'document.recorded' ? 2 : 1,
		replaces: [],
		occurredOn: '2026-01-01',
		recordedAt: '2026-01-01T08:00:00+08:00',
		staffId: uuid(5, 1),
		institutionId: uuid(2, 1) as InstitutionId,
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

const height = (number: number, value: number, replaces: EntryId[] = []) =>
	said(number, 'intake.recorded', { answers: { height: { state: 'known', value } } }, { replaces });
const weighed = (number: number, weight: number, itemId: ItemId, replaces: EntryId[] = []) =>
	said(number, 'care.recorded', { itemId, care: { kind: 'growth', weight } }, { replaces });

/** The file after the entry was taken back, as the tablet records it. */
function after(entries: readonly ParsedEntry[], taken: EntryId, from = 90): CaseFile {
	const facts = takeBack(fold(child, entries), taken, '记错了');
	if (!facts.ok) throw new Error(facts.error.type);
	const more = facts.value.map(({ type, payload, replaces, occurredOn }, n) =>
		said(from + n, type, payload, { replaces: [...replaces], occurredOn })
	);
	return fold(child, [...entries, ...more]);
}

describe('an answer taken back', () => {
	test('says again what it had replaced, on the day that was about', () => {
		const file = after(
			[
				said(
					1,
					'intake.recorded',
					{ answers: { height: { state: 'known', value: 98 } } },
					{ occurredOn: civilDate('2025-11-03') }
				),
				height(2, 89, [id(1)])
			],
			id(2)
		);
		expect(fieldState(file, 'height')).toMatchObject({
			status: 'settled',
			answer: { state: 'known', value: 98 },
			version: { occurredOn: '2025-11-03' }
		});
	});

	test('is "not now" where the field had said nothing: it can come later', () => {
		expect(fieldState(after([height(1, 98)], id(1)), 'height')).toMatchObject({ answer: { state: 'notNow' } });
	});

	test('that had settled a contradiction makes both sides stand again', () => {
		const file = after([height(1, 98), height(2, 96), height(3, 97, [id(1), id(2)])], id(3));
		const state = fieldState(file, 'height');
		expect(state.status === 'conflict' && state.versions.map(({ value }) => value)).toEqual([
			{ state: 'known', value: 98 },
			{ state: 'known', value: 96 }
		]);
	});

	test('leaves alone the answers that somebody has corrected since', () => {
		const both = said(1, 'intake.recorded', {
			answers: { height: { state: 'known', value: 98 }, weight: { state: 'known', value: 14 } }
		});
		const file = after([both, height(2, 97, [id(1)])], id(1));
		expect(fieldState(file, 'height')).toMatchObject({ answer: { value: 97 } });
		expect(fieldState(file, 'weight')).toMatchObject({ answer: { state: 'notNow' } });
	});

	test('is nothing to take back once it is corrected', () => {
		const file = fold(child, [height(1, 98), height(2, 97, [id(1)])]);
		expect(takeBack(file, id(1), 'x')).toEqual({ ok: false, error: { type: 'superseded' } });
	});
});

describe('an item taken back', () => {
	test('is off the lists with the reason, and stays in the history', () => {
		const file = after([weighed(1, 14, item(1))], id(1));
		expect(items(file, 'care')).toEqual([]);
		expect(file.withdrawn.get(item(1))?.[0]?.value).toBe('记错了');
		expect(file.entries.has(id(1))).toBe(true);
	});

	test('that was a correction gives its earlier version back', () => {
		const file = after([weighed(1, 14, item(1)), weighed(2, 41, item(1), [id(1)])], id(2));
		expect(items(file, 'care').map(({ value }) => value)).toEqual([{ kind: 'growth', weight: 14 }]);
	});

	test('comes back whole when the withdrawal is taken back, and goes again when that is', () => {
		const withdrawn = [
			weighed(1, 14, item(1)),
			said(2, 'item.withdrawn', { itemId: item(1), reason: '记错了' }, { replaces: [id(1)] })
		];
		const back = after(withdrawn, id(2));
		expect(items(back, 'care').map(({ value }) => value)).toEqual([{ kind: 'growth', weight: 14 }]);
		const again = after([...back.entries.values()], id(90), 91);
		expect(items(again, 'care')).toEqual([]);
	});

	test('twice is once: the second time there is nothing to do', () => {
		const file = after([weighed(1, 14, item(1))], id(1));
		expect(takeBack(file, id(1), 'x')).toEqual({ ok: false, error: { type: 'superseded' } });
	});
});

test('a submission, a decision and an entry of a newer program cannot be taken back', () => {
	const newer = parseEntry({
		...said(3, 'intake.submitted', {}).entry,
		id: id(3),
		type: 'care.planned_ahead'
	});
	if (!newer.ok) throw new Error('unexpected');
	const file = fold(child, [
		said(1, 'intake.submitted', {}),
		said(2, 'date.confirmed', { field: 'handoverDate', confirmed: id(9) }),
		newer.value
	]);
	for (const n of [1, 2, 3])
		expect(takeBack(file, id(n), 'x')).toEqual({ ok: false, error: { type: 'not_by_taking_back' } });
	expect(takeBack(file, id(7), 'x')).toEqual({ ok: false, error: { type: 'entry_missing' } });
});
