import type { GrantFault, ReasonNeeded } from '#lib/domain/access/grant.ts';
import type { Purpose } from '#lib/domain/access/purpose.ts';
import type { ReadingBasis, ReadingKind } from '#lib/domain/access/reading.ts';
import type { Requester, RequestKind, RequestState } from '#lib/domain/access/request.ts';
import { area, type Message } from './message.ts';

/** What a full file is read for. */
export const purposeNames = area({
	care: ['日常照料', 'Care'],
	claim: ['办理认领', 'A claim'],
	review: ['送养资格审核', 'Eligibility review'],
	notice: ['寻亲公告', 'The notice'],
	audit: ['合规审计', 'Audit'],
	police_request: ['公安机关查询', 'A request of the police'],
	child_asks: ['本人或监护人申请', 'The child or guardian asks'],
	handover: ['交接', 'A hand-over']
}) satisfies Record<Purpose, Message>;

export const readingKindNames = area({
	full: ['档案全文', 'Full file'],
	notice: ['公告页面', 'Notice page'],
	claim: ['认领页面', 'Claim page'],
	print: ['打印', 'Print'],
	export: ['导出', 'Export']
}) satisfies Record<ReadingKind, Message>;

export const basisNames = area({
	grant: ['凭授权', 'By a grant'],
	duty: ['照料职责', 'By duty of care'],
	reason: ['没有授权，写明事由', 'No grant, with a reason'],
	none: ['没有授权', 'No grant']
}) satisfies Record<ReadingBasis, Message>;

export const placeNames = area({
	desk: ['工作台', 'Desk'],
	tablet: ['平板', 'Tablet']
});

/** Before a file that no grant covers. */
export const openFile = area({
	title: ['打开档案前请写明事由', 'Say why, then open the file'],
	what: [
		'这份档案没有给你的授权。需要看，写明事由就可以打开，不必等审批；这次查阅会记下来，孩子所在机构的主管会看到。',
		'You have no grant for this file. If you need it, say why and open it: nobody has to approve first. The reading is logged, and the supervisor of the child’s house will see it.'
	],
	file: ['档案 {number}', 'File {number}'],
	purpose: ['为什么事查阅', 'What you read it for'],
	reason: ['事由', 'Reason'],
	reasonHint: [
		'写清楚为了办哪件事，例如：“核对认领 RL-7F3K 中家属说的胎记”。今天之内再打开同一份档案，不用重写。',
		'Say which matter it is for, e.g. “checking the birthmark the family named in claim RL-7F3K”. For the rest of today you are not asked again about this file.'
	],
	open: ['打开档案', 'Open the file'],
	back: ['返回总览，不打开', 'Back to the overview without opening it'],
	purposeMissing: ['请选择为什么事查阅。', 'Choose what you read the file for.'],
	reasonMissing: ['请写明事由，至少 5 个字。', 'Give a reason of at least 5 characters.'],
	reasonTooLong: ['事由最多 500 字。', 'The reason takes at most 500 characters.'],

	readFor: ['本次查阅：{purpose}，{basis}', 'You are reading for: {purpose}, {basis}'],
	otherPurpose: ['换一个用途', 'Another purpose'],
	change: ['换', 'Change'],
	whoRead: ['谁看过这份档案', 'Who has read this file']
});

export const reasonNeededWords = area({
	no_grant: ['还没有人给你这份档案的授权。', 'Nobody has granted you access to this file.'],
	not_yet: ['给你的授权还没有开始。', 'Your grant has not begun yet.'],
	ended: ['给你的授权已经到期。', 'Your grant has ended.'],
	revoked: ['给你的授权已经收回。', 'Your grant was revoked.'],
	other_purpose: ['你有授权，但用途不同。', 'You have a grant, but for another purpose.']
}) satisfies Record<ReasonNeeded['because'], Message>;

