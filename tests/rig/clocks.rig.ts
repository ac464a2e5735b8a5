import { expect, onTestFinished, test } from 'vitest';
import { expectKept } from './ledger-check.ts';
import type { Rig } from './pages/tablet.ts';
import { RigTablet } from './rig-tablet.ts';
import { say } from './say.ts';

declare const rig: Rig;

/*
 * SECURITY.md, R9, in a browser: a tablet whose clock is another one at every start opens each time, saves, and has
 * everything once and in order. What files and holds make of it is tests/contract/wrong-clocks.db.test.ts.
 */
const year = 365 * 86_400_000;
const errors = [0, year, -year, year / 12, -60_000];
const savesEach = 5;

test(
	'R9: a clock a year ahead, a year behind and back again loses nothing and locks nobody out',
	{ timeout: 180_000 },
	async () => {
		const tablet = await RigTablet.make();
		onTestFinished(() => tablet.close());
		let closed = 0;
		for (const [life, error] of errors.entries()) {
			const page = await tablet.up([`clock=${error}`]);
			if (life === 0) await page.evaluate(() => rig.enrol());
			else expect(await page.evaluate(() => rig.unlock()), `with a clock ${error} ms off`).toBe('open');
			const plan = { from: 1 + life * savesEach, to: 1 + (life + 1) * savesEach, photoEvery: 0, photoBytes: 0 };
			const before = await page.evaluate((plan) => rig.save(plan), { ...plan, to: plan.from + 1 });
			if (before[0]?.outcome !== 'saved') {
				// A year without the registry, as far as the tablet can know: it says so, and one word of it is enough.
				expect(before[0]?.outcome).toBe('sending_only');
				closed += 1;
			}
			await page.evaluate((now) => rig.contact(now), new Date().toISOString());
			const from = before[0]?.outcome === 'saved' ? plan.from + 1 : plan.from;
			await page.evaluate((plan) => rig.save(plan), { ...plan, from });
			expect(tablet.told.size).toBe((life + 1) * savesEach);
			await tablet.kill();
		}
		const page = await tablet.up();
		expect(await page.evaluate(() => rig.unlock())).toBe('open');
		const inventory = await page.evaluate(() => rig.inventory(false));
		const { saves } = expectKept(inventory, tablet.told.values(), false);
		const inOrder = [...inventory.entries].sort((a, b) => a.deviceSeq - b.deviceSeq).map(({ id }) => id);
		expect(inOrder).toEqual([...tablet.told.values()].flatMap(({ entryIds }) => entryIds));
		expect([...inOrder].sort(), 'ids sort as the entries were recorded').toEqual(inOrder);
		expect(await page.evaluate(() => rig.waiting())).toEqual(inOrder);
		say(
			`R9 clocks: ${saves}/${errors.length * savesEach} saves under ${errors.length} clocks, in order; ${closed} times closed until the registry was heard of`
		);
		// Once a year ahead, and once thirteen months on from a year behind: what a clock jumps forward counts as silence.
		expect(closed).toBe(2);
	}
);
