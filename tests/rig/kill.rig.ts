import { expect, onTestFinished, test } from 'vitest';
import type { Page } from 'playwright';
import { expectKept } from './ledger-check.ts';
import { steps, type Step } from './pages/watch.ts';
import type { Rig } from './pages/tablet.ts';
import { RigTablet } from './rig-tablet.ts';
import { long, say } from './say.ts';

declare const rig: Rig;

/*
 * SECURITY.md, R3: a browser that is killed in the middle of a save has every save it acknowledged, text and photo, once.
 * One tablet lives through all the kills, so that what each of them leaves behind meets the next.
 */
type Where = Step | 'shown' | 'some time';

const rounds = long ? 100 : 6;
const places: readonly Where[] = [...steps, 'shown', 'some time', 'some time'];
const photoBytes = 120_000;

test(
	`${rounds} times killed in a save, every acknowledged save is there once, text and photo`,
	{ timeout: 60_000 + rounds * 30_000 },
	async () => {
		const tablet = await RigTablet.make();
		onTestFinished(() => tablet.close());
		let page = await tablet.up();
		await page.evaluate(() => rig.enrol());

		const killed = new Map<Where, number>();
		for (let round = 0; round < rounds; round++) {
			// The short form goes through the named steps; none of them is reached by chance alone.
			const where = places[round % places.length] ?? 'some time';
			expect(await killInSave(tablet, page, where, round), `the vault came to "${where}" in round ${round}`).toBe(true);
			killed.set(where, (killed.get(where) ?? 0) + 1);

			page = await tablet.up();
			expect(await page.evaluate(() => rig.unlock())).toBe('open');
			const photos = !long || round % 10 === 9;
			const inventory = await page.evaluate((photos) => rig.inventory(photos), photos);
			expectKept(inventory, tablet.told.values(), photos);
		}
		const words = [...killed].map(([where, times]) => `${where} ${times}`).join(', ');
		const photos = [...tablet.told.values()].filter(({ photo }) => photo).length;
		say(
			`R3 kill ${rounds}/${rounds}: all ${tablet.told.size} acknowledged saves kept once, ${photos} photos by SHA-256 (${words})`
		);
		expect(tablet.told.size).toBeGreaterThan(rounds);
		expect(photos).toBeGreaterThan(rounds / 2);
	}
);

/** Saves until the browser is killed. False where the vault never came to the step. */
async function killInSave(tablet: RigTablet, page: Page, where: Where, round: number): Promise<boolean> {
	let dead: Promise<void> | undefined;
	const die = () => (dead ??= tablet.kill());
	const before = tablet.told.size;
	tablet.pages.onStep = die;
	// Some saves are acknowledged first, so that there is something to lose.
	const patience = 3 + (round % 5);
	tablet.onTold = () => {
		if (where === 'shown' && tablet.told.size - before >= patience) die();
	};
	// Text and photo pass different numbers of steps: another one of them each time.
	if (where !== 'shown' && where !== 'some time')
		await page.evaluate((arm) => rig.arm(arm), { step: where, nth: 20 + ((round * 7) % 41) });
	if (where === 'some time') setTimeout(die, 200 + ((round * 137) % 500));
	const from = 1 + round * 1_000;
	const plan = { from, to: from + 1_000, photoEvery: 2, photoBytes };
	const giveUp = new Promise<'alive'>((resolve) => setTimeout(resolve, 15_000, 'alive'));
	// Ends by the kill, and then the page answers no more.
	const saving = page
		.evaluate((plan) => rig.save(plan), plan)
		.then(
			() => 'alive' as const,
			() => 'dead' as const
		);
	const ended = await Promise.race([saving, giveUp]);
	const stepped = dead !== undefined;
	await die();
	await saving;
	return ended === 'dead' && stepped;
}
