import type { InboxCode } from '#lib/domain/inbox/codes.ts';
import { area, type Message } from './message.ts';

/**
 * What is told, one sentence each. They also go out by mail and to groups: no name, no number, no word of a file may be
 * filled into them, so none has a placeholder.
 */
export const inboxSentences = area({
	claim_to_screen: ['有认领等待初核', 'A claim waits to be screened'],
	claim_blocks_child: ['有家属认领了孩子，已停办', 'A family claims a child: nothing towards a placement may go on'],
	claim_sample_due: ['认领人要在期限内采样', 'A claimant’s sample is due'],
	claim_block_lapsed: ['逾期没有采样，停办已解除', 'No sample came in time: a claim no longer blocks'],
	claim_decision_to_sign: ['认领的处理意见等第二个人签名', 'A decision about a claim waits for a second signature'],
	kinship_result: ['亲缘鉴定有了结果', 'A kinship result has come'],
	police_finding_needed: ['需要公安查明孩子是怎样离开家人的', 'The police are to find how a child left the family'],
	fitness_needed: ['需要评估父母能否照顾孩子', 'Whether the parents can care for the child is to be assessed'],
	review_to_sign: ['有审核等你签名', 'A review waits for your signature'],
	review_returned: ['审核退回，需要补充', 'A review was sent back for more'],
	review_evidence_changed: ['签名以后，审核依据有了变化', 'The evidence of a review changed after it was signed'],
	exit_to_confirm: ['孩子离开登记，等第二个人确认', 'A child’s leaving waits for a second person'],
	certificate_possible: [
		'十二个月已满，可以向公安申请“查找不到”证明',
		'The twelve months are over: the police can be asked for the not-found certificate'
	],
	hold_ends_soon: ['十二个月寻亲期快期满了', 'The twelve months of a search end soon'],
	provisional_dates_changed: [
		'放假安排公布后，暂定的日期变了',
		'Provisional dates changed with the new table of holidays'
	],
	candidate_found: ['有一对可能的家人，等人查看', 'A possible family waits to be looked at'],
	access_granted: ['给你开了查看完整档案的权限', 'You were given access to a full file'],
	loose_record_came: [
		'收到一份没有账号的儿童记录，等人核实',
		'A child was recorded without an account: call back and give it to a house'
	],
	tablet_equivocated: [
		'一台平板用同一个序号交了两条不同的记录，可能被复制过',
		'A tablet sent two different entries under one number: it may have been copied'
	],
	tablet_ahead: [
		'一台平板说它读到的比登记处现有的多：所有平板会重新发送。请核对是否恢复过备份；没有的话，关闭这台平板',
		'A tablet says it has read more than the registry holds, so all tablets send again. Was a backup restored? If not, close this tablet'
	],
	registry_forgot: [
		'平板手里有登记处签过、现在却没有的内容，请核对备份',
		'A tablet holds what the registry had signed and lacks now: compare with the backups'
	],
	notice_withheld: [
		'孩子已成年或已离开，寻亲公告已停止公开',
		'A child came of age or left: the notice is no longer public'
	],
	notice_twice: [
		'档案合并后同一个孩子有两份公告，请撤下这一份',
		'After a merge one child has two notices: take this one down'
	],
	date_to_confirm: ['起算日等第二个人复核', 'The date the twelve months count from waits for a second person'],
	consent_needed: ['需要听孩子自己的意见', 'The child’s own view is to be heard'],
	document_due: ['有一份文件该到了', 'A document is due']
}) satisfies Record<InboxCode, Message>;

