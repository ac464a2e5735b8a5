import { live } from '#lib/domain/case-file/versions.ts';
import { standingDecisions } from '#lib/domain/notice/notice-state.ts';
import { addDays, addMonths, toParts, type CivilDate } from '#lib/domain/time.ts';
import { ageInMonths, houseOn } from './life.ts';
import { fileSoFar, type Milestones, type Telling } from './telling.ts';

/**
 * What desks decide that needs nobody's claim: a second person confirms the date of the hand-over, for most; a few children
 * are halted, have been asked what they wish, or have left. Reviews and claims are made where the demo is stored, since they
 * take the registry's own hash and tickets (server/demo).
 */
export function recordDecisions(telling: Telling, milestones: Milestones): void {
	confirmStart(telling);
	recordConsent(telling, milestones);
	const { life, recorder } = telling;
	if (life.rank % 71 === 7) {
		const on = addDays(life.handover, 60);
		recorder.record(
			'flag.raised',
			{
				itemId: recorder.itemId(on),
				flag: {
					flag: 'police_hold',
					reason: '案件正在侦查，请暂缓办理',
					reference: `公刑〔${toParts(on).year}〕${life.rank} 号`
				}
			},
			{ on, house: 'police', role: 'police_liaison' }
		);
	}
	// Two whose notices are down already.
	if (life.rank === 220 || life.rank === 140) leave(telling, milestones);
}

/** Every date that is not disputed; one in nine still waits for a second person. */
function confirmStart(telling: Telling): void {
	const { life, random, recorder } = telling;
	const dates = live(fileSoFar(telling).fields.handoverDate);
	const [date] = dates;
	if (!date || dates.length > 1 || life.rank % 9 === 8) return;
	recorder.record(
		'date.confirmed',
		{ field: 'handoverDate', confirmed: date.entryId },
		{
			on: addDays(life.handover, random.between(1, 9)),
			house: life.firstHouse,
			role: 'supervisor',
			notBy: date.staffId,
			after: [date.entryId]
		}
	);
}

const wishes = [
	['yes', '“奶奶和妈妈来看过我三次，我想跟她们走。”'],
	['yes', '“我愿意。我想要自己的书桌。”'],
	['no', '“我想再等等我妈妈。”'],
	['not_understood', '（问了两次，孩子只是笑，不回答。）']
] as const;

/** Children who may be eight were asked, once their months had passed. */
function recordConsent(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	const on = addDays(addMonths(life.handover, 12), random.between(10, 40));
	if (ageInMonths(life.born, on) < 96 || !random.chance(0.7)) return;
	const [answer, words] = random.pick(wishes);
	recorder.record(
		'consent.recorded',
		{
			itemId: recorder.itemId(on),
			consent: {
				matter: 'adoption',
				answer,
				words,
				heardBy: recorder.staffOf(houseOf(telling, milestones, on), 'care_worker').name
			}
		},
		{ on, house: houseOf(telling, milestones, on) }
	);
}

/** One file was opened twice, one child went to an uncle whom a court made guardian: two persons for each. */
function leave(telling: Telling, milestones: Milestones): void {
	const { life, recorder } = telling;
	const on = addDays(life.handover, 120);
	const house = houseOf(telling, milestones, on);
	const error = life.rank === 220;
	const paper = recorder.itemId(on);
	if (!error) {
		recorder.record(
			'document.recorded',
			{
				itemId: paper,
				document: {
					code: 'OTHER',
					title: '指定监护人判决书',
					number: `（${toParts(on).year}）民特 ${life.rank} 号`,
					date: on
				}
			},
			{ on, house }
		);
	}
	const proposed = recorder.record(
		'exit.proposed',
		{
			exit: error
				? { reason: 'entered_in_error', code: '08', papers: [], note: '与另一份档案为同一孩子，重复录入' }
				: { reason: 'other_guardian', code: '99', papers: [paper], note: '法院指定其叔父为监护人' }
		},
		{ on, house, role: 'supervisor' }
	);
	if (!proposed) return;
	const confirmed = recorder.record(
		'exit.confirmed',
		{ proposal: proposed.id },
		{ on: addDays(on, 2), house, role: 'second_administrator', after: [proposed.id] }
	);
	const replaces = standingDecisions(fileSoFar(telling));
	if (!confirmed || replaces.length === 0) return;
	recorder.record(
		'notice.taken_down',
		{ takeDown: { reason: 'left' } },
		{ on: addDays(on, 2), house, role: 'second_administrator', replaces, after: [confirmed.id] }
	);
}

function houseOf({ life }: Telling, { received }: Milestones, on: CivilDate) {
	return houseOn(life, on, received);
}
