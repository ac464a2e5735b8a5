import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from './bytes.ts';
import { Journal } from './journal.ts';
import { crc32, frame, readFrames } from './journal-frame.ts';
import { MemoryDisk } from './memory-disk.ts';
import { readTablet, writeTablet, type TabletFile } from './tablet-file.ts';

describe('frames', () => {
	const three = [frame(1, { n: 1 }, utf8('one')), frame(1, { n: 2 }, utf8('two')), frame(1, { n: 3 }, utf8('three'))];
	const whole = concat(...three);
	const read = (bytes: Uint8Array<ArrayBuffer>) => readFrames(bytes).frames.map(({ body }) => textOf(body));

	it('carry the check sum that gzip and PNG do', () => {
		expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
		expect(crc32(utf8('6789'), crc32(utf8('12345')))).toBe(0xcbf43926);
	});

	it('cut anywhere give everything before the cut', () => {
		const ends = readFrames(whole).frames.map(({ end }) => end);
		for (let size = 0; size <= whole.length; size++)
			expect(read(whole.slice(0, size))).toEqual(
				['one', 'two', 'three'].slice(0, ends.filter((end) => end <= size).length)
			);
	});

	it('with any one bit changed give all others', () => {
		for (let at = 0; at < whole.length; at++) {
			for (const bit of [1, 128]) {
				const flipped = whole.map((byte, i) => (i === at ? byte ^ bit : byte));
				const { frames, stretches } = readFrames(flipped);
				expect(frames).toHaveLength(2);
				expect(stretches).toHaveLength(1);
			}
		}
	});

	it('after a torn one are found again', () => {
		const torn = concat(whole.slice(0, whole.length - 3), frame(1, { n: 4 }, utf8('four')));
		expect(read(torn)).toEqual(['one', 'two', 'four']);
	});
});

const at = '2026-11-22T12:00:00.000+08:00';
function record(number: number, body = utf8(`body ${number}`), kind: 'entries' | 'photo' = 'entries') {
	const seq: [number, number] | undefined = kind === 'entries' ? [number, number] : undefined;
	const copy = { enc: 'enc', key: 'key', to: 'to' };
	return { number, kind, at, own: 'own', seq, previous: seq && `hash ${number}`, copy, body };
}
async function journalOn(disk: MemoryDisk): Promise<Journal> {
	const journal = new Journal(disk);
	await journal.ensure();
	return journal;
}
const numbers = (journal: Journal) => journal.records.map(({ number }) => number);

