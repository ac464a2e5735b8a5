/**
 * The desk's own words about claims: lists, the work page, its forms, and why a command was not taken. What a family reads is
 * in claim.ts; here an officer decides whether a family gets its child back, so every sentence says what is, then what to do.
 */
import type { ClaimStep } from '#lib/domain/claim/claim-row.ts';
import type { ClaimStateName } from '#lib/domain/claim/claim.ts';
import type { ClaimCommandType, ClaimFault } from '#lib/domain/claim/decide-claim.ts';
import type { ClaimEvent, ClaimKind, Fitness, KinshipResult, PoliceFinding } from '#lib/domain/claim/events.ts';
import type { ClaimPhase, RowId, StillMissing } from '#lib/domain/claim/outcome.ts';
import type { FactVerdict, Suggestion } from '#lib/domain/claim/screening.ts';
import { topics, type Topic } from '#lib/domain/claim/statement.ts';
import { topicNames } from './claim.ts';
import { claimDecisionNames } from './decisions.ts';
import { documentNames } from './hold.ts';
import { area, listComma, type Message, type Translate } from './message.ts';

export const claimKindNames = area({
	claim: ['认领', 'Claim'],
	report: ['失踪登记', 'Missing-child report']
}) satisfies Record<ClaimKind, Message>;

export const claimStateNames = area({
	received: ['待初核', 'To be screened'],
	screened: ['已初核', 'Screened'],
	evidence: ['核实中', 'Being checked'],
	sampling: ['已采样，等鉴定', 'Sampled, waits for the laboratory'],
	kinship_result: ['鉴定有结果', 'Kinship reported'],
	police_finding: ['公安已认定', 'Police have found'],
	fitness: ['已评估监护能力', 'Fitness assessed'],
	decided: ['已决定', 'Decided'],
	withdrawn: ['已撤回', 'Withdrawn'],
	fraudulent: ['认定为虚假', 'Found fraudulent']
}) satisfies Record<ClaimStateName, Message>;

/** What a claim waits for. */
export const claimStepNames = area({
	link: ['找出是哪个孩子', 'Find which child it is about'],
	screen: ['初核', 'Screen it'],
	family_answers: ['等家属回答', 'The family’s answers'],
	sample: ['等家属采样', 'The family’s blood sample'],
	hear_appeal: ['处理申诉：是否恢复停办', 'Hear the appeal: restore the block or not'],
	kinship: ['等亲缘鉴定结果', 'The kinship result'],
	more_loci: ['加测位点，或重新采样', 'More loci, or a new sample'],
	police_finding: ['等公安认定孩子怎样离开家人', 'How the child left the family, found by the police'],
	fitness: ['评估监护能力', 'Assess whether the parents are fit'],
	decide: ['提出处理意见', 'Propose a decision'],
	sign: ['第二个人签名', 'The second signature']
}) satisfies Record<ClaimStep, Message>;

/** Whom it waits for. */
export const claimStepWho = area({
	link: ['登记处', 'the registry'],
	screen: ['主管或登记处', 'a supervisor or the registry'],
	family_answers: ['家属', 'the family'],
	sample: ['家属到派出所采血，由公安或机构登记', 'the family, at a police station; the police or the house record it'],
	hear_appeal: ['主管或登记处', 'a supervisor or the registry'],
	kinship: ['公安联络员或登记处录入', 'the police or the registry enter it'],
	more_loci: ['公安联络员或登记处录入', 'the police or the registry enter it'],
	police_finding: ['公安联络员', 'the police liaison'],
	fitness: ['第二管理员或登记处', 'a second administrator or the registry'],
	decide: ['主管、第二管理员或登记处', 'a supervisor, a second administrator or the registry'],
	sign: ['另一位有权限的人', 'another person who may sign']
}) satisfies Record<ClaimStep, Message>;

export const kinshipResultNames = area({
	confirmed: ['确认亲缘', 'Kin confirmed'],
	excluded: ['排除亲缘', 'Kin excluded'],
	inconclusive: ['不能确定', 'Inconclusive']
}) satisfies Record<KinshipResult, Message>;

export const policeFindingNames = area({
	stolen: ['被盗抢', 'Stolen'],
	abducted: ['被拐骗', 'Abducted'],
	lost: ['走失', 'Lost'],
	sold: ['被出卖', 'Sold by the parents'],
	abandoned: ['被遗弃', 'Abandoned'],
	unknown: ['还不清楚', 'Not known yet']
}) satisfies Record<PoliceFinding, Message>;

export const fitnessNames = area({
	fit: ['有能力照顾', 'Fit'],
	unfit: ['暂时没有能力照顾', 'Not fit for now'],
	pending: ['评估中', 'Being assessed']
}) satisfies Record<Fitness, Message>;

export const screeningVerdictNames = area({
	plausible: ['有可能', 'Plausible'],
	not_plausible: ['看不出可能', 'Not plausible'],
	ask_more: ['还要再问', 'More is to be asked']
}) satisfies Record<Extract<ClaimEvent, { type: 'screened' }>['verdict'], Message>;

export const factVerdictNames = area({
	knew: ['说对了', 'Knew it'],
	public: ['登过公告，不算', 'Public: no proof'],
	wrong: ['对不上', 'Contradicts'],
	unknown: ['比不出', 'Cannot tell']
}) satisfies Record<FactVerdict, Message>;

export const suggestionNames = area({
	plausible: [
		'看起来有可能：家属知道没有公开过的事，也没有对不上的。',
		'It looks plausible: the family knew what was never public, and nothing contradicts.'
	],
	ask: [
		'只凭这些还看不出来。可以再问家属，或请当面谈。',
		'This alone does not tell. Ask the family more, or meet them in person.'
	],
	not: [
		'看不出可能：有对不上的，也没有说出没公开过的事。',
		'It does not look plausible: something contradicts, and nothing unpublished was known.'
	]
}) satisfies Record<Suggestion, Message>;

