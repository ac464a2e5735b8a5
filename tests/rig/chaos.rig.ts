import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { intake, known } from '../../src/lib/client/vault/vault-scenes.ts';
import type { ChildId } from '../../src/lib/domain/ids.ts';
import { Chance } from '../../src/lib/sync/simulation/chance.ts';
import { TestRegistry } from '../e2e/support/registry.ts';
import { ChaosProxy } from './chaos-proxy.ts';
import { CoreTablet } from './core-tablet.ts';
import { foundHouse } from './house.ts';
import { long, say } from './say.ts';

/*
 * SECURITY.md, R2 and R4: the product's own client cores and the built registry with PostgreSQL, a bad line between them,
 * the registry killed with SIGKILL again and again, tablets that die too. When the weather clears, everything acknowledged
 * on a tablet is on the registry once and on every tablet of the house, and nothing is stuck.
 */
const kills = long ? 100 : 3;
const tabletsPerHouse = long ? 5 : 2;
const houses = 2;
/** Between two saves of one tablet, milliseconds at most: 20,000 entries in the long form. */
const hurry = long ? 1_200 : 300;
const weather = { cut: 0.03, loseAnswer: 0.08, duplicate: 0.1, halfOpen: 0.01, delay: 0.15, trickle: 0.05 };
const convergence = 60_000;

interface House {
	readonly tablets: readonly CoreTablet[];
	readonly late: CoreTablet;
}

test(
	`R2, R4: ${kills} kills of the registry in bad weather, nothing acknowledged lost, nothing doubled, nothing stuck`,
	{ timeout: 240_000 + kills * 60_000 },
	async () => {
		const chance = new Chance(20_261_127);
		const registry = await TestRegistry.start();
		onTestFinished(() => registry.close());
		const proxy = await ChaosProxy.before(Number(new URL(registry.origin).port), () => chance.next());
		onTestFinished(() => proxy.close());
		const all: House[] = [];
		for (let n = 0; n < houses; n++) all.push(await equipHouse(registry, proxy, n));
		const tablets = all.flatMap(({ tablets }) => tablets);

		let over = false;
		proxy.weather = weather;
		const began = Date.now();
		const working = tablets.map((tablet) => work(tablet, chance, () => over));
		for (let killed = 0; killed < kills; killed++) {
			await pause(5_000 + chance.below(long ? 8_000 : 4_000));
			await registry.kill();
			await registry.up();
			if (long && killed % 10 === 9) say(`R2 ${killed + 1} kills, ${count(tablets)} entries acknowledged`);
		}
		over = true;
		await Promise.all(working);
		const minutes = (Date.now() - began) / 60_000;
		proxy.heal();
		const healed = Date.now();

		const acknowledged = count(tablets);
		const stuck = await untilConverged(all, healed + 4 * convergence);
		const seconds = Math.round((Date.now() - healed) / 1_000);
		const happened = Object.entries(proxy.happened).map(([what, times]) => `${what} ${times}`);
		const deaths = tablets.reduce((sum, tablet) => sum + tablet.deaths, 0);
		say(
			`R2/R4 chaos: ${kills} kills in ${minutes.toFixed(1)} min, ${tablets.length} tablets (${deaths} deaths), ${acknowledged} entries acknowledged, ${stuck.length} tablets stuck, ${stuck.length === 0 ? `all alike after ${seconds} s` : `not alike after ${seconds} s`} (${happened.join(', ')})`
		);
		expect(stuck, 'tablets that have not come to rest').toEqual([]);
		for (const { tablets, late } of all) {
			const truth = new Set(tablets.flatMap((tablet) => [...tablet.acknowledged]));
			// The feed's positions run without a gap: as many as were acknowledged, and a fresh tablet has read each of them.
			expect((await late.standing()).position, 'entries on the registry').toBe(truth.size);
			for (const tablet of [...tablets, late]) {
				const there = await tablet.entries();
				expect(
					[...truth].filter((id) => !there.has(id)),
					'acknowledged and lost'
				).toEqual([]);
				expect(
					[...there].filter(([id, times]) => times > 1 || !truth.has(id)),
					'doubled or made up'
				).toEqual([]);
				expect(tablet.reported).toEqual([]);
			}
		}
		expect(seconds, 'seconds from good weather until all were alike').toBeLessThanOrEqual(convergence / 1_000);
		const verified = await registry.command<{ broken: unknown[] }>(['verify']);
		expect(verified.broken).toEqual([]);
		expect(acknowledged).toBeGreaterThan(long ? 20_000 : 100);
		for (const [what, times] of Object.entries(proxy.happened)) expect(times, what).toBeGreaterThan(0);
	}
);

async function equipHouse(registry: TestRegistry, proxy: ChaosProxy, n: number): Promise<House> {
	const code = await foundHouse(registry, `云岭第${n + 1}儿童福利院`);
	const tablets: CoreTablet[] = [];
	for (let t = 0; t <= tabletsPerHouse; t++) {
		const late = t === tabletsPerHouse;
		const tablet = await CoreTablet.enrolled(registry.origin, await code(), () =>
			late ? registry.origin : proxy.origin
		);
		onTestFinished(() => tablet.off());
		// It reads only when everything is over, over a good line: the registry as a new tablet sees it.
		if (late) tablet.engine.pause();
		tablets.push(tablet);
	}
	return { tablets: tablets.slice(0, -1), late: tablets[tabletsPerHouse] as CoreTablet };
}

/** A person at a tablet: new children and new answers about known ones, and now and then the tablet dies. */
async function work(tablet: CoreTablet, chance: Chance, over: () => boolean): Promise<void> {
	const children: ChildId[] = [];
	while (!over()) {
		await pause(chance.below(hurry));
		const old = chance.happens(0.6) ? chance.pick(children) : undefined;
		const childId = old ?? (randomUUID() as ChildId);
		if (!old) children.push(childId);
		const answers = { nameCalled: known(`小名${chance.below(100_000)}`) };
		await tablet.record([intake(childId, answers), ...(chance.happens(0.3) ? [intake(childId, answers)] : [])]);
		tablet.engine.syncNow();
		if (chance.happens(0.02)) await tablet.die();
	}
}

/**
 * Waits until every tablet has sent everything by itself and then, asked once more as by a person (a tablet at rest looks
 * every five minutes), has read what the others sent. Answers those that have not by then.
 */
async function untilConverged(all: readonly House[], until: number): Promise<readonly string[]> {
	let asked = false;
	for (;;) {
		const stuck: string[] = [];
		let waits = 0;
		for (const { tablets, late } of all) {
			const wanted = new Set(tablets.flatMap((tablet) => [...tablet.acknowledged])).size;
			for (const tablet of [...tablets, late]) {
				const { waiting, position, quarantined } = await tablet.standing();
				waits += waiting;
				if (waiting > 0 || quarantined > 0 || position !== wanted)
					stuck.push(`${waiting} wait, ${quarantined} set aside, read ${position} of ${wanted}`);
			}
		}
		if (stuck.length === 0 || Date.now() > until) return stuck;
		if (waits === 0 && !asked) {
			asked = true;
			for (const { tablets, late } of all) {
				for (const tablet of tablets) tablet.engine.syncNow();
				late.engine.resume();
			}
		}
		await pause(250);
	}
}

function count(tablets: readonly CoreTablet[]): number {
	return tablets.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