/** Who may read what until when. */
export const access = area({
	title: ['查阅与授权', 'Access'],
	what: [
		'谁可以查阅档案、看到哪一天，由主管授权；每次查阅都有记录（《未成年人网络保护条例》第三十六条）。照料孩子的人不会被挡在自己机构孩子的档案外面。',
		'Supervisors grant who may read files and until when, and every reading is logged (Regulations on the Protection of Minors in Cyberspace, art. 36). Nobody is ever kept from the file of a child in her own house’s care.'
	],
	readings: ['查阅记录', 'Readings'],
	grants: ['授权', 'Grants'],
	inForce: ['现有授权', 'Grants in force'],
	none: ['现在没有授权。', 'There is no grant in force.'],
	person: ['人员', 'Person'],
	about: ['档案范围', 'Which files'],
	purpose: ['用途', 'Purpose'],
	from: ['起', 'From'],
	until: ['止', 'Until'],
	givenBy: ['授权人', 'Given by'],
	byAccount: ['开户时的常设授权', 'Standing, with the account'],
	otherHousePerson: ['{house}的人员', 'a person of {house}'],
	aboutChild: ['档案 {number}', 'File {number}'],
	aboutHouse: ['{house}的全部儿童', 'Every child of {house}'],
	aboutOwnHouse: ['本机构的全部儿童', 'Every child of this house'],
	aboutEvery: ['所有机构的儿童', 'The children of every house'],
	aboutUnseen: ['一份档案', 'One file'],
	revoke: ['收回', 'Revoke'],
	revokeReally: ['确定收回', 'Yes, revoke it'],
	revokeWhat: [
		'从今天起这项授权不再有效。照料本机构孩子的人仍可查阅。',
		'From today the grant covers nothing. Those who care for the house’s own children can still read their files.'
	],
	revoked: ['已收回。', 'The grant is revoked.'],
	grantGone: ['没有这项授权，或者已经收回。', 'There is no such grant, or it is revoked already.'],
	beginsOn: ['{date} 起', 'from {date}'],
	firstShown: ['只列出前 {n} 项。', 'Only the first {n} are listed.'],

	standing: ['照料授权快到期', 'Standing grants that end soon'],
	standingWhat: [
		'下面这些人的常设授权在 {date} 之前到期或已经到期。到期后照料不受影响，查阅会记为“照料职责”。确认他们仍在岗位上，再续一年。',
		'The standing grants of these people have ended or end before {date}. Care goes on without them, logged as “by duty of care”. Make sure they still work here, then renew for a year.'
	],
	standingNever: ['没有', 'none'],
	renew: ['续一年（{n} 项）', 'Renew for a year ({n})'],
	renewed: ['已续期 {n} 项。', '{n} grant{n||s} renewed.'],

	give: ['新的授权', 'Give a grant'],
	choosePerson: ['本单位人员', 'A person of this house'],
	orLogin: ['或其他单位人员的用户名', 'Or the user name of somebody elsewhere'],
	loginHint: [
		'例如登记处、公安或另一家机构的审核人员。请向本人核对用户名。',
		'For example a reviewer of the registry, the police or another house. Ask the person for the exact name.'
	],
	oneChild: ['一份档案，按儿童编号', 'One file, by the child’s number'],
	caseNumber: ['儿童编号', 'The child’s number'],
	wholeHouse: ['一家机构的全部儿童', 'Every child of a house'],
	house: ['机构', 'House'],
	untilDate: ['看到哪一天（含当天，最长一年）', 'Until which day (included; a year at most)'],
	giveButton: ['授权', 'Give the grant'],
	given: ['已授权。', 'The grant is given.'],
	onlySupervisors: [
		'授权由主管或登记处人员办理，你可以查看。',
		'Supervisors and officers of the registry give grants; you can look.'
	],
	personMissing: ['请选择人员，或写用户名。', 'Choose a person, or enter a user name.'],
	personTwice: [
		'只选一种：本单位人员，或其他单位的用户名。',
		'Use one of the two: a person of this house, or a user name.'
	],
	person_unknown: [
		'没有这个用户名，或账号已停用。请向本人核对。',
		'There is no such user name, or the account is closed. Ask the person.'
	],
	purposeMissing: ['请选择用途。', 'Choose a purpose.'],
	aboutMissing: ['请选择档案范围。', 'Choose which files.'],
	caseNumberMissing: ['请写儿童编号。', 'Enter the child’s number.'],
	case_number_unknown: ['没有这个儿童编号，或孩子不在你的机构。', 'There is no child with this number in your house.'],
	case_number_twice: [
		'有两家机构用了这个编号。请由孩子所在机构的主管授权。',
		'Two houses use this number. Let the supervisor of the child’s house give the grant.'
	],
	untilWrong: ['请写到哪一天，例如 2027-01-31。', 'Enter the last day, for example 2027-01-31.'],

	toLookAt: ['没有授权的查阅', 'Readings without a grant'],
	toLookAtWhat: [
		'请看事由是否成立。看过就确认；觉得不妥，请找本人核实，必要时上报。',
		'Judge whether the reason holds. Confirm once you have looked; if something is not right, ask the person, and report it where needed.'
	],
	toLookAtNone: ['没有要看的。', 'Nothing to look at.'],
	checked: ['已看过', 'I have looked'],
	checkedDone: ['已确认。', 'Confirmed.'],
	noReason: ['平板上，没有写事由', 'On a tablet, no reason given'],

	listWhat: [
		'按登记处收到的时间排列；平板上的时间是平板自己的钟，可能不准。同一人 15 分钟内再开同一份档案算一次。',
		'By the time the registry received them; a tablet’s time is its own clock’s and may be wrong. The same person opening the same file again within 15 minutes counts once.'
	],
	forChild: ['只看这份档案', 'Of this file only'],
	allFiles: ['看全部档案', 'Show all files'],
	month: ['月份', 'Month'],
	monthHint: ['例如 2026-11', 'For example 2026-11'],
	anyone: ['全部人员', 'Everybody'],
	anyHouse: ['全部机构', 'Every house'],
	apply: ['查', 'Apply'],
	noReadings: ['没有符合的查阅记录。', 'No reading fits.'],
	when: ['时间', 'When'],
	received: ['收到', 'Received'],
	tabletClock: ['平板时间', 'tablet’s clock'],
	file: ['档案', 'File'],
	kind: ['看了什么', 'What'],
	basis: ['依据', 'From what'],
	place: ['在哪里', 'Where'],
	unknownPerson: ['（人员名单上没有的人）', '(not on the roster)'],
	unknownNumber: ['（没有编号）', '(no number)'],
	closedTablet: ['平板已停用', 'closed tablet'],
	older: ['更早', 'Older'],
	notForYou: ['你的角色不查看查阅记录。', 'Your role does not see the log of readings.'],

	export: ['年度导出', 'Yearly export'],
	exportWhat: [
		'一年的查阅记录、授权和按人、按用途的次数，供年度合规审计使用（条例第三十七条）。没有孩子的姓名；导出本身也会记下来。',
		'The readings and grants of a year with counts per person and purpose, for the yearly compliance audit (art. 37). It holds no child’s name, and the export itself is logged.'
	],
	year: ['年份', 'Year'],
	asXlsx: ['导出 Excel', 'Export as Excel'],
	asCsv: ['导出 CSV（查阅记录）', 'Export as CSV (readings)'],
	exportTooMany: [
		'这一年的记录超过 {n} 条，请按机构分别导出。',
		'There are more than {n} readings in this year: export house by house.'
	],
	exportYearWrong: ['请写四位年份，不晚于今年。', 'Enter a year of four digits, not after this one.']
});

