import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { fold, fieldState, items, knownValue } from '../case-file/case-file.ts';
import { childHold } from '../case-file/child-hold.ts';
import { childRow } from '../case-file/child-row.ts';
import { builtInRules } from '../hold/rules.ts';
import { fieldDefinition, fieldKeys, type FieldKey } from '../intake/fields.ts';
import { civilDate } from '../time.ts';
import { packText, unpackText } from './pack-text.ts';
import {
	childAtStation,
	childOne,
	entryNumber,
	institution,
	itemNumber,
	parsed,
	sentNumber,
	signedEntry,
	station,
	stranger
} from './sheet-scenes.ts';
import {
	fileWithSheet,
	joinSheet,
	readSheet,
	rowWithSheet,
	sheetFields,
	sheetFor,
	sheetParts,
	sheetPortrait,
	sheetStanding,
	splitSheet,
	type HandoverSheet,
	type ReadSheet
} from './sheet.ts';

const atStation = childAtStation();
const by = { name: '云岭县救助站', phone: '0870-555 0199' };

function sheetOf(entries = atStation): HandoverSheet {
	const made = sheetFor(fold(childOne, entries.map(parsed)), entries, entryNumber(sentNumber), by);
	if (!made) throw new Error('no sheet');
	return { ...made, portrait: undefined };
}

function read(sheet: HandoverSheet): ReadSheet {
	const result = readSheet(sheetParts(sheet));
	if (!result.ok) throw new Error(result.error.path);
	return result.value;
}

const houses = {
	rules: builtInRules,
	kindOfHouse: (id: string) => (id === station ? ('rescue_station' as const) : ('welfare_institution' as const)),
	regionOfHouse: () => undefined
};
const clockOf = (file: Parameters<typeof childHold>[0], today: string) =>
	childHold(file, civilDate(today), houses).hold.clocks.find(({ id }) => id === 'station-handover');
const received = (on: string, change = {}) =>
	parsed(
		signedEntry(
			30,
			'handover.received',
			{ itemId: itemNumber(30), handover: { from: station } },
			{ institutionId: institution, occurredOn: civilDate(on), deviceSeq: 1, ...change }
		)
	);

describe('a sheet', () => {
	test('holds no field that tells a family from others, is medical, or is for the registry alone', () => {
		for (const key of sheetFields) {
			const { verifying, disclosure } = fieldDefinition(key);
			expect([key, verifying, disclosure === 'public' || disclosure === 'institution']).toEqual([key, undefined, true]);
		}
	});

	test('of a child says nothing of what must not be on it', () => {
		const { text } = sheetParts(sheetOf());
		for (const word of ['黑牛', '石头娃', '青霉素', '补丁', '月牙', '咳嗽', 'bloodGroup', 'ownAccount', 'nameCalled'])
			expect(text).not.toContain(word);
		for (const word of ['小虎', '云公临照〔2026〕17号', 'LK-7F3K-29QX', '精神好']) expect(text).toContain(word);
	});

	test('carries as signed what holds nothing to be left out, the most important first', () => {
		const sheet = sheetOf();
		expect(sheet.sent).toEqual(atStation.at(-1));
		expect(sheet.entries).toEqual([7, 5, 6, 2, 3].map((n) => atStation[n - 1]));
		expect(Object.keys(sheet.said)).toContain('nameAssigned');
	});

	test('says an answer only once: a correction that can stand on it as signed is carried', () => {
		const corrected = signedEntry(
			9,
			'intake.recorded',
			{ answers: { nameAssigned: { state: 'known', value: '陈小虎' } } },
			{ replaces: [entryNumber(1)] }
		);
		const sheet = sheetOf([...atStation, corrected]);
		expect(sheet.entries).toContainEqual(corrected);
		expect(sheet.said).not.toHaveProperty('nameAssigned');
		expect(knownValue(fileWithSheet([], read(sheet)), 'nameAssigned')).toBe('陈小虎');
	});

	test('leaves out what is disputed, papers with notes, and a notice that was taken down', () => {
		const more = [
			signedEntry(10, 'intake.recorded', { answers: { sex: { state: 'known', value: '2' } } }),
			signedEntry(11, 'document.recorded', {
				itemId: itemNumber(11),
				document: { code: 'DOC-B', note: '原件在派出所' }
			}),
			signedEntry(12, 'notice.taken_down', { takeDown: { reason: 'danger' } })
		];
		const sheet = sheetOf([...atStation, ...more]);
		expect(sheet.said).not.toHaveProperty('sex');
		const text = canonicalJson(sheet.entries as Json);
		expect(text).not.toContain('派出所');
		expect(text).not.toContain('danger');
		expect(text).not.toContain('notice.approved');
	});

	test('shows the newest front photo that has no words of its own', () => {
		const file = fold(childOne, atStation.map(parsed));
		expect(sheetPortrait(file)?.entryId).toBe(entryNumber(3));
		expect(sheetPortrait(fold(childOne, []))).toBeUndefined();
	});

	test('is none without its hand-over', () => {
		expect(sheetFor(fold(childOne, atStation.map(parsed)), [], entryNumber(sentNumber), by)).toBeUndefined();
	});
});

