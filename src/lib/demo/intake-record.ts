import type { Answers, FieldKey, FieldValue, Place } from '#lib/domain/intake/fields.ts';
import type { ItemId } from '#lib/domain/ids.ts';
import type { Mark } from '#lib/domain/photo/photo.ts';
import { addDays, addMonths, laterOf, toParts, type CivilDate, type PartialDate } from '#lib/domain/time.ts';
import { measured } from './growth.ts';
import { ageInMonths } from './life.ts';
import { faceWords, marks } from './marks.ts';
import { adultName } from './names.ts';
import type { Recorded } from './recorder.ts';
import { clothing, ownAccount, things, type OwnAccount } from './stories.ts';
import type { Telling } from './telling.ts';

/** What people wrote down at the intake, as far as the notice and the later parts use it. */
export interface Intake {
	readonly shownName: string | undefined;
	readonly placeTaken: Place | undefined;
	readonly accent: string | undefined;
	readonly height: number;
	/** Without what only a doctor should see. */
	readonly features: string;
	readonly clothing: string;
	readonly belongings: string | undefined;
	readonly account: OwnAccount | undefined;
	/** Photos that may go into a notice, the front one first; empty when there is none. */
	readonly photos: readonly ItemId[];
}

type Writable = { -readonly [K in FieldKey]?: Answers[K] };

/** Reception to account, in the steps of the intake; an unfinished one stops after the second. */
export function recordIntake(telling: Telling): Intake {
	const { life, recorder, random, stage, length } = telling;
	const receptionEntry = recordReception(telling);
	const words = recordIdentity(telling);
	const body =
		length === 'whole' ? { marks: marks(random, random.pick([0, 1, 1, 1, 2, 2, 3])) } : { marks: marks(random, 1) };
	if (stage === 'unfinished') return { ...words, ...recordBegun(telling), photos: [] };

	const photos = recordPhotos(telling, body.marks);
	const { height, features, bodyEntry } = recordBody(telling, body.marks);
	const worn = recordBelongings(telling, photos);
	const account = length === 'whole' ? recordAccount(telling) : undefined;
	if (random.chance(0.9)) {
		const reference = `S53-${toParts(life.handover).year}-${String(10_000 + ((life.index * 7919) % 90_000))}`;
		answer(telling, { sampleReference: known(reference) }, addDays(life.handover, random.between(0, 3)));
	}
	recorder.record('intake.submitted', {}, { on: addDays(life.handover, random.between(2, 6)), house: life.firstHouse });
	if (length === 'whole') recordDisputes(telling, receptionEntry, bodyEntry, height);
	return { ...words, height, features, ...worn, account, photos };
}

function recordReception(telling: Telling): Recorded | undefined {
	const { life, random, houses, recorder } = telling;
	const house = houses[life.firstHouse];
	const officer = adultName(random).written;
	const year = toParts(life.handover).year;
	const number = String(1 + ((life.index * 37) % 900)).padStart(3, '0');
	const police = `${house.county}公安局`;
	const station = `${random.pick(['城关', '东湖', '西关', '河口', '大桥', '站前', '红星'])}派出所`;
	const answers: Writable = {
		caseNumber: known(`${house.prefix}-${year}-${String(life.index + 1).padStart(4, '0')}`),
		handoverDate: known(life.handover),
		handoverTime: mostly(telling, 0.8, clock(random.between(8, 21), random.between(0, 59))),
		handoverPlace: known({ text: random.chance(0.6) ? `${police}${station}` : house.name }),
		handedOverBy: known(`${police}${random.pick(['刑侦大队', '打拐办', station])} ${officer}`),
		receivedBy: known(recorder.staffOf(life.firstHouse, 'care_worker').name),
		signedByPolice: random.chance(0.93) ? known(true) : known(false),
		signedByReceiver: known(true),
		noticeNumber: mostly(telling, 0.9, `${house.county.slice(0, 1)}公（打拐）临照字〔${year}〕第 ${number} 号`),
		noticeDate: mostly(telling, 0.9, random.chance(0.8) ? life.handover : addDays(life.handover, -1)),
		issuingBureau: known(police),
		policeStation: mostly(telling, 0.85, station),
		policeOfficer: mostly(telling, 0.9, officer),
		policePhone: mostly(telling, 0.8, `0885-555${String(1000 + ((life.index * 53) % 9000))}`),
		admissionBasis: known(random.chance(0.97) ? '04' : random.pick(['03', '06']))
	};
	if (random.chance(0.7)) answers.witnessOne = known(adultName(random).written);
	if (random.chance(0.6)) answers.witnessTwo = mostly(telling, 0.8, adultName(random).written);
	return answer(telling, answers, life.handover);
}

