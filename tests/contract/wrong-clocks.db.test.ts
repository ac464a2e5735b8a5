import { expect, test } from 'vitest';
import type { LocalVault } from '../../src/lib/client/vault/vault.ts';
import type { VaultPlatform } from '../../src/lib/client/vault/platform.ts';
import {
	childNumber,
	enrolAnswer,
	known,
	must,
	passphrase,
	spoken,
	workerId
} from '../../src/lib/client/vault/vault-scenes.ts';
import type { Fact } from '../../src/lib/client/tablet.ts';
import type { ChildRow } from '../../src/lib/domain/case-file/child-row.ts';
import type { EntryId, ItemId } from '../../src/lib/domain/ids.ts';
import { addDays, civilDate } from '../../src/lib/domain/time.ts';
import { Chance } from '../../src/lib/sync/simulation/chance.ts';
import { eventually, registryInReach, wholeTablet } from './whole-tablet.ts';

/*
 * SECURITY.md, R9: cheap tablets lose their clock with their battery. Whatever it says, the order of what was recorded, what
 * a child's file shows and the day its twelve months end are those of a tablet with a right clock: on the tablet, at the
 * registry, and on the next tablet of the house.
 */
const children = 12;
const day = 86_400_000;
const year = 365 * day;

type Clock = VaultPlatform['clock'] & {
	/** A night passes: the battery was empty, or somebody turned at the clock. */
	readonly nextDay?: () => void;
};
const shifted = (by: number, offset = 480): Clock => ({ now: () => Date.now() + by, offsetMinutes: () => offset });

const clocks: Readonly<Record<string, () => Clock>> = {
	'a year ahead': () => shifted(year),
	'a year behind': () => shifted(-year),
	'with the time of another zone': () => shifted(13 * 3_600_000, -300),
	'that goes back at every look': () => {
		let looks = 0;
		return { now: () => Date.now() - 41 * 60_000 * looks++, offsetMinutes: () => 480 };
	},
	'that jumps by months, both ways, and across the date line': () => {
		let days = 0;
		return {
			now: () => Date.now() + days * day,
			offsetMinutes: () => (days < 0 ? -720 : 840),
			// More than ninety days forward at once, and the tablet would only send until it is heard.
			nextDay: () => (days = days > 0 ? days - 400 : days + 85)
		};
	}
};

/** What a house records of its children: the same with every clock, as every choice comes of the child's number. */
async function aYear(
	record: (facts: readonly Fact[]) => Promise<readonly string[]>,
	evening: () => Promise<void>
): Promise<void> {
	const handovers = new Map<number, string>();
	for (let step = 0; step < 5; step++) {
		for (let n = 1; n <= children; n++) {
			const chance = new Chance(1_000 * n + step);
			const childId = childNumber(n);
			const on = addDays(civilDate('2025-06-01'), chance.below(300));
			const answers = (
				given: Extract<Fact, { type: 'intake.recorded' }>['payload']['answers'],
				replaces: string[] = []
			) =>
				({
					...{ type: 'intake.recorded', childId, occurredOn: on },
					...{ replaces: replaces as EntryId[], payload: { answers: given } }
				}) satisfies Fact;
			const facts: Fact[] = [];
			if (step === 0) facts.push(answers({ nameCalled: known(`小名${n}`), handoverDate: known(on) }));
			else if (chance.happens(0.4))
				// A correction, and now and then one that does not say what it corrects: a dispute.
				facts.push(answers({ handoverDate: known(on) }, chance.happens(0.8) ? [handovers.get(n) ?? ''] : []));
			else if (chance.happens(0.4)) facts.push(answers({ nameCalled: known(`小名${n}-${step}`) }));
			else
				facts.push({
					...{ type: 'care.recorded', childId, occurredOn: on, replaces: [] },
					payload: {
						itemId: `0d000000-0000-4000-8000-${String(n * 10 + step).padStart(12, '0')}` as ItemId,
						care: { kind: 'daily', note: `第${step}次` }
					}
				});
			const [id = ''] = await record(facts);
			const [fact] = facts;
			if (fact?.type === 'intake.recorded' && fact.payload.answers.handoverDate) handovers.set(n, id);
		}
		await evening();
	}
}

/** A house with one tablet under this clock, and what became of its year. */
async function outcome(clock: Clock | undefined) {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'at once', clock);
	const sent = async () => {
		one.engine.syncNow();
		await eventually(async () => {
			expect(await one.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 0 });
			expect(await stageOf(one.vault)).toBe('normal');
		});
	};
	await aYear(
		async (facts) => must(await one.vault.record(facts)).entryIds,
		async () => {
			await sent();
			clock?.nextDay?.();
		}
	);
	await sent();
	const two = await wholeTablet(there);
	const head = await there.door.log.head(enrolAnswer().roster.institutionId);
	await eventually(async () => expect((await shownBy(two.vault)).rows).toHaveLength(children));
	const { rows } = await there.database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ row: ChildRow; holdLastDay: string | null }>(
			'SELECT row, hold_last_day::text AS "holdLastDay" FROM child_rows ORDER BY child_id'
		)
	);
	expect([one.reported, two.reported]).toEqual([[], []]);
	return {
		entries: head.position,
		onTablet: await shownBy(one.vault),
		onNextTablet: await shownBy(two.vault),
		atRegistry: rows
	};
}

