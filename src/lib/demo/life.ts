import { placePath, placeRevisions, placesUnder } from '#lib/domain/codes/places.ts';
import type { Place } from '#lib/domain/intake/fields.ts';
import { addDays, addMonths, daysBetween, earlierOf, laterOf, toParts, type CivilDate } from '#lib/domain/time.ts';
import type { HouseKey } from './houses.ts';
import { assignedName, calledName, givenName, type DemoName } from './names.ts';
import type { HousesByKey } from './houses.ts';
import { regions, type Region } from './regions.ts';
import type { Random } from './random.ts';

/** What the invented truth about a child is, before anybody writes any of it down. */
export interface Life {
	readonly index: number;
	/** 0 = came last, 283 = came first, within every 284 children. Decides how far the case has come. */
	readonly rank: number;
	readonly sex: '1' | '2';
	readonly born: CivilDate;
	readonly taken: CivilDate;
	readonly rescued: CivilDate;
	readonly handover: CivilDate;
	readonly firstHouse: 'yunling' | 'lanjiang' | 'station';
	/** Where the child goes from the rescue station. */
	readonly laterHouse: 'yunling' | 'lanjiang';
	readonly region: Region;
	/** The county the child is from, as coded when it was taken. */
	readonly home: CodedPlace;
	readonly rescuedIn: CodedPlace;
	readonly given: DemoName | undefined;
	readonly assigned: DemoName | undefined;
	readonly called: DemoName | undefined;
	/** How tall beside the median, see growth.ts. */
	readonly build: number;
	/** How well fed on the first day. */
	readonly fed: number;
	readonly pictureSeed: number;
}

/** A place with its code. */
export interface CodedPlace extends Place {
	readonly code: string;
	readonly revision: string;
}

export const ranks = 284;

export function lifeOf(random: Random, index: number, today: CivilDate, houses: HousesByKey): Life {
	// 167 has no factor in common with 284: every run of 284 children meets every rank once.
	const rank = (index * 167 + 91) % ranks;
	const handover = addDays(today, -daysInCare(random, rank));
	const sex = random.chance(0.54) ? '1' : '2';
	const ageMonths = ageAtRescue(random);
	const rescued = addDays(handover, -random.pick([0, 0, 0, 1, 1, 2, 3, 5]));
	const born = addDays(addMonths(rescued, -ageMonths), -random.between(0, 29));
	const taken = takenBetween(random, born, rescued, ageMonths);
	const region = random.pick(byWeight);
	const firstHouse = random.pick([
		'yunling',
		'yunling',
		'yunling',
		'lanjiang',
		'lanjiang',
		'lanjiang',
		'station',
		'station',
		'station',
		'station'
	] as const);
	const remembers = ageMonths >= 54;
	const given = remembers && random.chance(0.5) ? givenName(random, sex) : undefined;
	const called = ageMonths >= 16 && random.chance(0.7) ? calledName(random, sex) : undefined;
	const needsName = !given && (!called || random.chance(0.5));
	return {
		index,
		rank,
		sex,
		born,
		taken,
		rescued,
		handover,
		firstHouse,
		laterHouse: random.pick(['yunling', 'lanjiang'] as const),
		region,
		home: countyOf(random, region.prefix, taken),
		rescuedIn: countyOf(random, random.pick(byWeight).prefix, rescued),
		given,
		assigned: needsName ? assignedName(random, houses[firstHouse].surname) : undefined,
		called,
		build: 0.93 + 0.12 * ((random.next() + random.next()) / 2),
		fed: 0.8 + 0.22 * random.next(),
		pictureSeed: random.between(1, 2_000_000_000)
	};
}

/** Who has the child on a day, given when the second house received it. */
export function houseOn(life: Life, day: CivilDate, received: CivilDate | undefined): HouseKey {
	return received && laterOf(day, received) === day ? life.laterHouse : life.firstHouse;
}

/** Whole months from birth to a day. */
export function ageInMonths(born: CivilDate, day: CivilDate): number {
	const from = toParts(born);
	const to = toParts(day);
	return Math.max(0, (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day ? 1 : 0));
}

/** The newest of the 284 came yesterday, the oldest two years ago. */
function daysInCare(random: Random, rank: number): number {
	if (rank < 8) return rank + 1;
	if (rank < 16) return random.between(8, 15);
	if (rank < 32) return random.between(12, 30);
	const evenly = 30 + Math.round(((rank - 32) / (ranks - 33)) * 696);
	return Math.min(730, Math.max(28, evenly + random.between(-6, 6)));
}

/** Most rescued children are small: half under four, a tenth over ten. */
function ageAtRescue(random: Random): number {
	const share = random.next();
	if (share < 0.18) return random.between(0, 11);
	if (share < 0.5) return random.between(12, 47);
	if (share < 0.75) return random.between(48, 83);
	if (share < 0.9) return random.between(84, 119);
	return random.between(120, 167);
}

function takenBetween(random: Random, born: CivilDate, rescued: CivilDate, ageMonths: number): CivilDate {
	// Some older children were taken as toddlers, years before anybody found them.
	if (ageMonths >= 96 && random.chance(0.45))
		return addDays(addMonths(born, random.between(6, 36)), random.between(0, 27));
	const away =
		ageMonths < 6
			? random.between(2, 60)
			: random.chance(0.6)
				? random.between(10, 400)
				: random.between(200, ageMonths * 25);
	return laterOf(born, earlierOf(rescued, addDays(rescued, -Math.min(away, daysBetween(born, rescued)))));
}

const byWeight = regions.flatMap((each) => Array.from({ length: each.weight }, () => each));

/** A county of a province, in the revision of the codes that was in force on the day. */
export function countyOf(random: Random, prefix: string, day: CivilDate): CodedPlace {
	const revision = placeRevisions.findLast((each) => `${each}-01` <= day) ?? placeRevisions[0] ?? '';
	const code = random.pick(countiesOf(`${prefix}0000`, revision));
	return { code, revision, text: placePath(code, revision).join('') };
}

/** Going down the places takes milliseconds, and a hundred thousand children ask the same 600 questions. */
const counties = new Map<string, readonly string[]>();

function countiesOf(province: string, revision: string): readonly string[] {
	const key = `${province} ${revision}`;
	const known = counties.get(key);
	if (known) return known;
	const found = placesUnder(province, revision).flatMap((place) =>
		place.hasParts ? placesUnder(place.code, revision).map(({ code }) => code) : [place.code]
	);
	counties.set(key, found);
	return found;
}
