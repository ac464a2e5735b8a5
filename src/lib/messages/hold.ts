/**
 * The words of the hold: clocks, conditions, blockers, contradictions, papers. The Chinese are those of the notice and the rule
 * book; clock and policy names come with the policy data. Nothing here says that a child may be adopted from some day on.
 */
import type { DocumentCode } from '#lib/domain/document/document.ts';
import type { Blocker } from '#lib/domain/hold/blockers.ts';
import type { ClockStatus, HeldBy, NotStarted } from '#lib/domain/hold/clock.ts';
import type { Condition, ConditionReason, DocumentGap } from '#lib/domain/hold/conditions.ts';
import type { Contradiction } from '#lib/domain/hold/contradictions.ts';
import type { CaseFlag, DnaState } from '#lib/domain/hold/facts.ts';
import type { ClosingReason, Hold, HoldStatus } from '#lib/domain/hold/hold.ts';
import type {
	Certainty,
	ConditionId,
	FactType,
	FirstReceiver,
	NoticeChannel,
	Policy
} from '#lib/domain/hold/policy.ts';
import { area, type Message, type Translate } from './message.ts';

export const documentNames = area({
	'DOC-A': ['打拐解救儿童临时照料通知书', 'Temporary-care notice for a rescued trafficked child'],
	'DOC-B': ['暂时未查找到生父母或其他监护人的证明', 'Temporary proof that no parent or guardian was found'],
	'DOC-C': ['查找不到生父母或其他监护人的证明', 'Certificate that no parent or guardian can be found'],
	'DOC-D': ['寻亲公告', 'Family-search notice'],
	'DOC-E': ['DNA信息比对结果', 'DNA comparison result'],
	'DOC-F': ['民政部门接收意见', "Civil affairs department's opinion on admission"],
	'DOC-G': ['收养协议', 'Adoption agreement'],
	'DOC-H': ['收养评估报告', 'Adoption assessment report'],
	'DOC-I': ['进入社会福利机构的原始记录', 'Original record of admission to the welfare institution'],
	'DOC-J': ['收养登记证／解除收养关系证明', 'Adoption certificate or proof of dissolution'],
	'DOC-K': ['打拐解救儿童送还通知书', 'Notice of return of a rescued child'],
	'DOC-L': ['残疾证明', 'Proof of disability'],
	'DOC-M': ['捡拾弃婴、儿童报案证明', 'Proof that the finding of a child was reported'],
	OTHER: ['其他材料', 'Other paper']
}) satisfies Record<DocumentCode, Message>;

export const factNames = area({
	rescued: ['解救', 'Rescue'],
	police_handover: ['公安机关移送（首次）', "Police's first hand-over"],
	transfer: ['移送儿童福利机构', 'Move to the welfare institution'],
	notice_published: ['寻亲公告发布', 'Publication of the search notice'],
	notice_taken_down: ['寻亲公告撤下', 'Search notice taken down'],
	certificate_received: ['收到查找不到证明', 'Certificate received'],
	registry_notice_published: ['收养登记机关公告', "Registry's notice"],
	application: ['收养登记申请', 'Application for registration'],
	registration_refused: ['不予登记', 'Registration refused'],
	reunited: ['找回生父母', 'Reunited with birth parents'],
	adopted: ['收养登记', 'Adoption registered'],
	adoption_dissolved: ['解除收养关系', 'Adoption dissolved'],
	aged_out: ['儿童超龄', 'Aged out'],
	deceased: ['死亡', 'Death'],
	other_basis: ['另有依据', 'Another legal basis'],
	entered_in_error: ['录入错误', 'Entered in error'],
	search_requested: ['提请公安机关查找', 'Search requested of the police'],
	police_final_conclusion: ['公安机关查找结论', "Police's final conclusion"],
	temporary_guardianship_start: ['临时监护开始', 'Temporary guardianship began'],
	long_term_guardianship_start: ['长期监护开始', 'Long-term guardianship began'],
	production_before_cwc: ['送交儿童福利委员会', 'Production before the Child Welfare Committee'],
	cwc_declaration: ['儿童福利委员会宣告', "Committee's declaration"],
	surrender_deed: ['送养书', 'Surrender deed'],
	advertisement_published: ['公告刊登', 'Advertisement published'],
	parental_consent_given: ['父母同意', 'Parental consent given'],
	abandonment: ['遗弃', 'Abandonment'],
	petition_posted: ['申请张贴', 'Petition posted'],
	search_start: ['开始查找', 'Search began'],
	commune_posting: ['乡公告', 'Posting at the commune'],
	last_review: ['上次复查', 'Last review'],
	tracing_started: ['开始寻亲', 'Tracing began']
}) satisfies Record<FactType, Message>;