describe('reading a sheet', () => {
	test('gives everything back', () => {
		const bytes = Uint8Array.of(1, 2, 3);
		const sheet = { ...sheetOf(), portrait: { sha256: 'ab'.repeat(32) as never, bytes } };
		expect(read(sheet).sheet).toEqual(sheet);
		expect(read(sheet).entries).toHaveLength(6);
	});

	test('refuses what is no sheet, and names the place', () => {
		const pathOf = (sheet: HandoverSheet) => {
			const result = readSheet(sheetParts(sheet));
			return result.ok ? 'read' : result.error.path;
		};
		const sheet = sheetOf();
		expect(pathOf({ ...sheet, sent: atStation[0] })).toBe('sent');
		expect(pathOf({ ...sheet, entries: [...sheet.entries, { id: 'x' }] })).toBe('entries.5');
		expect(
			pathOf({ ...sheet, entries: [signedEntry(2, 'intake.submitted', {}, { childId: entryNumber(77) as never })] })
		).toBe('entries.0');
		expect(pathOf({ ...sheet, said: { ownAccount: { state: 'known', value: '大河' } } })).toBe('said');
		expect(pathOf({ ...sheet, said: { sex: 1 } as never })).toBe('a.sex');
		const large = { sha256: 'ab'.repeat(32) as never, bytes: new Uint8Array(2001) };
		expect(pathOf({ ...sheet, portrait: large })).toBe('portrait');
		const { values, portrait } = sheetParts(sheet);
		for (const text of ['', 'null', '{"s":', '\u0001\u01ff', '"\u0001'])
			expect(readSheet({ text, values, portrait }).ok).toBe(false);
	});

	test('that somebody made up says nothing a sheet of ours would not: no exit, no answer to be kept back, no remark', () => {
		const sheet = sheetOf();
		const refused = (entry: unknown) => readSheet(sheetParts({ ...sheet, entries: [entry] }));
		const place = { ok: false, error: { type: 'sheet_invalid', path: 'entries.0' } };
		const forged = [
			signedEntry(30, 'exit.confirmed', { proposal: entryNumber(1) }),
			signedEntry(31, 'child.parted', { itemId: itemNumber(1), reason: '两个孩子' }),
			signedEntry(32, 'item.withdrawn', { itemId: itemNumber(1), reason: '记错了' }),
			signedEntry(33, 'intake.recorded', { answers: { ownAccount: { state: 'known', value: '大河' } } }),
			signedEntry(34, 'exit.confirmed', { proposal: entryNumber(1) }, { version: 99 })
		];
		for (const entry of forged) expect(refused(entry), JSON.stringify(entry)).toEqual(place);
		const sayable = { answers: { sex: { state: 'known', value: '1' } } } as const;
		expect(refused(signedEntry(35, 'intake.recorded', sayable))).toMatchObject({ ok: true });
		// A newer program's word of a kind that sheets carry stays readable as far as this program goes.
		expect(refused(signedEntry(36, 'intake.submitted', {}, { version: 99 }))).toMatchObject({ ok: true });
	});

	test('splits what was joined, and refuses bytes that are too short', () => {
		const parts = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5, 6)] as const;
		expect(splitSheet(joinSheet(...parts))).toEqual({ portrait: parts[0], values: parts[1], compressed: parts[2] });
		for (const short of [[], [0], [0, 0, 0, 0], [0, 9, 0, 0, 1], [0, 0, 0, 2, 1, 1]])
			expect(splitSheet(Uint8Array.from(short))).toBeUndefined();
	});
});

test('a packed text is the same text again, and smaller', () => {
	const entryText = canonicalJson(atStation as unknown as Json);
	const { text, values } = packText(entryText);
	expect(unpackText({ text, values })).toBe(entryText);
	expect(text.length + values.length).toBeLessThan(entryText.length * 0.7);
	const word = fc.oneof(
		fc.uuid(),
		fc.stringMatching(/^[0-9a-f]{64}$/),
		fc.stringMatching(/^[A-Za-z0-9_-]{86}$/),
		fc.string({ unit: 'binary' })
	);
	fc.assert(
		fc.property(fc.array(word, { maxLength: 30 }), fc.dictionary(fc.string(), word), (list, more) => {
			const json = JSON.stringify([list, more, list]);
			expect(unpackText(packText(json))).toBe(json);
		})
	);
});

