/**
 * The file on paper. Papers are printed in Chinese whatever language the desk is read in; the English stands beside it for
 * whoever checks them.
 */
import type { Edition } from '#lib/domain/print/edition.ts';
import type { ArchivePhase } from '#lib/domain/document/phases.ts';
import type { Json } from '#lib/domain/canonical-json.ts';
import { documentCodes } from '#lib/domain/document/document.ts';
import { claimOutcomes } from '#lib/domain/hold/facts.ts';
import type { EvidencePart } from '#lib/domain/hold/hold.ts';
import { conditionIds, factTypes, noticeChannels, type Policy } from '#lib/domain/hold/policy.ts';
import { claimOutcomeNames } from './decisions.ts';
import {
	channelNames,
	clockName,
	conditionNames,
	conditionStatusNames,
	dnaStateNames,
	documentNames,
	factNames
} from './hold.ts';
import { area, listComma, semicolon, type Message, type Translate } from './message.ts';

export const printWords = area({
	title: ['打印', 'Print'],
	back: ['返回打印', 'Back to printing'],
	backToFile: ['返回档案', 'Back to the file'],
	what: [
		'选要打印的部分和用途，打开以后再打印。每次打开都会记入操作记录。',
		'Choose what to print and what it is for, open it, then print. Each opening is written into the log.'
	],
	button: ['打印', 'Print'],
	choosePart: ['打印哪一部分', 'What to print'],
	partMissing: ['请选择打印哪一部分。', 'Choose what to print.'],
	purposeMissing: ['请选择用途。', 'Choose what it is for.'],
	purpose: ['用途', 'What it is for'],
	purposeHint: ['没有授权时，下一页会请你写明事由。', 'Where no grant covers it, the next page asks you to say why.'],
	open: ['打开，准备打印', 'Open it for printing'],
	howTo: [
		'按“打印”。没有这个按钮时按 Ctrl+P，或者打开浏览器的菜单，选“打印”。纸张选 A4，不要选浏览器自带的页眉和页脚。页码、打印人和依据摘要印在每页页脚。',
		'Press Print. Where there is no such button press Ctrl+P, or open the browser’s menu and choose Print. Choose A4 and leave the browser’s own headers and footers out. Page numbers, who printed it and the snapshot of the evidence stand at the foot of every page.'
	],
	inChinese: [
		'打印件一律用中文。',
		'What is printed is in Chinese alone. The English beside it is an aid on this screen and is not printed.'
	],
	file: ['整份档案', 'The whole file'],
	fileWhat: ['入院、在院、离院三个阶段，各有卷内目录。', 'Intake, in care, leaving, each with the list of its papers.'],
	own: ['孩子本人的一份', 'The child’s own copy'],
	ownWhat: [
		'孩子查阅自己的档案时用。不含别人的信息：没有嫌疑人、认领人、收养人、别的孩子，也没有工作人员姓名。',
		'For the child who asks to see its file. Nothing of other people: no suspect, claimant, adopter or other child, no official’s name.'
	],
	summary: ['情况表（一页）', 'Summary (one page)'],
	summaryWhat: [
		'孩子是谁、十二个月到哪一天、还差什么。',
		'Who the child is, when the twelve months end, what is missing.'
	],
	review: ['资格审核表', 'Review decision sheet'],
	reviewWhat: [
		'条件和证明、两位审核员的意见、依据摘要。',
		'Conditions and proofs, what the two reviewers said, the snapshot of the evidence.'
	],

	papers: ['卷内文件目录', 'List of the papers'],
	papersWhat: [
		'每份文件的文号、责任者、日期、谁看过原件、页数。',
		'Every paper with its number, issuer, date, who saw the original, and how many pages.'
	],

	fileTitle: ['儿童档案', 'A child’s file'],
	ownTitle: ['儿童档案（本人查阅）', 'A child’s file (the child’s own copy)'],
	oneFile: ['一人一档', 'One child, one file'],
	secret: ['内部资料　注意保密', 'Internal: keep confidential'],
	/** On the child's own copy, which is no paper of the institution. */
	keepSafe: ['请妥善保管', 'Keep it safe'],
	caseNumber: ['档案编号', 'Case number'],
	name: ['姓名', 'Name'],
	assignedName: ['{name}（暂用名）', '{name} (name given by the house)'],
	sex: ['性别', 'Sex'],
	birth: ['出生日期', 'Date of birth'],
	house: ['所在机构', 'Institution'],
	receivedOn: ['接收日期', 'Received on'],
	publicNumber: ['公告编号', 'Public number'],
	firstRecord: ['建档日期', 'File begun on'],
	guardianship: ['监护', 'Guardianship'],
	temporary: ['临时监护', 'Temporary'],
	longTerm: ['长期监护（{date} 起，{ground}）', 'Long-term (since {date}, {ground})'],
	standing: ['状态', 'Status'],
	inCare: ['在院', 'In care'],
	left: ['{date} 离院：{reason}', 'Left on {date}: {reason}'],
	contents: ['卷内目录', 'Papers of this part'],
	parts: ['各阶段材料', 'Papers by phase'],
	phase: ['阶段', 'Phase'],
	count: ['份数', 'Papers'],
	copies: ['{n} 份', '{n}'],
	nothing: ['无', 'None'],
	order: ['序号', 'No.'],
	paper: ['题名', 'Title'],
	number: ['文号', 'Number'],
	date: ['日期', 'Date'],
	issuer: ['责任者', 'Issued by'],
	original: ['原件核对', 'Original seen by'],
	pages: ['扫描页数', 'Pages scanned'],
	note: ['备注', 'Note'],
	accepted: ['有疑点仍入档：{what}。理由：{reason}', 'Filed although odd: {what}. Because: {reason}'],
	intakeForm: ['入院登记', 'Intake'],
	photos: ['照片', 'Photos'],
	marks: ['体表特征', 'Marks'],
	belongings: ['随身物品', 'Belongings'],
	sealed: ['封条号 {number}', 'seal {number}'],
	keptAt: ['存放 {place}', 'kept at {place}'],
	handovers: ['机构之间的移交', 'Hand-overs between institutions'],
	handedTo: ['{date} 移交给{house}', 'Handed to {house} on {date}'],
	receivedBy: ['{date} 由{house}接收', 'Received by {house} on {date}'],
	search: ['寻亲期限及计算', 'The periods of the search and how they are counted'],
	clock: ['期限', 'Period'],
	start: ['起算', 'Start'],
	lastDay: ['期满日', 'Last day'],
	arithmetic: ['算法', 'Arithmetic'],
	status: ['状态', 'Status'],
	conditions: ['条件及证明', 'Conditions and proofs'],
	condition: ['条件', 'Condition'],
	proof: ['证明', 'Proof'],
	blockers: ['停办原因', 'What halts a placement'],
	contradictions: ['互相矛盾之处', 'Contradictions'],
	notices: ['寻亲公告', 'Search notices'],
	noticeUp: ['{date} 发布，编号 {number}', 'Published {date} as {number}'],
	noticeDown: ['{date} 撤下：{reason}', 'taken down {date}: {reason}'],
	samples: ['DNA 样本', 'DNA samples'],
	care: ['照料记录', 'Care'],
	growth: ['生长', 'Growth'],
	claims: ['认领', 'Claims'],
	claimsWhat: [
		'只列编号和结果；认领人的信息不进孩子的档案。',
		'Number and outcome alone; nothing of the families is in a child’s file.'
	],
	claimOpen: ['{date} 起，未了结', 'since {date}, open'],
	claimClosed: ['{from} 至 {to}，{outcome}', '{from} to {to}, {outcome}'],
	flags: ['停办', 'Halts'],
	reviews: ['资格审核', 'Eligibility reviews'],
	reviewOf: ['{date} 的审核', 'Review of {date}'],
	reviewStands: ['审核依据没有变化，审核有效', 'The evidence stands, and so does the review'],
	reviewChanged: ['签署以后审核依据有变化，已不算数', 'The evidence changed after it was signed; it no longer counts'],
	snapshot: ['依据摘要 SHA-256', 'Snapshot of the evidence, SHA-256'],
	noSnapshot: ['依据摘要：还没有审核', 'Snapshot: no review yet'],
	adoption: ['收养办理', 'Steps of an adoption'],
	adoptionWhat: [
		'收养人的信息由登记处另行保存（民法典第一千一百一十条）。',
		'Who adopts is kept by the registry apart from the file (Civil Code, 1110).'
	],
	consents: ['孩子本人的意愿', 'The child’s own wish'],
	exit: ['离开登记', 'Leaving'],
	exitCode: ['减员原因代码 {code}', 'reason code {code}'],
	notLeft: ['孩子在院，本阶段还没有材料。', 'The child is in care; this phase has no papers yet.'],
	unread: [
		'另有 {n} 条记录由更新的程序写成，本次没有印出。',
		'{n} entr{n|y|ies} of a newer program are not printed here.'
	],
	remarks: ['备考', 'Remarks'],
	remarksWhat: [
		'本件按登记处 {date} 的记录印出。更正和撤销的内容仍在登记处的记录里。依据摘要可用登记处的“lampkeep verify”核对。',
		'Printed from the registry’s records as of {date}. What was corrected or withdrawn is still in those records. The snapshot can be checked with the registry’s “lampkeep verify”.'
	],
	ownRemarks: [
		'这是你自己的档案。写到别人的内容没有印在这里，例如照料日记、来访、工作人员的姓名。想看更多，请向照顾你的机构提出，他们会和你一起看。',
		'This is your own file. What tells of other people is not printed here, such as daily notes, visits and the names of staff. If you want to see more, ask the institution that looks after you: they will go through it with you.'
	],
	pageCount: ['第 {page} 页 共 {pages} 页', 'Page {page} of {pages}'],
	printedBy: ['{time} 由{name}打印（{role}，{house}）', 'Printed {time} by {name} ({role}, {house})'],
	/** On the child's own copy no official is named; the log knows who printed it. */
	printedAt: ['{time} 由{house}打印', 'Printed {time} by {house}'],
	footVersion: ['档案第 {version} 版', 'file version {version}'],
	footRecord: ['打印记录 {record}', 'print no. {record}'],
	footSnapshot: ['依据摘要 SHA-256　{snapshot}', 'Snapshot SHA-256 {snapshot}'],
	demo: ['演示数据', 'DEMO'],

	summaryTitle: ['儿童情况表', 'Summary of a child’s file'],
	daysPassed: ['已过', 'Passed'],
	daysLeft: ['还剩', 'Left'],
	days: ['{n} 天', '{n} day{n||s}'],
	provisional: ['（暂定）', '(provisional)'],
	lastReview: ['最近一次审核', 'Latest review'],
	noReview: ['还没有审核', 'No review yet'],
	notAdoptable: [
		'期满不等于可以送养：证明由公安机关出具，送养还要审核。',
		'Elapsed does not mean adoptable: the police issue the certificate, and a review follows.'
	],

	reviewTitle: ['送养资格审核表', 'Eligibility review'],
	notOpened: [
		'还没有人签署。下面是今天的审核依据，依据摘要按今天的审核依据计算。',
		'Nobody has signed yet. Below is the evidence as it is today, and the snapshot of that.'
	],
	changedParts: [
		'签署以后有变化：{parts}。本表印的是签署时的审核依据。',
		'Changed since it was signed: {parts}. This sheet shows the evidence as signed.'
	],
	signatures: ['审核意见', 'What the reviewers said'],
	reviewer: ['审核员', 'Reviewer'],
	verdict: ['结论', 'Verdict'],
	opinion: ['意见', 'Opinion'],
	signedOn: ['签署日期', 'Signed on'],
	handSign: ['签字', 'Signature'],
	noneSigned: ['等两家机构的审核员各签一次', 'Waits for a reviewer of each of two institutions'],
	secondMissing: ['等另一家机构的审核员', 'Waits for a reviewer of another institution'],
	evidence: ['其他审核依据', 'The rest of the evidence'],
	part: ['部分', 'Part'],
	content: ['内容', 'Content'],
	kind: ['类别', 'Kind'],
	asEvidence: ['签署以后有变化，见下面的审核依据。', 'Changed since it was signed: see the evidence below.'],
	howToVerify: ['怎样核对', 'How to verify'],
	verifyWhat: [
		'在登记处的服务器上运行下面的命令。它从登记处保存的审核依据重新计算 SHA-256：与本表每一组都相同，审核依据就没有改动过；不同，或者找不到，就是有人改动过。',
		'Run the command below on the registry’s server. It computes the SHA-256 anew from the evidence the registry keeps: where every group is the same as on this sheet, the evidence was not changed; where it differs or is not found, somebody changed it.'
	],
	verifyFormula: [
		'依据摘要 = 审核依据的规范 JSON（RFC 8785，UTF-8）的 SHA-256。',
		'Snapshot = SHA-256 of the evidence as canonical JSON (RFC 8785, UTF-8).'
	],
	todaysSnapshot: ['按今天的审核依据计算，没有人签署', 'Of the evidence of today; nobody has signed it'],
	clocksTitle: ['期限的计算', 'How the periods are counted'],
	photosElsewhere: ['有 {n} 张照片，在孩子所在机构查看。', '{n} photo{n||s}, to be seen at the child’s institution.'],
	missing: ['还缺什么', 'What is missing'],
	nothingMissing: ['条件都已满足，没有阻断事项。', 'Every condition is met and nothing is in the way.'],
	papersOnFile: ['在卷文件', 'Papers on file'],
	endOfFile: ['（完）', '(End)'],
	heardBy: ['听取人 {name}', 'heard by {name}'],
	adultPresent: ['在场 {name}', 'present: {name}'],
	unknownPerson: ['（姓名由该机构核对）', '(name with that institution)']
});