export const channelNames = area({
	newspaper: ['报纸', 'newspaper'],
	national_platform: ['全国平台', 'national platform']
}) satisfies Record<NoticeChannel, Message>;

export const firstReceiverNames = area({
	rescue_station: ['救助保护机构（救助站）', 'Rescue and protection station'],
	welfare_institution: ['儿童福利机构', 'Child welfare institution']
}) satisfies Record<FirstReceiver, Message>;

export const holdStatusNames = area({
	not_started: ['未开始', 'Not started'],
	running: ['计时中', 'Running'],
	elapsed: ['期满', 'Elapsed'],
	certified: ['审核通过', 'Certified'],
	closed: ['已结束', 'Closed']
}) satisfies Record<HoldStatus, Message>;

/** Stands before a running or elapsed hold that an open claim halts. */
export const haltedName: Message = ['有认领，停办', 'Halted by a claim'];

export const closingNames = area({
	reunited: ['找回生父母', 'Reunited with birth parents'],
	adopted: ['已收养登记', 'Adopted'],
	aged_out: ['儿童超龄', 'Aged out'],
	deceased: ['死亡', 'Deceased'],
	other_basis: ['另有依据', 'Ended on another legal basis'],
	entered_in_error: ['录入错误', 'Entered in error']
}) satisfies Record<ClosingReason, Message>;

export const clockStatusNames = area({
	not_started: ['未开始', 'Not started'],
	running: ['计时中', 'Running'],
	elapsed: ['期满', 'Elapsed'],
	met: ['已完成', 'Done'],
	overdue: ['逾期', 'Overdue']
}) satisfies Record<ClockStatus, Message>;

export const conditionNames = area({
	hold_elapsed: ['满寻亲期', 'Hold elapsed'],
	notice_elapsed: ['寻亲公告满30日', 'Search notice of 30 days elapsed'],
	min_age_reached: ['达到最低年龄', 'Minimum age reached'],
	dna_in_database: ['DNA已入库', 'DNA in the national database'],
	no_open_kin_candidate: ['没有待核实的亲缘候选', 'No unresolved kin candidate'],
	no_open_claim: ['没有未了结的认领', 'No open claim'],
	temp_proof_on_file: ['公安“暂时未查找到”证明', "Police's temporary not-found proof"],
	dna_result_on_file: ['DNA信息比对结果', 'DNA comparison result'],
	certificate_on_file: ['公安“查找不到生父母”证明', "Police's not-found certificate"],
	found_report_on_file: ['捡拾报案证明', 'Found-child police report']
}) satisfies Record<ConditionId, Message>;

/** What every screen says of a child whom a family claims. */
export const claimBlock = area({
	heading: ['有人认领，停办第 {n} 天', 'A family claims this child: halted, day {n}'],
	since: ['（{date} 起，{n} 件）', '(since {date}, {n} claim{n||s})'],
	block: [
		'认领了结之前，任何送养手续都不能办。十二个月照常计算，期满日 {date} 不变。',
		'Until it is settled nothing towards a placement may be done. The twelve months go on; the last day, {date}, does not move.'
	],
	suspend: [
		'认领了结之前，任何送养手续都不能办，十二个月也停着不走。今天了结的话，期满日是 {date}。',
		'Until it is settled nothing towards a placement may be done, and the twelve months stand still. Settled today, the last day would be {date}.'
	],
	restart: [
		'认领了结之前，任何送养手续都不能办；了结之后十二个月重新起算。今天了结的话，期满日是 {date}。',
		'Until it is settled nothing towards a placement may be done; then the twelve months begin anew. Settled today, the last day would be {date}.'
	],
	nothing: ['认领了结之前，不能办任何送养手续。', 'Until it is settled nothing towards a placement may be done.']
});

export const conditionStatusNames = area({
	met: ['已满足', 'Met'],
	waiting: ['等待中', 'Waiting'],
	missing: ['缺少', 'Missing']
}) satisfies Record<Condition['status'], Message>;