/** Where the child stands, for the decision table. */
export const claimPhaseNames = area({
	before_certificate: ['还没有查找不到证明', 'no not-found certificate yet'],
	after_certificate: ['已有查找不到证明', 'the not-found certificate is on file'],
	after_adoption: ['已被收养', 'adopted'],
	left: ['已离开登记', 'has left the register']
}) satisfies Record<ClaimPhase, Message>;

/** Which row of the decision table fits, as the reason for what may be decided. */
export const decisionRowNames = area({
	unscreened: ['还没有初核。', 'It has not been screened.'],
	not_plausible: ['初核看不出可能，也没有亲缘鉴定。', 'Screened as not plausible, and no DNA says otherwise.'],
	plausible: ['初核有可能，还没有亲缘鉴定。', 'Screened as plausible; no DNA has spoken yet.'],
	no_sample_in_time: ['期限内没有采样，停办已解除。', 'No sample came in time and the block has lapsed.'],
	inconclusive: ['亲缘鉴定不能确定。', 'The kinship result is inconclusive.'],
	excluded: ['亲缘鉴定排除了这一家。', 'DNA excludes this family.'],
	left: ['亲缘确认，但孩子已离开登记。', 'Kin is confirmed, but the child has left the register.'],
	finding_unknown: [
		'亲缘确认；公安还没有认定孩子怎样离开家人。',
		'Kin is confirmed; the police have not found how the child left the family.'
	],
	fitness_pending: [
		'亲缘确认，孩子是被拐或走失的；还没有评估监护能力。',
		'Kin is confirmed and the child was taken or lost; fitness has not been assessed.'
	],
	taken_fit: [
		'亲缘确认，孩子是被拐或走失的，父母有能力照顾。',
		'Kin is confirmed, the child was taken or lost, and the parents are fit.'
	],
	taken_unfit: [
		'亲缘确认，孩子是被拐或走失的，父母暂时没有能力照顾。',
		'Kin is confirmed, the child was taken or lost, and the parents are not fit for now.'
	],
	given_away: ['亲缘确认，孩子是被出卖或遗弃的。', 'Kin is confirmed, and the child was sold or abandoned.'],
	adopted_given_away: [
		'孩子已被收养；亲缘确认，孩子是被出卖或遗弃的。',
		'The child is adopted; kin is confirmed, and the child was sold or abandoned.'
	],
	adopted_ask_unknown: [
		'孩子已被收养；亲缘确认，孩子是被拐或走失的；还不知道生父母是否要求领回。',
		'The child is adopted; kin is confirmed, the child was taken or lost; whether the parents ask for it back is not known.'
	],
	adopted_not_asked: [
		'孩子已被收养；生父母不要求领回。',
		'The child is adopted, and the parents do not ask for it back.'
	],
	adopted_fitness_pending: [
		'孩子已被收养；生父母要求领回，还没有评估监护能力。',
		'The child is adopted; the parents ask for it back, and their fitness has not been assessed.'
	],
	adopted_fit_ask: [
		'孩子已被收养；生父母要求领回，有能力照顾。',
		'The child is adopted; the parents ask for it back and are fit.'
	],
	adopted_unfit_ask: [
		'孩子已被收养；生父母要求领回，但暂时没有能力照顾。',
		'The child is adopted; the parents ask for it back and are not fit for now.'
	]
}) satisfies Record<RowId, Message>;

export const stillMissingNames = area({
	screening: ['初核', 'screening'],
	sample: ['家属的血样', 'the family’s blood sample'],
	kinship: ['亲缘鉴定', 'the kinship result'],
	more_loci: ['加测位点或重新采样后的鉴定', 'a result with more loci or a new sample'],
	police_finding: ['公安的认定', 'the police’s finding'],
	fitness: ['监护能力评估', 'the fitness assessment'],
	parents_ask: ['生父母是否要求领回', 'whether the parents ask for the child back']
}) satisfies Record<StillMissing, Message>;

/** What a decision does, said before somebody proposes or signs it. */
export const decisionWhat = area({
	refuse: [
		'停办解除，孩子的送养手续可以继续。家属会被当面告知。',
		'The block ends and a placement may go on. The family is told in person.'
	],
	reunite: [
		'孩子回家。签名时要有公安的送还通知；之后在孩子的档案里办理离开。',
		'The child goes home. Signing takes the police’s notice of return; the leaving is then recorded on the child’s file.'
	],
	stay_in_care: [
		'孩子继续临时监护，帮助父母；以后可以重新评估、重新决定。',
		'The child stays in temporary care and the parents get support; they can be assessed and decided on again.'
	],
	prosecute: [
		'移送追究；监护由法院决定。不能再凭查找不到证明送养。',
		'It goes to prosecution and a court decides on guardianship. The not-found certificate can no longer be used.'
	],
	dissolve: [
		'由收养人和机构共同到登记机关解除收养，再办理送还。',
		'The adopters and the house dissolve the adoption at the registry; the return follows.'
	],
	adoption_stands: [
		'收养继续有效，孩子留在现在的家。',
		'The adoption stands and the child stays with its family of now.'
	],
	tell_family: [
		'孩子已离开登记，这里不再决定孩子的事；由专人当面告知家属。',
		'The child has left the register and nothing more is decided here; somebody tells the family in person.'
	],
	fraudulent: [
		'认定这家人编造内容冒领孩子。停办解除，线索移交公安。',
		'It says that this family invented things to get a child. The block ends, and the police are told.'
	]
}) satisfies Record<keyof typeof claimDecisionNames, Message>;

