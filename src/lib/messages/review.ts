/** The words of the eligibility review: its board, its page, what is to be done next, what changed since a signature. */
import type { EvidenceDifference } from '#lib/domain/eligibility/evidence-differences.ts';
import type { Stage } from '#lib/domain/eligibility/stage.ts';
import type { NextStep, Responsible } from '#lib/domain/eligibility/what-next.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import { claimOutcomeNames, evidencePartNames } from './decisions.ts';
import {
	channelNames,
	clockName,
	conditionNames,
	conditionStatusNames,
	dnaStateNames,
	documentNames,
	factNames,
	flagNames,
	gapNames
} from './hold.ts';
import { area, listComma, partComma, type Message, type Translate } from './message.ts';
import { blockerNames } from './refusals.ts';

export const review = area({
	title: ['送养资格审核', 'Eligibility review'],
	navigation: ['审核', 'Review'],
	what: [
		'期满不等于可以送养。每个孩子逐项核对，由两家机构各一位审核员签名；不能批量同意。',
		'Elapsed does not mean adoptable. Each child is checked condition by condition and signed by a reviewer of each of two institutions; nothing is agreed to in bulk.'
	],
	asOf: ['按登记处日期 {date}', 'by the registry’s date, {date}'],

	// The board.
	stages: ['阶段', 'Stages'],
	everyone: ['全部在册', 'All in care'],
	lists: ['今天要看的', 'To look at today'],
	list_ends: ['60 天内期满', 'End within 60 days'],
	list_papers: ['等文件最久', 'Waiting longest for papers'],
	list_mine: ['等本机构签名', 'Waiting for your institution’s signature'],
	list_changed: ['签名后依据有变', 'Evidence changed since signed'],
	group_time: ['计时', 'Time'],
	group_work: ['办理', 'Under way'],
	group_stopped: ['停下', 'Stopped'],
	group_done: ['已决定', 'Decided'],
	filter: ['查找和排序', 'Find and sort'],
	search: ['姓名、拼音或编号', 'Name, pinyin or number'],
	place: ['范围', 'Where'],
	everywhere: ['全部机构', 'Every house'],
	provinces: ['省份', 'Provinces'],
	houses: ['机构', 'Houses'],
	sort: ['排序', 'Order'],
	sort_last_day: ['期满日早的在前', 'Earliest last day first'],
	sort_waiting: ['等得久的在前', 'Longest waiting first'],
	sort_name: ['按姓名', 'By name'],
	apply: ['查找', 'Find'],
	clear: ['清除条件', 'Clear'],
	export: ['导出', 'Export'],
	exportCsv: ['CSV 表格', 'As CSV'],
	exportXlsx: ['Excel 表格', 'For Excel'],
	exportWhat: [
		'导出当前条件下的孩子，会记入操作记录。文件里有孩子的名字，请妥善保管。',
		'Exports the children of this filter, and the log says so. The file holds children’s names: keep it safe.'
	],
	exportTooMany: [
		'超过 {n} 人，不能一次导出。请缩小范围。',
		'More than {n} children cannot be exported at once. Narrow the filter.'
	],
	listed: ['列表', 'Listed'],
	found: ['共 {n} 人', '{n} {n|child|children}'],
	child: ['儿童', 'Child'],
	stage: ['阶段', 'Stage'],
	house: ['机构', 'House'],
	conditions: ['条件', 'Conditions'],
	conditionsMet: ['{n} 项条件已满足 {met} 项', '{met} of {n} conditions met'],
	lastDay: ['期满日', 'Last day'],
	lastDayMoves: ['认领未了结，随日顺延', 'moves while a claim is open'],
	lastDayProvisional: ['暂定', 'provisional'],
	lastDayNone: ['未开始', 'not begun'],
	waits: ['已等', 'Waiting'],
	waitsDays: ['{n} 天', '{n} {n|day|days}'],
	waitsToday: ['今天起', 'since today'],
	blocks: ['阻断', 'Blocked by'],
	claimSince: ['{date} 起有认领，停办', 'a claim is open since {date}'],
	unscreened: ['{n} 件认领还没有初核', '{n} {n|claim|claims} not screened'],
	returned: ['{date} 退回补充', 'sent back on {date}'],
	signedHere: ['第一签名：本机构，{date}', 'first signature: yours, {date}'],
	signedElsewhere: ['第一签名：另一机构，{date}', 'first signature: another institution’s, {date}'],
	changedChip: ['依据有变', 'evidence changed'],
	leftOn: ['{date} 离开', 'left on {date}'],
	empty: ['这里现在没有孩子。', 'No child is here now.'],
	emptySearch: ['没有找到。请换一个名字、拼音或编号的一部分。', 'Nobody found. Try another part of a name or number.'],
	firstPage: ['回到开头', 'Back to the beginning'],
	nextPage: ['下一页', 'Next page'],
	pageOf: ['每页 {n} 人', '{n} a page'],

	keys: ['键盘：', 'Keyboard:'],
	keysMove: ['上下移动', 'move'],
	keysOpen: ['打开', 'open'],
	keysHelpShort: ['帮助', 'help'],
	keysHelp: ['键盘帮助', 'Keyboard help'],
	keyDown: ['下一个孩子', 'the next child'],
	keyUp: ['上一个孩子', 'the child before'],
	keyOpen: ['打开选中的孩子', 'opens the chosen child'],
	keySearch: ['到查找框', 'to the search box'],
	keyHelp: ['显示或收起这份帮助', 'shows or hides this help'],
	keyNot: ['在填写的格子里，这些键不起作用。', 'None of them works while you type in a box.'],

	views: ['常用筛选', 'Saved views'],
	viewsWhat: [
		'只有你自己看得到。只保存阶段、范围和排序，不保存查找的名字。',
		'Only you see them. Stage, place and order are kept, never a name that was searched for.'
	],
	viewsNone: ['还没有。', 'None yet.'],
	viewName: ['把现在的筛选存为', 'Keep this filter as'],
	viewSave: ['保存', 'Save'],
	viewRemove: ['删除“{name}”', 'Delete “{name}”'],
	viewSaved: ['已保存。', 'Saved.'],
	viewRemoved: ['已删除。', 'Deleted.'],
	viewNameNeeded: ['请写一个名字，最多 60 字。', 'Give it a name of at most 60 characters.'],
	viewTooMany: ['最多保存 {n} 个，请先删除不用的。', 'At most {n} can be kept; delete one first.'],

	pane: ['这个孩子', 'This child'],
	paneChoose: ['从左边选一个孩子。', 'Choose a child on the left.'],
	paneReason: [
		'打开完整档案要先写明事由，会记入查阅记录。',
		'Opening the full file needs a reason first, and is written down.'
	],
	paneGone: ['这个孩子不在你能看的范围内。', 'This child is not among those you may see.'],
	paneOpen: ['打开审核', 'Open the review'],
	paneDecideThere: [
		'逐项核对和签名在审核页上办。',
		'Conditions are ticked and signatures given on the review’s own page.'
	],
	openFile: ['打开完整档案', 'Open the full file'],

	// The child's page.
	backToBoard: ['回到审核列表', 'Back to the board'],
	backToChild: ['回到档案', 'Back to the file'],
	conditionsTitle: ['全部条件', 'Every condition'],
	checked: ['已核对', 'Checked'],
	checkedWhat: ['核对过“{condition}”', 'I checked: {condition}'],
	proof_clock: ['算法', 'Arithmetic'],
	proof_notice: ['公告', 'Notice'],
	proof_paper: ['文件', 'Paper'],
	proof_record: ['登记文件', 'Record it'],
	proof_samples: ['样本', 'Samples'],
	proof_claims: ['认领', 'Claims'],
	proof_candidates: ['比对', 'Comparison'],
	proofOf: ['{proof}：{condition}', '{proof}: {condition}'],
	blockersTitle: ['阻断事项', 'What stands in the way'],
	blockersNone: ['没有阻断事项。', 'Nothing stands in the way.'],
	contradictionsTitle: ['互相矛盾的记录', 'Records that contradict each other'],
	claimsToScreen: [
		'有 {count} 件认领提到这个孩子，还没有初核。',
		'{count} {count|claim names|claims name} this child and nobody has screened {count|it|them}.'
	],
	candidatesToSee: [
		'有 {count} 份失踪登记可能是这个孩子的，还没有人看过。',
		'{count} missing-child {count|report|reports} may be about this child and nobody has looked.'
	],
	nextTitle: ['接下来谁做什么', 'Who does what next'],
	nextNone: ['条件都齐了，接下来只看签名。', 'Everything is there; only signatures are to come.'],
	toLongTerm: ['去办理长期监护', 'To long-term guardianship'],
	nextCertified: [
		'已由两家机构签名，可以办理长期监护。',
		'Two institutions have signed; long-term guardianship can follow.'
	],
	nextLeft: ['孩子已经离开登记，这里不再决定。', 'The child has left the register; nothing is decided here any more.'],

	clocksTitle: ['期限怎么算', 'How the days are counted'],
	clockLast: ['期满日 {lastDay}，{openFrom} 起为期满', 'last day {lastDay}, elapsed from {openFrom}'],
	clockProvisional: ['暂定：{year} 年节假日还没有公布', 'provisional: the holidays of {year} are not published'],

	claimsTitle: ['认领和停办的天数', 'Claims, and days the case was halted'],
	claimsNone: ['没有人认领过。', 'Nobody has claimed the child.'],
	claimOpen: ['{number}：{from} 起，已停办 {days} 天', '{number}: since {from}, halted for {days} {days|day|days}'],
	claimOpenToday: ['{number}：今天（{from}）起停办', '{number}: halted since today, {from}'],
	claimClosed: [
		'{number}：{from} 至 {to}，停办 {days} 天，{outcome}',
		'{number}: {from} to {to}, halted for {days} {days|day|days}, {outcome}'
	],
	claimsBlock: [
		'停办的天数不改变期满日：期满日仍是 {lastDay}。',
		'Halted days do not move the last day: it stays {lastDay}.'
	],
	claimsSuspend: ['停办的天数会加到期满日上。', 'Halted days are added to the last day.'],
	claimsRestart: ['认领了结后从头计算。', 'The period starts anew when a claim is closed.'],
	samplesTitle: ['DNA 样本', 'DNA samples'],
	samplesNone: ['没有样本记录。', 'No sample is recorded.'],
	sampleKit: ['样本盒 {kit}', 'kit {kit}'],
	sampleSeal: ['封条 {seal}', 'seal {seal}'],

	startTitle: ['起算日的复核', 'Confirming the start date'],
	startWhat: [
		'十二个月从公安机关首次移送这一天算起。由录入以外的第二人对照《临时照料通知书》复核。',
		'The twelve months count from the police’s first hand-over. A second person, not the one who recorded it, compares it with the temporary-care notice.'
	],
	startNone: ['还没有记录移送日期。', 'No date of the hand-over is recorded.'],
	startRecorded: ['{date}，{name} 录入', '{date}, recorded by {name}'],
	startConfirmed: ['已由 {name} 于 {on} 复核', 'confirmed by {name} on {on}'],
	startUnconfirmed: ['还没有第二人复核', 'not confirmed by a second person'],
	startOwn: ['这个日期是你录入的，要由另一个人复核。', 'You recorded this date; somebody else confirms it.'],
	startPaper: ['对照《临时照料通知书》', 'Compare with the temporary-care notice'],
	startPaperNone: ['《临时照料通知书》还没有登记。', 'The temporary-care notice is not on file.'],
	startConfirm: ['我已对照文件，日期 {date} 无误', 'I compared it with the paper: {date} is right'],
	someone: ['另一机构的人员', 'somebody of another institution'],

	haltsTitle: ['停办', 'Halts'],
	haltsNone: ['没有人工停办。', 'Nobody has halted this case.'],
	haltLine: ['{date} 起，{name}：{reason}', 'since {date}, {name}: {reason}'],
	haltReference: ['文号 {reference}', 'letter {reference}'],
	haltOwn: ['这是你提出的停办，要由另一个人解除。', 'You raised this halt; somebody else lifts it.'],
	clearReason: ['解除的理由（写入档案）', 'Why it is lifted (kept in the file)'],
	clear_flag: ['解除停办', 'Lift this halt'],
	raise: ['先停办', 'Halt this case'],
	raiseWhat: [
		'一个人就可以停办。停办期间谁都不能同意，由另一个人解除。',
		'One person is enough to halt. Nobody can agree meanwhile, and somebody else lifts it.'
	],
	raiseFlag: ['停办的原因', 'Why it is halted'],
	raiseReason: ['说明（写入档案）', 'Explanation (kept in the file)'],
	raiseReference: ['来函文号', 'Number of the letter'],
	duplicateNumber: ['另一份档案的编号', 'Number of the other file'],

	signaturesTitle: ['签名', 'Signatures'],
	signaturesCount: ['{n}/2 人已签', '{n} of 2 signed'],
	signaturesNone: ['还没有人签名。', 'Nobody has signed.'],
	signatureLine: ['{name} · {house} · {on}', '{name} · {house} · {on}'],
	evidenceNow: ['现在的审核依据', 'The evidence now'],
	evidenceSigned: ['签名时的审核依据', 'The evidence that was signed'],
	evidenceHash: ['SHA-256 摘要', 'SHA-256'],
	evidencePrint: ['看审核依据全文，可打印', 'Read and print the whole evidence'],

	opinion: ['审核意见（必填，写入档案）', 'Opinion (required, kept in the file)'],
	opinionHint: [
		'写明看了哪些原件、依据什么。另一位审核员会看到。',
		'Say which originals you saw and what you rest on. The other reviewer reads it.'
	],
	tickFirst: [
		'同意以前，请在“全部条件”里逐项勾选“已核对”。',
		'Before you agree, tick “Checked” beside each condition.'
	],
	agree: ['同意，并签名', 'Agree and sign'],
	disagree: ['不同意，并签名', 'Disagree and sign'],
	cannotAgree: ['现在不能同意', 'It cannot be agreed to now'],
	cannotSign: ['你现在不能签名', 'You cannot sign now'],
	two: [
		'需要两家机构各一位审核员同意。任何一天有人认领，都会自动停办。',
		'A reviewer of each of two institutions must agree. A claim on any day halts everything by itself.'
	],
	return: ['退回补充', 'Send back for more'],
	returnWhat: [
		'退回机构补充。已有的签名因此作废，要重新审核。',
		'Sends the file back to the house. Signatures given so far end by it; the review begins anew.'
	],
	returnConditions: ['要补充的条件', 'What is to be brought'],
	returnedFor: ['要补充的条件：{conditions}', 'To be brought: {conditions}'],
	returnOpinion: ['要补充什么（必填，写入档案）', 'What is missing (required, kept in the file)'],
	notReviewer: ['你可以查看；签名由审核员办理。', 'You can look; reviewers sign.'],

	bannerClaim: [
		'{date} 起有认领，已自动停办。认领了结以前，谁都不能同意送养。',
		'A claim is open since {date} and everything is halted. Nobody can agree until it is decided.'
	],
	bannerClaimDays: [
		'已停办 {days} 天；期满日 {lastDay} 不变。',
		'Halted for {days} {days|day|days}; the last day stays {lastDay}.'
	],
	bannerClaimToday: ['今天起停办；期满日 {lastDay} 不变。', 'Halted since today; the last day stays {lastDay}.'],
	bannerReturned: ['{on} 由 {name} 退回补充：', 'Sent back on {on} by {name}:'],
	bannerChanged: [
		'签名以后，审核依据有了变化，原来的签名不再算数。',
		'The evidence has changed since it was signed; those signatures no longer count.'
	],
	bannerChangedWay: [
		'请看过下面的变化，再按现在的审核依据重新审核：两家机构都要重新签名。变化是录入错误的，请先更正记录；改回原样，原来的签名就恢复效力。',
		'Look at the changes below, then review the evidence as it is now: both institutions sign again. If a change is a slip, correct the record first; once it says the same again, the signatures count again.'
	],
	changeWhat: ['哪一项', 'What'],
	changeBefore: ['签名时', 'When signed'],
	changeAfter: ['现在', 'Now'],
	nothing: ['（没有）', '(none)'],
	changeUnreadable: [
		'原来的审核依据格式不同，不能逐项对照',
		'the old evidence has another form and cannot be compared part by part'
	],
	changeIdentity: ['身份记录', 'Identity on record'],
	recordedAnew: ['重新录入，内容相同', 'recorded anew, saying the same'],
	changeClaim: ['认领', 'Claim'],
	changeDna: ['DNA 状态', 'DNA'],
	changeBirth: ['出生日期', 'Birth date'],
	records: ['{n} 条记录', '{n} {n|record|records}'],
	claimLine: ['{from} 提出', 'opened {from}'],
	claimLineClosed: ['{from} 提出，{to} 了结，{outcome}', 'opened {from}, closed {to}, {outcome}'],
	periodLine: ['{start} 起，期满日 {lastDay}', 'from {start}, last day {lastDay}'],
	originalSeen: ['原件由 {name} 核对', 'original seen by {name}'],
	confirmed: ['已复核', 'confirmed'],
	unconfirmed: ['未复核', 'not confirmed'],

	whatIfTitle: ['试算：如果……', 'What if …'],
	whatIfWhat: [
		'只是推算，什么都不会写入。填上设想的日期，看最早哪一天条件齐全。',
		'A calculation; nothing is written. Enter days you suppose, and see when everything would be there.'
	],
	whatIf_certificateOn: ['公安证明开具日', 'Certificate issued'],
	whatIf_claimsClosedOn: ['认领全部了结（未获认定）', 'Every claim refused'],
	whatIf_noticePublishedOn: ['公告在缺少的渠道发布', 'Notice published where it is missing'],
	whatIf_tempProofOn: ['“暂时未查找到”证明开具日', 'Temporary proof issued'],
	whatIf_dnaInDatabaseOn: ['DNA 入库日', 'DNA in the database'],
	whatIf_dnaResultOn: ['DNA 比对结果出具日', 'DNA result issued'],
	whatIf_startConfirmedOn: ['起算日复核日', 'Start date confirmed'],
	whatIfAsk: ['推算', 'Calculate'],
	whatIfEarliest: [
		'最早 {date} 条件齐全，可以审核。',
		'Everything could be there on {date}; it could be reviewed that day.'
	],
	whatIfEarliestBut: ['时间上最早 {date}，但那时还缺：', 'By time alone {date}, but then this is still missing:'],
	whatIfNever: ['这样设想，条件不会齐全。还缺：', 'Supposed so, it is never complete. Still missing:'],
	whatIfProvisional: [
		'这一天取决于还没有公布的节假日，是暂定的。',
		'That day hangs on holidays not published yet; it is provisional.'
	],
	dateHint: ['例如 2026-03-24', 'Such as 2026-03-24'],

	done_confirm: ['已复核起算日。', 'The start date is confirmed.'],
	done_raise: ['已停办。', 'The case is halted.'],
	done_clear: ['已解除停办。', 'The halt is lifted.'],
	done_agreed: ['你已同意并签名。', 'You agreed and signed.'],
	done_refused: ['你已签名：不同意。', 'You signed: not agreed.'],
	done_return: ['已退回补充。', 'The file was sent back.'],

	opinionNeeded: ['请写审核意见。', 'Write an opinion.'],
	returnNeeded: ['请写明要补充什么。', 'Say what is missing.'],
	tooLong: ['最多 {n} 字。', 'At most {n} characters.'],
	notSigned: [
		'没有签名。同意以前，每一项都要核对：',
		'Nothing was signed. Each condition is checked before you agree:'
	],
	uncheckedOne: ['还没有核对：{condition}', 'Not checked yet: {condition}'],
	flagNeeded: ['请选择停办的原因。', 'Choose why it is halted.'],
	reasonNeeded: ['请写明理由。', 'Give a reason.'],
	duplicateUnknown: ['没有编号是“{number}”的档案。', 'No file has the number {number}.'],
	duplicateItself: [
		'“{number}”就是这份档案自己的编号。请写另一份档案的编号。',
		'{number} is the number of this very file. Please give the number of the other one.'
	],
	duplicateMany: [
		'有几份档案编号是“{number}”，请先核对编号。',
		'Several files have the number {number}; check the number first.'
	],
	dateForm: ['“{field}”请写成 2026-03-24 这样。', 'Write {field} like 2026-03-24.'],
	dateMissing: ['“{field}”的日子日历上没有。', 'The calendar has no such day: {field}.'],

	// Printed evidence.
	evidenceTitle: ['审核依据', 'Evidence of the review'],
	evidenceWhat: [
		'审核员签名所依据的内容，一字不改。摘要由下面的正文算出，任何人都可以核对。',
		'What reviewers sign, to the letter. The digest is made of the text below, and anyone can check it.'
	],
	evidenceFrozenOn: ['{date} 封存', 'frozen on {date}'],
	evidenceStands: ['与档案现在的内容一致', 'the file still says the same'],
	evidenceChanged: ['档案现在的内容已经不同', 'the file says something else now'],
	evidenceNotSigned: ['还没有人签名', 'not signed yet'],
	evidenceText: ['正文（规范 JSON，UTF-8）', 'The text (canonical JSON, UTF-8)'],
	evidencePrintHint: ['用浏览器的打印功能打印。', 'Print it with the browser’s own printing.'],
	policy: ['适用的规则', 'Rules'],
	linkFromChild: ['审核', 'Review']
});