function recordIdentity(telling: Telling): Pick<Intake, 'shownName' | 'placeTaken' | 'accent'> {
	const { life, random, recorder, stage, length } = telling;
	const { given, assigned, called, region } = life;
	const age = ageInMonths(life.born, life.handover);
	const shown = given ?? assigned ?? called;
	const accent = age >= 30 ? random.pick(region.accents) : undefined;
	const placeTaken = placeAsTold(telling);
	const answers: Writable = {
		nameGiven: given ? known(given.written) : unknown,
		...(assigned && { nameAssigned: known(assigned.written) }),
		nameCalled: called ? known(called.written) : age < 16 ? unknown : unsure(telling),
		...(shown && { namePinyin: known(shown.pinyin) }),
		sex: known(life.sex),
		...birthAnswers(telling, age),
		ethnicity: random.chance(0.55)
			? known(random.chance(0.6) ? '01' : random.pick(['01', ...region.peoples]))
			: unsure(telling),
		language:
			age < 18
				? unknown
				: known(
						random.pick(
							age < 36 ? ['会说几个词', '咿呀学语'] : ['普通话和家乡话', '家乡话', '普通话', '能听懂普通话，说家乡话']
						)
					),
		accent: accent ? known(accent) : unsure(telling),
		placeTaken: placeTaken ? known(placeTaken) : unsure(telling),
		dateTaken: random.chance(0.6) ? known(partial(telling, life.taken, true)) : unsure(telling),
		placeRescued: known(life.rescuedIn),
		// Rescued and handed over are papers of one week; a contradiction between them is planted in recordDisputes.
		dateRescued: random.chance(0.9) ? known(partial(telling, life.rescued, false)) : unknown
	};
	if (random.chance(0.35)) answers.suspectLink = known(suspectWords(telling));
	if (random.chance(0.12))
		answers.siblings = known(
			random.pick([
				'与同车解救的另一名幼儿疑为姐弟，待 DNA 比对',
				'孩子说有一个双胞胎哥哥',
				'与同案另一名女童一起送来，两人互叫姐妹',
				'说家里还有两个妹妹'
			])
		);
	if (stage === 'unfinished') {
		const begun: Writable = {
			sex: known(life.sex),
			nameCalled: called ? known(called.written) : notNow,
			birth: notNow,
			placeTaken: notNow
		};
		if (random.chance(0.7)) answer(telling, begun, life.handover);
		return { shownName: called?.written, placeTaken, accent };
	}
	const recorded = answer(telling, answers, addDays(life.handover, random.chance(0.8) ? 0 : 1));
	if (length === 'whole' && recorded && random.chance(0.22)) {
		// The teeth are looked at weeks later, and the range becomes narrower.
		const on = addDays(life.handover, random.between(12, 60));
		const dental: Writable = {
			birth: known(range(life.born, 4)),
			birthMethod: known(random.pick(['dental', 'bone_age']))
		};
		recorder.record('intake.recorded', { answers: dental }, { on, house: life.firstHouse, replaces: [recorded.id] });
	}
	return { shownName: shown?.written, placeTaken, accent };
}

function birthAnswers(telling: Telling, age: number): Writable {
	const { life, random } = telling;
	const share = random.next();
	if (share < 0.07) return { birth: known({ precision: 'exact', date: life.born }), birthMethod: known('document') };
	if (share < 0.13 && age > 70)
		return { birth: known({ precision: 'exact', date: life.born }), birthMethod: known('self') };
	if (share < 0.2) return { birth: unsure(telling) };
	const spread = age < 12 ? 1 : age < 36 ? 4 : age < 84 ? 8 : 14;
	return {
		birth: known(range(life.born, spread)),
		birthMethod: known(random.pick(['staff', 'doctor', 'doctor', 'bone_age', 'suspect']))
	};
}