describe('the file that a sheet makes', () => {
	const guest = read(sheetOf());

	test('knows who the child is and who had it, and that it is not more than a sheet', () => {
		const file = fileWithSheet([], guest);
		expect(knownValue(file, 'nameAssigned')).toBe('小虎');
		expect(knownValue(file, 'ownAccount')).toBeUndefined();
		const row = rowWithSheet(childRow(fileWithSheet([received('2026-04-07')], guest), houses));
		expect(row).toMatchObject({ name: '小虎', custodian: institution, holdStart: '2026-02-20' });
		expect(row.duties.map(({ code }) => code)).toEqual(['notice_ends', 'hold_ends']);
	});

	test('reckons the seven days like the sender, before and after the child is received', () => {
		const sender = fold(childOne, atStation.map(parsed));
		const receiver = fileWithSheet([], guest);
		// Published on 1 March, thirty days pass on the 31st; seven more end on 7 April.
		for (const today of ['2026-03-20', '2026-04-01', '2026-04-07', '2026-04-09']) {
			expect(clockOf(receiver, today)).toEqual(clockOf(sender, today));
		}
		expect(clockOf(receiver, '2026-04-02')).toMatchObject({ status: 'running', lastDay: '2026-04-07' });
		expect(clockOf(fileWithSheet([received('2026-04-07')], guest), '2026-04-08')).toMatchObject({
			status: 'met',
			late: false
		});
		expect(clockOf(fileWithSheet([received('2026-04-08')], guest), '2026-04-08')).toMatchObject({
			status: 'met',
			late: true
		});
	});

	test('gives way to the registry: the same entries are the same, and what was said stands under what was recorded', () => {
		const whole = [...atStation.map(parsed), received('2026-04-07')];
		expect(fileWithSheet(whole, guest)).toEqual(fold(childOne, whole));
		// Without the hand-over the page is not all there yet: nothing is there twice, nothing said twice.
		const half = fileWithSheet(whole.slice(0, 5), guest);
		expect(items(half, 'document')).toHaveLength(2);
		const state = fieldState(half, 'nameAssigned');
		expect(state.status === 'settled' && state.version.entryId).toBe(entryNumber(1));
	});
});

describe('whoever scans a sheet is told', () => {
	const guest = read(sheetOf());
	const fileOf = (...more: ReturnType<typeof parsed>[]) => fold(childOne, [...atStation.map(parsed), ...more]);

	test('that it is for this house', () => {
		expect(sheetStanding(guest, undefined, institution)).toEqual({ type: 'ready' });
		expect(sheetStanding(guest, fileOf(), institution)).toEqual({ type: 'ready' });
	});
	test('that it is for another house, or is its own', () => {
		expect(sheetStanding(guest, undefined, stranger)).toEqual({ type: 'other_house' });
		expect(sheetStanding(guest, fileOf(), station)).toEqual({ type: 'own' });
	});
	test('that the child was received already; not where it came back and was handed over again', () => {
		const file = fileWithSheet([received('2026-04-08')], guest);
		expect(sheetStanding(guest, file, institution)).toEqual({ type: 'received', on: '2026-04-08' });
		expect(sheetStanding(guest, fileOf(received('2026-03-08')), institution)).toEqual({ type: 'ready' });
		const elsewhere = received('2026-04-08', { institutionId: stranger });
		expect(sheetStanding(guest, fileOf(elsewhere), institution)).toEqual({ type: 'ready' });
	});
	test('that the sender took the hand-over back', () => {
		const back = parsed(signedEntry(21, 'item.withdrawn', { itemId: itemNumber(20), reason: '记错了' }));
		expect(sheetStanding(guest, fileOf(back), institution)).toEqual({ type: 'withdrawn' });
	});
});

test('every field is either on the sheet or left out by this list', () => {
	const leftOut = fieldKeys.filter((key) => !(sheetFields as readonly FieldKey[]).includes(key));
	expect(leftOut).toMatchInlineSnapshot(`
		[
		  "handoverTime",
		  "handoverPlace",
		  "handedOverBy",
		  "receivedBy",
		  "signedByPolice",
		  "signedByReceiver",
		  "witnessOne",
		  "witnessTwo",
		  "policeStation",
		  "policeOfficer",
		  "policePhone",
		  "nameCalled",
		  "ethnicity",
		  "language",
		  "accent",
		  "placeTaken",
		  "dateTaken",
		  "placeRescued",
		  "dateRescued",
		  "suspectLink",
		  "siblings",
		  "height",
		  "weight",
		  "headSize",
		  "bloodGroup",
		  "features",
		  "healthFirstCheck",
		  "healthState",
		  "urgentNeeds",
		  "isolation",
		  "vaccinationKnown",
		  "clothing",
		  "belongingsSummary",
		  "ownAccount",
		  "ownAccountLanguage",
		  "ownAccountDate",
		  "interviewer",
		  "adultPresent",
		  "sampleReference",
		]
	`);
});
