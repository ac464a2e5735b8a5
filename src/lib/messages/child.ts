import type { EntryType } from '#lib/domain/case-file/entry.ts';
import { area, type Message } from './message.ts';

/** The page of one child. */
export const child = area({
	title: ['儿童档案', 'Child'],
	sections: ['档案分区', 'Parts of the file'],
	overview: ['概览', 'Overview'],
	photos: ['照片', 'Photos'],
	care: ['照料', 'Care'],
	samples: ['样本', 'Samples'],
	documents: ['文件', 'Papers'],
	handovers: ['移交', 'Hand-overs'],
	history: ['记录', 'History'],
	missing: ['这台平板上没有这个孩子的档案', 'This child’s file is not on this tablet'],
	missingWhat: [
		'可能属于另一家机构，或者还没有同步下来。',
		'It may belong to another house, or sync has not fetched it yet.'
	],
	toChildren: ['回到儿童列表', 'Back to the children'],
	add: ['记一笔', 'Add'],
	addWhat: ['要记什么？', 'What do you want to add?'],
	frontPhoto: ['正面照', 'Front photo'],
	received: ['{date} 接收', 'Received {date}'],
	unsubmitted: ['登记还没有提交', 'The registration was not submitted'],
	continueIntake: ['接着登记', 'Go on registering'],
	newerProgram: [
		'档案里有 {n} 条记录是更新的程序写的，这里看不全。请更新程序；期满与否以登记处为准。',
		'A newer program wrote {n} entr{n|y|ies} of this file, not all of it shows here. Update the program; the registry decides what has elapsed.'
	],

	holdTitle: ['十二个月寻亲期', 'The twelve-month hold'],
	asOfTablet: [
		'按这台平板的日期 {date} 计算；以登记处的日期为准。',
		'Reckoned for this tablet’s date, {date}; the registry’s date decides.'
	],
	start: ['起算', 'Start'],
	passed: ['已过', 'Passed'],
	left: ['还剩', 'Left'],
	lastDay: ['期满', 'Last day'],
	raw: ['未顺延的日子', 'Before rolling'],
	days: ['{n} 天', '{n} day{n||s}'],
	provisional: ['暂定', 'provisional'],
	provisionalWhat: [
		'期满那一年的节假日还没有公布，日子可能改变。',
		'The holidays of that year are not published yet; the day may change.'
	],
	ringLeft: ['还剩', 'left'],
	ringDays: ['天', 'days'],
	ringOver: ['已满', 'over'],
	ringNone: ['未起算', 'not begun'],
	ringText: [
		'十二个月寻亲期：从 {start} 起，已过 {passed} 天，还剩 {left} 天，{last} 期满。',
		'Twelve-month hold: began {start}, {passed} days passed, {left} left, last day {last}.'
	],
	ringTextOver: [
		'十二个月寻亲期：从 {start} 起，{last} 已期满。',
		'Twelve-month hold: began {start}, its last day {last} has passed.'
	],
	ringTextProvisional: ['日子是暂定的。', 'The day is provisional.'],
	ringTextNone: ['十二个月寻亲期还没有起算。', 'The twelve-month hold has not begun.'],
	notPlacement: [
		'期满不等于可以送养。下面各项都满足，才能提交审核。',
		'The end of the hold is not a permission to place. All of the following must be met before the review.'
	],
	conditions: ['还要满足什么', 'What must be met'],
	blockers: ['阻断事项', 'What stands in the way'],
	blockersNone: ['没有别的阻断事项。', 'Nothing else stands in the way.'],
	contradictions: ['互相矛盾的', 'Contradictions'],
	clocks: ['其他期限', 'Other clocks'],
	clockTo: ['{start} 至 {last}', '{start} to {last}'],
	duties: ['待办', 'To do'],
	story: ['经过', 'What happened'],
	storyAll: ['全部记录', 'The whole history'],
	closed: ['{date}：{reason}', '{date}: {reason}'],
	closedWhat: [
		'寻亲期到此为止，没有待办了。档案封存，仍可查看。',
		'The hold ended with it, and nothing is due any more. The file is sealed and can still be read.'
	],
	met: ['已满足', 'met'],
	waiting: ['等待中', 'waiting'],
	missingCondition: ['还缺', 'missing'],

	record: ['登记内容', 'The intake record'],
	recordEmpty: ['还没有填', 'Not filled in yet'],
	correct: ['更正', 'Correct'],
	correctField: ['更正“{field}”', 'Correct {field}'],

	photosNone: ['还没有照片。', 'No photos yet.'],
	addPhoto: ['加照片', 'Add a photo'],
	photoNotHere: ['照片在登记处，这台平板上没有。', 'The photo is at the registry, not on this tablet.'],
	photoPublic: ['可放进公告', 'May be in the notice'],
	photoPrivate: ['不公开', 'Not public'],
	photoWaiting: ['待发送', 'Waiting'],
	samplesNone: ['还没有样本记录。', 'No sample recorded yet.'],
	addSample: ['记样本', 'Record a sample step'],
	documentsNone: ['还没有文件。', 'No papers yet.'],
	addDocument: ['加文件', 'Add a paper'],
	handoversNone: [
		'没有和别的机构移交过。公安送交时的接收情况在登记里。',
		'No hand-over with another house. The first one, by the police, is part of the intake.'
	],
	addHandoverSent: ['记移交出去', 'Record: handed over'],
	addHandoverReceived: ['记接收', 'Record: received'],
	marks: ['胎记疤痕', 'Marks'],
	belongings: ['随身物品', 'Belongings'],
	withdraw: ['撤销这一条', 'Withdraw this'],
	withdrawReason: ['为什么撤销？', 'Why withdraw it?'],
	withdrawHint: ['这一条会从列表里去掉，但留在“记录”里。', 'It leaves the list and stays in the history.'],
	withdrawNeeded: ['请写撤销的原因。', 'Write why it is withdrawn.'],
	edit: ['更正', 'Correct'],

	historyWhat: [
		'谁在什么时候说了什么。写下的不会消失，更正是另一条记录。',
		'Who said what, and when. Nothing written disappears; a correction is another entry.'
	],
	historyBy: ['{name} · {day} {time}', '{name} · {day} {time}'],
	historyOther: ['另一家机构的人', 'Someone of another house'],
	historyAbout: ['事情发生在 {date}', 'About {date}'],
	historyReplaced: ['已被更正', 'Corrected later'],
	historyUnknown: ['更新的程序写的记录（{type}）', 'An entry of a newer program ({type})'],
	waitingHere: ['已存本机，待发', 'Saved on this tablet, waiting'],
	onRegistry: ['登记处已收到 {day} {time} · 回执 {receipt}', 'On the registry {day} {time} · receipt {receipt}'],
	quarantined: ['登记处没有接收：{reason}', 'The registry set it aside: {reason}'],

	photoTitle: ['加照片', 'Add a photo'],
	markTitle: ['记一处胎记或疤痕', 'Record a mark'],
	belongingTitle: ['记一件随身物品', 'Record a belonging'],
	sampleTitle: ['记样本', 'Record a sample step'],
	saved: ['已存本机', 'Saved on this tablet']
});

