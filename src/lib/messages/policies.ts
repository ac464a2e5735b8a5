/**
 * The words of policies as data: which policy a child is under and why, what a file would change, what is wrong with one.
 * Names of policies and clocks come with the data.
 */
import type { ClockLine, PolicyFault, PolicyRemark, RestDayFault, RestDayRemark } from '#lib/domain/hold/file-check.ts';
import type { Step } from '#lib/domain/hold/clock.ts';
import type { ChosenPolicy, PolicyReason } from '#lib/domain/hold/policy-choice.ts';
import type { Certainty, ClaimEffect, ClockRule, PeriodUnit, Policy, PolicyCalendar } from '#lib/domain/hold/policy.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import {
	certaintyNames,
	channelNames,
	conditionNames,
	documentNames,
	factNames,
	firstReceiverNames,
	gapNames
} from './hold.ts';
import { area, inBrackets, listComma, type Message, type Translate } from './message.ts';

export const policyWords = area({
	title: ['规则', 'Rules'],
	intro: [
		'孩子的期限按下面的规则计算。每条规则标明依据和可靠程度。这里只能查看；要改，先试算一份文件，再由第二个人启用。',
		'Children’s periods are reckoned by the rules below. Each says where it comes from and how sure that is. They are only read here; to change them, try a file, and a second person puts it in force.'
	],
	inForce: ['现行规则', 'Rules in force'],
	version: ['规则版本', 'Version of the rules'],
	ownRules: ['本程序自带', 'comes with the program'],
	loadedRules: ['已载入', 'loaded'],
	childrenUnder: ['{n} 个孩子适用', '{n} {n|child|children} under it'],
	nobodyUnder: ['没有孩子适用', 'no child under it'],
	elsewhere: [
		'其他国家的规则，本登记处的孩子不适用',
		'Rules of other countries; no child of this registry is under them'
	],
	effectiveFrom: ['施行日期', 'In force from'],
	effectiveUnknown: ['没有写明', 'not stated'],
	jurisdiction: ['适用地区', 'Place'],
	appliesTo: ['适用的孩子', 'Children'],
	timeZone: ['日期按哪里的时间', 'Time zone of its days'],
	calendar: ['日期怎样算', 'How days are counted'],
	overlayOf: ['在此之上另加', 'Lies over'],
	overlayAdds: ['本地另加的规则', 'What it adds'],
	overlaySame: ['其余与“{policy}”相同。', 'Everything else is as in: {policy}.'],
	clocks: ['期限', 'Periods'],
	conditions: ['出具证明的条件', 'What must be met'],
	ages: ['年龄', 'Ages'],
	publication: ['公开', 'Publication'],
	notes: ['说明', 'Notes'],
	holdClock: ['寻亲期按这个期限', 'The hold is told from this one'],
	amount: ['长度', 'Length'],
	start: ['从哪天算起', 'Counted from'],
	kind: ['性质', 'Kind'],
	actor: ['由谁办', 'Who'],
	claims: ['有认领时', 'While a claim is open'],
	metBy: ['怎样算完成', 'Done when'],
	onlyIf: ['只在', 'Only if'],
	excludes: ['不计入', 'Leaves out the days of'],
	source: ['依据', 'Source'],
	quoted: ['原文', 'In the law’s words'],
	basisNote: ['注', 'Note'],
	soft: ['原则上，超过只提示', 'as a rule; passing it is shown only'],
	repeats: ['重复', 'repeats'],
	since: ['{date}起', 'since {date}'],
	until: ['{date}前', 'before {date}'],
	beforeThat: ['此前', 'before that'],
	adult: ['成年（不能再收养）', 'Of age (can no longer be adopted)'],
	consent: ['收养要征得本人同意', 'The child’s own consent is needed from'],
	years: ['{n}周岁', '{n} years'],
	photo: ['照片', 'Photo'],
	name: ['姓名', 'Name'],
	media: ['登在', 'Where'],
	stopOn: ['停止公开', 'Ends with'],
	shown: ['公开', 'shown'],
	withheld: ['不公开', 'not shown'],
	required: ['必须有', 'required'],
	allowed: ['可以有', 'allowed'],
	forbidden: ['不可以有', 'forbidden'],
	mustSay: ['必须写明', 'Must say'],
	back: ['返回规则', 'Back to the rules'],
	noRules: ['没有', 'none'],

	restDays: ['节假日安排', 'Rest days'],
	restDaysKnown: ['已有 {first} 年至 {last} 年', 'Known from {first} to {last}'],
	restDaysGap: ['中间缺 {years} 年', 'Missing in between: {years}'],
	restDaysMissing: [
		'还没有 {year} 年的节假日安排。期满日落在或顺延到这一年的，都是暂定；载入后自动重算。',
		'The holidays of {year} are not loaded. Last days that fall or roll into it are provisional; they are reckoned again when it is loaded.'
	],
	provisionalHeading: ['期满日暂定的孩子', 'Children whose last day is provisional'],
	provisionalNone: ['没有期满日暂定的孩子。', 'No last day is provisional.'],
	provisionalMore: ['只列出最近的 {n} 个，共 {total} 个。', 'Only the nearest {n} of {total} are listed.'],

	files: ['载入过的文件', 'Files that were loaded'],
	filesNone: ['没有载入过文件，全部按程序自带的规则。', 'No file was loaded: all rules come with the program.'],
	fileTitle: ['规则文件', 'Rules file'],
	number: ['编号', 'Number'],
	fingerprint: ['校验码', 'Fingerprint'],
	loadedBy: ['载入', 'Loaded'],
	decidedBy: ['决定', 'Decided'],
	byAt: ['{name}，{time}', '{name}, {time}'],
	ofRegistry: ['登记处', 'the registry'],
	unreadable: [
		'本程序读不懂这份文件，它现在不起作用。请更新程序。',
		'This program cannot read the file; it has no effect now. Update the program.'
	],
	open: ['打开', 'Open'],

	tryFile: ['试算一份文件', 'Try a file'],
	tryWhat: [
		'试算不改变任何东西，只列出哪些孩子的日期会变。',
		'Trying changes nothing; it lists whose dates would change.'
	],
	file: ['文件（JSON，不超过 {kb} kB）', 'File (JSON, at most {kb} kB)'],
	chooseKind: ['文件里是什么', 'What the file holds'],
	tryIt: ['试算', 'Try it'],
	fileNeeded: ['请选一个文件。', 'Choose a file.'],
	kindNeeded: ['请选文件的种类。', 'Choose what the file holds.'],
	refused: ['这份文件不能用，有 {n} 处要改：', 'The file cannot be used; {n} thing{n||s} to put right:'],
	remarks: ['请留意', 'Please note'],
	noRemarks: ['没有要留意的。', 'Nothing to note.'],
	nothingChanges: [
		'{children} 个孩子都试算过，日期和状态都不变。',
		'All {children} {children|child|children} were reckoned; no date and no status changes.'
	],
	willChange: ['{affected} 个孩子会变，共试算 {children} 个', '{affected} of {children} children change'],
	onlyFirst: ['只列出前 {n} 个。', 'Only the first {n} are listed.'],
	child: ['孩子', 'Child'],
	before: ['现在', 'Now'],
	after: ['启用后', 'With the file'],
	wasBefore: ['原来', 'Before'],
	wasAfter: ['之后', 'After'],
	otherClocks: ['变动的期限', 'Periods that move'],
	noDate: ['没有日期', 'no date'],
	notApplied: ['不适用', 'does not apply'],
	provisional: ['暂定', 'provisional'],
	dayProvisional: ['{date}（暂定）', '{date} (provisional)'],
	outline: ['{status}，期满日 {day}', '{status}, last day {day}'],
	outlineUnder: ['{policy}：{outline}', '{policy}: {outline}'],
	propose: ['提出，请第二个人启用', 'Propose it to a second person'],
	proposeWhat: [
		'文件会保存下来，但不起作用，等登记处另一个人看过后启用。',
		'The file is stored without effect until another person of the registry has looked at it and puts it in force.'
	],
	proposed: [
		'已提出。请登记处另一个人来看并启用。',
		'It is proposed. Another person of the registry must look at it and put it in force.'
	],
	activate: ['启用这份文件', 'Put this file in force'],
	activateWhat: [
		'你看到的就是会变的。启用后这些孩子的日期立即重算，平板下次联系时得到新规则。',
		'What you see is what changes. These children’s dates are reckoned at once; tablets have the new rules with their next contact.'
	],
	activated: [
		'已启用。{n} 个孩子的日期重算过。',
		'It is in force. The dates of {n} {n|child|children} were reckoned again.'
	],
	ownProposal: [
		'文件是你提出的，要由登记处另一个人启用。',
		'You proposed this file; another person of the registry puts it in force.'
	],
	officersOnly: ['由登记处人员提出和启用。', 'Officers of the registry propose files and put them in force.'],
	affectedHeading: ['因这份文件而变的孩子', 'Children whose dates this file changed'],
	affectedNone: ['没有孩子因此而变。', 'It changed no child’s dates.'],
	affectedMore: ['只列出最近的 {n} 个，共 {total} 个。', 'Only the latest {n} of {total} are listed.'],

	file_unknown: ['没有这份文件。', 'There is no such file.'],
	already_so: ['有人已经处理过了，请看下面的现状。', 'Somebody has done this already; see below how it stands.'],
	own_proposal: ['不能启用自己提出的文件。', 'You cannot put a file in force that you proposed yourself.'],
	rules_changed: [
		'你打开之后，现行规则变了。什么都没有启用；请看下面新的试算结果再决定。',
		'The rules in force have changed since you opened this. Nothing was put in force; look at the new result below and decide again.'
	],
	file_refused: [
		'文件和现行规则合不上，没有启用。',
		'The file does not fit the rules in force; it was not put in force.'
	],

	why: ['适用规则', 'Rules that apply'],
	whyBecause: ['因为{reason}。', '– because {reason}.'],
	tabletUnreadable: [
		'登记处的新规则本应用读不懂，日期按应用自带的规则计算，可能与登记处不同。请更新应用。',
		'This app cannot read the registry’s newer rules. Dates here follow the app’s own and may differ from the registry’s. Update the app.'
	]
});

