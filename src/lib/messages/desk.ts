import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import { area, type Message } from './message.ts';

/** The desk of supervisors, administrators and registry officers. */
export const desk = area({
	brand: ['留灯 · 工作台', 'Lampkeep · Desk'],
	skip: ['跳到正文', 'Skip to content'],
	titleSuffix: ['{page} · 留灯工作台', '{page} · Lampkeep desk'],
	errorPrefix: ['错误：', 'Error: '],
	errorsHeading: ['有 {n} 处要看', '{n} thing{n||s} to look at'],
	demo: [
		'演示环境：孩子和事情都是编出来的，不要录入真实信息。',
		'DEMO: every child and event here is invented. Do not enter real information.'
	],
	navigation: ['主导航', 'Main'],
	overview: ['总览', 'Overview'],
	candidates: ['可能的家人', 'Possible families'],
	people: ['人员和平板', 'People and tablets'],
	log: ['操作记录', 'Log'],
	publicPages: ['公开页面', 'Public pages'],
	switchLanguage: ['English', '中文'],
	readOnly: ['你可以查看，不能修改。', 'You can look, but not change anything.'],

	children: ['儿童', 'Children'],
	filter: ['筛选', 'Filter'],
	searchWords: ['姓名、编号、特征', 'Name, number, features'],
	notice: ['公告', 'Notice'],
	any: ['全部', 'All'],
	house: ['机构', 'House'],
	apply: ['查', 'Apply'],
	noChildren: ['没有符合的孩子。', 'No child fits.'],
	childCount: ['共 {n} 人', '{n} {n|child|children}'],
	firstHundred: ['只列出前 {n} 人，请缩小范围。', 'Only the first {n} are listed: narrow the search.'],
	column: ['{what}', '{what}'],
	name: ['姓名', 'Name'],
	caseNumber: ['编号', 'Number'],
	lastDay: ['十二个月期满日', 'Last day of the twelve months'],
	provisional: ['暂定', 'provisional'],
	nextDuty: ['接下来', 'Next'],
	state: ['情况', 'State'],
	conflicts: ['{n} 处说法不一', '{n} contradiction{n||s}'],
	unknownEntries: ['有新版程序写的内容', 'Holds entries of a newer program'],
	notSubmitted: ['登记未完成', 'Intake not finished'],
	noName: ['（还没有名字）', '(no name yet)'],
	open: ['打开', 'Open'],

	tablets: ['平板', 'Tablets'],
	noTablets: ['还没有登记平板。', 'No tablet is enrolled yet.'],
	lastContact: ['最近联系 {time}', 'last contact {time}'],
	neverContacted: ['没有联系过', 'never in contact'],
	silentDays: ['已 {n} 天没有联系', 'silent for {n} day{n||s}'],
	revokedOn: ['{time} 停用', 'closed {time}'],
	unnamedTablet: ['平板', 'Tablet'],

	receivedAt: ['{time} 收到', 'received {time}'],

	staff: ['人员', 'People'],
	makeCode: ['生成登记码', 'Make an enrolment code'],
	codeFor: ['{name} 的登记码', 'Enrolment code for {name}'],
	codeHow: [
		'在平板上打开 {address}，扫描二维码，或输入这个码。{time} 之前有效，只能用一次。离开本页后不再显示。',
		'On the tablet open {address}, then scan the code or type it. Valid until {time}, once only. It is not shown again after you leave this page.'
	],
	codeQr: ['登记码的二维码', 'QR code of the enrolment code'],
	codesToday: ['今天的登记码', 'Today’s enrolment codes'],
	codeOpen: ['可用，至 {time}', 'open until {time}'],
	codeUsed: ['已用', 'used'],
	codeExpired: ['已过期', 'expired'],
	codeWithdrawn: ['已作废', 'withdrawn'],
	person_unknown: [
		'没有这个人，或账号已停用。请刷新页面。',
		'There is no such person, or the account is closed. Reload the page.'
	],
	person_has_no_tablet: ['这个角色不使用平板。', 'This role does not use a tablet.'],
	peopleWith: ['使用人：{names}', 'used by {names}'],

	childTitle: ['儿童档案', 'Child file'],
	back: ['返回总览', 'Back to the overview'],
	keyFacts: ['主要情况', 'Key facts'],
	allFacts: ['全部登记内容', 'Everything recorded'],
	disputed: ['说法不一：{values}', 'Contradicts itself: {values}'],
	or: [' / ', ' / '],
	hold: ['十二个月', 'The twelve months'],
	holdStart: ['起算日', 'Start'],
	holdPassed: ['已过', 'Passed'],
	holdLeft: ['还剩', 'Left'],
	holdLast: ['期满日', 'Last day'],
	claimedSince: ['{date} 起有人认领，停办', 'claimed since {date}, on hold'],
	days: ['{n} 天', '{n} day{n||s}'],
	asOf: ['按登记处日期 {date} 计算（北京时间）。', 'As of the registry’s date {date} (China time).'],
	conditions: ['要具备的条件', 'What must be met'],
	blockers: ['现在还缺', 'What stands in the way'],
	met: ['已具备', 'Met'],
	waiting: ['等待中', 'Waiting'],
	missing: ['还缺', 'Missing'],
	notPlacement: [
		'满十二个月不等于可以送养。证明由公安机关出具，送养还要审核。',
		'The end of the twelve months does not make a child adoptable: the police issue the certificate, and a review follows.'
	],
	toNotice: ['寻亲公告', 'Family-search notice'],
	editNotice: ['写公告', 'Write the notice'],
	seeNotice: ['查看公告', 'See the notice'],

	noticeTitle: ['寻亲公告', 'Family-search notice'],
	noticeBack: ['返回档案', 'Back to the file'],
	statusNone: ['还没有公告。', 'There is no notice yet.'],
	statusDraft: [
		'草稿由 {name} 写于 {time}，等另一个人核准。',
		'Drafted by {name} at {time}; waits for another person’s approval.'
	],
	statusPublished: ['已公开，编号 {number}，{date} 发布。', 'Public as {number} since {date}.'],
	statusTakenDown: ['{date} 已撤下：{reason}。', 'Taken down {date}: {reason}.'],
	statusNewDraft: ['公众现在看到的仍是上次核准的内容。', 'The public still sees what was approved last.'],
	seePublic: ['看公开的页面', 'See the public page'],
	wordsHeading: ['公开的文字', 'Words shown'],
	wordsHint: [
		'留空就不公开。只写你愿意让任何人看到的话；健康、DNA、经办人、准确日期不要写。',
		'What is left empty is not shown. Write only what anyone may read: no health, DNA, officials or exact dates.'
	],
	fromFile: ['档案里：{value}', 'In the file: {value}'],
	fileUnknown: ['档案里：不知道', 'In the file: not known'],
	fileEmpty: ['档案里没有写', 'Not recorded in the file'],
	sexForSearch: ['性别（用于查找）', 'Sex (for the search)'],
	ageForSearch: ['解救时年龄，按月（用于查找）', 'Age when rescued in months (for the search)'],
	ageLeast: ['最小', 'At least'],
	ageMost: ['最大', 'At most'],
	regionForSearch: ['被拐地区六位代码（用于查找）', 'Region taken from, six digits (for the search)'],
	regionHint: [
		'例如 513400；只知道省就写 510000，不知道就留空。',
		'For example 513400; 510000 if only the province is known; empty if not known.'
	],
	photosHeading: ['照片', 'Photos'],
	photosHint: [
		'选中的会缩小、打上编号后公开。第一张是封面。',
		'The chosen ones are made small, marked with the number and shown. The first is the portrait.'
	],
	noPhotos: ['档案里还没有照片。', 'The file holds no photo yet.'],
	photoPlace: ['第 {n} 张', 'Photo {n}'],
	contactHeading: ['联系方式', 'Contact'],
	contactName: ['联系人', 'Contact person'],
	contactPhone: ['电话', 'Telephone'],
	internalNote: ['内部备注（不公开）', 'Internal note (not public)'],
	preview: ['预览', 'Preview'],
	saveDraft: ['保存草稿，交另一人核准', 'Save the draft for another person’s approval'],
	draftSaved: [
		'草稿已保存。请另一位有权限的人核准。',
		'The draft is saved. Another authorised person must approve it.'
	],
	previewHeading: ['公众会看到什么', 'What the public will see'],
	shown: ['公开', 'Shown'],
	withheld: ['不公开', 'Withheld'],
	withheldCount: ['不公开、可用来核实家人的事：{n} 件', 'Kept back to verify families by: {n}'],
	withheldList: ['{facts}', '{facts}'],
	faultsHeading: ['还不能发布：', 'It cannot be published yet:'],
	noFaults: ['可以核准。', 'It can be approved.'],
	approve: ['核准并公开', 'Approve and publish'],
	approveWhat: [
		'你核准的正是上面这些内容，一分钟之内公开。',
		'You approve exactly what is shown above; it is public within a minute.'
	],
	approved: ['已核准，已公开。', 'Approved and published.'],
	ownDraft: ['草稿是你写的，要由另一个人核准。', 'You wrote this draft; another person must approve it.'],
	takeDown: ['撤下公告', 'Take the notice down'],
	takeDownWhat: [
		'页面、照片和查找结果在一分钟之内消失。编号留给这个孩子，以后还可以再发布。',
		'Page, photos and search results vanish within a minute. The number stays the child’s; it can be published again.'
	],
	reason: ['原因', 'Reason'],
	reasonEmpty: ['请选择撤下的原因。', 'Choose why it is taken down.'],
	takenDown: ['已撤下。', 'The notice is taken down.'],
	noteOptional: ['说明（可不填，不公开）', 'Note (optional, not public)'],

	not_yours_to_decide: ['你的角色不能决定公告。', 'Your role does not decide about notices.'],
	child_unknown: ['没有这个孩子，或不在你的机构。', 'There is no such child in your house.'],
	file_changed: [
		'你打开之后，档案有了新内容。什么都没有写入；你填的都还在下面。请看过新内容再提交。',
		'The file has changed since you opened it. Nothing was written; what you typed is still below. Look at what is new, then send again.'
	],
	draft_gone: [
		'这份草稿已经被新的草稿代替，或者已经处理过。请看最新的一份。',
		'This draft was replaced or decided already. Look at the newest one.'
	],
	author_cannot_approve: ['不能核准自己写的草稿。', 'You cannot approve your own draft.'],
	not_published: ['公告没有公开，不用撤下。', 'The notice is not public; there is nothing to take down.'],
	child_has_left: [
		'孩子已经离开登记，寻亲公告不能再公开。',
		'The child has left the register; a notice can be public no more.'
	],
	came_of_age: [
		'按登记的出生日期，孩子已经成年，寻亲公告不能再公开。',
		'By the recorded birth date the child has come of age; a notice can be public no more.'
	],
	photos_missing: [
		'有照片还没有从平板传到登记处，传到之后才能公开。',
		'A photo has not arrived from the tablet yet; it can be published once it has.'
	],
	fieldTooLong: ['“{field}”最多 2000 字。', '“{field}” takes at most 2,000 characters.'],
	phoneNeeded: [
		'请填写公众可以打的电话，至少 3 位。',
		'Enter a telephone number the public can ring, at least 3 digits.'
	],
	ageWrong: [
		'年龄按月填写整数，0 到 300，最小不大于最大；不知道就两格都留空。',
		'Write whole months from 0 to 300, the least first; leave both empty if not known.'
	],
	regionWrong: ['地区代码是六位数字。', 'The region code has six digits.'],
	tooManyPhotos: ['最多选 8 张照片。', 'Choose at most 8 photos.'],

	logTitle: ['操作记录', 'Log'],
	logWhat: [
		'谁在什么时候做了什么、看了哪份档案。不能修改，不能删除。',
		'Who did what when, and who opened which file. It cannot be changed or deleted.'
	],
	logWhen: ['时间', 'When'],
	logWho: ['谁', 'Who'],
	logAction: ['做了什么', 'What'],
	logChild: ['档案', 'File'],
	logOlder: ['更早', 'Older'],
	logNobody: ['（未登录）', '(not signed in)']
});