export const certaintyNames = area({
	verified: ['已见原文', 'primary text seen'],
	secondary: ['据转载', 'secondary source'],
	inferred: ['推定', 'inferred'],
	recalled: ['凭记忆，未核', 'from memory, not checked'],
	unknown: ['未知', 'unknown']
}) satisfies Record<Certainty, Message>;

export const flagNames = area({
	police_hold: ['公安机关要求停办', 'Halted by the police'],
	court_case: ['有未了结的诉讼', 'A court case is pending'],
	duplicate_suspected: ['疑似重复建档', 'Possible duplicate file'],
	identity_changed_since_publication: ['公告后身份信息有改动', 'Identity changed since the notice was published']
}) satisfies Record<CaseFlag, Message>;

export const dnaStateNames = area({
	none: ['未采血', 'no sample'],
	collected: ['已采样', 'sample taken'],
	sealed: ['已封装', 'sealed'],
	dispatched: ['已送出', 'dispatched'],
	received: ['实验室已收到', 'at the laboratory'],
	typed: ['已检验', 'typed'],
	in_database: ['已入库', 'in the database'],
	candidate: ['有候选', 'candidate found'],
	confirmed: ['已确认', 'confirmed'],
	excluded: ['已排除', 'excluded']
}) satisfies Record<DnaState, Message>;

export const gapNames = area({
	number: ['文号', 'its number'],
	date: ['日期', 'its date'],
	original: ['原件核对人', 'who saw the original']
}) satisfies Record<DocumentGap, Message>;

export const heldByNames = area({
	provisional: ['节假日安排尚未公布', 'the holidays of that year are not published'],
	unknown_entries: ['有本程序读不懂的记录，请更新', 'the file holds entries this program cannot read; update the app'],
	files_disagree: [
		'合并的两份档案移送日期不同，须先核对',
		'the merged files tell different days of the hand-over; settle that first'
	],
	claim: ['有未了结的认领', 'a claim is open']
}) satisfies Record<HeldBy, Message>;