function recordBegun(telling: Telling): Omit<Intake, 'shownName' | 'placeTaken' | 'accent' | 'photos'> {
	const { life, random, recorder } = telling;
	const worn = clothing(random, toParts(life.handover).month, life.sex, ageInMonths(life.born, life.handover));
	if (random.chance(0.5))
		answer(telling, { clothing: known(worn), features: notNow, ownAccount: notNow }, life.handover);
	if (random.chance(0.4))
		recorder.photo(
			{ seed: life.pictureSeed, view: 'front', ageYears: yearsOn(telling, life.handover), sex: life.sex },
			{ view: 'front', publishable: false, quality: 'dark' },
			{ on: life.handover, house: life.firstHouse }
		);
	return { height: 0, features: '', clothing: worn, belongings: undefined, account: undefined };
}

function recordPhotos(telling: Telling, bodyMarks: readonly Mark[]): ItemId[] {
	const { life, random, recorder, length } = telling;
	const on = addDays(life.handover, random.chance(0.75) ? 0 : 1);
	const base = { seed: life.pictureSeed, ageYears: yearsOn(telling, on), sex: life.sex };
	const at = { on, house: life.firstHouse };
	const forNotice: (ItemId | undefined)[] = [];

	if (length === 'whole' && life.rank % 19 === 6) {
		const blurred = recorder.photo(
			{ ...base, view: 'front' },
			{ view: 'front', publishable: false, quality: 'blurred' },
			at
		);
		if (blurred)
			recorder.record(
				'item.withdrawn',
				{ itemId: blurred.itemId, reason: '拍糊了，已重拍' },
				{ ...at, replaces: [blurred.id] }
			);
	}
	const front = recorder.photo({ ...base, view: 'front' }, { view: 'front', publishable: true, quality: 'usable' }, at);
	forNotice.push(front?.itemId);
	if (length === 'whole') {
		for (const view of ['left', 'right'] as const) {
			if (!random.chance(view === 'left' ? 0.45 : 0.25)) continue;
			const quality = random.pick(['usable', 'usable', 'usable', 'blurred', 'small'] as const);
			const publishable = quality === 'usable' && random.chance(0.7);
			const taken = recorder.photo({ ...base, view }, { view, publishable, quality }, at);
			if (taken && publishable) forNotice.push(taken.itemId);
		}
	}
	for (const mark of bodyMarks) {
		const itemId = recorder.itemId(on);
		const written = recorder.record('mark.recorded', { itemId, mark }, at);
		if (!written || length === 'short' || !random.chance(0.35)) continue;
		const publishable = !intimateSites.has(mark.site) && random.chance(0.6);
		const subject = { subject: 'mark', kind: mark.kind, site: mark.site } as const;
		const taken = recorder.photo(
			{ ...base, view: 'mark', subject },
			{ view: 'mark', publishable, of: itemId, caption: mark.description },
			at
		);
		if (taken && publishable) forNotice.push(taken.itemId);
	}
	if (length === 'whole' && random.chance(0.15))
		recorder.photo({ ...base, view: 'clothing' }, { view: 'clothing', publishable: true }, at);
	return forNotice.filter((itemId) => itemId !== undefined);
}

function recordBody(
	telling: Telling,
	bodyMarks: readonly Mark[]
): { height: number; features: string; bodyEntry: Recorded | undefined } {
	const { life, random } = telling;
	const on = addDays(life.handover, random.between(0, 2));
	const age = ageInMonths(life.born, on);
	const size = measured(age, life.sex, life.build, life.fed);
	const face = faceWords(random);
	const described = (shown: readonly Mark[]) => [face, ...shown.map((mark) => mark.description)].join('；');
	const ill = random.chance(0.2);
	const answers: Writable = {
		height: known(size.height),
		weight: known(size.weight),
		...(age < 36 ? { headSize: mostly(telling, 0.85, size.headSize) } : {}),
		features: known(described(bodyMarks)),
		bloodGroup: random.chance(0.5)
			? known(random.pick(['A+', 'B+', 'O+', 'O+', 'AB+', 'A', 'B', 'O']))
			: unsure(telling),
		healthFirstCheck: known(
			ill
				? random.pick([
						'轻度贫血，缺锌，头皮有湿疹',
						'咳嗽三天，双肺呼吸音粗，查血常规',
						'消瘦，腹部略胀，粪检见蛔虫卵',
						'右耳流脓，疑中耳炎',
						'皮肤多处抓痕，疥疮待查'
					])
				: random.pick([
						'一般情况好，心肺听诊无异常',
						'营养稍差，其余无异常',
						'体温正常，神志清，四肢活动好',
						'发育与年龄相符，未见外伤'
					])
		),
		healthState: known(ill ? random.pick(['10', '30', '80']) : '10'),
		urgentNeeds: ill
			? known(
					random.pick([
						'退热药备用，每四小时量体温',
						'需尽快做传染病四项检查',
						'夜里惊醒，需要大人陪睡',
						'对牛奶过敏，改用豆奶粉'
					])
				)
			: unknown,
		isolation: known(ill && random.chance(0.6)),
		vaccinationKnown: random.chance(0.25)
			? known(random.pick(['左上臂有卡介苗疤，其余不详', '孩子说在学校打过针', '无接种本']))
			: unsure(telling)
	};
	const features = described(bodyMarks.filter((mark) => !intimateSites.has(mark.site)));
	return { height: size.height, features, bodyEntry: answer(telling, answers, on) };
}