describe('the journal', () => {
	it('has every record whose keeping ended, wherever the power is cut', async () => {
		for (let step = 0; ; step++) {
			const disk = new MemoryDisk();
			const journal = await journalOn(disk);
			await journal.keep(record(1));
			let left = step;
			disk.beforeStep = () => {
				if (left-- === 0) throw new Error('power cut');
			};
			const ended = await Promise.all([journal.keep(record(2))]).then(
				() => true,
				() => false
			);
			disk.beforeStep = () => undefined;
			disk.cut(step * 7);
			const again = await journalOn(disk);
			expect(numbers(again)).toContain(1);
			if (ended) expect(numbers(again)).toEqual([1, 2]);
			expect(again.damaged).toBe(0);
			await again.keep(record(again.next));
			expect(numbers(await journalOn(disk)).length).toBe(numbers(again).length);
			if (ended) return;
		}
	});

	it('written anew is whole wherever that is cut, and numbers and chain never go back', async () => {
		for (let step = 0; ; step++) {
			const disk = new MemoryDisk();
			const journal = await journalOn(disk);
			for (let n = 1; n <= 20; n++) await journal.keep(record(n));
			await journal.settle(Array.from({ length: 18 }, (_, i) => i + 1));
			let left = step;
			disk.beforeStep = () => {
				if (left-- === 0) throw new Error('power cut');
			};
			const ended = await journal.compact(100).then(
				() => true,
				() => false
			);
			disk.beforeStep = () => undefined;
			disk.cut(step * 11);
			const again = await journalOn(disk);
			expect([numbers(again), again.next, again.head]).toEqual([[19, 20], 21, { deviceSeq: 20, previous: 'hash 20' }]);
			expect(again.damaged).toBe(0);
			await again.keep(record(21));
			expect(numbers(await journalOn(disk))).toEqual([19, 20, 21]);
			if (ended) {
				expect(disk.used()).toBeLessThan(1500);
				return;
			}
		}
	});

	it('takes back the newest record, whose number is then used again', async () => {
		const disk = new MemoryDisk();
		const journal = await journalOn(disk);
		await journal.keep(record(1));
		await journal.keep(record(2));
		await journal.takeBack(2);
		expect([numbers(journal), journal.next]).toEqual([[1], 2]);
		await journal.keep(record(2, utf8('another')));
		const again = await journalOn(disk);
		expect(await Promise.all(again.records.map(async (one) => textOf((await again.bodyOf(one)) ?? utf8(''))))).toEqual([
			'body 1',
			'another'
		]);
	});

	it('takes nothing back that another tab appended after', async () => {
		const disk = new MemoryDisk();
		const journal = await journalOn(disk);
		await journal.keep(record(1));
		const other = await journalOn(disk);
		await other.keep(record(2));
		await journal.takeBack(1);
		for (const one of [journal, await journalOn(disk)]) expect(numbers(one)).toEqual([2]);
		await other.catchUp();
		expect(numbers(other)).toEqual([2]);
	});

	it('reads what other tabs appended, and notices that one of them wrote it anew', async () => {
		const disk = new MemoryDisk();
		const [one, two] = [await journalOn(disk), await journalOn(disk)];
		await one.keep(record(1));
		await two.catchUp();
		await two.keep(record(2));
		await two.settle([1, 2]);
		await two.compact(10);
		await two.keep(record(3));
		await one.catchUp();
		expect([numbers(one), one.next]).toEqual([[3], 4]);
	});

	it('counts a record that was damaged, and reads all others', async () => {
		const disk = new MemoryDisk();
		const journal = await journalOn(disk);
		for (let n = 1; n <= 5; n++) await journal.keep(record(n));
		const [, , third] = journal.records;
		if (!third) throw new Error('no third');
		disk.flip(third.place.file, third.place.at);
		const again = await journalOn(disk);
		expect([numbers(again), again.damaged]).toEqual([[1, 2, 4, 5], 1]);
	});

	it('keeps a photo in a file of its own until it is settled, and sweeps what a crash left', async () => {
		const disk = new MemoryDisk();
		const journal = await journalOn(disk);
		await journal.keep(record(1, new Uint8Array(1000), 'photo'));
		expect(disk.files.get('photos/1')?.length).toBe(1000);
		expect((await journal.nextSealed(10, 10_000))[0]).toMatchObject({ number: 1, kind: 'photo' });
		disk.beforeStep = (step) => {
			if (step.startsWith('remove')) throw new Error('killed');
		};
		await expect(journal.settle([1])).rejects.toThrow('killed');
		disk.beforeStep = () => undefined;
		const again = await journalOn(disk);
		expect(numbers(again)).toEqual([]);
		await again.sweep();
		expect(disk.files.has('photos/1')).toBe(false);
	});

	it('keeps nothing of a record whose flush failed, though it could not be cut off at once', async () => {
		const disk = new MemoryDisk();
		const journal = await journalOn(disk);
		await journal.keep(record(1));
		disk.beforeStep = (step) => {
			if (step === 'flush journal-0' || step === 'truncate journal-0')
				throw new DOMException('no', 'InvalidStateError');
		};
		await expect(journal.keep(record(2))).rejects.toThrow('no');
		disk.beforeStep = () => undefined;
		await journal.takeBack(undefined);
		for (const one of [journal, await journalOn(disk)]) expect(numbers(one)).toEqual([1]);
	});

	it('keeps nothing of a record that finds no room, and goes on when there is some', async () => {
		const disk = new MemoryDisk();
		const journal = await journalOn(disk);
		await journal.keep(record(1));
		disk.room = disk.used() + 50;
		await expect(journal.keep(record(2))).rejects.toThrow('quota');
		await expect(journal.keep(record(2, new Uint8Array(100), 'photo'))).rejects.toThrow('quota');
		disk.room = Infinity;
		expect([...disk.files.keys()].filter((name) => name.startsWith('photos'))).toEqual([]);
		await journal.keep(record(2));
		expect(numbers(await journalOn(disk))).toEqual([1, 2]);
	});
});

describe('the tablet’s file', () => {
	const tablet = (name: string): TabletFile => ({
		deviceId: 'd',
		institutionId: 'i',
		institutionName: name,
		publicKey: 'p',
		registryPublicKey: 'r',
		privateKey: 'k',
		slots: [{ staffId: 's', salt: new Uint8Array([1, 2, 250]) }],
		meta: [{ key: 'schema', epoch: 3 }],
		life: undefined
	});

	it('is the old or the new one wherever the power is cut', async () => {
		for (let step = 0; ; step++) {
			const disk = new MemoryDisk();
			await writeTablet(disk, tablet('old'));
			let left = step;
			disk.beforeStep = () => {
				if (left-- === 0) throw new Error('power cut');
			};
			const ended = await writeTablet(disk, tablet('new')).then(
				() => true,
				() => false
			);
			disk.beforeStep = () => undefined;
			disk.cut(step * 13);
			const read = await readTablet(disk);
			if (ended) expect(read).toEqual(tablet('new'));
			else expect([tablet('old'), tablet('new')]).toContainEqual(read);
			if (ended) return;
		}
	});

	it('damaged in one copy is read from the other', async () => {
		const disk = new MemoryDisk();
		await writeTablet(disk, tablet('old'));
		await writeTablet(disk, tablet('new'));
		disk.flip('tablet-1', 60);
		expect((await readTablet(disk))?.institutionName).toBe('old');
		disk.flip('tablet-0', 60);
		expect(await readTablet(disk)).toBeUndefined();
	});
});