export const fileKindNames = area({
	policies: ['政策文件', 'Policies'],
	rest_days: ['节假日安排', 'Rest days']
});

export const fileStateNames = area({
	active: ['现行', 'in force'],
	proposed: ['等第二个人启用', 'waits for a second person'],
	withdrawn: ['已停用', 'out of force']
});

/** Where a notice appears, as the policy data names it; one that is not here is shown as the data says it. */
export const mediumNames: Readonly<Record<string, Message>> = area({
	newspaper: ['报纸', 'newspaper'],
	national_platform: ['全国打拐解救儿童寻亲公告平台', 'national platform']
});

export const clockKindNames = area({
	waiting: ['等待期，要过完', 'waiting, must pass in full'],
	notice: ['公告期，要过完', 'notice, must pass in full'],
	reconsideration: ['反悔期，要过完', 'may be reconsidered, must pass in full'],
	minAge: ['最低年龄', 'minimum age'],
	deadline: ['办理期限', 'deadline']
}) satisfies Record<ClockRule['kind'], Message>;

const unitWords = area({
	days: ['{n}日', '{n} {n|day|days}'],
	weeks: ['{n}周', '{n} {n|week|weeks}'],
	months: ['{n}个月', '{n} {n|month|months}'],
	years: ['{n}年', '{n} {n|year|years}']
}) satisfies Record<PeriodUnit, Message>;