export const grantFaultWords = area({
	not_yours_to_grant: ['你的角色不能授权。', 'Your role does not give grants.'],
	to_yourself: [
		'不能给自己授权，请由另一位主管或登记处办理。',
		'You cannot grant yourself access: another supervisor or the registry has to.'
	],
	child_not_yours: ['只能授权本机构的档案。', 'You can grant access to files of your own house only.'],
	until_before_from: ['截止日在开始日之前。', 'The last day is before the first.'],
	until_passed: ['截止日已经过去。', 'The last day is past already.'],
	until_too_far: ['授权最长一年，最晚到 {latest}。', 'A grant lasts a year at most: until {latest}.']
}) satisfies Record<GrantFault['type'], Message>;

/** Columns and sheets of the yearly export. */
export const exportWords = area({
	sheetReadings: ['查阅记录', 'Readings'],
	sheetGrants: ['授权', 'Grants'],
	sheetPeople: ['按人员', 'By person'],
	sheetPurposes: ['按用途', 'By purpose'],
	receivedAt: ['登记处收到时间', 'Received by the registry'],
	readAt: ['查阅时间（平板为自报）', 'Read at (a tablet’s own clock)'],
	reader: ['查阅人', 'Reader'],
	readerId: ['人员代码', 'Person id'],
	readerHouse: ['查阅人单位', 'Reader’s house'],
	caseNumber: ['儿童编号', 'Child’s number'],
	childId: ['档案代码', 'File id'],
	what: ['看了什么', 'What'],
	purpose: ['用途', 'Purpose'],
	basis: ['依据', 'From what'],
	grantId: ['授权代码', 'Grant id'],
	reason: ['事由', 'Reason'],
	place: ['在哪里', 'Where'],
	device: ['平板', 'Tablet'],
	deviceClosed: ['平板已停用', 'Tablet closed'],
	grantee: ['被授权人', 'Given to'],
	about: ['档案范围', 'Which files'],
	from: ['起', 'From'],
	until: ['止', 'Until'],
	revokedOn: ['收回日', 'Revoked on'],
	givenBy: ['授权人', 'Given by'],
	readings: ['查阅次数', 'Readings'],
	children: ['档案数', 'Files'],
	uncovered: ['其中没有授权的', 'Of these without a grant'],
	yes: ['是', 'yes']
});

