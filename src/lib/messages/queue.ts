import { area } from './message.ts';

/** The queue: each thing that waits, what may be done with it, and what to do when there is no network for long. */
export const queue = area({
	show: ['显示', 'Show'],
	showAll: ['全部 {n}', 'All {n}'],
	showAttention: ['要你处理 {n}', 'Need you {n}'],
	showWaiting: ['待发 {n}', 'Waiting {n}'],
	showRegistered: ['已送达 {n}', 'Delivered {n}'],
	showPutAway: ['已收起 {n}', 'Put away {n}'],
	none: ['这里没有内容。', 'Nothing here.'],
	pageOf: ['第 {from}–{to} 项，共 {n} 项', '{from} to {to} of {n}'],
	earlier: ['前一页', 'Previous page'],
	later: ['后一页', 'Next page'],

	more: ['详情和操作：{what}', 'Details and actions: {what}'],
	what: ['内容', 'What'],
	when: ['记录时间', 'Recorded'],
	size: ['大小', 'Size'],
	state: ['状态', 'State'],
	problem: ['为什么还没有送达', 'Why it is not delivered'],
	receipt: ['回执', 'Receipt'],
	noReceipt: [
		'在登记处的档案里看到了，回执在路上丢了',
		'Seen in the registry’s files; the receipt was lost on the way'
	],
	damaged: [
		'这条记录所在的数据损坏了，打不开；其余的照常发送。请告诉主管。',
		'The data that holds this record is damaged and does not open; everything else is sent. Tell your supervisor.'
	],
	replaced: ['已有更新的记录', 'Something newer stands'],
	putAwayChip: ['已收起', 'Put away'],

	edit: ['改', 'Correct'],
	editField: ['改：{field}', 'Correct: {field}'],
	editWhere: ['去改', 'Go and correct it'],
	retry: ['现在再试', 'Try now'],
	sendAgain: ['请登记处再看一次', 'Ask the registry again'],
	takeBack: ['撤回', 'Take back'],
	takeBackWhat: [
		'撤回以后，档案回到原来的样子；这条记录和撤回都留在历史里。',
		'The file then says again what it said before; this record and the taking back both stay in the history.'
	],
	takingBack: ['{n} 秒后撤回', 'Taken back in {n} s'],
	takingBackWhat: [
		'离开这一页、锁屏或关机，都不会撤回。',
		'Leaving this page, locking or switching off means it is not taken back.'
	],
	undo: ['不撤回', 'Do not take it back'],
	takenBackReason: ['发送前撤回', 'Taken back before it was sent'],
	superseded: ['已经有更新的记录，不用撤回。', 'Something newer already stands; there is nothing to take back.'],
	notTakeable: [
		'这一种不能撤回。要改，请打开档案，更正那一条。',
		'This kind cannot be taken back. Open the file and correct the answer instead.'
	],
	entryMissing: [
		'这台平板读不到这条记录，所以没有撤回。',
		'This tablet cannot read the record, so it was not taken back.'
	],
	putAway: ['收起', 'Put away'],
	putAwayWhat: [
		'收起以后不再提醒；记录还在，随时可以放回来。',
		'No longer asks for you; the record stays, and can be brought back at any time.'
	],
	bringBack: ['放回来', 'Bring back'],
	photoWaitsForWifi: ['等 Wi-Fi', 'Waits for Wi-Fi'],
	photosWait: [
		'{n} 张照片等连上 Wi-Fi 再发。急用的话，在“这台平板”里取消“只在 Wi-Fi 下发照片”。',
		'{n} photo{n||s} wait{n|s|} for Wi-Fi. If it is urgent, untick “Send photos over Wi-Fi only” under “This tablet”.'
	],
	heldByYou: ['按你的要求先不发', 'Held by you'],

	costs: ['全部发完约用流量 {size}', 'Sending all this takes about {size}'],
	costsSplit: ['（文字 {text}，照片 {photos}）', '(text {text}, photos {photos})']
});

/** Why one thing is left aside for a while. The next try is told beside it. */
export const heldProblems = area({
	stumbled: [
		'登记处处理这一条时出了问题，其余的照常发送。{time} 再试。',
		'The registry had a fault over this one; everything else is sent. Tried again at {time}.'
	],
	no_receipt: [
		'登记处没有给这一条回执。{time} 再试。',
		'The registry gave no receipt for this one. Tried again at {time}.'
	],
	too_large: [
		'这一条太大，登记处没有接收。{time} 再试；一直不行，请重拍一张小一点的。',
		'Too large for the registry. Tried again at {time}; if it keeps failing, take a smaller photo.'
	],
	unread: [
		'照片已经到了登记处，正在检查。{time} 再问。',
		'The photo has arrived and the registry is checking it. Asked again at {time}.'
	],
	photo_missing: [
		'平板上找不到这张照片的原图。如果当时存满了，请重拍。',
		'The photo’s original is not on this tablet. If it was full then, take the photo again.'
	]
});