export const claimEffectNames = area({
	block: ['停办；期满日不变', 'nothing is decided; the last day stays'],
	suspend: ['停止计算；认领的天数往后顺延', 'the period stands still; the days of the claim are added'],
	restart: ['了结后重新计算', 'the period starts anew when the claim is closed']
}) satisfies Record<ClaimEffect, Message>;

/** Who acts, as the policy data names them; one that is not here is shown as the data says it. */
export const actorNames: Readonly<Record<string, Message>> = area({
	police: ['公安机关', 'the police'],
	receiving_institution: ['接收机构', 'the receiving house'],
	rescue_station: ['救助保护机构（救助站）', 'the rescue station'],
	calendar: ['无须办理', 'nobody: time alone'],
	adoption_registry: ['收养登记机关', 'the adoption registry'],
	child_welfare_committee: ['儿童福利委员会', 'the Child Welfare Committee'],
	birth_parents: ['生父母', 'the birth parents'],
	social_worker: ['社会工作者', 'the social worker'],
	social_welfare_department: ['社会福利部门', 'the social welfare department'],
	commune: ['乡人民委员会', 'the commune'],
	facility: ['抚育机构', 'the facility']
});

/** Kinds of children, as policies name them under `appliesTo`. */
export const kindNames: Readonly<Record<string, Message>> = area({
	rescued_trafficked: ['打拐解救儿童', 'rescued trafficked children'],
	abandoned: ['被遗弃的儿童', 'abandoned children'],
	foundling: ['弃婴', 'foundlings'],
	orphan: ['孤儿', 'orphans'],
	orphaned: ['父母双亡的儿童', 'orphaned children'],
	surrendered: ['父母送养的儿童', 'surrendered children'],
	neglected: ['受忽视的儿童', 'neglected children'],
	untraceable_parents: ['查找不到父母的儿童', 'children whose parents cannot be traced'],
	parents_unable: ['生父母无力抚养的儿童', 'children whose parents are unable to raise them'],
	unaccompanied: ['无人陪伴的儿童', 'unaccompanied children'],
	separated_in_emergency: ['灾难中与家人失散的儿童', 'children separated in an emergency']
});