/** What can be asked about a file. */
export const requestKindNames = area({
	see: ['查阅', 'To see it'],
	copy: ['复制', 'A copy'],
	correct: ['更正', 'A correction'],
	delete: ['删除', 'A deletion'],
	own_file: ['我的档案', '“My own file”']
}) satisfies Record<RequestKind, Message>;

export const requesterNames = area({
	child: ['孩子本人', 'The child'],
	guardian: ['监护人', 'A guardian'],
	claimant: ['认领人', 'A claimant']
}) satisfies Record<Requester, Message>;

export const requestStateNames = area({
	open: ['待答复', 'Open'],
	overdue: ['已超期', 'Overdue'],
	granted: ['已同意', 'Granted'],
	refused: ['已拒绝', 'Refused']
}) satisfies Record<RequestState, Message>;

export const requests = area({
	title: ['个人信息申请', 'Requests about files'],
	what: [
		'孩子（包括已经长大的孩子）、监护人和认领人可以申请查阅、复制、更正、删除，或者要一份“我的档案”。拒绝要书面说明理由（《未成年人网络保护条例》第三十四条）。',
		'A child, also one grown up, a guardian or a claimant may ask to see, copy, correct or delete, or for “my own file”. A refusal is in writing and says why (art. 34).'
	],
	waiting: ['待答复', 'Waiting for an answer'],
	answered: ['已答复', 'Answered'],
	none: ['没有申请。', 'There are no requests.'],
	kind: ['申请什么', 'What is asked'],
	requester: ['谁申请', 'Who asks'],
	requesterName: ['申请人姓名', 'Name of who asks'],
	file: ['档案', 'File'],
	caseNumber: ['儿童编号', 'The child’s number'],
	words: ['申请的内容，照原话写', 'What is asked, in their own words'],
	receivedOn: ['收到日期', 'Received on'],
	dueOn: ['最迟答复', 'Answer by'],
	dueHint: [
		'收到后 {n} 天内答复（法律只说“及时”，天数按惯例）。',
		'To be answered within {n} days (the law says “promptly”; the days follow custom).'
	],
	state: ['情况', 'State'],
	record: ['登记一件申请', 'Record a request'],
	recordButton: ['登记', 'Record'],
	recorded: ['已登记，请在 {date} 前答复。', 'Recorded. Please answer by {date}.'],
	open: ['打开', 'Open'],
	back: ['返回申请列表', 'Back to the requests'],
	oneTitle: ['申请：{kind}', 'Request: {kind}'],
	recordedBy: ['登记人', 'Recorded by'],
	decide: ['答复', 'Answer'],
	grant: ['同意', 'Grant it'],
	refuse: ['拒绝', 'Refuse it'],
	reasons: ['理由，或怎样办理', 'Reasons, or what is done'],
	reasonsHint: [
		'拒绝必须写明理由，申请人会收到这段话。写得具体、好懂，不写别人的信息。',
		'A refusal must say why; the person who asked receives these words. Be plain and exact, and tell nothing about others.'
	],
	decided: ['已答复。', 'The answer is recorded.'],
	decidedBy: ['{name} 于 {date} 答复', 'Answered by {name} on {date}'],
	onlyDeciders: ['答复由主管或登记处人员办理。', 'Supervisors and officers of the registry answer requests.'],
	ownFileLink: ['打印“我的档案”', 'Print “my own file”'],
	ownFileWhat: [
		'这一版写给孩子本人，没有内部备注和别人的信息。打印前请先自己读一遍；交给孩子时，最好有信任的人在身边。',
		'This edition is for the child: no internal notes, nothing about others. Read it yourself first; when the child gets it, somebody trusted should be there.'
	],
	copyLink: ['打开档案，打印要给的部分', 'Open the file and print what is to be given'],
	correctWhat: [
		'更正在平板或工作台上做：写一条新的记录，原来的说法留在历史里。',
		'Corrections are made on a tablet or at the desk, as a new entry; what was said before stays in the history.'
	],
	deleteWhat: [
		'依法应当保存的记录不能删除；可以停止公开、更正、限制查阅。不能删除时，请写明依据和可以做到的部分。',
		'What the law says must be kept cannot be deleted; publication can be ended, an error corrected, access limited. Where a deletion is not possible, say on what basis, and what can be done.'
	],
	letter: ['书面答复', 'Written answer'],
	letterIntro: [
		'{name}：你于 {date} 提出的“{kind}”申请，答复如下。',
		'To {name}: this is the answer to your request of {date}, “{kind}”.'
	],
	letterGranted: ['同意你的申请。', 'Your request is granted.'],
	letterRefused: ['你的申请不能办理，理由如下。', 'Your request cannot be granted, for these reasons.'],
	letterAppeal: [
		'如果不同意这个答复，你可以向民政部门或网信部门投诉，也可以依法向人民法院起诉。',
		'If you do not agree, you may complain to the civil affairs or cyberspace authority, or bring the matter before a court.'
	],
	letterFrom: ['{house}，{date}', '{house}, {date}'],

	kindMissing: ['请选择申请什么。', 'Choose what is asked.'],
	requesterMissing: ['请选择谁申请。', 'Choose who asks.'],
	nameMissing: ['请写申请人姓名，最多 100 字。', 'Enter the name of who asks, at most 100 characters.'],
	wordsMissing: ['请写申请的内容，最多 4000 字。', 'Enter what is asked, at most 4,000 characters.'],
	receivedWrong: [
		'请写收到日期，不晚于今天，例如 2026-11-27。',
		'Enter the day it was received, not after today, for example 2026-11-27.'
	],
	decisionMissing: ['请选择同意或拒绝。', 'Choose to grant or to refuse.'],
	reasonsMissing: ['拒绝要写明理由，至少 10 个字。', 'Say why it is refused, in at least 10 characters.'],
	reasonsTooLong: ['理由最多 4000 字。', 'The reasons take at most 4,000 characters.'],
	already_decided: ['这件申请已经答复过。', 'This request was answered already.'],
	not_yours_to_decide: ['你的角色不能答复申请。', 'Your role does not answer requests.'],
	request_unknown: ['没有这件申请，或不在你的机构。', 'There is no such request in your house.']
});