/** The list of claims. */
export const claimsList = area({
	title: ['认领', 'Claims'],
	what: [
		'家属认领孩子、登记失踪的孩子。初核有可能的，孩子的送养马上停下，直到查清楚。',
		'Families claim a child or report a missing one. Once a claim is found plausible, any placement of the child stops until everything is clear.'
	],
	openCount: ['{n} 件未了结', '{n} open'],
	groups: ['按进展查看', 'By how far they are'],
	open: ['未了结', 'Open'],
	blocking: ['正在停办', 'Blocking'],
	ended: ['已了结', 'Ended'],
	filter: ['筛选', 'Filter'],
	number: ['编号', 'Number'],
	numberHint: ['RL 开头，写几个字也可以', 'Begins with RL; a part is enough'],
	kind: ['类别', 'Kind'],
	any: ['全部', 'All'],
	apply: ['查', 'Apply'],
	state: ['进展', 'State'],
	next: ['接下来', 'Next'],
	due: ['期限', 'Due'],
	blocksSince: ['停办', 'Blocking'],
	child: ['孩子', 'Child'],
	house: ['机构', 'House'],
	count: ['共 {n} 件', '{n} in all'],
	firstShown: ['只列出前 {n} 件，请缩小范围。', 'Only the first {n} are listed: narrow the search.'],
	none: [
		'现在没有未了结的认领。家属提交以后会出现在这里。',
		'No claim is open. A claim appears here as soon as a family sends it.'
	],
	noneHere: ['没有符合的认领。', 'No claim fits.'],
	dueOn: ['{date} 前', 'by {date}'],
	dueToday: ['今天到期', 'due today'],
	overdue: ['{date} 已过期', 'was due {date}'],
	blocksDay: ['{date} 起，第 {n} 天', 'since {date}, day {n}'],
	blocksFrom: ['停办，{date} 起', 'blocks since {date}'],
	lapsed: ['逾期未采样', 'no sample in time'],
	noChild: ['还没有对应到孩子', 'no child yet'],
	noName: ['（还没有名字）', '(no name yet)'],
	endedOn: ['{date} 了结', 'ended {date}'],
	proposed: ['意见：{decision}', 'proposed: {decision}'],
	ofChild: ['这个孩子的认领', 'Claims on this child'],
	ofChildNone: ['没有人认领过这个孩子。', 'Nobody has claimed this child.']
});