const calendarWords = area({
	startNotCounted: ['当天不算，从第二天算起', 'the day itself is not counted'],
	startCounted: ['当天算第一天', 'the day itself is the first'],
	monthEnd: ['按月的，到对应日；没有对应日的，到月末', 'months end on the same day of the month, or on its last'],
	roll: ['最后一天是法定休假日的，顺延到下一个工作日', 'a last day that is a rest day moves to the next that is not'],
	noRoll: ['最后一天遇休假日不顺延', 'a last day on a rest day stays']
});

/** How days are counted, line by line. */
export function calendarLines(calendar: PolicyCalendar, t: Translate): readonly string[] {
	return [
		t(calendar.countStartDay ? calendarWords.startCounted : calendarWords.startNotCounted),
		t(calendarWords.monthEnd),
		t(calendar.roll === 'none' ? calendarWords.noRoll : calendarWords.roll)
	];
}

/** `12个月`, `30 days` */
export function amountWords({ amount, unit }: Pick<ClockRule, 'amount' | 'unit'>, t: Translate): string {
	return t(unitWords[unit], { n: amount });
}

const startWords = area({
	fact: ['{fact}', '{fact}'],
	channels: ['{fact}（{channels}，以后发布的为准）', '{fact} ({channels}, the later counts)'],
	lastFact: ['最近一次：{fact}', 'the latest: {fact}'],
	afterClock: ['“{clock}”期满', 'the end of: {clock}'],
	birth: ['出生；估计的日期按最晚的算', 'birth; of an estimate the latest day']
});

/** What a clock is counted from. */
export function startSentence(rule: ClockRule, policy: Policy, t: Translate): string {
	const { start } = rule;
	if ('birth' in start) return t(startWords.birth);
	if ('afterClock' in start) return t(startWords.afterClock, { clock: clockTitle(start.afterClock, policy, t) });
	const fact = t(factNames[start.fact]);
	switch (start.pick) {
		case 'one':
			return t(startWords.fact, { fact });
		case 'last':
			return t(startWords.lastFact, { fact });
		case 'last_of_channels':
			return t(startWords.channels, {
				fact,
				channels: (start.channels ?? []).map((channel) => t(channelNames[channel])).join(t(listComma))
			});
	}
}

const appliesWords = area({
	firstReceiver: ['由{receiver}先接收', 'the child came first to: {receiver}'],
	atMost: ['起算时不满或刚满{n}周岁', 'at most {n} years old at the start'],
	above: ['起算时超过{n}周岁', 'more than {n} years old at the start']
});

/** Which children a clock is for; undefined: all. */
export function appliesSentence({ appliesIf }: ClockRule, t: Translate): string | undefined {
	if (!appliesIf) return undefined;
	if ('firstReceiver' in appliesIf)
		return t(appliesWords.firstReceiver, { receiver: t(firstReceiverNames[appliesIf.firstReceiver]) });
	const { ageAtStart } = appliesIf;
	if ('atMostYears' in ageAtStart) return t(appliesWords.atMost, { n: ageAtStart.atMostYears });
	return t(appliesWords.above, { n: ageAtStart.aboveYears });
}

/** What ends a deadline, any one of these. */
export function metByNames(rule: ClockRule, t: Translate): string {
	return (rule.metBy ?? [])
		.map((by) => t('document' in by ? documentNames[by.document] : factNames[by.fact]))
		.join(t(listComma));
}