export const stageNames = area({
	not_started: ['未开始', 'Not begun'],
	running: ['计时中', 'Running'],
	ends_soon: ['60 天内期满', 'Ends within 60 days'],
	waiting_for_papers: ['期满，等文件', 'Elapsed, papers missing'],
	waiting_for_review: ['等待审核', 'Waiting for review'],
	one_signature: ['一人已签', 'One signature'],
	not_agreed: ['不同意', 'Not agreed'],
	claimed: ['有认领，停办', 'Halted by a claim'],
	halted: ['停办', 'Halted'],
	evidence_changed: ['依据有变，重审', 'Evidence changed'],
	certified: ['审核通过', 'Certified'],
	left: ['已离开', 'Left']
}) satisfies Record<Stage, Message>;

export const responsibleNames = area({
	time: ['等时间', 'time'],
	police: ['公安机关', 'police'],
	civil_affairs: ['民政部门', 'civil affairs'],
	laboratory: ['实验室', 'laboratory'],
	house: ['机构', 'the house'],
	supervisor: ['机构主管', 'supervisor'],
	second_person: ['第二人', 'a second person'],
	claim_desk: ['认领经办人', 'claims desk'],
	registry: ['登记处', 'the registry'],
	reviewer: ['审核员', 'a reviewer'],
	other_reviewer: ['另一机构的审核员', 'a reviewer of another institution'],
	operator: ['系统管理员', 'the operator']
}) satisfies Record<Responsible, Message>;