/** Every line of the list, and every file as its entries follow each other. */
async function shownBy(vault: Awaited<ReturnType<typeof wholeTablet>>['vault']) {
	const { rows } = must(await vault.search({ show: 'all', offset: 0, limit: 1_000 }));
	const files: Record<string, unknown> = {};
	for (const { childId } of rows)
		files[childId] = must(await vault.open(childId))?.entries.map(({ parsed: { entry } }) => ({
			...{ type: entry.type, occurredOn: entry.occurredOn, payload: entry.payload, deviceSeq: entry.deviceSeq },
			corrects: entry.replaces.length
		}));
	return { rows: [...rows].sort((a, b) => (a.childId < b.childId ? -1 : 1)), files };
}

test('whatever a tablet’s clock says, the files, their order and the days of the hold are the same everywhere', async () => {
	const right = await outcome(undefined);
	expect(right.entries).toBe(5 * children);
	expect(right.onNextTablet).toEqual(right.onTablet);
	expect(right.atRegistry.filter(({ holdLastDay }) => holdLastDay !== null).length).toBeGreaterThan(children / 2);
	for (const { row } of right.atRegistry) {
		const shown = right.onTablet.rows.find(({ childId }) => childId === row.childId);
		expect([row.holdStart, row.holdLastDay]).toEqual([shown?.holdStart, shown?.holdLastDay]);
	}
	for (const [name, clock] of Object.entries(clocks)) expect(await outcome(clock()), `a clock ${name}`).toEqual(right);
}, 240_000);

test('a clock that jumps a year ahead closes everything but the sending, and contact with the registry opens it again', async () => {
	const there = await registryInReach();
	let error = 0;
	const one = await wholeTablet(there, 'when told', { now: () => Date.now() + error, offsetMinutes: () => 480 });
	must(await one.vault.record([named(1)]));
	error = year;
	expect(await one.vault.search({ offset: 0, limit: 10 })).toMatchObject({ ok: false });
	one.engine.start();
	await eventually(async () => expect(await stageOf(one.vault)).toBe('normal'));
	expect(must(await one.vault.search({ offset: 0, limit: 10 })).rows).toHaveLength(1);
	must(await one.vault.record([named(2)]));
	// Somebody sets it right: no day is won by that, and none is owed.
	error = 0;
	expect(await stageOf(one.vault)).toBe('normal');
	must(await one.vault.record([named(3)]));
	one.engine.syncNow();
	await eventually(async () => expect(await one.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 0 }));
	expect(one.reported).toEqual([]);
});

test.each([
	['ahead', year],
	['behind', -year]
])(
	'wrong secrets under a clock a year %s lock nobody out for longer than their pause, once it is set right',
	async (_, by) => {
		const there = await registryInReach();
		let now = Date.now() + by;
		const one = await wholeTablet(there, 'when told', { now: () => now, offsetMinutes: () => 480 });
		await one.vault.lock();
		for (let wrong = 1; wrong < 5; wrong++)
			expect(await one.vault.unlock(workerId, spoken('keine ahnung davon mehr'))).toMatchObject({
				error: { type: 'wrong_secret', triesLeft: 5 - wrong }
			});
		expect(await one.vault.unlock(workerId, spoken('keine ahnung davon mehr'))).toMatchObject({
			error: { type: 'cooling_down', until: expect.any(String) as string }
		});
		now -= by;
		// The pause is counted anew at most, by the clock that is right now; never until the wrong year is reached again.
		await one.vault.unlock(workerId, spoken(passphrase));
		now += 61_000;
		const opened = await one.vault.unlock(workerId, spoken(passphrase));
		expect(opened).toMatchObject({ ok: true, value: { status: 'open' } });
		one.engine.start();
		await eventually(async () => expect(await stageOf(one.vault)).toBe('normal'));
		must(await one.vault.record([named(1)]));
		expect(must(await one.vault.search({ offset: 0, limit: 10 })).rows).toHaveLength(1);
	}
);

const named = (n: number): Fact => ({
	...{ type: 'intake.recorded', childId: childNumber(n), occurredOn: civilDate('2026-03-05'), replaces: [] },
	payload: { answers: { nameCalled: known(`小名${n}`) } }
});

async function stageOf(vault: LocalVault) {
	const status = await vault.status();
	return status.status === 'not_enrolled' ? undefined : status.contact.stage;
}