const needWords = area({
	clock: ['“{clock}”期满', 'the end of: {clock}'],
	document: ['{document}在档', 'on file: {document}'],
	documentWith: ['{document}在档，写明{parts}', 'on file: {document}, with {parts}'],
	after: ['，日期在“{clock}”期满之后', ', dated after the end of: {clock}'],
	dna_in_database: ['DNA已入全国打拐数据库', 'the DNA is in the national database'],
	no_open_claim: ['没有未了结的认领', 'no claim is open'],
	no_open_kin_candidate: ['没有待核实的亲缘候选', 'no kin candidate is unresolved']
});

/** What a condition asks. */
export function needSentence(needs: Policy['conditions'][number]['needs'], policy: Policy, t: Translate): string {
	switch (needs.kind) {
		case 'clock_elapsed':
			return t(needWords.clock, { clock: clockTitle(needs.clock, policy, t) });
		case 'document': {
			const document = t(documentNames[needs.document]);
			const parts = needs.complete.map((part) => t(gapNames[part])).join(t(listComma));
			const asked =
				needs.complete.length > 0
					? t(needWords.documentWith, { document, parts })
					: t(needWords.document, { document });
			if (needs.notBefore === undefined) return asked;
			return asked + t(needWords.after, { clock: clockTitle(needs.notBefore, policy, t) });
		}
		case 'dna_in_database':
		case 'no_open_claim':
		case 'no_open_kin_candidate':
			return t(needWords[needs.kind]);
	}
}

export function clockTitle(id: string, policy: Policy | undefined, t: Translate): string {
	const rule = policy?.clocks.find((clock) => clock.id === id);
	return rule ? t(rule.title) : id;
}

const arithmetic = area({
	counted: ['{start} 的第二天起算，{amount}，到 {raw}', 'from the day after {start}, {amount}, to {raw}'],
	suspendedClaim: [
		'认领 {from} 至 {to} 停止计算，加 {days} 天，到 {raw}',
		'stood still for a claim from {from} to {to}, {days} {days|day|days} added, to {raw}'
	],
	suspendedClock: [
		'“{clock}”{from} 至 {to} 不计，加 {days} 天，到 {raw}',
		'not counted: {clock}, {from} to {to}, {days} {days|day|days} added, to {raw}'
	],
	restarted: ['认领了结，从 {start} 重新计算，到 {raw}', 'a claim was closed, counted anew from {start}, to {raw}'],
	rolled: ['{raw} 是休息日，顺延到 {lastDay}', '{raw} is a rest day, so the last day is {lastDay}']
});

/** One step of how the last day of a clock came about; on every page and on paper the same words. */
export function arithmeticSentence(step: Step, policy: Policy | undefined, t: Translate): string {
	switch (step.step) {
		case 'counted':
			return t(arithmetic.counted, { start: step.start, amount: amountWords(step, t), raw: step.raw });
		case 'suspended': {
			const { from, to, days, raw } = step;
			return 'claim' in step.by
				? t(arithmetic.suspendedClaim, { from, to, days, raw })
				: t(arithmetic.suspendedClock, { clock: clockTitle(step.by.clock, policy, t), from, to, days, raw });
		}
		case 'restarted':
			return t(arithmetic.restarted, { start: step.start, raw: step.raw });
		case 'rolled':
			return t(arithmetic.rolled, { raw: step.raw, lastDay: step.lastDay });
	}
}

const reasons = area({
	by_basis: ['入院依据是“{basis}”', 'the basis of admission is “{basis}”'],
	default_basis_unknown: [
		'入院依据还没有记录，先按要求最多的规则',
		'the basis of admission is not recorded; until then the rules that ask the most apply'
	],
	default_basis_disputed: [
		'入院依据有两种说法，确认以前按要求最多的规则',
		'the basis of admission is in dispute; until it is settled the rules that ask the most apply'
	],
	default_basis_without_policy: [
		'入院依据“{basis}”没有专门的规则，按要求最多的规则',
		'no rules are made for the basis of admission “{basis}”; those that ask the most apply'
	],
	default_papers_say_rescued: [
		'入院依据写“{basis}”，但有公安机关的打拐解救临时照料通知书，按打拐解救儿童的规则',
		'the basis of admission says “{basis}”, but the police issued a temporary-care notice for a rescued child; the rules for rescued children apply'
	],
	counted_back: [
		'接收日期早于规则施行（{date}），按规定往回计算',
		'the child came before the rules took force ({date}); such children are counted back under them'
	]
}) satisfies Record<PolicyReason['code'], Message>;

