import { expect, test } from 'vitest';
import { readOutboxFile } from '#lib/sync/outbox-file.ts';
import { outboxParts } from './outbox-parts.ts';

const deviceId = '018f0000-0000-7000-8000-00000000d001';
const fileOf = (records: number, weight: number) =>
	new Blob([
		`${JSON.stringify({ is: 'lampkeep-outbox', version: 1, deviceId, at: '2026-11-22T09:00:00+08:00', records })}\n`,
		...Array.from(
			{ length: records },
			(_, n) => `${JSON.stringify({ number: n + 1, kind: 'photo', enc: 'e', key: 'k', body: 'b'.repeat(weight) })}\n`
		)
	]);

test('what fits is one file, as it is', async () => {
	const file = fileOf(3, 100);
	expect(await outboxParts(file)).toEqual([file]);
});

test('what is too much for one becomes several whole files that hold every record once', async () => {
	const parts = await outboxParts(fileOf(25, 1_000), 8_000);
	expect(parts.length).toBeGreaterThan(3);
	const read = await Promise.all(parts.map(async (part) => readOutboxFile(await part.text())));
	const numbers = read.flatMap((file) => (file.ok ? file.value.records : [])) as { number: number }[];
	expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
	expect(read.every((file) => file.ok && file.value.missing === 0)).toBe(true);
	expect(Math.max(...parts.map(({ size }) => size))).toBeLessThanOrEqual(8_000);
});

test('a record that is larger than a file may be stands alone in one', async () => {
	const parts = await outboxParts(fileOf(2, 9_000), 8_000);
	expect(parts).toHaveLength(2);
});
