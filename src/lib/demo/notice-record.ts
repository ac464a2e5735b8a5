import { disclose } from '#lib/domain/disclosure/disclose.ts';
import { defaultPolicyId, policyById, type Policy } from '#lib/domain/hold/policy.ts';
import type { NoticeDraft, NoticeField } from '#lib/domain/notice/notice.ts';
import { publicNumber } from '#lib/domain/notice/public-number.ts';
import { placePath } from '#lib/domain/codes/places.ts';
import { addDays, laterOf, toParts, type CivilDate } from '#lib/domain/time.ts';
import type { Intake } from './intake-record.ts';
import { ageInMonths } from './life.ts';
import type { Recorded } from './recorder.ts';
import { fileSoFar, type Milestones, type Telling } from './telling.ts';

/** Draft, approval by another person, sometimes a second version, a take-down; then the move from the station. */
export function recordNotice(telling: Telling, intake: Intake): Milestones {
	const { life, random, recorder, stage } = telling;
	if (stage === 'no_notice') return { platform: undefined, newspaper: undefined, received: undefined };
	const house = life.firstHouse;
	const draftedOn = addDays(life.handover, stage === 'draft' ? random.between(3, 10) : random.between(4, 18));
	const first = keepingEnough(telling, draftOf(telling, intake));
	const draft = recorder.record('notice.drafted', { draft: first }, { on: draftedOn, house, role: 'supervisor' });
	if (!draft || stage === 'draft') return { platform: undefined, newspaper: undefined, received: undefined };

	const approvedOn = addDays(draftedOn, random.pick([0, 0, 1, 1, 2, 4]));
	const number = publicNumber(random.bytes(5));
	const approval = approve(telling, draft, number, approvedOn, []);
	const platform = approval && approvedOn;
	// A newspaper notice is missing for some: the thirty days then have not begun.
	const newspaper = platform && life.rank % 11 !== 2 ? addDays(platform, random.between(-3, 6)) : undefined;

	let published = approval;
	if (approval && stage === 'published' && life.rank % 17 === 9) {
		const redraftedOn = addDays(approvedOn, random.between(40, 160));
		const again = recorder.record(
			'notice.drafted',
			{ draft: { ...first, note: '更新：补充身高和近照' } },
			{ on: redraftedOn, house, role: 'supervisor' }
		);
		// One in three second versions still waits for approval beside the published first.
		if (again && random.chance(0.66))
			published = approve(telling, again, number, addDays(redraftedOn, 1), [approval]) ?? approval;
	}
	if (published && stage === 'taken_down') {
		const reason = random.pick(['mistake', 'danger', 'childAsked'] as const);
		recorder.record(
			'notice.taken_down',
			{ takeDown: { reason, note: reason === 'danger' ? '有陌生人到院打听，先撤下' : '待补充材料后重新发布' } },
			{ on: addDays(approvedOn, random.between(9, 20)), house, role: 'second_administrator', replaces: [published.id] }
		);
	}
	return { platform, newspaper, received: moved(telling, platform, newspaper) };
}

function approve(
	telling: Telling,
	draft: Recorded,
	number: string,
	on: CivilDate,
	before: readonly Recorded[]
): Recorded | undefined {
	const atRegistry = telling.random.chance(0.2);
	return telling.recorder.record(
		'notice.approved',
		{ approval: { draft: draft.id, publicNumber: number } },
		{
			on,
			house: atRegistry ? 'registry' : telling.life.firstHouse,
			role: atRegistry ? 'registry_officer' : 'second_administrator',
			replaces: [draft.id, ...before.map(({ id }) => id)]
		}
	);
}

/** What the supervisor lets the public read. Some withhold a field: a name at the child's wish, an account that names places. */
function draftOf(telling: Telling, intake: Intake): NoticeDraft {
	const { life, random, houses } = telling;
	const age = ageInMonths(life.born, life.rescued);
	const spread = age < 12 ? 1 : age < 36 ? 3 : age < 84 ? 6 : 12;
	const house = houses[life.firstHouse];
	const place = intake.placeTaken?.code;
	const { year, month } = toParts(life.rescued);
	const wider = place && placePath(place, intake.placeTaken.revision).slice(0, 2).join('');
	const shown: Partial<Record<NoticeField, string | undefined>> = {
		name: random.chance(0.96) ? intake.shownName : undefined,
		sex: life.sex === '1' ? '男' : '女',
		ageWhenRescued: age < 24 ? `约 ${Math.max(1, age)} 个月` : `约 ${Math.round(age / 12)} 岁`,
		placeTaken: wider === '' ? undefined : wider,
		rescued: `${year} 年 ${month} 月`,
		height: intake.height > 0 ? `${intake.height} 厘米` : undefined,
		features: intake.features || undefined,
		clothing: intake.clothing,
		belongings: intake.belongings,
		ownAccount: random.chance(0.85) ? intake.account?.moderated : undefined,
		accent: intake.accent
	};
	return {
		shown: Object.fromEntries(Object.entries(shown).filter(([, words]) => words !== undefined && words !== '')),
		...(place && { regionCode: place }),
		ageMonths: { least: Math.max(0, age - spread), most: age + spread },
		sexCode: life.sex,
		photos: intake.photos.slice(0, 8),
		contactName: house.contactName,
		contactPhone: house.phone,
		...(random.chance(0.4) && { note: `《${house.newspaper}》同期刊登` })
	};
}