const steps = area({
	wait_for_clock: ['等“{clock}”到 {lastDay} 期满', 'Wait for {clock}, last day {lastDay}'],
	wait_for_clock_provisional: [
		'等“{clock}”到 {lastDay} 期满（暂定）',
		'Wait for {clock}, last day {lastDay} (provisional)'
	],
	load_holidays: [
		'{year} 年节假日公布后载入，重算“{clock}”的期满日',
		'Load the holidays of {year} once published, to settle the last day of {clock}'
	],
	record_fact: ['记录“{fact}”的日期', 'Record the date: {fact}'],
	record_birth: ['记录出生日期，可以是估计的范围', 'Record the birth date; an estimated range will do'],
	establish_birth: [
		'核实出生日期：孩子可能在 {from} 至 {until} 之间年满十八周岁',
		'Establish the birth date: the child comes of age between {from} and {until}'
	],
	publish_notice: ['在{channel}发布寻亲公告', 'Publish the search notice: {channel}'],
	renew_notice: ['身份信息有改动，重新起草并核准公告', 'Draft and approve the notice anew: the identity changed'],
	take_sample: ['采血，送全国打拐数据库', 'Take a blood sample for the national database'],
	follow_sample: ['跟进样本，现在{state}', 'Follow the sample, now {state}'],
	obtain_document: ['取得“{document}”', 'Obtain: {document}'],
	obtain_document_after: ['“{clock}”期满后，取得“{document}”', 'After {clock}, obtain: {document}'],
	complete_document: ['把“{document}”补全：{missing}', 'Complete: {document} ({missing})'],
	replace_document: [
		'换一份“{document}”：原来的日期早于期满',
		'Obtain anew: {document}, which is dated before the period had elapsed'
	],
	replace_document_from: [
		'换一份“{document}”，日期不早于 {openFrom}',
		'Obtain anew, dated {openFrom} or later: {document}'
	],
	settle_dates: ['“{fact}”有几个日期（{dates}），对照文件确定一个', 'Settle the date by the paper: {fact} ({dates})'],
	confirm_start: ['对照文件复核起算日', 'Confirm the start date against the paper'],
	screen_claims: ['初核 {count} 件认领', 'Screen {count} {count|claim|claims}'],
	decide_claims: [
		'了结 {count} 件认领，最早的自 {since} 起',
		'Decide {count} {count|claim|claims}, the first since {since}'
	],
	look_at_candidates: [
		'看 {count} 份可能有关的失踪登记',
		'Look at {count} missing-child {count|report|reports} that may be about this child'
	],
	resolve_candidate: ['核实亲缘候选', 'Resolve the kin candidate'],
	follow_the_family: ['已找到生父母：按认领的决定办理', 'The parents are found: follow the claim’s decision'],
	lift_halt: ['“{flag}”了结后解除停办', 'Lift the halt once this is settled: {flag}'],
	update_program: ['更新程序，读出读不懂的记录', 'Update the program, to read the entries it cannot'],
	review_first: ['审核，签第一个名', 'Review, and give the first signature'],
	review_second: ['审核，签第二个名', 'Review, and give the second signature'],
	review_anew: ['审核依据有变（{parts}），重新审核', 'Review anew: {parts} changed'],
	answer_refusal: ['按不同意的意见补充，或重新审核', 'Answer the opinion of who did not agree, or review anew']
});