/** The phases of the archive as they are numbered on the cover and at their heads. */
export const phaseHeadings = area({
	intake: ['一、入院', '1. Intake'],
	in_care: ['二、在院', '2. In care'],
	leaving: ['三、离院', '3. Leaving']
}) satisfies Record<ArchivePhase, Message>;

export const editionNames = area({
	full: ['整份档案', 'Whole file'],
	own: ['本人查阅', 'The child’s own copy']
}) satisfies Record<Edition, Message>;

/** Names of what frozen evidence holds; a key that is not among them is printed as it is, never hidden. */
const evidenceKeys = area({
	id: ['项', 'item'],
	start: ['起算', 'start'],
	startFrom: ['起算依据', 'started by'],
	raw: ['应满日', 'before rolling'],
	lastDay: ['期满日', 'last day'],
	openFrom: ['可办起始日', 'open from'],
	provisional: ['暂定', 'provisional'],
	steps: ['算法', 'arithmetic'],
	step: ['步骤', 'step'],
	amount: ['数量', 'amount'],
	unit: ['单位', 'unit'],
	status: ['结果', 'result'],
	because: ['理由', 'because'],
	code: ['类别', 'kind'],
	number: ['文号', 'number'],
	date: ['日期', 'date'],
	dates: ['日期', 'dates'],
	issuer: ['责任者', 'issued by'],
	originalSeenBy: ['原件核对', 'original seen by'],
	document: ['文件', 'paper'],
	documents: ['文件', 'papers'],
	clock: ['期限', 'period'],
	fact: ['事实', 'fact'],
	channel: ['渠道', 'channel'],
	afterClock: ['接在', 'after'],
	openedOn: ['提出', 'opened'],
	closedOn: ['了结', 'closed'],
	outcome: ['结果', 'outcome'],
	decision: ['决定', 'decision'],
	opening: ['记录', 'entry'],
	claims: ['认领', 'claims'],
	claim: ['认领', 'claim'],
	state: ['状态', 'state'],
	openCandidates: ['待核实候选', 'open candidates'],
	earliest: ['最早', 'earliest'],
	latest: ['最晚', 'latest'],
	from: ['自', 'from'],
	to: ['至', 'to'],
	days: ['天数', 'days'],
	rescued: ['解救', 'rescued'],
	handover: ['移送', 'hand-over']
});