/** The work page of one claim. */
export const claimDesk = area({
	title: ['认领 {number}', 'Claim {number}'],
	reportTitle: ['失踪登记 {number}', 'Missing-child report {number}'],
	back: ['返回认领列表', 'Back to the claims'],
	receivedOn: ['{date} 收到', 'received {date}'],
	fromNotice: ['来自公告 {number}', 'from notice {number}'],
	readOnly: ['你可以查看，现在没有要你办理的。', 'You can read it; there is nothing for you to do now.'],

	blocking: ['停办第 {n} 天', 'Blocking, day {n}'],
	blockWhat: ['认领未结，停办；期满日不变。', 'While the claim is open nothing is decided; the last day stays.'],
	blockWhatSuspend: [
		'认领未结，停办；认领的天数不计入期限。',
		'While the claim is open nothing is decided; its days are not counted.'
	],
	blockWhatRestart: [
		'认领未结，停办；了结以后重新计算期限。',
		'While the claim is open nothing is decided; the period starts anew once it has ended.'
	],
	blockSample: [
		'家属要在 {date} 以前采样；到期没有采样，停办自动解除，家属可以申诉。',
		'The family’s sample is due by {date}; without it the block lapses by itself, and the family may appeal.'
	],
	blockForGood: [
		'血样已采或亲缘已确认，停办一直到认领了结。',
		'The sample is taken or kin is confirmed: the block stands until the claim has ended.'
	],
	lapsedWhat: [
		'期限 {due} 内没有采样，{on} 停办自动解除。认领本身继续办理。',
		'No sample came by {due}; the block lapsed on {on}. The claim itself goes on.'
	],
	appealedWhat: [
		'家属 {on} 申诉了，等主管或登记处处理。申诉没有处理以前，不能不予认领。',
		'The family appealed on {on}; a supervisor or the registry is to hear it. Nobody is refused while it waits.'
	],
	turnWhat: ['同一个人还有 {n} 件更早的认领没有了结。', 'The same person has {n} earlier {n|claim|claims} open.'],
	turnFull: [
		'一个人最多同时办 {maximum} 件：这一件要等前面的了结一件，才能判为“有可能”。',
		'At most {maximum} of one person are worked at a time: this one cannot be found plausible until one of them has ended.'
	],
	nextTitle: ['接下来', 'Next'],
	nextWho: ['由{who}', 'by {who}'],
	nextNone: ['已经了结，没有要办的。', 'It has ended; nothing is to be done.'],
	nextReassess: [
		'已经决定。父母可以重新评估，之后重新决定。',
		'It is decided. The parents can be assessed again, and a new decision may follow.'
	],

	child: ['孩子', 'The child'],
	noChild: [
		'还没有对应到哪一个孩子。对应以后才能比对、停办、鉴定。',
		'It is not linked to a child yet. Only then can it be compared, block anything, or be reported on.'
	],
	locked: [
		'孩子的档案没有给你的授权，下面只有认领本身。要对照档案、初核和决定，请先写明事由打开档案；这次查阅会记下来。',
		'You have no grant for the child’s file, so only the claim itself is shown. To compare, screen and decide, say why and open the file first; the reading is logged.'
	],
	lockedLink: ['写明事由，打开档案', 'Say why and open the file'],
	childElsewhere: ['孩子的档案现在看不到。', 'The child’s file cannot be read now.'],
	reading: ['已按“办理认领”记下这次查阅。', 'This reading is logged, for working on a claim.'],

	comparison: ['家属所说，和孩子的档案', 'What the family says, beside the child’s file'],
	comparisonWhat: [
		'只有“说对了、又从来没有公开过”的才说明问题。写法不同不等于说错；登过公告的，谁都可能看到过。',
		'Only what is right and was never public says something. Other words are not wrong words, and what a notice showed anybody may have read.'
	],
	field: ['项目', 'Field'],
	file: ['档案', 'The file'],
	said: ['家属说', 'The family says'],
	verdict: ['比对', 'Verdict'],
	notSaid: ['没有说', 'Not said'],
	notVerifying: ['只供参考', 'for reading only'],
	disputed: ['档案里说法不一：{values}', 'The file contradicts itself: {values}'],
	or: ['；或者：', '; or: '],
	wasPublic: ['公告里登过', 'was in a notice'],
	knewCount: ['没有公开过、又说对了的：{n} 项（{what}）', 'Right and never public: {n} ({what})'],
	knewNone: ['没有公开过、又说对了的：没有', 'Right and never public: none'],
	wrongCount: ['对不上的：{n} 项（{what}）', 'Contradicting: {n} ({what})'],
	published: ['公告公开过的内容（{n} 项）', 'What notices have shown ({n})'],
	publishedNone: ['这个孩子的内容从来没有公开过。', 'Nothing about this child was ever public.'],
	publishedOn: ['{date} 公开', 'public from {date}'],
	publishedPhoto: ['照片：{view}', 'Photo: {view}'],
	emptyComparison: ['档案里还没有可以比对的内容。', 'The file holds nothing to compare yet.'],

	statement: ['家属的陈述', 'What the family told'],
	statementSaved: ['第 {n} 次保存，{time}', 'version {n}, saved {time}'],
	statementErased: ['陈述和材料已按规定删除。', 'The statement and the papers were erased, as the rules ask.'],
	statementUnsure: ['其余的家属说不记得，或不清楚', 'The family does not remember or know the rest'],
	papers: ['家属的材料', 'The family’s papers'],
	papersNone: ['没有传材料。', 'No paper was sent.'],
	papersWhat: ['点开看大图；每次打开都会记下来。', 'Open one to see it large; every opening is logged.'],
	paperAlt: ['{what}，{time} 收到', '{what}, received {time}'],

	facts: ['查到了什么', 'What is known'],
	factScreening: ['初核', 'Screening'],
	factSample: ['采样', 'Samples'],
	factKin: ['亲缘鉴定', 'Kinship'],
	factFinding: ['公安认定', 'Police finding'],
	factFitness: ['监护能力', 'Fitness'],
	factAsk: ['生父母要求领回', 'The parents ask for the child'],
	notYet: ['还没有', 'Not yet'],
	sampleFamily: ['家属 {date}', 'family {date}'],
	sampleChild: ['孩子 {date}', 'child {date}'],
	factOn: ['{what}，{date}，{reference}', '{what}, {date}, {reference}'],
	factOnLoci: ['{what}，{date}，{reference}，{loci} 个位点', '{what}, {date}, {reference}, {loci} loci'],
	kinContradict: [
		'几份鉴定互相矛盾；连续两份不同的报告一致以前，按“不能确定”办。',
		'The reports contradict each other; until two in a row agree it counts as inconclusive.'
	],
	askYes: ['要求领回', 'They ask for the child'],
	askNo: ['不要求领回', 'They do not ask'],
	askOn: ['{what}，{date}', '{what}, {date}'],

	arithmetic: ['期限怎么算', 'How the last day is reckoned'],
	arithmeticWhat: [
		'同一件认领，三种算法各是哪一天。没有认领时是 {date}。',
		'The last day under each of the three rules; without any claim it is {date}.'
	],
	inForce: ['按这一种', 'In force'],
	later: ['晚 {n} 天', '{n} {n|day|days} later'],
	same: ['不变', 'unchanged'],
	provisional: ['暂定', 'provisional'],
	ifEndedToday: ['假定认领今天了结。', 'As if the claim ended today.'],
	basis: ['依据', 'Basis'],

	timeline: ['经过', 'What happened'],
	byFamily: ['家属', 'the family'],
	byClock: ['登记处系统', 'the registry’s clock'],
	bySomebody: ['其他机构的人员', 'somebody of another house'],
	lineWho: ['{who}（{house}）', '{who} ({house})'],

	decision: ['怎样决定', 'What may be decided'],
	decisionWhere: ['孩子：{phase}', 'The child: {phase}'],
	mayDecide: ['按判定表，现在可以：', 'By the decision table, now:'],
	mayNot: ['现在还不能决定。', 'Nothing can be decided yet.'],
	fraudAlways: [
		'认定“虚假认领”随时可以提出，同样由两家机构各一人决定。',
		'A claim can be found fraudulent at any time, by one person of each of two institutions.'
	],
	lacking: ['还缺：{what}', 'Still missing: {what}'],
	rule: ['判定表', 'Decision table'],
	fileFirst: [
		'打开孩子的档案以后，这里会写出现在可以怎样决定。',
		'Once the child’s file is open, this says what may be decided.'
	],
	twoPersons: ['每个决定由两个人分别提出和签名。', 'Every decision is proposed by one person and signed by another.'],
	twoHouses: [
		'“{decision}”要两家机构各一人：提出的和签名的不能是同一家。',
		'{decision}: one person of each of two institutions, the one who signs from another than the one who proposed.'
	],
	returnNotice: [
		'公安的送还通知（DOC-K）：{number}，{date}',
		'The police’s notice of return (DOC-K): {number}, {date}'
	],
	returnNoticeMissing: [
		'公安的送还通知（DOC-K）还没有登记，或缺文号、日期；没有它不能签“送还生父母”。',
		'The police’s notice of return (DOC-K) is not filed, or lacks number or date; without it a return cannot be signed.'
	],
	toDocuments: ['去登记文件', 'Go to the papers'],
	toLeaving: ['去办理离开', 'Go to the leaving'],
	proposal: ['待签名的处理意见', 'A decision that waits for its second signature'],
	proposalBy: ['{who} 于 {date} 提出', 'Proposed by {who} on {date}'],
	decided: ['决定', 'The decision'],
	decidedBy: ['{date} 由 {proposed} 提出，{signed} 签名', 'Proposed by {proposed}, signed by {signed}, {date}'],
	earlier: ['以前的决定', 'Earlier decisions'],
	withdrawnFamily: ['{date} 家属撤回。', 'The family withdrew it on {date}.'],
	withdrawnDesk: ['{date} 工作人员按家属意愿撤回。', 'Withdrawn at the desk on {date}.'],

	work: ['办理', 'Work on it'],
	note: ['说明', 'Note'],
	reason: ['理由', 'Reason'],
	reasonHint: [
		'写依据哪些事实。不要写家属和孩子的姓名。',
		'Say on which facts it rests. No names of the family or the child.'
	],
	reference: ['文号', 'Number of the paper'],
	day: ['日期', 'Day'],
	dayHint: ['例如 2026-11-22', 'Such as 2026-11-22'],

	doLink: ['对应到孩子', 'Link it to a child'],
	linkNumber: ['孩子的编号或公告编号', 'The child’s file number or notice number'],
	linkNumberHint: ['例如 YL-2026-0031，或 LK-7F3K-29QX', 'Such as YL-2026-0031 or LK-7F3K-29QX'],
	linkWhat: ['孩子所在的机构从此看得到这份认领。', 'The house that has the child sees this claim from then on.'],
	candidates: ['比对出的孩子', 'Children the comparison found'],
	candidateLine: ['{score} 分', '{score} points'],
	linkThis: ['对应到这个孩子', 'Link to this child'],
	linkThisWhat: ['对应到这个孩子：{number}', 'Link to this child: {number}'],
	toCandidates: ['看逐项比对', 'See the comparison'],
	doUnlink: ['取消对应', 'Unlink it'],
	unlinkWhat: [
		'弄错了孩子，才取消。停办中、或已有鉴定的，不能取消。',
		'Only where it is the wrong child. Not while it blocks, or once DNA has spoken.'
	],
	doScreen: ['初核', 'Screen'],
	screenWhat: [
		'判为“有可能”，孩子的送养马上停下，平板和所有名单同时显示停办；家属要在 {n} 天内采样。',
		'If it is plausible, any placement of the child stops at once, on every tablet and list; the family’s sample is due within {n} days.'
	],
	verdictLabel: ['你的判断', 'Your judgement'],
	plausibleWhat: ['马上停办，请家属采样', 'Blocks at once; the family gives blood'],
	notPlausibleWhat: ['不停办；之后可由两人决定不予认领', 'Blocks nothing; two persons may refuse it then'],
	askMoreWhat: [
		'先不判断，请家属补充下面勾选的题目',
		'No judgement yet; the family is asked about the topics ticked below'
	],
	screenNote: ['依据和说明', 'On what it rests'],
	screenNoteHint: [
		'家属没有说出没公开过的事，或判“看不出可能”，必须写。',
		'Needed where nothing unpublished was known, and for “not plausible”.'
	],
	noPlausible: ['现在不能判“有可能”：{because}', 'It cannot be found plausible now: {because}'],
	doAsk: ['请家属补充', 'Ask the family'],
	askTopics: ['请家属再说说', 'What the family is asked to tell more about'],
	askTopicsHint: ['家属只看到这些题目，看不到你的说明。', 'The family sees these topics and nothing of your note.'],
	doNoteEvidence: ['记下核实的情况', 'Note what was found'],
	evidenceWhat: ['电话、走访、材料核对的结果。', 'What a call, a visit or a check of papers showed.'],
	doRecordSample: ['登记采样', 'Record a sample'],
	sampleOf: ['采的是谁', 'Whose'],
	sampleOfFamily: ['家属', 'The family’s'],
	sampleOfChild: ['孩子（重新采样）', 'The child’s (taken again)'],
	takenOn: ['采样日期', 'Taken on'],
	sampleReference: ['样本编号', 'Number of the sample'],
	doAppeal: ['记下家属的申诉', 'Record the family’s appeal'],
	appealWhat: ['家属打电话或当面申诉的，写下原话的意思。', 'Where the family appealed by telephone or in person.'],
	doRestore: ['恢复停办', 'Restore the block'],
	restoreWhat: [
		'从今天起重新停办，家属有 {n} 天采样。',
		'It blocks again from today; the family has {n} days to give a sample.'
	],
	doReportKinship: ['录入亲缘鉴定', 'Enter a kinship result'],
	kinResult: ['鉴定结果', 'Result'],
	kinReference: ['鉴定书编号', 'Number of the report'],
	kinOn: ['出具日期', 'Issued on'],
	loci: ['共有位点数', 'Shared loci'],
	lociHint: ['少于 {n} 个，只能录“不能确定”。', 'With fewer than {n}, only “inconclusive” can be entered.'],
	doRecordPoliceFinding: ['录入公安认定', 'Enter the police’s finding'],
	finding: ['孩子怎样离开家人', 'How the child left the family'],
	findingOn: ['认定日期', 'Found on'],
	doAssessFitness: ['录入监护能力评估', 'Enter the fitness assessment'],
	fitness: ['评估结果', 'Assessment'],
	fitnessOn: ['评估日期', 'Assessed on'],
	doRecordParentsAsk: ['记下生父母是否要求领回', 'Record whether the parents ask for the child'],
	parentsAsk: ['生父母的意思', 'What the parents want'],
	askedOn: ['表示的日期', 'Said on'],
	doProposeFraud: ['提出：认定虚假认领', 'Propose: a fraudulent claim'],
	doProposeDecision: ['提出处理意见', 'Propose a decision'],
	proposeWhat: ['你提出以后，由另一个人签名才生效。', 'It takes effect when another person signs.'],
	decisionLabel: ['处理意见', 'Decision'],
	confirmRefuse: [
		'我已看过亲缘鉴定或期限：不予认领会让停办解除，这家人不再被当作孩子的家人。',
		'I have looked at the DNA or the days: refusing ends the block, and this family no longer counts as the child’s.'
	],
	confirmFraud: [
		'我已核对：这是指控一家属犯罪，停办会解除，公安会知道。',
		'I have checked: this accuses a family of a crime, ends the block, and the police are told.'
	],
	confirmSign: [
		'我已看过上面的依据，同意这样决定；签名以后不能撤回。',
		'I have read what it rests on and agree; a signature cannot be taken back.'
	],
	doSignDecision: ['签名', 'Sign'],
	signWhat: [
		'签名以后决定生效，写进孩子的档案。',
		'With your signature it takes effect and is written into the child’s file.'
	],
	signFile: ['先打开孩子的档案，再签名。', 'Open the child’s file first, then sign.'],
	doReturnDecision: ['退回或撤回意见', 'Send it back or take it back'],
	returnWhat: [
		'提出的人可以撤回，别人可以退回；之后可以重新提出。',
		'Who proposed it may take it back, others may return it; a new one can follow.'
	],
	doWithdraw: ['按家属意愿撤回', 'Withdraw it for the family'],
	withdrawWhat: [
		'家属本人要求撤回的才用。撤回不能恢复，停办随之解除。请写明怎样核实是本人。',
		'Only where the family itself asks. It cannot be undone and ends the block. Say how you made sure who asked.'
	],

	done_link: ['已对应到孩子。', 'It is linked to the child.'],
	done_unlink: ['已取消对应。', 'It is unlinked.'],
	done_screen: ['初核已记下。', 'The screening is recorded.'],
	done_ask: ['问题已写给家属。', 'The family is asked.'],
	done_noteEvidence: ['已记下。', 'It is noted.'],
	done_recordSample: ['采样已登记。', 'The sample is recorded.'],
	done_appeal: ['申诉已记下。', 'The appeal is recorded.'],
	done_restore: ['停办已恢复。', 'The block is restored.'],
	done_reportKinship: ['鉴定结果已录入。', 'The kinship result is entered.'],
	done_recordPoliceFinding: ['公安认定已录入。', 'The police’s finding is entered.'],
	done_assessFitness: ['评估已录入。', 'The assessment is entered.'],
	done_recordParentsAsk: ['已记下。', 'It is recorded.'],
	done_proposeDecision: ['意见已提出，等另一个人签名。', 'It is proposed and waits for another person’s signature.'],
	done_signDecision: ['已签名，决定生效。', 'It is signed and in effect.'],
	done_returnDecision: ['意见已退回。', 'The proposal is sent back.'],
	done_withdraw: ['认领已撤回。', 'The claim is withdrawn.'],
	done_screen_blocks: [
		'初核已记下。孩子从今天起停办，机构的平板会收到。',
		'The screening is recorded. The child is blocked from today, and the tablets of its house will know.'
	],

	verdictNeeded: ['请选择你的判断', 'Choose your judgement'],
	topicNeeded: ['请至少选一个题目', 'Choose at least one topic'],
	noteNeeded: ['请写明理由', 'Give the reason'],
	tooLong: ['太长了，请写得短一点，{maximum} 个字以内', 'This is too long: at most {maximum} characters'],
	choiceNeeded: ['请选择“{field}”', 'Choose: {field}'],
	referenceNeeded: ['请写“{field}”', 'Give the {field}'],
	dateNeeded: ['请写“{field}”', 'Give the day: {field}'],
	dateForm: ['“{field}”看不懂，请写成 2026-11-22 的样子', '{field} cannot be read: write it like 2026-11-22'],
	dateMissing: ['“{field}”：日历上没有这一天', '{field}: the calendar has no such day'],
	lociForm: ['“共有位点数”请写 0 到 60 的整数', 'Shared loci: a whole number from 0 to 60'],
	linkNeeded: ['请写孩子的编号或公告编号', 'Give the child’s file number or notice number'],
	linkUnknown: [
		'没有找到编号“{number}”的孩子。请对着档案或公告再看一遍。',
		'No child has the number {number}. Please compare it with the file or the notice.'
	],
	linkMany: [
		'有几份档案的编号是“{number}”。请用公告编号。',
		'Several files have the number {number}. Use the notice’s number.'
	],
	confirmNeeded: ['请先勾选确认，再提交', 'Tick to confirm, then send it']
});