export const noticeStates = area({
	none: ['没有公告', 'No notice'],
	draft: ['有草稿', 'Draft'],
	published: ['已公开', 'Public'],
	taken_down: ['已撤下', 'Taken down']
}) satisfies Record<ChildRow['notice'], Message>;

/** By the protocol's reasons; the page that shows them does not compile when one is missing. */
export const quarantineReasons = area({
	unreadable: ['内容读不懂', 'It cannot be read'],
	too_large: ['内容太大', 'It is too large'],
	too_deep: ['内容层次太深', 'It is nested too deeply'],
	signature_wrong: ['签名不对', 'The signature is wrong'],
	staff_unknown: ['签名的人不在人员名单上，或已停用', 'Whoever signed is not on the roster, or no longer'],
	device_mismatch: ['不是这台平板写的', 'Another tablet wrote it'],
	sequence_taken: ['顺序号重复，平板可能被复制过', 'Its sequence number is taken: the tablet may have been copied'],
	chain_broken: [
		'和这台平板的前一条或后一条记录接不上',
		'It does not join the entry before or after it of the same tablet'
	],
	child_elsewhere: ['孩子在别的机构', 'The child is with another house'],
	not_yours_to_merge: ['写的人不能合并档案或撤销合并', 'Its author may not merge files, or undo that'],
	decision_not_here: ['这个决定要在工作台上做', 'This decision is made at the desk'],
	device_revoked: ['这台平板已停用', 'The tablet was closed before it sent this']
});