/**
 * What supervisors keep back first, each in their own way, where showing everything would leave too little to verify a
 * family by. Most give up the accent or the belongings and keep what people recognise a child by; some think that a mark
 * on the skin is the best question to ask.
 */
const waysOfKeeping: readonly (readonly NoticeField[])[] = [
	['accent', 'belongings', 'clothing', 'ownAccount', 'features'],
	['belongings', 'accent', 'clothing', 'ownAccount', 'features'],
	['clothing', 'accent', 'belongings', 'ownAccount', 'features'],
	['belongings', 'ownAccount', 'accent', 'clothing', 'features'],
	['accent', 'clothing', 'ownAccount', 'features', 'belongings'],
	['features', 'belongings', 'accent', 'ownAccount', 'clothing']
];

/** The draft with as few fields taken out as let it be approved: the desk approves no other, and so has the demo none. */
function keepingEnough(telling: Telling, whole: NoticeDraft): NoticeDraft {
	const caseFile = fileSoFar(telling);
	const policy = defaultPolicy();
	const enough = (draft: NoticeDraft) =>
		disclose(caseFile, 'public', policy, draft).faults.every(({ type }) => type !== 'too_little_withheld');
	const without = (fields: readonly NoticeField[]): NoticeDraft => ({
		...whole,
		shown: Object.fromEntries(Object.entries(whole.shown).filter(([field]) => !fields.includes(field as NoticeField)))
	});

	// By the child's number and not by chance: every other part of the history stays as it was.
	const way = waysOfKeeping[telling.life.index % waysOfKeeping.length] ?? [];
	let kept: readonly NoticeField[] = [];
	for (const field of way) {
		if (enough(without(kept))) break;
		kept = [...kept, field];
	}
	// The last one may have been enough without some before it.
	for (const field of kept) {
		const fewer = kept.filter((each) => each !== field);
		if (enough(without(fewer))) kept = fewer;
	}
	return without(kept);
}

function defaultPolicy(): Policy {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`the default policy ${defaultPolicyId} is not there`);
	return policy.value;
}

/**
 * From the station to a welfare institution: within seven days after the thirty days of the notice, for most; some weeks
 * late; some not yet, although it is time. Both sides record it.
 */
function moved(
	telling: Telling,
	platform: CivilDate | undefined,
	newspaper: CivilDate | undefined
): CivilDate | undefined {
	const { life, random, recorder, houses } = telling;
	if (life.firstHouse !== 'station' || !platform || life.rank % 13 === 8) return undefined;
	const elapsed = addDays(newspaper ? laterOf(platform, newspaper) : platform, 31);
	const late = random.chance(0.15);
	const sentOn = addDays(elapsed, late ? random.between(10, 30) : random.between(0, 6));
	const officer = recorder.staffOf('station', 'care_worker').name;
	const sent = recorder.record(
		'handover.sent',
		{
			itemId: recorder.itemId(sentOn),
			handover: {
				to: houses[life.laterHouse].institutionId,
				time: random.pick(['09:30', '10:15', '14:00', '15:40']),
				officer,
				reason: '寻亲公告期满无人认领，移交儿童福利机构',
				condition: random.pick(['精神好，无外伤', '轻微咳嗽，药已随行', '情绪平稳，带走自己的小被子'])
			}
		},
		{ on: sentOn, house: 'station' }
	);
	// The newest children that were sent: the other side has not recorded it yet.
	if (!sent || (life.rank % 7 === 1 && life.rank < 60)) return undefined;
	const receivedOn = addDays(sentOn, random.chance(0.8) ? 0 : 1);
	const received = recorder.record(
		'handover.received',
		{
			itemId: recorder.itemId(receivedOn),
			handover: {
				from: houses.station.institutionId,
				officer: recorder.staffOf(life.laterHouse, 'care_worker').name,
				condition: '档案、物品清点无误'
			}
		},
		{ on: receivedOn, house: life.laterHouse, lag: random.pick([0, 0, 0, 1, 3]) }
	);
	return received && receivedOn;
}