const refusals = area({
	not_yours_to_decide: [
		'这件事不由你的角色办理，什么都没有写入。请交给有权限的同事。',
		'This is not for your role; nothing was written. Please pass it to a colleague who may.'
	],
	claim_unknown: [
		'没有这份认领，或者不归你的机构。请回到列表。',
		'There is no such claim, or it is not your institution’s. Please go back to the list.'
	],
	claim_changed: [
		'你打开页面以后，别人办理过这份认领。这次什么都没有写入，你填的都还在。请看过新的内容，再提交。',
		'Somebody worked on this claim since you opened the page. Nothing was written, and what you typed is kept. Look at what is new, then send it again.'
	],
	file_changed: [
		'你打开页面以后，孩子的档案有了变化。这次什么都没有写入，你填的都还在。请看过新的内容，再提交。',
		'The child’s file changed since you opened the page. Nothing was written, and what you typed is kept. Look at what is new, then send it again.'
	],
	claim_ended_decided: ['这份认领已经决定，不能再这样办理。', 'This claim is decided; that can no longer be done.'],
	claim_ended_withdrawn: ['这份认领已经撤回，不能再办理。', 'This claim was withdrawn; nothing more can be done.'],
	claim_ended_fraudulent: [
		'这份认领已认定为虚假，不能再办理。',
		'This claim was found fraudulent; nothing more can be done.'
	],
	no_child_linked: ['还没有对应到孩子。请先对应到孩子。', 'It is not linked to a child yet. Link it first.'],
	child_linked_already: [
		'已经对应到一个孩子。要换，请先取消对应。',
		'It is linked to a child already. To change that, unlink it first.'
	],
	excluded_before: [
		'亲缘鉴定已排除过这个孩子，不能再对应。',
		'DNA has excluded this child before; it cannot be linked again.'
	],
	cannot_unlink: [
		'停办中、逾期或已有鉴定的认领，不能取消对应。',
		'While it blocks, after it lapsed, or once DNA has spoken, it stays with this child.'
	],
	screened_already: [
		'已经判过“有可能”，不能再改判。要结束它，靠鉴定、期限、家属撤回，或两个人的决定。',
		'It was found plausible already. Only DNA, its last day, the family or two persons end that.'
	],
	waits_its_turn: [
		'同一个人已有 {open} 件认领在办，最多 {maximum} 件。等前面的了结一件，再判“有可能”。',
		'The same person has {open} claims open, and at most {maximum} are worked at a time. Wait until one of them has ended.'
	],
	reason_needed: ['请写明理由。', 'Please give the reason.'],
	date_in_future: [
		'日期 {date} 还没有到。请写已经发生的日期。',
		'{date} has not come yet. Enter a day that has passed.'
	],
	nothing_lapses: ['没有要解除的停办。', 'There is no block that could lapse.'],
	sample_not_overdue: ['采样期限 {dueOn} 还没有过。', 'The sample is due on {dueOn}, which has not passed.'],
	not_lapsed: [
		'停办没有因逾期解除，不用申诉或恢复。',
		'Nothing has lapsed, so there is nothing to appeal for or restore.'
	],
	appealed_already: ['申诉已经记下，等处理。', 'The appeal is recorded already and waits to be heard.'],
	not_appealed: ['家属还没有申诉。请先记下申诉。', 'The family has not appealed. Record the appeal first.'],
	appeal_open: [
		'家属的申诉还没有处理，不能不予认领。请先决定是否恢复停办。',
		'The family’s appeal waits: nobody is refused until it is heard. Decide first whether to restore the block.'
	],
	too_few_loci: [
		'确认或排除至少要 {needed} 个共有位点。位点不够，请录“不能确定”。',
		'Confirming or excluding takes at least {needed} shared loci. With fewer, enter “inconclusive”.'
	],
	report_twice: [
		'编号 {reference} 的鉴定书已经录过。请核对编号。',
		'A report of the number {reference} is entered already. Please check the number.'
	],
	kin_not_confirmed: [
		'亲缘还没有确认，不评估监护能力，也不问是否领回。',
		'Kin is not confirmed: nobody is assessed as a parent before DNA says so.'
	],
	not_adopted: ['孩子没有被收养，不用记这一项。', 'The child is not adopted; this is not asked.'],
	proposal_open: [
		'已经有一份意见等签名。请先签名或退回那一份。',
		'A proposal waits already. Sign it or send it back first.'
	],
	proposal_gone: [
		'这份意见已经签过、退回，或因为新的事实作废。请看现在的情况。',
		'This proposal was signed or returned already, or new facts made it void. See how things stand now.'
	],
	decision_not_allowed: [
		'按判定表，现在不能这样决定。{allowed}',
		'By the decision table it cannot be decided so now. {allowed}'
	],
	allowedNow: ['现在可以：{decisions}。', 'What may be decided: {decisions}.'],
	missingNow: ['还缺：{missing}。', 'Still missing: {missing}.'],
	same_person: [
		'这份意见是你提出的，要由另一个人签名：一个人不能既提出又决定。',
		'You proposed this, so another person signs: nobody both proposes and decides.'
	],
	same_institution: [
		'提出意见的是你们机构的人，这个决定要由另一家机构的人签名。',
		'Somebody of your institution proposed this; it must be signed by a person of another one.'
	],
	document_missing: [
		'缺“{document}”，或缺文号、日期。请先登记这份文件，再签名。',
		'Missing, or without number or date: {document}. File this paper first, then sign.'
	],
	kin_confirmed: [
		'鉴定确认过亲缘，不能撤回：父母找到了就是找到了。',
		'DNA has confirmed kin, so it cannot be withdrawn: parents who are found are found.'
	],
	withdraw_at_registry: [
		'这份认领认的是你们机构的孩子，不能由机构撤回。请登记处办理，或由家属自己撤回。',
		'This claim is for a child of your own house, which cannot withdraw it. The registry can, or the family itself.'
	]
});