export const holdSentences = area({
	listSeparator: ['、', ', '],
	elapsedIsNotAdoptable: [
		'期满不等于可以送养：证明由公安机关出具。',
		'Elapsed does not mean adoptable: the police issue the certificate.'
	],
	provisional: ['暂定，{year}年节假日公布后重算', 'provisional until the holidays of {year} are published'],
	asOfTablet: ['按本平板的日期 {date}', "as of this tablet's date, {date}"],

	factMissing: ['还没有记录“{fact}”的日期', 'No date is recorded for: {fact}'],
	channelMissing: ['寻亲公告还没有在{channels}发布', 'The search notice has not appeared in: {channels}'],
	clockBefore: ['“{clock}”还没有期满', 'Waits for: {clock}'],
	birthUnknown: ['出生日期未知', 'The date of birth is unknown'],
	noClock: ['这项政策没有等待期', 'This policy has no waiting period'],

	clockElapsed: ['{date}期满', 'Elapsed on {date}'],
	clockRunning: ['还差{days}天，{date}期满', '{days} {days|day|days} left, last day {date}'],
	clockRunningProvisional: [
		'还差{days}天，{date}期满（暂定）',
		'{days} {days|day|days} left, last day {date} (provisional)'
	],
	clockHeld: [
		'{date}已到，但不能算期满：{reasons}',
		'The last day, {date}, has come, but does not count as elapsed: {reasons}'
	],
	documentOnFile: ['“{document}”已入档', 'On file: {document}'],
	documentOnFileNumber: ['“{document}”已入档，{number}', 'On file: {document}, {number}'],
	documentMissing: ['缺少“{document}”', 'Missing: {document}'],
	documentNotDue: ['“{clock}”期满后出具', 'Can be issued after: {clock}'],
	documentIncomplete: ['“{document}”缺{missing}', '{document} lacks {missing}'],
	documentTooEarly: [
		'“{document}”的日期 {date} 早于期满，不能用',
		'{document} is dated {date}, before the period had elapsed; it cannot be used'
	],
	dnaInDatabase: ['DNA已入全国打拐数据库', 'The DNA is in the national database'],
	dnaOnItsWay: ['DNA还没有入库：{state}', 'The DNA is not in the database yet: {state}'],
	dnaMissing: ['没有采血记录', 'No blood sample is recorded'],
	noCandidate: ['没有待核实的亲缘候选', 'No kin candidate is open'],
	candidateOpen: ['有亲缘候选待核实', 'A kin candidate is not resolved'],
	noClaim: ['没有人认领', 'Nobody has claimed the child'],
	claimsDecided: ['{count}件认领，都已了结', '{count} {count|claim|claims}, all decided'],
	claimOpen: ['{count}件认领未了结', '{count} {count|claim is|claims are} open'],
	openClaim: ['有认领未了结，自 {date} 起停办', 'A claim is open since {date}; nothing may be decided'],
	parentsFound: [
		'已找到生父母，不能再出具查找不到证明',
		'The parents are found; the certificate can no longer be issued'
	],
	noticeNotPublished: ['寻亲公告还没有在{channels}发布', 'The search notice has not appeared in: {channels}'],
	dateDispute: [
		'“{fact}”有不止一个日期：{dates}。确认以前按较晚的一个计算',
		'{fact} has dates in dispute: {dates}. Until a person settles it the later one counts'
	],
	dateDisputeOne: ['“{fact}”的日期 {dates} 不可能，请改正', '{fact} has an impossible date, {dates}; correct it'],
	clockProvisional: [
		'“{clock}”的期满日 {date} 是暂定的：{year}年节假日尚未公布',
		'The last day of {clock}, {date}, is provisional: the holidays of {year} are not published'
	],
	startUnconfirmed: [
		'起算日（{fact}）还没有第二人对照文件复核',
		'The start date ({fact}) has not been confirmed by a second person against the paper'
	],
	maybeOfAge: ['从 {from} 起可能已满十八周岁', 'May be of age since {from}'],
	unknownEntries: [
		'档案里有本程序读不懂的记录。请更新应用',
		'The file holds entries this program cannot read. Update the app'
	],

	dateInFuture: ['“{fact}”的日期 {date} 还没有到', '{fact} is dated {date}, which has not come yet'],
	dateImplausible: ['“{fact}”的日期 {date} 不可能', '{fact} is dated {date}, which cannot be right'],
	claim: ['认领', 'Claim'],
	birth: ['出生', 'Birth'],
	handoverBeforeRescue: [
		'移送 {handover} 早于解救 {rescued}',
		'Handed over on {handover}, before the rescue on {rescued}'
	],
	documentBeforeRescue: [
		'“{document}”的日期 {date} 早于解救 {rescued}',
		'{document} is dated {date}, before the rescue on {rescued}'
	],
	handoverBeforeBirth: ['移送 {handover} 早于出生 {birth}', 'Handed over on {handover}, before the birth on {birth}'],
	noticeBeforeHandover: [
		'{channel}公告 {date} 早于移送 {handover}',
		'The notice on {channel} of {date} is earlier than the hand-over on {handover}'
	],
	transferBeforeHandover: [
		'移送福利机构 {date} 早于公安机关移送 {handover}',
		"Moved on {date}, before the police's hand-over on {handover}"
	],
	transferBeforeNoticeElapsed: [
		'{date}移送福利机构时，寻亲公告还没有满期',
		'Moved to the institution on {date}, before the search notice had elapsed'
	],
	certificateBeforeElapsed: [
		'查找不到证明的日期 {date} 早于期满，不能用',
		'The certificate is dated {date}, before the hold had elapsed; it cannot be used'
	],
	certificateWithoutDocument: [
		'{date}记录收到证明，但档案里没有证明',
		'A certificate was received on {date}, but it is not on file'
	],
	registryNoticeBeforeCertificate: [
		'登记机关公告 {date} 早于证明 {certificate}',
		"The registry's notice of {date} is earlier than the certificate of {certificate}"
	],
	adoptedWithoutCertificate: [
		'{date}已收养登记，但档案里没有查找不到证明',
		'Adopted on {date}, but no certificate is on file'
	],
	factAfterClosing: [
		'“{fact}” {date} 晚于结案 {closed}',
		'{fact} on {date} is later than the end of the case on {closed}'
	],
	documentNumberTwice: [
		'文号 {number} 用在几份文件上：{documents}',
		'Number {number} is on several papers: {documents}'
	],
	claimClosedBeforeOpened: [
		'认领 {opened} 提出，却在 {closed} 已了结',
		'A claim of {opened} was closed before that, on {closed}'
	],
	claimClosedWithoutOutcome: [
		'认领 {closed} 了结，但没有记录结果',
		'A claim closed on {closed} has no recorded outcome'
	]
});