export const auditNames: Readonly<Record<string, Message>> = {
	'desk.signed_in': ['登录', 'Signed in'],
	'desk.sign_in_refused': ['登录被拒', 'Sign-in refused'],
	'desk.signed_out': ['退出', 'Signed out'],
	'child.merged': ['合并两份档案', 'Merged two files'],
	'child.parted': ['撤销档案合并', 'Undid a merge of files'],
	'child.viewed': ['查看档案', 'Opened a file'],
	'child.printed': ['打印档案', 'Printed a file'],
	'notice.previewed': ['预览公告', 'Previewed a notice'],
	'notice.drafted': ['写公告草稿', 'Drafted a notice'],
	'notice.approved': ['核准公告', 'Approved a notice'],
	'notice.taken_down': ['撤下公告', 'Took a notice down'],
	'date.confirmed': ['复核移送日期', 'Confirmed the date of a hand-over'],
	'flag.raised': ['停办', 'Halted a placement'],
	'flag.cleared': ['解除停办', 'Let a placement go on'],
	'review.signed': ['签署资格审核', 'Signed an eligibility review'],
	'review.returned': ['退回资格审核', 'Sent a review back'],
	'review.exported': ['导出审核列表', 'Exported the review board'],
	'guardianship.changed': ['变更监护', 'Changed guardianship'],
	'adoption.recorded': ['记录收养办理', 'Recorded a step of an adoption'],
	'exit.proposed': ['提出离开登记', 'Proposed a leaving'],
	'exit.confirmed': ['确认离开登记', 'Confirmed a leaving'],
	'exit.withdrawn': ['撤回离开登记', 'Took a proposed leaving back'],
	'document.recorded': ['登记文件', 'Filed a paper'],
	'document.withdrawn': ['撤销文件', 'Withdrew a paper'],
	'claim.viewed': ['查看认领', 'Opened a claim'],
	'claim.paper_viewed': ['查看家属的材料照片', 'Opened a family’s paper'],
	'claim.received': ['收到认领', 'Received a claim'],
	'claim.linked': ['把认领对应到儿童', 'Linked a claim to a child'],
	'claim.unlinked': ['取消认领与儿童的对应', 'Unlinked a claim'],
	'claim.amended': ['家属补充了认领', 'A family added to its claim'],
	'claim.screened': ['初核认领', 'Screened a claim'],
	'claim.asked': ['向家属提问', 'Asked a family'],
	'claim.evidence_noted': ['记录认领线索', 'Noted evidence'],
	'claim.sample_recorded': ['记录采样', 'Recorded a sample'],
	'claim.block_lapsed': ['逾期未采样，停办解除', 'A block lapsed without a sample'],
	'claim.appealed': ['对解除停办提出异议', 'Appealed against a lapse'],
	'claim.block_restored': ['恢复停办', 'Restored a block'],
	'claim.kinship_reported': ['登记亲缘鉴定结果', 'Entered a kinship result'],
	'claim.police_found': ['登记公安认定', 'Entered a police finding'],
	'claim.fitness_assessed': ['登记监护能力评估', 'Entered a fitness assessment'],
	'claim.parents_asked': ['记录生父母是否要求领回', 'Recorded whether the parents ask'],
	'claim.decision_proposed': ['提出认领处理意见', 'Proposed a decision on a claim'],
	'claim.decision_signed': ['签署认领决定', 'Signed a decision on a claim'],
	'claim.decision_returned': ['退回认领处理意见', 'Returned a proposed decision'],
	'claim.withdrawn': ['撤回认领', 'Withdrew a claim'],
	'claim.erased': ['删除家属的陈述和材料', 'Erased a family’s words and papers'],
	'candidate.rejected': ['判定“不像一家”', 'Judged a pair “not this family”'],
	'candidate.accepted': ['判定“值得核实”', 'Judged a pair “worth checking”'],
	'notice.withheld': ['公告自动停止公开', 'A notice stopped being public by itself'],
	'tablet.code_made': ['生成登记码', 'Made an enrolment code'],
	'tablet.code_withdrawn': ['作废登记码', 'Withdrew an enrolment code'],
	'tablet.enrolled': ['登记平板', 'Enrolled a tablet'],
	'tablet.revoked': ['停用平板', 'Closed a tablet'],
	'tablet.wiped': ['平板已自行清除', 'A tablet erased itself'],
	'tablet.outbox_imported': ['导入平板文件', 'A tablet’s file imported'],
	'tablet.equivocated': ['同一序号收到两条不同的记录', 'A tablet told two stories under one number'],
	'tablet.readable_exported': ['导出平板可读档案清单', 'Exported what a tablet could read'],
	'registry.epoch_begun': [
		'一台平板说登记处退回过，全部重新核对',
		'A tablet said the registry was put back: everything is compared again'
	],
	'registry.forgot': ['登记处缺少自己签过的内容', 'The registry lacks what it had signed'],
	'loose.received': ['收到无账号记录', 'Received a loose record'],
	'loose.viewed': ['查看无账号记录', 'Opened a loose record'],
	'loose.attributed': ['把无账号记录交给机构建档', 'Made a file of a loose record'],
	'loose.set_aside': ['搁置无账号记录', 'Set a loose record aside'],
	'person.added': ['添加人员', 'Added a person'],
	'person.removed': ['停用人员', 'Closed an account'],
	'rules.previewed': ['试算规则文件', 'Tried a rules file'],
	'rules.proposed': ['提出规则文件', 'Proposed a rules file'],
	'rules.activated': ['启用规则文件', 'Put a rules file in force'],
	'rules.withdrawn': ['停用规则文件', 'Took a rules file out of force'],
	'access.granted': ['授权查阅', 'Granted access'],
	'access.renewed': ['续授权', 'Renewed grants'],
	'access.revoked': ['收回授权', 'Revoked a grant'],
	'access.exported': ['导出查阅记录', 'Exported the readings'],
	'request.recorded': ['登记申请', 'Recorded a request'],
	'request.decided': ['答复申请', 'Answered a request']
};