/** Every way a command over a claim can be refused. */
export type ClaimRefusal =
	| ClaimFault
	| { readonly type: 'claim_changed' }
	| { readonly type: 'file_changed' }
	| { readonly type: 'claim_unknown' };

/** The sentence for a command that was not taken, with the way out. */
export function claimRefusalSentence(fault: ClaimRefusal, t: Translate): string {
	switch (fault.type) {
		case 'claim_ended':
			return t(refusals[`claim_ended_${fault.state}`]);
		case 'waits_its_turn':
			return t(refusals.waits_its_turn, { open: fault.open, maximum: fault.maximum });
		case 'date_in_future':
			return t(refusals.date_in_future, { date: fault.date });
		case 'sample_not_overdue':
			return t(refusals.sample_not_overdue, { dueOn: fault.dueOn });
		case 'too_few_loci':
			return t(refusals.too_few_loci, { needed: fault.needed });
		case 'report_twice':
			return t(refusals.report_twice, { reference: fault.reference });
		case 'decision_not_allowed': {
			const allowed = fault.allowed.map((decision) => t(claimDecisionNames[decision])).join(t(listComma));
			const missing = fault.missing.map((each) => t(stillMissingNames[each])).join(t(listComma));
			const more = [
				allowed === '' ? '' : t(refusals.allowedNow, { decisions: allowed }),
				missing === '' ? '' : t(refusals.missingNow, { missing })
			];
			return t(refusals.decision_not_allowed, { allowed: more.filter((part) => part !== '').join(' ') }).trim();
		}
		case 'document_missing':
			return t(refusals.document_missing, { document: t(documentNames[fault.document]) });
		case 'not_yours_to_decide':
		case 'claim_unknown':
		case 'claim_changed':
		case 'file_changed':
		case 'no_child_linked':
		case 'child_linked_already':
		case 'excluded_before':
		case 'cannot_unlink':
		case 'screened_already':
		case 'reason_needed':
		case 'nothing_lapses':
		case 'not_lapsed':
		case 'appealed_already':
		case 'not_appealed':
		case 'appeal_open':
		case 'kin_not_confirmed':
		case 'not_adopted':
		case 'proposal_open':
		case 'proposal_gone':
		case 'same_person':
		case 'same_institution':
		case 'kin_confirmed':
		case 'withdraw_at_registry':
			return t(refusals[fault.type]);
	}
}