const documentBlocks = area({
	missing: holdSentences.documentMissing,
	incomplete: ['“{document}”记录不全', 'Recorded in part only: {document}'],
	too_early: ['“{document}”早于期满，不能用', 'Dated before the period had elapsed, cannot be used: {document}']
}) satisfies Record<Extract<Blocker, { code: 'document_missing' }>['because'], Message>;

/** One sentence: why the condition is met, waited for or missing. */
export function conditionSentence(reason: ConditionReason, policy: Policy, t: Translate): string {
	const say = holdSentences;
	switch (reason.code) {
		case 'clock_elapsed':
			return t(say.clockElapsed, { date: reason.lastDay });
		case 'clock_running':
			return t(reason.provisional ? say.clockRunningProvisional : say.clockRunning, {
				days: reason.daysLeft,
				date: reason.lastDay
			});
		case 'clock_held':
			return t(say.clockHeld, {
				date: reason.lastDay,
				reasons: list(
					reason.heldBy.map((by) => heldByNames[by]),
					t
				)
			});
		case 'clock_not_started':
			return notStartedSentence(reason.because, policy, t);
		case 'document_on_file': {
			const document = t(documentNames[reason.document]);
			if (reason.number === undefined) return t(say.documentOnFile, { document });
			return t(say.documentOnFileNumber, { document, number: reason.number });
		}
		case 'document_missing':
			return t(say.documentMissing, { document: t(documentNames[reason.document]) });
		case 'document_not_due':
			return t(say.documentNotDue, { clock: clockName(reason.clock, policy, t) });
		case 'document_incomplete':
			return t(say.documentIncomplete, {
				document: t(documentNames[reason.document]),
				missing: list(
					reason.missing.map((gap) => gapNames[gap]),
					t
				)
			});
		case 'document_too_early':
			return t(say.documentTooEarly, { document: t(documentNames[reason.document]), date: reason.date });
		case 'dna_in_database':
			return t(say.dnaInDatabase);
		case 'dna_on_its_way':
			return t(say.dnaOnItsWay, { state: t(dnaStateNames[reason.state]) });
		case 'dna_missing':
			return t(say.dnaMissing);
		case 'no_candidate':
			return t(say.noCandidate);
		case 'candidate_open':
			return t(say.candidateOpen);
		case 'no_claim':
			return t(say.noClaim);
		case 'claims_decided':
			return t(say.claimsDecided, { count: reason.claims.length });
		case 'claim_open':
			return t(say.claimOpen, { count: reason.claims.length });
		case 'parents_found':
			return t(say.parentsFound);
	}
}

/** One sentence: what forbids the next decision. */
export function blockerSentence(blocker: Blocker, policy: Policy, t: Translate): string {
	const say = holdSentences;
	switch (blocker.code) {
		case 'open_claim':
			return t(say.openClaim, { date: blocker.claims[0]?.openedOn ?? '' });
		case 'parents_found':
			return t(say.parentsFound);
		case 'open_kin_candidate':
			return t(say.candidateOpen);
		case 'dna_missing':
			if (blocker.state === 'none') return t(say.dnaMissing);
			return t(say.dnaOnItsWay, { state: t(dnaStateNames[blocker.state]) });
		case 'notice_not_published':
			return t(say.noticeNotPublished, {
				channels: list(
					blocker.channels.map((channel) => channelNames[channel]),
					t
				)
			});
		case 'document_missing':
			return t(documentBlocks[blocker.because], { document: t(documentNames[blocker.document]) });
		case 'date_dispute':
			return t(blocker.dates.length > 1 ? say.dateDispute : say.dateDisputeOne, {
				fact: t(factOrDocumentName(blocker.fact)),
				dates: blocker.dates.join(t(say.listSeparator))
			});
		case 'clock_provisional':
			return t(say.clockProvisional, {
				clock: clockName(blocker.clock, policy, t),
				date: blocker.lastDay,
				year: blocker.lastDay.slice(0, 4)
			});
		case 'police_hold':
		case 'court_case':
		case 'duplicate_suspected':
		case 'identity_changed_since_publication':
			return t(flagNames[blocker.code]);
		case 'start_unconfirmed':
			return t(say.startUnconfirmed, { fact: t(factNames[blocker.fact]) });
		case 'maybe_of_age':
			return t(say.maybeOfAge, { from: blocker.from });
		case 'unknown_entries':
			return t(say.unknownEntries);
	}
}