/** What each entry did, as a line of the history. */
export const entryWords = area({
	'intake.recorded': ['登记：{fields}', 'Recorded: {fields}'],
	'intake.submitted': ['提交登记', 'Submitted the registration'],
	'photo.added': ['拍照片：{view}', 'Took a photo: {view}'],
	'mark.recorded': ['记胎记疤痕：{words}', 'Recorded a mark: {words}'],
	'belonging.recorded': ['记随身物品：{words}', 'Recorded a belonging: {words}'],
	'care.recorded': ['{kind}：{words}', '{kind}: {words}'],
	'document.recorded': ['收到文件：{words}', 'Filed a paper: {words}'],
	'sample.recorded': ['样本：{words}', 'Sample: {words}'],
	'handover.sent': ['移交给{house}', 'Handed over to {house}'],
	'handover.received': ['从{house}接收', 'Received from {house}'],
	'item.withdrawn': ['撤销一条：{words}', 'Withdrew an item: {words}'],
	'remark.recorded': ['{field}：{words}', '{field}: {words}'],
	'child.merged': ['与另一份档案合并：{words}', 'Merged with another file: {words}'],
	'child.parted': ['撤销合并：{words}', 'The merge was undone: {words}'],
	'child.told_apart': ['核对过：与另一份档案不是同一个孩子', 'Compared: another file is another child’s'],
	'notice.drafted': ['起草寻亲公告', 'Drafted the search notice'],
	'notice.approved': ['发布寻亲公告 {words}', 'Published the search notice {words}'],
	'notice.taken_down': ['撤下寻亲公告', 'Took down the search notice'],
	'consent.recorded': ['本人意见（{matter}）：{words}', 'The child’s own wish ({matter}): {words}'],
	'claim.opened': ['有人认领，停办', 'A family claims the child: halted'],
	'claim.closed': ['认领了结：{words}', 'Claim closed: {words}'],
	'flag.raised': ['停办：{words}', 'Halted: {words}'],
	'flag.cleared': ['解除停办：{words}', 'No longer halted: {words}'],
	'date.confirmed': ['第二人复核了移送日期', 'A second person confirmed the date of the hand-over'],
	'review.opened': ['开始送养资格审核', 'Eligibility review began'],
	'review.signed': ['审核签名：{words}', 'Review signed: {words}'],
	'review.returned': ['审核退回补充：{words}', 'Review sent back: {words}'],
	'guardianship.changed': ['转为长期监护：{words}', 'Long-term guardianship: {words}'],
	'adoption.recorded': ['收养办理：{words}', 'Adoption: {words}'],
	'exit.proposed': ['提出离开登记：{words}', 'Leaving proposed: {words}'],
	'exit.confirmed': ['确认离开登记', 'Leaving confirmed'],
	'exit.withdrawn': ['撤回离开登记：{words}', 'Leaving withdrawn: {words}']
}) satisfies Record<EntryType, Message>;

export const handoverForm = area({
	sentTitle: ['记移交出去', 'Record: handed over'],
	receivedTitle: ['记接收', 'Record: received'],
	date: ['移交日期', 'Date of the hand-over'],
	to: ['交给哪家机构', 'Handed to'],
	from: ['从哪家机构来', 'Came from'],
	time: ['时间', 'Time'],
	officer: ['经手人', 'Person in charge'],
	reason: ['原因', 'Reason'],
	condition: ['孩子当时的情况', 'How the child was'],
	houseNeeded: ['请选择机构。', 'Choose the house.']
});