/** What happened, without who and when. */
const events = area({
	received: ['提交认领', 'The claim was sent'],
	received_report: ['提交失踪登记', 'The report was sent'],
	linked_notice: ['按公告编号对应到孩子', 'Linked to the child by the number of its notice'],
	linked_candidate: ['按比对结果对应到孩子', 'Linked to a child the comparison found'],
	linked_desk: ['对应到孩子', 'Linked to a child'],
	unlinked: ['取消对应', 'Unlinked'],
	amended: ['补充了陈述', 'The family added to its statement'],
	paper_added: ['补充了材料', 'The family added a paper'],
	screened: ['初核：{verdict}', 'Screened: {verdict}'],
	asked: ['请家属补充：{topics}', 'Asked the family about: {topics}'],
	evidence_noted: ['记下核实的情况', 'Noted what was found'],
	sample_taken_family: ['家属采样，{date}', 'The family’s sample, {date}'],
	sample_taken_child: ['孩子重新采样，{date}', 'The child’s sample, {date}'],
	block_lapsed: ['{date} 以前没有采样，停办解除', 'No sample by {date}: the block lapsed'],
	appealed: ['申诉', 'Appealed'],
	block_restored: ['恢复停办，采样期限 {date}', 'The block was restored; a sample is due by {date}'],
	kinship_reported: ['亲缘鉴定：{result}', 'Kinship: {result}'],
	police_found: ['公安认定：{finding}', 'Police finding: {finding}'],
	fitness_assessed: ['监护能力：{fitness}', 'Fitness: {fitness}'],
	parents_asked_yes: ['生父母要求领回，{date}', 'The parents ask for the child, {date}'],
	parents_asked_no: ['生父母不要求领回，{date}', 'The parents do not ask for the child, {date}'],
	decision_proposed: ['提出：{decision}', 'Proposed: {decision}'],
	decision_signed: ['签名，决定生效', 'Signed; it is in effect'],
	decision_returned: ['退回意见', 'Sent the proposal back'],
	withdrawn_family: ['撤回', 'Withdrew it'],
	withdrawn_desk: ['按家属意愿撤回', 'Withdrew it for the family'],
	erased: ['删除家属的陈述和材料', 'The family’s words and papers were erased']
});