function recordBelongings(telling: Telling, forNotice: ItemId[]): { clothing: string; belongings: string | undefined } {
	const { life, random, recorder, length } = telling;
	const at = { on: life.handover, house: life.firstHouse };
	const age = ageInMonths(life.born, life.handover);
	const worn = clothing(random, toParts(life.handover).month, life.sex, age);
	const carried = length === 'whole' ? things(random, random.pick([0, 0, 1, 1, 1, 2, 3])) : [];
	const summary = carried.length > 0 ? carried.map((thing) => thing.description).join('；') : undefined;
	answer(
		telling,
		{ clothing: known(worn), belongingsSummary: summary ? known(summary) : known('无随身物品') },
		life.handover
	);
	carried.forEach((thing, i) => {
		const itemId = recorder.itemId(life.handover);
		const seal = random.chance(0.6) ? { sealNumber: `F${String(life.index + 1).padStart(4, '0')}-${i + 1}` } : {};
		const kept = random.chance(0.5) ? { keptAt: random.pick(['档案室 2 号柜', '财物室铁皮柜', '随孩子使用']) } : {};
		recorder.record(
			'belonging.recorded',
			{ itemId, belonging: { description: thing.description, ...seal, ...kept } },
			at
		);
		if (!random.chance(0.45)) return;
		const picture = {
			seed: life.pictureSeed + i,
			view: 'belonging',
			ageYears: yearsOn(telling, life.handover),
			sex: life.sex
		} as const;
		const publishable = random.chance(0.75);
		const taken = recorder.photo(
			{ ...picture, subject: { subject: 'belonging', shape: thing.shape } },
			{ view: 'belonging', publishable, of: itemId, caption: thing.description },
			at
		);
		if (taken && publishable) forNotice.push(taken.itemId);
	});
	return { clothing: worn, belongings: summary };
}

function recordAccount(telling: Telling): OwnAccount | undefined {
	const { life, random, recorder } = telling;
	const on = addDays(life.handover, random.between(1, 12));
	const age = ageInMonths(life.born, on);
	const told = ownAccount(random, age, life.region, life.called?.written ?? life.given?.written ?? '宝宝');
	if (!told || random.chance(0.08)) {
		answer(telling, { ownAccount: age < 20 ? unknown : notNow }, on);
		return undefined;
	}
	const first = answer(
		telling,
		{
			ownAccount: known(told.verbatim),
			ownAccountLanguage: known(random.pick(life.region.accents)),
			ownAccountDate: known(on),
			interviewer: known(recorder.staffOf(life.firstHouse, 'care_worker').name),
			adultPresent: random.chance(0.8)
				? known(`${random.pick(['社工', '心理老师', '女民警', '保育员'])} ${adultName(random).written}`)
				: unknown
		},
		on
	);
	if (first && random.chance(0.15)) {
		const later = addDays(on, random.between(20, 150));
		const more = random.pick([
			'（补记）今天画画时说，家里的门是绿色的。',
			'（补记）听到火车声，说“这个我家也有”。',
			'（补记）想起来小学叫“希望”什么。',
			'（补记）吃汤圆时说“过年奶奶包的”。'
		]);
		recorder.record(
			'intake.recorded',
			{ answers: { ownAccount: known(told.verbatim + more) } },
			{ on: later, house: life.firstHouse, replaces: [first.id] }
		);
	}
	return told;
}

