import type { Care } from '#lib/domain/care/care.ts';
import { addDays, addMonths, daysBetween, earlierOf, fromParts, toParts, type CivilDate } from '#lib/domain/time.ts';
import { measured } from './growth.ts';
import { ageInMonths, houseOn } from './life.ts';
import { adultName } from './names.ts';
import type { Milestones, Telling } from './telling.ts';

/** Everyday life in the house: growth, injections, school, visits, mishaps, where the child lives, and how its days go. */
export function recordCare(telling: Telling, milestones: Milestones): void {
	placements(telling, milestones);
	growth(telling, milestones);
	vaccinations(telling, milestones);
	illnesses(telling, milestones);
	schooling(telling, milestones);
	visitsAndIncidents(telling, milestones);
	days(telling, milestones);
	laterPhotos(telling, milestones);
}

function care(telling: Telling, milestones: Milestones, on: CivilDate, record: Care): void {
	const { life, random, recorder } = telling;
	const lag = random.chance(0.85) ? 0 : random.between(1, 3);
	recorder.record(
		'care.recorded',
		{ itemId: recorder.itemId(on), care: record },
		{ on, lag, house: houseOn(life, on, milestones.received) }
	);
}

function placements(telling: Telling, milestones: Milestones): void {
	const { life, random, houses } = telling;
	const atStation = life.firstHouse === 'station';
	const room = () => `${random.pick(['一', '二', '三'])}楼 ${random.between(1, 3)}0${random.between(1, 8)}`;
	care(telling, milestones, life.handover, {
		kind: 'placement',
		placement: atStation ? '2' : 'institution',
		place: `${houses[life.firstHouse].name} ${room()}`
	});
	if (milestones.received)
		care(telling, milestones, milestones.received, {
			kind: 'placement',
			placement: 'institution',
			place: `${houses[life.laterHouse].name} ${room()}`
		});
	const fostered = addDays(life.handover, random.between(120, 260));
	if (random.chance(0.18))
		care(telling, milestones, fostered, {
			kind: 'placement',
			placement: '1',
			place: `${adultName(random).written}家`,
			note: '融合期，每周家访一次'
		});
}

function growth(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	let on = addDays(life.handover, random.between(18, 34));
	while (on <= recorder.yesterday) {
		const age = ageInMonths(life.born, on);
		// A well-fed year makes up most of what was missing.
		const months = daysBetween(life.handover, on) / 30.4;
		const caughtUp = Math.min(1, months / 10);
		const fed = life.fed + (1 - life.fed) * caughtUp * 0.9 + (random.next() - 0.5) * 0.03;
		const size = measured(age, life.sex, life.build * (1 + 0.012 * caughtUp), fed);
		if (random.chance(0.88))
			care(telling, milestones, on, {
				kind: 'growth',
				height: size.height,
				weight: size.weight,
				...(age < 36 && { headSize: size.headSize })
			});
		on = addDays(on, (age < 36 ? 30 : age < 72 ? 61 : 92) + random.between(-4, 6));
	}
}

/** What a child without a card is caught up with, by age in months: approximately the national programme. */
const programme: readonly (readonly [vaccine: string, name: string, fromMonth: number, toMonth: number])[] = [
	['HepB', '乙肝疫苗', 0, 200],
	['BCG', '卡介苗', 0, 47],
	['IPV', '脊灰灭活疫苗', 2, 71],
	['DTaP', '百白破疫苗', 3, 71],
	['HepB', '乙肝疫苗', 1, 200],
	['DTaP', '百白破疫苗', 4, 71],
	['MMR', '麻腮风疫苗', 8, 170],
	['JE-L', '乙脑减毒活疫苗', 8, 170],
	['MPSV-A', 'A 群流脑多糖疫苗', 6, 35],
	['HepA-L', '甲肝减毒活疫苗', 18, 170],
	['MPSV-AC', 'A 群 C 群流脑多糖疫苗', 36, 170],
	['HepB', '乙肝疫苗', 6, 200],
	['DT', '白破疫苗', 72, 143]
];