const reasonMore = area({
	region: [
		'；孩子现在的机构在地区 {region}，另加当地的规则',
		'; the house that has the child is in region {region}, whose own rules are added'
	],
	notYet: [
		'；当地的规则 {id} 自 {date} 起施行，不适用',
		'; the local rules {id} are in force only from {date} and do not apply'
	]
});

/** Why a child is under its policy, in one sentence. */
export function reasonSentence(
	{ because, region, notYetInForce }: Pick<ChosenPolicy, 'because' | 'region' | 'notYetInForce'>,
	t: Translate
): string {
	const told = t(reasons[because.code], {
		...('basis' in because && { basis: basisName(because.basis, t) }),
		...('effectiveFrom' in because && { date: because.effectiveFrom })
	});
	const added = region === undefined ? '' : t(reasonMore.region, { region });
	const notYet = notYetInForce.map(({ id, effectiveFrom }) => t(reasonMore.notYet, { id, date: effectiveFrom }));
	return [told, added, ...notYet].join('');
}

function basisName(code: string, t: Translate): string {
	const name = codeName('admissionBasis', code);
	return name ? t(name) : code;
}

const faults = area({
	too_large: ['文件太大，最多 {maximum} 字节', 'The file is too large; at most {maximum} bytes'],
	not_json: ['不是 JSON 文件：{detail}', 'It is no JSON: {detail}'],
	form: ['{at}：不合格式（{message}）', '{at}: does not have the form ({message})'],
	no_years: ['一年也没有', 'It holds no year'],
	year_form: ['{at}：年份要写四位数字', '{at}: a year has four digits'],
	year_empty: [
		'{at}：没有一天休假。这样一来，这一年会被当作已公布',
		'{at}: has no rest day at all; the year would count as published'
	],
	day_form: ['{at}：“{day}”要写成 月月-日日，如 01-01', '{at}: “{day}” must be written MM-DD, such as 01-01'],
	no_such_day: ['{at}：这一年没有 {day} 这一天', '{at}: there is no {day} in that year'],
	day_twice: ['{at}：{day} 写了两次', '{at}: {day} is there twice'],
	rest_and_work: ['{at}：{day} 又休假又上班', '{at}: {day} is both a rest day and a workday'],
	work_on_weekday: [
		'{at}：{day} 不是周末，调休上班只能是周六或周日',
		'{at}: {day} is no weekend day; only a Saturday or Sunday can be made a workday'
	],
	years_missing: [
		'缺 {years} 年。确实没有的，用命令行 --allow-gaps 载入；缺的年份仍算未公布',
		'The years {years} are missing. If they do not exist, load the file with --allow-gaps; they stay unpublished'
	],
	no_policies: ['一条政策也没有', 'It holds no policy'],
	policy_twice: ['政策 {id} 写了两次', 'The policy {id} is there twice'],
	overlay_without_base: [
		'{id} 要加在 {overlayOf} 之上，但没有 {overlayOf}，或者它自己也是另加的',
		'{id} lies over {overlayOf}, which is not there or is an overlay itself'
	],
	default_is_overlay: ['打拐解救儿童的规则不能是另加的规则', 'The policy of rescued children cannot be an overlay']
});

export type RulesFaultWords =
	| PolicyFault
	| RestDayFault
	| { readonly type: 'too_large'; readonly maximum: number }
	| { readonly type: 'not_json'; readonly detail: string };

/** What is wrong with a file, with its place. */
export function faultSentence(fault: RulesFaultWords, t: Translate): string {
	switch (fault.type) {
		case 'years_missing':
			return t(faults.years_missing, { years: fault.years.join(t(listComma)) });
		case 'form':
			return t(faults.form, { at: fault.at || '/', message: fault.message });
		case 'too_large':
		case 'not_json':
		case 'no_years':
		case 'year_form':
		case 'year_empty':
		case 'day_form':
		case 'no_such_day':
		case 'day_twice':
		case 'rest_and_work':
		case 'work_on_weekday':
		case 'no_policies':
		case 'policy_twice':
		case 'overlay_without_base':
		case 'default_is_overlay': {
			const { type, ...facts } = fault;
			return t(faults[type], facts);
		}
	}
}

