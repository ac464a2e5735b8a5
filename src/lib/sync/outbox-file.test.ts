import { expect, test } from 'vitest';
import { readOutboxFile } from './outbox-file.ts';

const deviceId = '018f0000-0000-7000-8000-00000000d001';
const head = (change: object = {}) =>
	JSON.stringify({
		is: 'lampkeep-outbox',
		version: 1,
		deviceId,
		at: '2026-11-22T09:00:00+08:00',
		records: 2,
		...change
	});
const record = (number: number) => JSON.stringify({ number, kind: 'entries', enc: 'e', key: 'k', body: 'b' });

test('a tablet’s file gives the tablet and every record', () => {
	expect(readOutboxFile(`${head()}\n${record(1)}\n${record(2)}\n`)).toMatchObject({
		ok: true,
		value: { deviceId, records: [{ number: 1 }, { number: 2 }], missing: 0 }
	});
});

test('a file that was cut off gives what stands before the cut, and says how much is missing', () => {
	const whole = `${head()}\n${record(1)}\n${record(2)}\n`;
	expect(readOutboxFile(whole.slice(0, -20))).toMatchObject({
		ok: true,
		value: { records: [{ number: 1 }], missing: 1 }
	});
});

test('a damaged line in the middle is kept as it is and does not hold up the others', () => {
	expect(readOutboxFile(`${head()}\n{"number":1,\n${record(2)}\n`)).toMatchObject({
		ok: true,
		value: { records: ['{"number":1,', { number: 2 }], missing: 0 }
	});
});

test.each([
	['a picture', '\u0089PNG\r\n'],
	['an empty file', ''],
	['a list', '[1,2,3]'],
	['a file of something else', '{"is":"something","version":1}'],
	['a file without a tablet', head({ deviceId: 'x' })]
])('%s is no tablet’s file', (_, text) => {
	expect(readOutboxFile(text)).toEqual({ ok: false, error: { type: 'not_an_outbox' } });
});

test('a file of a newer program is said to be so', () => {
	expect(readOutboxFile(head({ version: 2 }))).toEqual({ ok: false, error: { type: 'newer_version', version: 2 } });
});