/** What somebody does next, in one sentence; who is told beside it ({@link responsibleNames}). */
export function stepSentence(step: NextStep, policy: Policy, t: Translate): string {
	switch (step.code) {
		case 'wait_for_clock':
			return t(step.provisional ? steps.wait_for_clock_provisional : steps.wait_for_clock, {
				clock: clockName(step.clock, policy, t),
				lastDay: step.lastDay
			});
		case 'load_holidays':
			return t(steps.load_holidays, { clock: clockName(step.clock, policy, t), year: step.lastDay.slice(0, 4) });
		case 'record_fact':
			return t(steps.record_fact, { fact: t(factNames[step.fact]) });
		case 'establish_birth':
			return t(steps.establish_birth, { from: step.from, until: step.until });
		case 'publish_notice':
			return t(steps.publish_notice, { channel: t(channelNames[step.channel]) });
		case 'follow_sample':
			return t(steps.follow_sample, { state: t(dnaStateNames[step.state]) });
		case 'obtain_document': {
			const document = t(documentNames[step.document]);
			return step.after === undefined
				? t(steps.obtain_document, { document })
				: t(steps.obtain_document_after, { document, clock: clockName(step.after, policy, t) });
		}
		case 'complete_document':
			return t(steps.complete_document, {
				document: t(documentNames[step.document]),
				missing: step.missing.map((gap) => t(gapNames[gap])).join(t(listComma))
			});
		case 'replace_document': {
			const document = t(documentNames[step.document]);
			return step.openFrom === undefined
				? t(steps.replace_document, { document })
				: t(steps.replace_document_from, { document, openFrom: step.openFrom });
		}
		case 'settle_dates':
			return t(steps.settle_dates, {
				fact: t({ ...factNames, ...documentNames }[step.fact]),
				dates: step.dates.join(t(listComma))
			});
		case 'screen_claims':
		case 'look_at_candidates':
			return t(steps[step.code], { count: step.count });
		case 'decide_claims':
			return t(steps.decide_claims, { count: step.count, since: step.since });
		case 'lift_halt':
			return t(steps.lift_halt, { flag: t(flagNames[step.flag]) });
		case 'review_anew':
			return t(steps.review_anew, {
				parts: step.parts.map((part) => t(evidencePartNames[part])).join(t(listComma))
			});
		case 'record_birth':
		case 'renew_notice':
		case 'take_sample':
		case 'confirm_start':
		case 'resolve_candidate':
		case 'follow_the_family':
		case 'update_program':
		case 'review_first':
		case 'review_second':
		case 'answer_refusal':
			return t(steps[step.code]);
	}
}