/** Where two people wrote different things, or a paper cannot be right: what the desk and the tablets must show. */
function recordDisputes(
	telling: Telling,
	reception: Recorded | undefined,
	body: Recorded | undefined,
	height: number
): void {
	const { life, random, recorder } = telling;
	const house = life.firstHouse;
	if (reception && life.rank % 41 === 7) {
		// Another tablet, filled in from memory on the evening: neither saw the other's answer.
		const answers: Writable = { handoverDate: known(addDays(life.handover, 1)) };
		recorder.record(
			'intake.recorded',
			{ answers },
			{ on: life.handover, lag: 1, house, notBy: reception.staff.staffId }
		);
	}
	if (body && life.rank % 29 === 3) {
		const again = Math.round((height + random.pick([-3, -2, 2, 4])) * 10) / 10;
		recorder.record(
			'intake.recorded',
			{ answers: { height: known(again) } },
			{ on: life.handover, lag: 3, house, notBy: body.staff.staffId }
		);
	}
	if (reception && life.rank % 97 === 50) {
		const { year, month, day } = toParts(addDays(life.handover, 4));
		const answers: Writable = { dateRescued: known({ y: year, m: month, d: day }) };
		recorder.record('intake.recorded', { answers }, { on: life.handover, lag: 2, house });
	}
}

/** The place as the child, the police or a paper told it: a code, a province, only words, or nothing. */
function placeAsTold(telling: Telling): Place | undefined {
	const { life, random } = telling;
	const share = random.next();
	if (share < 0.6) return life.home;
	if (share < 0.72)
		return {
			code: `${life.home.code.slice(0, 4)}00`,
			revision: life.home.revision,
			text: `${life.home.text}一带，县名说不清`
		};
	if (share < 0.8)
		return {
			code: `${life.region.prefix}0000`,
			revision: life.home.revision,
			text: `听口音像${random.pick(life.region.accents)}`
		};
	if (share < 0.9)
		return {
			text: random.pick([
				'靠河的一个镇，有火车',
				'山上的村子，下面有条公路',
				'孩子说“街子”，赶集的地方',
				'城里的出租屋，楼下有早点摊'
			])
		};
	return undefined;
}

/** A date as people remember it: a day, a month, a year. */
function partial({ random }: Telling, date: CivilDate, vague: boolean): PartialDate {
	const { year: y, month: m, day: d } = toParts(date);
	const share = random.next();
	if (!vague && share < 0.75) return { y, m, d };
	if (share < 0.3) return { y, m, d };
	if (share < 0.7) return { y, m };
	if (!vague) return { y, m };
	return share < 0.85
		? { y, approx: true }
		: { y, approx: true, text: random.pick(['收苞谷的时候', '过年前', '天热的时候', '快开学了', '农历二月初']) };
}

function suspectWords({ random, life }: Telling): string {
	return random.pick([
		`与（${toParts(life.rescued).year}）刑侦字第 ${random.between(20, 480)} 号案有关，买方已另案处理`,
		'同案解救三人，嫌疑人在押，家属不得探视',
		'买方住邻县，自称亲属，来访须报公安',
		'中间人身份未查清，公安要求不对外透露解救地点'
	]);
}

function answer(telling: Telling, answers: Writable, on: CivilDate): Recorded | undefined {
	return telling.recorder.record('intake.recorded', { answers }, { on, house: telling.life.firstHouse });
}

function yearsOn({ life }: Telling, on: CivilDate): number {
	return ageInMonths(life.born, on) / 12;
}

/** The months around a birth that an estimate leaves open, never after the birth's own month by more than the spread. */
function range(born: CivilDate, spread: number): FieldValue<'birth'> {
	const earliest = addMonths(born, -spread);
	return { precision: 'range', earliest, latest: laterOf(earliest, addMonths(born, Math.ceil(spread / 2))) };
}

/** Marks there are described in the file and never shown to the public. */
const intimateSites = new Set(['buttock', 'groin', 'chest', 'belly']);

function clock(hour: number, minute: number): string {
	return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function known<T>(value: T): { readonly state: 'known'; readonly value: T } {
	return { state: 'known', value };
}
const unknown = { state: 'unknown' } as const;
const notNow = { state: 'notNow' } as const;

function unsure({ random }: Telling): typeof unknown | typeof notNow {
	return random.chance(0.8) ? unknown : notNow;
}

function mostly<T>(
	telling: Telling,
	share: number,
	value: T
): ReturnType<typeof known<T>> | typeof unknown | typeof notNow {
	return telling.random.chance(share) ? known(value) : unsure(telling);
}