const truth = area({ yes: ['是', 'yes'], no: ['否', 'no'], none: ['无', 'none'] });

/** A part of frozen evidence in words, one line a thing; what no table names stands as it was signed. */
export function evidenceLines(part: EvidencePart, value: Json, policy: Policy, t: Translate): readonly string[] {
	if (Array.isArray(value)) {
		if (value.length === 0) return [t(truth.none)];
		return value.map((each) => inWords(part, part, each, policy, t));
	}
	return [inWords(part, part, value, policy, t)];
}

function inWords(part: EvidencePart, key: string, value: Json, policy: Policy, t: Translate): string {
	if (value === null) return t(truth.none);
	if (typeof value === 'boolean') return t(value ? truth.yes : truth.no);
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string') return named(part, key, value, policy, t);
	if (Array.isArray(value)) return value.map((each) => inWords(part, key, each, policy, t)).join(t(listComma));
	return Object.entries(value)
		.map(([name, said]) => {
			const each = said ?? null;
			const label = name in evidenceKeys ? t(evidenceKeys[name as keyof typeof evidenceKeys]) : name;
			const words = inWords(part, name, each, policy, t);
			const nested = each !== null && typeof each === 'object' && !Array.isArray(each);
			return nested ? `${label}（${words}）` : `${label} ${words}`;
		})
		.join(t(semicolon));
}

/** The name of a code where a table has one for it at this place. */
function named(part: EvidencePart, key: string, value: string, policy: Policy, t: Translate): string {
	const among = <T extends string>(codes: readonly T[]): T | undefined => codes.find((code) => code === value);
	const document = among(documentCodes);
	if (document) return t(documentNames[document]);
	const condition = part === 'conditions' && key === 'id' ? among(conditionIds) : undefined;
	if (condition) return t(conditionNames[condition]);
	if (key === 'clock' || key === 'afterClock' || (part === 'clocks' && key === 'id'))
		return clockName(value, policy, t);
	if (key === 'status') {
		const status = among(['met', 'waiting', 'missing'] as const);
		if (status) return t(conditionStatusNames[status]);
	}
	const fact = key === 'fact' ? among(factTypes) : undefined;
	if (fact) return t(factNames[fact]);
	const channel = key === 'channel' ? among(noticeChannels) : undefined;
	if (channel) return t(channelNames[channel]);
	const outcome = key === 'outcome' ? among(claimOutcomes) : undefined;
	if (outcome) return t(claimOutcomeNames[outcome]);
	if (key === 'state' && value in dnaStateNames) return t(dnaStateNames[value as keyof typeof dnaStateNames]);
	return value;
}