/** What changed, what it was when it was signed, and what it is now. Empty stands for nothing. */
export interface ChangeWords {
	readonly what: string;
	readonly before: string;
	readonly after: string;
}

export function changeWords(change: EvidenceDifference, policy: Policy, t: Translate): ChangeWords {
	switch (change.part) {
		case 'unreadable':
			return { what: t(review.changeUnreadable), before: '', after: '' };
		case 'policy':
			return { what: t(review.policy), before: change.before, after: change.after };
		case 'clocks':
			return both(clockName(change.clock, policy, t), change, (period) => {
				const line = t(review.periodLine, { start: period.start, lastDay: period.lastDay });
				return period.provisional ? [line, t(review.lastDayProvisional)].join(t(partComma)) : line;
			});
		case 'conditions':
			return both(t(conditionNames[change.condition]), change, (status) => t(conditionStatusNames[status]));
		case 'blockers':
			return {
				what: t(review.blockersTitle),
				before: blockers(change.before, t),
				after: blockers(change.after, t)
			};
		case 'contradictions':
			return both(t(review.contradictionsTitle), change, (n) => t(review.records, { n }));
		case 'documents':
			return both(t(documentNames[change.document]), change, (paper) =>
				[
					paper.number,
					paper.date,
					paper.issuer,
					paper.originalSeenBy === undefined ? undefined : t(review.originalSeen, { name: paper.originalSeenBy })
				]
					.filter((part) => part !== undefined)
					.join(' · ')
			);
		case 'claims':
			return both(t(review.changeClaim), change, ({ openedOn: from, closedOn: to, outcome }) =>
				to === undefined || outcome === undefined
					? t(review.claimLine, { from })
					: t(review.claimLineClosed, { from, to, outcome: t(claimOutcomeNames[outcome]) })
			);
		case 'dna':
			return both(t(review.changeDna), change, (state) => t(dnaStateNames[state]));
		case 'birth':
			return both(t(review.changeBirth), change, ({ earliest, latest }) =>
				earliest === latest ? earliest : `${earliest} – ${latest}`
			);
		case 'identity':
			return { what: t(review.changeIdentity), before: '', after: t(review.recordedAnew) };
		case 'start':
			return both(t(review.startTitle), change, (done) => t(done ? review.confirmed : review.unconfirmed));
	}
}

