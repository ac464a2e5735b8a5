import type { CaseDocument } from '#lib/domain/document/document.ts';
import { lastDay } from '#lib/domain/hold/calendar.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { sampleSteps } from '#lib/domain/sample/sample.ts';
import { addDays, addMonths, daysBetween, toParts, weekday, type CivilDate } from '#lib/domain/time.ts';
import { ageInMonths, houseOn } from './life.ts';
import type { Milestones, Telling } from './telling.ts';

/** Papers and the way of the sample: most on time, some late, some never, a few that cannot be right. */
export function recordPapers(telling: Telling, milestones: Milestones): void {
	const { life, random, houses, length } = telling;
	const { handover, rank } = life;
	const police = `${houses[life.firstHouse].county}公安局`;
	const year = toParts(handover).year;
	const number = (offset: number) => `第 ${String(1 + ((life.index * 37 + offset * 11) % 900)).padStart(3, '0')} 号`;
	const short = houses[life.firstHouse].county.slice(0, 1);

	file(
		telling,
		milestones,
		{ code: 'DOC-A', number: `${short}公（打拐）临照字〔${year}〕${number(0)}`, date: handover, issuer: police },
		0,
		0.14
	);
	if (length === 'short') return;

	// DOC-B is due within a month: most in time, one in nine late, one in seventeen never.
	const proofOn = workday(
		rank % 9 === 4 ? addDays(addMonths(handover, 1), random.between(4, 40)) : addDays(handover, random.between(18, 27))
	);
	if (rank % 17 !== 5)
		file(
			telling,
			milestones,
			{
				code: 'DOC-B',
				number: `${short}公（打拐）暂查字〔${toParts(proofOn).year}〕${number(1)}`,
				date: proofOn,
				issuer: police
			},
			random.between(0, 6),
			0.05
		);

	if (milestones.newspaper)
		file(
			telling,
			milestones,
			{
				code: 'DOC-D',
				title: `《${houses[life.firstHouse].newspaper}》寻亲公告`,
				date: milestones.newspaper,
				issuer: houses[life.firstHouse].name
			},
			random.between(0, 9),
			0.12
		);

	const inDatabase = recordSamples(telling, milestones);
	if (inDatabase && rank % 7 !== 3) {
		const comparedOn = workday(addDays(inDatabase, random.between(3, 15)));
		file(
			telling,
			milestones,
			{
				code: 'DOC-E',
				number: `DNA-${toParts(comparedOn).year}-${String(2000 + ((life.index * 61) % 7000))}`,
				date: comparedOn,
				issuer: `${houses[life.firstHouse].county}公安局刑事科学技术室`
			},
			random.between(0, 12),
			0.05
		);
	}
	const opinionOn = workday(
		milestones.received ? addDays(milestones.received, -2) : addDays(handover, random.between(10, 40))
	);
	if (random.chance(0.75))
		file(
			telling,
			milestones,
			{
				code: 'DOC-F',
				number: `${short}民接〔${toParts(opinionOn).year}〕${number(3)}`,
				date: opinionOn,
				issuer: `${houses[life.firstHouse].county}民政局`
			},
			random.between(0, 5),
			0
		);
	recordCertificate(telling, milestones, police, number(4));
}

/** DOC-C after the hold, for some of those whose months have passed; two carry a date that is too early. */
function recordCertificate(telling: Telling, milestones: Milestones, police: string, number: string): void {
	const { life, random, recorder } = telling;
	const holdEnds = lastDayOfHold(life.handover);
	if (holdEnds > recorder.yesterday) return;
	const tooEarly = life.rank === 201 || life.rank === 243;
	if (!tooEarly && !random.chance(0.6)) return;
	const date = tooEarly ? addDays(holdEnds, -6) : workday(addDays(holdEnds, random.between(1, 45)));
	const numbered = random.chance(0.94) ? { number: `公（打拐）查证字〔${toParts(date).year}〕${number}` } : {};
	file(telling, milestones, { code: 'DOC-C', ...numbered, date, issuer: police }, random.between(0, 4), 0.2);
}

function lastDayOfHold(handover: CivilDate): CivilDate {
	const policy = policyById(defaultPolicyId);
	const hold = policy.ok ? policy.value.clocks.find(({ id }) => id === 'hold') : undefined;
	if (!policy.ok || !hold) throw new Error(`The policy ${defaultPolicyId} has no clock called hold.`);
	const period = { start: handover, amount: hold.amount, unit: hold.unit };
	return lastDay(period, policy.value.calendar, restDaysFor(policy.value.calendar)).lastDay;
}

/** One item for each step of the sample's way; the answer is the day it was in the database, if it got there. */
function recordSamples(telling: Telling, milestones: Milestones): CivilDate | undefined {
	const { life, random, recorder, houses } = telling;
	const kit = `KIT-${String(2000 + ((life.index * 17) % 7000))}-${life.index % 3}`;
	const sealNumber = `${toParts(life.handover).year}${String(100_000 + ((life.index * 7919) % 900_000))}`;
	const days = {
		collected: 1,
		sealed: 0,
		dispatched: random.between(2, 6),
		received: random.between(1, 5),
		typed: random.between(8, 25),
		in_database: random.between(1, 9)
	};
	const laboratory = '市公安局 DNA 实验室';
	// One in eleven stays at the laboratory, one in twenty-three is never sent.
	const last = life.rank % 23 === 9 ? 'sealed' : life.rank % 11 === 6 ? 'received' : 'in_database';
	let on = addDays(life.handover, random.between(0, 2));
	for (const step of sampleSteps) {
		on = addDays(on, days[step]);
		const atHouse = step === 'collected' || step === 'sealed' || step === 'dispatched';
		const recorded = recorder.record(
			'sample.recorded',
			{
				itemId: recorder.itemId(on),
				sample: {
					step,
					kit,
					by:
						step === 'collected'
							? recorder.staffOf(life.firstHouse, 'care_worker').name
							: atHouse
								? '民警'
								: laboratory,
					place: atHouse ? houses[life.firstHouse].name : laboratory,
					...(step !== 'collected' && { sealNumber })
				}
			},
			{ on, house: houseOn(life, on, milestones.received), lag: atHouse ? 0 : random.between(0, 3) }
		);
		if (!recorded) return undefined;
		if (step === last) break;
	}
	return last === 'in_database' ? on : undefined;
}

/** A paper on file and sometimes its photo; it reaches the house `lag` days after its own date. */
function file(
	telling: Telling,
	milestones: Milestones,
	document: CaseDocument & { date: CivilDate },
	lag: number,
	photoShare: number
): void {
	const { life, random, recorder, length } = telling;
	const on = addDays(document.date, Math.max(lag, daysBetween(document.date, life.handover)));
	const house = houseOn(life, on, milestones.received);
	const itemId = recorder.itemId(on);
	const seen = random.chance(0.93) ? { originalSeenBy: recorder.staffOf(house, 'care_worker').name } : {};
	const filed = recorder.record('document.recorded', { itemId, document: { ...document, ...seen } }, { on, house });
	if (!filed || length === 'short' || !random.chance(photoShare)) return;
	const picture = {
		seed: life.pictureSeed + lag,
		view: 'paper',
		ageYears: ageInMonths(life.born, on) / 12,
		sex: life.sex
	} as const;
	recorder.photo(
		picture,
		{ view: 'paper', publishable: false, of: itemId, caption: document.title ?? document.number ?? document.code },
		{ on, house }
	);
}

/** The first working day on or after a day, holidays not looked at: offices write papers Monday to Friday. */
function workday(day: CivilDate): CivilDate {
	return weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day;
}
