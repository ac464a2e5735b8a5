import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { expectKept } from './ledger-check.ts';
import { LoopDisk, whyNoLoopDisk } from './loop-disk.ts';
import type { Inventory, Rig, Told } from './pages/tablet.ts';
import { RigTablet } from './rig-tablet.ts';
import { long, say } from './say.ts';

declare const rig: Rig;

/*
 * SECURITY.md, R3: a tablet whose battery falls out in the middle of saving has every save it acknowledged. The same cut
 * with a vault that does not ask the disk for durability must lose some, or this rig would not see a loss at all.
 */
const rounds = long ? 20 : 1;
const photoBytes = 120_000;

if (whyNoLoopDisk !== undefined) say(`R3 power cut, R6 disk full: not run, ${whyNoLoopDisk}`);

interface Cut {
	readonly told: readonly Told[];
	readonly status: string;
	/** Undefined where the vault would not open. */
	readonly inventory: Inventory | undefined;
}

test.skipIf(whyNoLoopDisk !== undefined)(
	`${rounds} times without power in a save, every acknowledged save is there once, text and photo`,
	{ timeout: 60_000 + rounds * 60_000 },
	async () => {
		let saves = 0;
		let photos = 0;
		for (let round = 0; round < rounds; round++) {
			const { told, status, inventory } = await powerCut([], 800 + ((round * 331) % 3_000));
			expect(status).toBe('open');
			if (!inventory) throw new Error('the vault is open and shows nothing');
			const kept = expectKept(inventory, told, true);
			saves += kept.saves;
			photos += kept.photos;
		}
		say(`R3 power cut ${rounds}/${rounds}: all ${saves} acknowledged saves kept once, ${photos} photos by SHA-256`);
		expect(photos).toBeGreaterThan(rounds);
	}
);

test.skipIf(whyNoLoopDisk !== undefined)(
	'a vault that does not ask for durability loses acknowledged saves in the same cut',
	{ timeout: 120_000 },
	async () => {
		const { told, status, inventory } = await powerCut(['weak'], 3_000);
		const there = new Set(inventory?.entries.map(({ id }) => id));
		const right = new Set(inventory?.photos.flatMap(({ sha256, bytes }) => (bytes === 'right' ? [sha256] : [])));
		const lost = told.filter(
			({ entryIds, photo }) => !entryIds.every((id) => there.has(id)) || (photo !== undefined && !right.has(photo))
		);
		say(
			`R3 power cut, planted mistake (no durability asked for): ${lost.length} of ${told.length} saves lost (${status})`
		);
		expect(lost.length).toBeGreaterThan(0);
	}
);

/** Saves for so many milliseconds after the first acknowledged one, stands still, and comes back on the copied disk. */
async function powerCut(wishes: readonly string[], milliseconds: number): Promise<Cut> {
	const disk = await LoopDisk.make(256);
	onTestFinished(() => disk.remove());
	const profile = join(disk.folder, 'profile');
	await mkdir(profile);
	const tablet = await RigTablet.make(profile);
	onTestFinished(() => tablet.close());
	const page = await tablet.up(wishes);
	await page.evaluate(() => rig.enrol());
	const first = new Promise<void>((resolve) => (tablet.onTold = () => resolve()));
	const saving = page
		.evaluate((plan) => rig.save(plan), { from: 1, to: 100_000, photoEvery: 3, photoBytes })
		.catch(() => 'cut');
	await first;
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
	tablet.standStill();
	const told = [...tablet.told.values()];
	const after = await disk.afterPowerCut();
	onTestFinished(() => after.remove());
	await tablet.kill();
	await saving;
	await disk.remove();

	tablet.profile = join(after.folder, 'profile');
	const again = await tablet.up();
	let status = await again.evaluate(() => rig.status());
	if (status === 'locked') status = (await again.evaluate(() => rig.unlock())) as typeof status;
	const inventory = status === 'open' ? await again.evaluate(() => rig.inventory(true)) : undefined;
	await tablet.close();
	await after.remove();
	return { told, status, inventory };
}