function both<V>(
	what: string,
	{ before, after }: { readonly before?: V | undefined; readonly after?: V | undefined },
	words: (value: V) => string
): ChangeWords {
	return {
		what,
		before: before === undefined ? '' : words(before),
		after: after === undefined ? '' : words(after)
	};
}

function blockers(codes: readonly string[], t: Translate): string {
	const names: Readonly<Record<string, Message>> = blockerNames;
	return codes.map((code) => (names[code] ? t(names[code]) : code)).join(t(listComma));
}

/** Headings of the exported board. */
export const exportColumns = area({
	sheet: ['送养资格审核', 'Eligibility review'],
	caseNumber: ['编号', 'Number'],
	name: ['姓名', 'Name'],
	house: ['机构', 'House'],
	stage: ['阶段', 'Stage'],
	met: ['已满足条件', 'Conditions met'],
	conditions: ['条件总数', 'Conditions'],
	holdStart: ['起算日', 'Counted from'],
	lastDay: ['期满日', 'Last day'],
	lastDayMoves: ['随认领顺延', 'moves with the claim'],
	provisional: ['暂定', 'Provisional'],
	claimed: ['有认领', 'Claimed'],
	claimSince: ['认领起', 'Claimed since'],
	unscreened: ['未初核认领', 'Claims not screened'],
	blocked: ['有阻断', 'Blocked'],
	blockers: ['阻断事项（时间满后仍在）', 'Blocked by (once time has passed)'],
	since: ['这一阶段起', 'In this stage since'],
	waits: ['已等天数', 'Days waiting'],
	signedOn: ['第一签名日', 'First signature'],
	changed: ['签名后依据有变', 'Evidence changed'],
	returnedOn: ['退回日', 'Sent back'],
	leftOn: ['离开日', 'Left on'],
	leftReason: ['离开原因', 'Left because'],
	asOf: ['数据日期', 'As of'],
	yes: ['是', 'yes']
});