export function claimEventSentence(event: ClaimEvent, t: Translate): string {
	switch (event.type) {
		case 'received':
			return t(event.kind === 'report' ? events.received_report : events.received);
		case 'linked':
			return t(events[`linked_${event.because}`]);
		case 'screened':
			return t(events.screened, { verdict: t(screeningVerdictNames[event.verdict]) });
		case 'asked':
			return t(events.asked, { topics: event.topics.map((topic) => topicName(topic, t)).join(t(listComma)) });
		case 'sample_taken':
			return t(events[`sample_taken_${event.of}`], { date: event.takenOn });
		case 'block_lapsed':
			return t(events.block_lapsed, { date: event.dueOn });
		case 'block_restored':
			return t(events.block_restored, { date: event.sampleDue });
		case 'kinship_reported':
			return t(events.kinship_reported, { result: t(kinshipResultNames[event.result]) });
		case 'police_found':
			return t(events.police_found, { finding: t(policeFindingNames[event.finding]) });
		case 'fitness_assessed':
			return t(events.fitness_assessed, { fitness: t(fitnessNames[event.fitness]) });
		case 'parents_asked':
			return t(events[event.ask ? 'parents_asked_yes' : 'parents_asked_no'], { date: event.askedOn });
		case 'decision_proposed':
			return t(events.decision_proposed, { decision: t(claimDecisionNames[event.decision]) });
		case 'withdrawn':
			return t(events[`withdrawn_${event.by}`]);
		case 'unlinked':
		case 'amended':
		case 'paper_added':
		case 'evidence_noted':
		case 'appealed':
		case 'decision_signed':
		case 'decision_returned':
		case 'erased':
			return t(events[event.type]);
	}
}

/** Who did what nobody at a desk did: the family, or the registry's own clock. */
export function actorWithoutDesk(event: ClaimEvent): Message {
	switch (event.type) {
		case 'received':
		case 'amended':
		case 'paper_added':
		case 'appealed':
		case 'withdrawn':
			return claimDesk.byFamily;
		default:
			return claimDesk.byClock;
	}
}

/** A topic of the statement; one of a newer program is shown as it is. */
function topicName(name: string, t: Translate): string {
	const topic = topics.find((known): known is Topic => known === name);
	return topic ? t(topicNames[topic]) : name;
}

/** The heading of each form, and what it says once it was taken. */
export const formTitles = {
	link: claimDesk.doLink,
	unlink: claimDesk.doUnlink,
	screen: claimDesk.doScreen,
	ask: claimDesk.doAsk,
	noteEvidence: claimDesk.doNoteEvidence,
	recordSample: claimDesk.doRecordSample,
	appeal: claimDesk.doAppeal,
	restore: claimDesk.doRestore,
	reportKinship: claimDesk.doReportKinship,
	recordPoliceFinding: claimDesk.doRecordPoliceFinding,
	assessFitness: claimDesk.doAssessFitness,
	recordParentsAsk: claimDesk.doRecordParentsAsk,
	proposeDecision: claimDesk.doProposeDecision,
	signDecision: claimDesk.doSignDecision,
	returnDecision: claimDesk.doReturnDecision,
	withdraw: claimDesk.doWithdraw
} as const satisfies Record<Exclude<ClaimCommandType, 'lapse'>, Message>;