function vaccinations(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	/** Without a card every series begins anew. */
	const doses = new Map<string, number>();
	let on = addDays(life.handover, random.between(10, 40));
	for (const [vaccine, vaccineName, from, to] of programme) {
		const age = ageInMonths(life.born, on);
		if (on > recorder.yesterday) return;
		if (age < from || age > to || !random.chance(0.75)) continue;
		const dose = (doses.get(vaccine) ?? 0) + 1;
		doses.set(vaccine, dose);
		const batch = random.chance(0.8)
			? { batch: `${toParts(on).year}${String(random.between(1, 12)).padStart(2, '0')}${random.between(100, 999)}` }
			: {};
		care(telling, milestones, on, {
			kind: 'vaccination',
			vaccine,
			vaccineName,
			dose,
			...batch,
			place: '城关社区卫生服务中心'
		});
		on = addDays(on, random.between(28, 45));
	}
}

const findings: readonly (readonly [
	fromMonth: number,
	finding: string,
	treatment: string,
	temperature: number | undefined
])[] = [
	[0, '流清涕、咳嗽两天，咽部稍红', '多喝水，小儿感冒颗粒', 37.4],
	[0, '夜里发热，精神尚可', '温水擦浴，布洛芬一次，次日退热', 38.6],
	[0, '腹泻三次，无脱水', '口服补液盐，清淡饮食', 37],
	[30, '牙龈肿，龋齿两颗', '口腔科补牙', undefined],
	[0, '背部湿疹复发', '炉甘石洗剂，换纯棉衣服', undefined],
	[6, '血红蛋白 102 g/L，轻度贫血', '铁剂一个月后复查', undefined],
	[42, '视力筛查：右眼偏低', '建议散瞳验光', undefined],
	[12, '入睡困难，半夜哭醒', '固定保育员陪睡，心理老师每周一次', undefined],
	[0, '体检无异常', '无', 36.6]
];

function illnesses(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	let on = addDays(life.handover, random.between(2, 30));
	while (on <= recorder.yesterday) {
		const age = ageInMonths(life.born, on);
		const [, finding, treatment, temperature] = random.pick(findings.filter(([from]) => from <= age));
		care(telling, milestones, on, {
			kind: 'health',
			finding,
			treatment,
			...(temperature !== undefined && { temperature })
		});
		on = addDays(on, random.between(70, 240));
	}
}

function schooling(telling: Telling, milestones: Milestones): void {
	const { life, random } = telling;
	const { year } = toParts(life.handover);
	for (const autumn of [year, year + 1, year + 2]) {
		const on = fromParts(autumn, 9, random.between(1, 4));
		if (on < life.handover) continue;
		const years = Math.floor(ageInMonths(life.born, on) / 12);
		const school = schoolFor(years);
		if (school && random.chance(0.85))
			care(telling, milestones, on, {
				kind: 'schooling',
				...school,
				note: random.pick(['适应良好', '语言跟不上，安排课后辅导', '喜欢画画，坐得住', '第一天哭，第三天肯自己进教室'])
			});
	}
}

function schoolFor(years: number): { stage: string; school: string; grade: string } | undefined {
	if (years < 3) return undefined;
	if (years < 6)
		return { stage: 'kindergarten', school: '城关中心幼儿园', grade: ['小班', '中班', '大班'][years - 3] ?? '大班' };
	if (years < 12) return { stage: 'primary', school: '育英小学', grade: `${'一二三四五六'[years - 6] ?? '六'}年级` };
	return { stage: 'junior', school: '云岭二中', grade: `初${'一二三'[Math.min(2, years - 12)] ?? '三'}` };
}