/** The inbox at the desk. */
export const inbox = area({
	title: ['待办', 'Inbox'],
	unread: ['{n} 件未读', '{n} unread'],
	what: [
		'这里只列和你有关的事。事情办完后会自动消失；只是想让自己的列表干净一些，也可以点“不再提醒我”，不影响别人。',
		'What concerns you. A thing vanishes by itself once it is done; “Do not show me again” clears it from your own list only.'
	],
	empty: ['现在没有待办。', 'There is nothing to do.'],
	emptyFilter: ['这一类现在没有。', 'There is nothing of this kind.'],
	count: ['共 {n} 件', '{n} in all'],
	firstShown: ['只列出前 {n} 件。', 'Only the first {n} are listed.'],
	filter: ['筛选', 'Filter'],
	kind: ['类别', 'Kind'],
	every: ['全部', 'All'],
	kindCount: ['{what}（{n}）', '{what} ({n})'],
	apply: ['查', 'Apply'],
	due: ['{date} 前办', 'by {date}'],
	overdue: ['{date} 已过期', 'was due {date}'],
	dueToday: ['今天到期', 'due today'],
	came: ['{time} 收到', 'came {time}'],
	isNew: ['未读', 'Unread'],
	caseNumber: ['档案编号 {number}', 'File {number}'],
	open: ['打开', 'Open'],
	openWhat: ['打开：{what}', 'Open: {what}'],
	read: ['标为已读', 'Mark as read'],
	readWhat: ['标为已读：{what}', 'Mark as read: {what}'],
	done: ['不再提醒我', 'Do not show me again'],
	doneWhat: ['不再提醒我：{what}', 'Do not show me again: {what}'],
	gone: [
		'这一件已经办完，或者不是给你的。列表已刷新。',
		'This was done already, or is not for you. The list is up to date.'
	],
	settings: ['邮件提醒', 'Mail'],

	settingsTitle: ['邮件提醒', 'Mail'],
	settingsBack: ['返回待办', 'Back to the inbox'],
	settingsWhat: [
		'每天早上八点，把待办的件数寄到你的邮箱。信里没有孩子的姓名、编号，也没有档案内容，只有类别、件数和登录的链接。',
		'Every morning at eight, the number of things to do is sent to you. The mail holds no name, no number and nothing of a file: only kinds, counts and a link to sign in.'
	],
	notConfigured: [
		'登记处还没有设置发信服务器，现在不会寄出任何邮件。可以先填好邮箱。',
		'This registry has no mail server set up yet, so nothing is sent. You can enter your address already.'
	],
	email: ['邮箱', 'Mail address'],
	emailHint: ['留空就不寄。', 'Leave it empty to get none.'],
	digest: ['每天早上寄一封摘要', 'Send a summary every morning'],
	save: ['保存', 'Save'],
	saved: ['已保存。', 'Saved.'],
	emailWrong: [
		'“邮箱”的写法不对，请写成 name@example.org 的样子。',
		'“Mail address” cannot be one: write it like name@example.org.'
	],
	lastDelivered: ['上一封在 {time} 寄到。', 'The last one arrived at {time}.'],
	lastFailed: ['{date} 的信没有寄到：{why}。', 'The mail of {date} did not arrive: {why}.'],

	jobs: ['后台任务', 'Background work'],
	jobsWhat: [
		'登记处自己按时做的事。失败的会保留三十天；系统管理员用 lampkeep jobs 命令可以查看和重做。',
		'What the registry does by the clock. What failed is kept for thirty days; an operator sees it, and sends it again, with the command lampkeep jobs.'
	],
	jobsFine: ['没有失败的任务。', 'Nothing has failed.'],
	jobsFailed: ['{n} 件失败', '{n} failed'],
	jobsWaiting: ['{n} 件在等', '{n} waiting'],
	jobsLast: ['最近一次失败：{time}。', 'The last failure was at {time}.'],
	mailsFailed: ['有 {n} 封摘要没有寄到。', '{n} {n|summary|summaries} did not arrive.']
});

/** Why a message did not arrive. */
export const deliveryFaults = area({
	unreachable: ['连不上对方的服务器', 'the server could not be reached'],
	timed_out: ['对方的服务器没有在规定时间内回答', 'the server did not answer in time'],
	not_secure: ['无法建立加密连接', 'no encrypted connection could be made'],
	sign_in_refused: ['服务器不接受登记处的账号', 'the server does not accept the registry’s account'],
	address_refused: ['服务器不接受这个邮箱', 'the server does not accept this address'],
	redirected: ['对方要转到别的地址，登记处不跟随', 'the address leads elsewhere, and is not followed'],
	refused: ['服务器拒收', 'the server refused it'],
	not_configured: ['登记处没有设置这种寄送方式', 'the registry is not set up for it'],
	unwanted: ['邮箱已删除，或已关闭摘要', 'the address was removed, or the summary switched off']
});

/** The day's summary as it goes out. */
export const digest = area({
	subject: ['留灯：{n} 件待办', 'Lampkeep: {n} to do'],
	greeting: ['你好。现在有 {n} 件事等着你：', 'Good morning. {n} {n|thing waits|things wait} for you:'],
	toGroup: ['登记处现在共有 {n} 件待办：', 'The registry has {n} {n|thing|things} to do:'],
	line: ['· {what}：{n} 件', '· {what}: {n}'],
	link: ['请登录工作台查看：{link}', 'Sign in at the desk to see them: {link}'],
	nothingElse: [
		'为了保护孩子，信里不写姓名、编号和档案内容。',
		'To protect the children, no name, number or part of a file is written here.'
	],
	stop: ['不想再收到，请在“待办 · 邮件提醒”里关闭。', 'To stop these mails, see Mail in the inbox.']
});

/** What the registry does by itself, by the name of the job. */
export const jobNames: Readonly<Record<string, Message>> = {
	'claims.link': ['把认领和孩子对上', 'Link claims to children'],
	'claims.due': ['检查认领的期限', 'See which claims are due'],
	'cases.due': ['提醒到期和待办的事', 'Tell what is due for a child'],
	'candidates.compare': ['比对可能的家人', 'Compare possible families'],
	'publication.sweep': ['停止公开已成年孩子的公告', 'End the notices of children who came of age'],
	'policies.recompute': ['重新计算日期', 'Recompute dates'],
	'inbox.digest': ['准备每日摘要', 'Prepare the daily summaries'],
	'inbox.deliver': ['寄送摘要', 'Deliver summaries'],
	'statements.grants': ['签署各机构的儿童名单', 'Sign which children each house has had'],
	'access.expire': ['收回到期的查看授权', 'End grants of access that expired']
};