/** One sentence: what does not fit together, for a person to look at. */
export function contradictionSentence(contradiction: Contradiction, t: Translate): string {
	const say = holdSentences;
	const { code } = contradiction;
	switch (code) {
		case 'date_in_future':
			return t(say.dateInFuture, { fact: t(factOrDocumentName(contradiction.fact)), date: contradiction.date });
		case 'date_implausible':
			return t(say.dateImplausible, { fact: t(factOrDocumentName(contradiction.fact)), date: contradiction.date });
		case 'handover_before_rescue':
			return t(say.handoverBeforeRescue, { handover: contradiction.handover, rescued: contradiction.rescued });
		case 'document_before_rescue':
			return t(say.documentBeforeRescue, {
				document: t(documentNames[contradiction.document]),
				date: contradiction.date,
				rescued: contradiction.rescued
			});
		case 'handover_before_birth':
			return t(say.handoverBeforeBirth, { handover: contradiction.handover, birth: contradiction.birth });
		case 'notice_before_handover':
			return t(say.noticeBeforeHandover, {
				channel: t(channelNames[contradiction.channel]),
				date: contradiction.date,
				handover: contradiction.handover
			});
		case 'transfer_before_handover':
			return t(say.transferBeforeHandover, { date: contradiction.date, handover: contradiction.handover });
		case 'transfer_before_notice_elapsed':
			return t(say.transferBeforeNoticeElapsed, { date: contradiction.date });
		case 'certificate_before_elapsed':
			return t(say.certificateBeforeElapsed, { date: contradiction.date });
		case 'certificate_without_document':
			return t(say.certificateWithoutDocument, { date: contradiction.date });
		case 'registry_notice_before_certificate':
			return t(say.registryNoticeBeforeCertificate, {
				date: contradiction.date,
				certificate: contradiction.certificate
			});
		case 'adopted_without_certificate':
			return t(say.adoptedWithoutCertificate, { date: contradiction.date });
		case 'fact_after_closing':
			return t(say.factAfterClosing, {
				fact: t(factNames[contradiction.fact]),
				date: contradiction.date,
				closed: contradiction.closed
			});
		case 'document_number_twice':
			return t(say.documentNumberTwice, {
				number: contradiction.number,
				documents: list(
					contradiction.documents.map((document) => documentNames[document]),
					t
				)
			});
		case 'claim_closed_before_opened':
			return t(say.claimClosedBeforeOpened, { opened: contradiction.opened, closed: contradiction.closed });
		case 'claim_closed_without_outcome':
			return t(say.claimClosedWithoutOutcome, { closed: contradiction.closed });
	}
}

/** One sentence: why a clock or the hold has not begun. */
export function notStartedSentence(because: NotStarted, policy: Policy, t: Translate): string {
	switch (because.code) {
		case 'fact_missing':
			return t(holdSentences.factMissing, { fact: t(factNames[because.fact]) });
		case 'channel_missing':
			return t(holdSentences.channelMissing, {
				channels: list(
					because.channels.map((channel) => channelNames[channel]),
					t
				)
			});
		case 'clock_before':
			return t(holdSentences.clockBefore, { clock: clockName(because.clock, policy, t) });
		case 'birth_unknown':
			return t(holdSentences.birthUnknown);
		case 'no_clock':
			return t(holdSentences.noClock);
	}
}

/** The name of a hold's status as a heading: a halted hold says so first. */
export function holdStatusName(hold: Hold): Message {
	if ('halted' in hold && hold.halted) return haltedName;
	return hold.status === 'closed' ? closingNames[hold.reason] : holdStatusNames[hold.status];
}

/** A clock's name comes with the policy; an id without a clock is shown as it is. */
export function clockName(id: string, policy: Policy, t: Translate): string {
	const rule = policy.clocks.find((clock) => clock.id === id);
	return rule ? t(rule.title) : id;
}

function factOrDocumentName(fact: FactType | DocumentCode | 'claim' | 'birth'): Message {
	if (fact === 'claim') return holdSentences.claim;
	if (fact === 'birth') return holdSentences.birth;
	return fact in documentNames ? documentNames[fact as DocumentCode] : factNames[fact as FactType];
}

function list(messages: readonly Message[], t: Translate): string {
	return messages.map((message) => t(message)).join(t(holdSentences.listSeparator));
}
