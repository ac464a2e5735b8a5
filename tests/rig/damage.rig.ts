import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { expectKept } from './ledger-check.ts';
import type { Rig } from './pages/tablet.ts';
import { RigTablet } from './rig-tablet.ts';
import { say } from './say.ts';

declare const rig: Rig;

/*
 * SECURITY.md, R7: whatever happens to the database's files, the next start says that something was damaged, and every
 * save that was not sent is there, photos too. Chromium itself says nothing of three of these (section 0, 7).
 */
const saves = 30;

/** Bytes that are flipped, as a dying flash cell block does. */
const flipped = 64;

const damages: Readonly<Record<string, (tablet: RigTablet) => Promise<void>>> = {
	'64 bytes of the database flipped': async ({ database }) => {
		const path = await biggest(database);
		const bytes = await readFile(path);
		const at = Math.floor(bytes.length / 2);
		for (let i = at; i < at + flipped; i++) bytes[i] = (bytes[i] ?? 0) ^ 0xff;
		await writeFile(path, bytes);
	},
	'the database cut off in the middle': async ({ database }) => {
		const path = await biggest(database);
		await truncate(path, Math.floor((await stat(path)).size / 2));
	},
	'CURRENT empty': ({ database }) => truncate(join(database, 'CURRENT'), 0),
	'MANIFEST gone': async ({ database }) => {
		const manifests = (await readdir(database)).filter((name) => name.startsWith('MANIFEST-'));
		expect(manifests).not.toEqual([]);
		for (const name of manifests) await rm(join(database, name));
	},
	'one table gone': async (tablet) => {
		const page = await tablet.up('without the vault');
		await page.evaluate(() => rig.dropTable('log'));
		await tablet.shutDown();
	},
	'the whole database gone': ({ database }) => rm(database, { recursive: true })
};

const survived: string[] = [];

test.each(Object.entries(damages))('R7: %s', { timeout: 120_000 }, async (name, damage) => {
	const tablet = await RigTablet.make();
	onTestFinished(() => tablet.close());
	const page = await tablet.up();
	await page.evaluate(() => rig.enrol());
	await page.evaluate((plan) => rig.save(plan), { from: 1, to: 1 + saves, photoEvery: 3, photoBytes: 60_000 });
	expect(tablet.told.size).toBe(saves);
	await tablet.shutDown();
	await damage(tablet);

	const again = await tablet.up();
	expect(await again.evaluate(() => rig.status()), 'the tablet knows that it is enrolled').toBe('locked');
	expect(await again.evaluate(() => rig.unlock())).toBe('open');
	const recovery = await again.evaluate(() => rig.recovery());
	expect(recovery?.found.length ?? 0, 'what was found damaged').toBeGreaterThan(0);
	expect(recovery?.lost).toEqual({ entries: 0 });
	const inventory = await again.evaluate(() => rig.inventory(true));
	expectKept(inventory, tablet.told.values(), true);
	const waiting = new Set(await again.evaluate(() => rig.waiting()));
	const silent = [...tablet.told.values()].filter(({ entryIds }) => !entryIds.every((id) => waiting.has(id)));
	expect(silent, 'unsent saves that no longer wait to be sent').toEqual([]);
	expect(tablet.pages.deleted).toEqual([]);

	// And it goes on: the next save follows the ones that came back.
	await again.evaluate((plan) => rig.save(plan), { from: 1_001, to: 1_004, photoEvery: 3, photoBytes: 60_000 });
	expect(tablet.told.size).toBe(saves + 3);
	expectKept(await again.evaluate(() => rig.inventory(true)), tablet.told.values(), true);
	survived.push(name);
});

test('R7: the database emptied under an open vault', { timeout: 120_000 }, async () => {
	const tablet = await RigTablet.make();
	onTestFinished(() => tablet.close());
	const page = await tablet.up();
	await page.evaluate(() => rig.enrol());
	await page.evaluate((plan) => rig.save(plan), { from: 1, to: 1 + saves, photoEvery: 3, photoBytes: 60_000 });
	await page.evaluate(() => rig.emptyDatabase());

	// Nobody has noticed anything: the next saves do, and are kept beside what was there.
	await page.evaluate((plan) => rig.save(plan), { from: 1_001, to: 1_004, photoEvery: 3, photoBytes: 60_000 });
	expect(tablet.told.size).toBe(saves + 3);
	expect((await page.evaluate(() => rig.recovery()))?.found).toEqual([{ type: 'database_empty' }]);
	expectKept(await page.evaluate(() => rig.inventory(true)), tablet.told.values(), true);
	await tablet.shutDown();

	const again = await tablet.up();
	expect(await again.evaluate(() => rig.unlock())).toBe('open');
	expectKept(await again.evaluate(() => rig.inventory(true)), tablet.told.values(), true);
	const waiting = new Set(await again.evaluate(() => rig.waiting()));
	expect([...tablet.told.values()].filter(({ entryIds }) => !entryIds.every((id) => waiting.has(id)))).toEqual([]);
	expect(tablet.pages.deleted).toEqual([]);
	survived.push('the database emptied under an open vault');
});

afterAll(() =>
	say(
		`R7 damage ${survived.length}/${Object.keys(damages).length + 1} kinds found at the next start, ${saves}/${saves} unsent saves back each time (${survived.join('; ')})`
	)
);

async function biggest(folder: string): Promise<string> {
	const files = await Promise.all(
		(await readdir(folder))
			.filter((name) => /\.(log|ldb)$/.test(name))
			.map(async (name) => ({ path: join(folder, name), size: (await stat(join(folder, name))).size }))
	);
	const [first] = files.sort((a, b) => b.size - a.size);
	if (!first || first.size < 4 * flipped) throw new Error(`There is nothing to damage in ${folder}`);
	return first.path;
}