function visitsAndIncidents(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	const some = (share: number, most: number) => (random.chance(share) ? random.between(1, most) : 0);
	const span = Math.max(1, daysBetween(life.handover, recorder.yesterday));
	const spoken = ageInMonths(life.born, life.handover) >= 40;
	for (let i = some(0.55, 3); i > 0; i--) {
		const [relation, note] = random.pick([
			...(spoken
				? ([
						['police', '核对口音和地名，做补充笔录'],
						['social_worker', '家庭作画，情绪评估']
					] as const)
				: []),
			['volunteer', '送书和衣物，陪伴一小时'],
			['civil_affairs', '例行检查'],
			['doctor', '残疾筛查和营养指导'],
			['foster_family', '见面，一起吃午饭']
		] as const);
		care(telling, milestones, addDays(life.handover, random.between(3, span)), {
			kind: 'visit',
			relation,
			visitor: adultName(random).written,
			note
		});
	}
	// What can befall a child that walks.
	for (let i = ageInMonths(life.born, life.handover) >= 30 ? some(0.22, 2) : 0; i > 0; i--) {
		const [incident, description, action] = random.pick([
			['fall', '下楼梯摔倒，右膝擦伤', '消毒包扎，楼梯加防滑条'],
			['conflict', '抢玩具，被咬一口，未破皮', '分开安抚，调整座位'],
			['distress', '听到面包车声音躲到床下，一小时后出来', '心理老师陪同，记录诱因'],
			['stranger', '校门口有人用手机拍孩子', '报警，改走侧门'],
			['outbreak', '同寝室两人手足口病', '隔离七天，消毒'],
			['swallowed', '吞下一颗纽扣', '急诊拍片，次日排出']
		] as const);
		care(telling, milestones, addDays(life.handover, random.between(3, span)), {
			kind: 'incident',
			incident,
			description,
			action
		});
	}
}

/** From which age in months and to which a note can be true. */
const dailyNotes: readonly (readonly [fromMonth: number, toMonth: number, note: string])[] = [
	[0, 9, '会对着人笑，喝奶 150 毫升，夜里醒两次。'],
	[0, 14, '抱起来就不哭，喜欢被拍背。'],
	[5, 14, '会坐了，伸手抓铃铛。'],
	[7, 16, '扶着栏杆站起来，咿咿呀呀。'],
	[9, 20, '认生，只要固定的保育员抱。'],
	[10, 24, '第一次自己走了三步。'],
	[14, 40, '午睡前要听同一首歌，会跟着哼。'],
	[16, 40, '会用勺子，撒一半吃一半。'],
	[18, 60, '抱着小被子坐了一上午，不肯换洗。'],
	[24, 60, '今天第一次自己穿鞋，左右穿反，很得意。'],
	[24, 84, '洗头时哭，换成躺着洗就好了。'],
	[26, 72, '叫保育员“妈妈”，又说“不是那个妈妈”。'],
	[30, 90, '愿意和别的孩子分饼干。'],
	[36, 110, '画了一座房子，说“这是我家，门是蓝的”。'],
	[36, 70, '学会用筷子，夹得起花生。'],
	[40, 80, '会数到二十，认得自己的名字。'],
	[36, 96, '学会骑三轮车。'],
	[60, 100, '换牙，掉了一颗门牙，包在纸里不让扔。'],
	[40, 180, '看到电视里的茶园说“我家也有”。'],
	[48, 180, '生日会上许愿，说愿望“不能告诉你们”。'],
	[60, 180, '主动给花浇水，说奶奶也这样浇。'],
	[66, 180, '给小的孩子讲故事，讲的是自己编的。'],
	[72, 180, '跑步班里第一。'],
	[84, 200, '作业写得慢，但不肯让人帮。'],
	[96, 200, '问“找到了是不是就要走”，陪着聊了半小时。'],
	[110, 200, '帮厨房择菜，说以前在家也做。'],
	[0, 200, '胃口好，睡得安稳。'],
	[18, 200, '下雨天不肯出门，情绪低。'],
	[24, 200, '不爱说话，但会帮保育员叠毛巾。']
];

function days(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	let on = addDays(life.handover, random.between(1, 20));
	while (on <= recorder.yesterday) {
		const age = ageInMonths(life.born, on);
		const notes = dailyNotes.flatMap(([from, to, note]) => (from <= age && age <= to ? [note] : []));
		care(telling, milestones, on, { kind: 'daily', note: random.pick(notes) });
		on = addDays(on, random.between(28, 75));
	}
}

/** Children change: a new photo after half a year and after a year, for some. */
function laterPhotos(telling: Telling, milestones: Milestones): void {
	const { life, random, recorder } = telling;
	for (const months of [6, 12, 18]) {
		const on = addDays(addMonths(life.handover, months), random.between(-6, 12));
		if (!random.chance(0.2) || earlierOf(on, recorder.yesterday) !== on) continue;
		recorder.photo(
			{ seed: life.pictureSeed, view: 'now', ageYears: ageInMonths(life.born, on) / 12, sex: life.sex },
			{ view: 'now', publishable: random.chance(0.5), quality: 'usable' },
			{ on, house: houseOn(life, on, milestones.received) }
		);
	}
}