const remarks = area({
	year_added: ['新增 {year} 年', 'Adds the year {year}'],
	year_replaced: ['{year} 年已有安排，会改动 {days}', 'The year {year} is in force already; it changes {days}'],
	year_unchanged: ['{year} 年与现行的相同', 'The year {year} is as in force'],
	no_work_days: ['{year} 年没有调休上班日，请核对', 'The year {year} has no make-up workday; please check'],
	holiday_missing: [
		'{year} 年没有 {day}，这一天每年都放假，请核对',
		'{day} of {year} is missing, a holiday of every year; please check'
	],
	policy_added: ['新增政策 {policy}', 'Adds the policy {policy}'],
	policy_unchanged: ['政策 {policy} 与现行的相同', 'The policy {policy} is as in force'],
	never_chosen: ['政策 {policy} 没有孩子会适用', 'No child of this registry can come under the policy {policy}'],
	uncertain: ['{policy}“{rule}”：{certainty}', '{policy}, {rule}: {certainty}'],
	rule_added: ['{policy} 增加：{part}“{rule}”', '{policy} gains: {part} {rule}'],
	rule_removed: ['{policy} 去掉：{part}“{rule}”', '{policy} loses: {part} {rule}'],
	rule_changed: ['{policy} 改动：{part}“{rule}”', '{policy} changes: {part} {rule}'],
	fromTo: ['{said}，由 {before} 改为 {after}', '{said}, from {before} to {after}']
});

const parts = area({
	clock: ['期限', 'period'],
	condition: ['条件', 'condition'],
	calendar: ['日期算法', 'calendar'],
	ages: ['年龄', 'ages'],
	publication: ['公开', 'publication'],
	heading: ['名称和适用范围', 'name and scope']
});

/** What a person who loads a file should know about it. */
export function remarkSentence(
	remark: PolicyRemark | RestDayRemark,
	policies: readonly Policy[],
	t: Translate
): string {
	switch (remark.type) {
		case 'year_replaced':
			return t(remarks.year_replaced, { year: remark.year, days: remark.days.join(t(listComma)) });
		case 'year_added':
		case 'year_unchanged':
		case 'no_work_days':
		case 'holiday_missing':
		case 'policy_added':
		case 'policy_unchanged':
		case 'never_chosen': {
			const { type, ...facts } = remark;
			return t(remarks[type], facts);
		}
		case 'uncertain':
			return t(remarks.uncertain, {
				policy: remark.policy,
				rule: ruleName(remark.rule, remark.policy, policies, t),
				certainty: t(certaintyNames[remark.certainty])
			});
		case 'rule_added':
		case 'rule_removed':
		case 'rule_changed': {
			const whole = remark.part !== 'clock' && remark.part !== 'condition';
			const said = t(remarks[remark.type], {
				policy: remark.policy,
				part: whole ? '' : t(parts[remark.part]),
				rule: whole ? t(parts[remark.part]) : ruleName(remark.rule, remark.policy, policies, t)
			});
			if (remark.before === undefined || remark.after === undefined) return said;
			return t(remarks.fromTo, { said, before: lineWords(remark.before, t), after: lineWords(remark.after, t) });
		}
	}
}

/** `12个月（有认领时：停办；期满日不变）` */
function lineWords(line: ClockLine, t: Translate): string {
	const what = amountWords(line, t);
	if (line.claimEffect === undefined) return what;
	return t(inBrackets, { what, more: t(whileClaimed, { effect: t(claimEffectNames[line.claimEffect]) }) });
}

const whileClaimed: Message = ['有认领时：{effect}', 'while a claim is open: {effect}'];

/** A condition by its name, a clock by its title. */
function ruleName(rule: string, policyId: string, policies: readonly Policy[], t: Translate): string {
	const condition = Object.entries(conditionNames).find(([id]) => id === rule)?.[1];
	if (condition) return t(condition);
	return clockTitle(
		rule,
		policies.find(({ id }) => id === policyId),
		t
	);
}

/** `据转载（民发〔2015〕159号）` */
export function certaintyWithSource(certainty: Certainty, source: string, t: Translate): string {
	return t(inBrackets, { what: t(certaintyNames[certainty]), more: source });
}
