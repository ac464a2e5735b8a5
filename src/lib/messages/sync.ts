import { area } from './message.ts';

/** The sync page. "On the registry" is said only where the registry's receipt is in hand. */
export const sync = area({
	title: ['同步', 'Sync'],
	pause: ['先不发送', 'Hold sending'],
	resume: ['继续发送', 'Resume sending'],
	now: ['现在同步', 'Sync now'],
	sending: ['正在发送，已完成 {done} 项，共 {total} 项', 'Sending: {done} of {total} done'],
	receiving: ['正在接收，已完成 {done} 项，共 {total} 项', 'Receiving: {done} of {total} done'],
	bytes: ['{done} / {total}', '{done} of {total}'],
	order: [
		'文字先发，照片后发。中断了会接着发。',
		'Text goes first, photos after. What is cut off goes on where it stopped.'
	],
	idle: ['都送到了', 'Everything is delivered'],
	idleWaiting: ['{n} 项等待发送', '{n} waiting to be sent'],
	offline: ['离线，可以照常工作', 'Offline; keep working'],
	offlineWhat: [
		'{n} 项已存本机，有网络时自动发送。',
		'{n} saved on this tablet, sent by themselves once there is a network.'
	],
	paused: ['按你的要求，先不发送', 'Held by you'],
	pausedWhat: [
		'{n} 项都存在这台平板上，照常工作。按“继续发送”以后再发；重启平板也不会自己发。',
		'{n} saved on this tablet; keep working. Nothing is sent until you press “Resume sending”, also after a restart.'
	],
	hold: ['先不用网络', 'Stay offline'],
	holdWhat: [
		'什么都不发送、不接收，直到你再打开。记录照常保存在这台平板上；重启也不会变。',
		'Nothing is sent or received until you switch it back. Recording goes on and is saved on this tablet, also over a restart.'
	],
	progress: ['总进度', 'Progress'],
	items: ['每一项', 'Item by item'],
	itemsNone: ['这台平板还没有要发送的内容。', 'Nothing to send from this tablet yet.'],
	attention: ['要你处理的', 'These need you'],
	waitingItems: ['等待发送', 'Waiting'],
	deliveredItems: ['登记处已收到', 'On the registry'],
	stateWaiting: ['待发', 'Waiting'],
	stateDelivered: ['已送达', 'Delivered'],
	stateQuarantined: ['没有接收', 'Set aside'],
	received: ['登记处已收到 {day} {time} · 回执 {receipt}', 'On the registry {day} {time} · receipt {receipt}'],
	savedHere: ['{day} {time} 已存本机', 'Saved on this tablet {day} {time}'],
	unnamed: ['还没有名字', 'No name yet'],
	openChild: ['打开档案', 'Open the file'],
	tablet: ['这台平板', 'This tablet'],
	lastSync: ['上次全部同步', 'Last full sync'],
	gaveBack: [
		'{day} 发现登记处丢了一段记录；这台平板已经把自己的那一份补了回去。',
		'On {day} the registry turned out to have forgotten something; this tablet gave back its part.'
	],
	rosterOlder: [
		'从网络收到的人员名单比这台平板已有的旧，没有采用。请告诉登记处：可能有人在线路上重放旧名单，也可能登记处用备份恢复过。',
		'The list of people that came over the network is older than the one on this tablet, and was not taken. Please tell the registry: somebody on the line may be showing an old list again, or the registry was put back from a backup.'
	],
	rosterUnproved: [
		'从网络收到的人员名单没有登记处的有效签名，没有采用。这台平板照原来的名单工作。请告诉登记处。',
		'The list of people that came over the network does not bear the registry’s signature, and was not taken. This tablet goes by the list it has. Please tell the registry.'
	],
	never: ['还没有过', 'Never'],
	unsent: ['未发送', 'Not sent'],
	unsentWords: ['{n} 项，{size}', '{n} item{n||s}, {size}'],
	storage: ['存储', 'Storage'],
	storageFree: ['浏览器说还可用', 'The browser says is free'],
	protection: ['数据保护', 'Protection'],
	encrypted: ['已加密', 'Encrypted'],
	persisted: ['系统不会自动清理', 'The system will not clear it by itself'],
	notPersisted: ['空间紧张时系统可能清理，请尽快同步', 'The system may clear it when space is short; sync soon'],
	nearlyFull: [
		'平板快存满了。请尽快同步，或删掉平板上别的文件。未发送的内容不会被删除。',
		'The tablet is nearly full. Sync soon or delete other files on it. Nothing unsent is ever deleted.'
	],
	wifiOnly: ['只在 Wi-Fi 下发照片', 'Send photos over Wi-Fi only'],
	wifiOnlyWhat: ['文字不等 Wi-Fi，随时发送。', 'Text does not wait for Wi-Fi.'],
	change: ['换人使用', 'Change person'],
	changeWhat: [
		'锁定后别人看不到你的内容。未发送的内容会留下，不会删除。',
		'Once locked, others cannot see your work. Nothing unsent is deleted.'
	],
	changeButton: ['锁定并换人', 'Lock and change person'],
	clockBehind: [
		'这台平板的时间比登记处慢了{size}，请在系统设置里校准。法定日期由登记处计算，一天也不会变；记录的时间会照原样留下。',
		'The clock of this tablet is {size} behind the registry’s; set it in the system’s settings. No legal date moves: the registry reckons them.'
	],
	clockAhead: [
		'这台平板的时间比登记处快了{size}，请在系统设置里校准。法定日期由登记处计算，一天也不会变；记录的时间会照原样留下。',
		'The clock of this tablet is {size} ahead of the registry’s; set it in the system’s settings. No legal date moves: the registry reckons them.'
	],
	clockMinutes: ['{n} 分钟', '{n} minute{n||s}'],
	clockHours: ['{n} 小时', '{n} hour{n||s}'],
	clockDays: ['{n} 天', '{n} day{n||s}']
});

/** Why the registry set an entry aside: what happened, and the way out. */
export const syncReasons = area({
	unreadable: [
		'登记处读不懂这条记录。请打开档案，把这条内容重新写一遍。',
		'The registry could not read this entry. Open the file and write it again.'
	],
	too_large: [
		'这条记录太长。请打开档案，分成几条重新写。',
		'This entry is too long. Open the file and write it again in parts.'
	],
	too_deep: [
		'这条记录的格式不对。请打开档案重新写一遍。',
		'The form of this entry is wrong. Open the file and write it again.'
	],
	signature_wrong: [
		'签名对不上。请告诉主管，用登记码重新登记这台平板；内容都还在。',
		'The signature does not fit. Tell your supervisor; the tablet needs a new code. Nothing is lost.'
	],
	staff_unknown: [
		'登记处不认识写这条记录的人。请主管在工作台核对人员名单。',
		'The registry does not know the author. Ask your supervisor to check the list of staff.'
	],
	device_mismatch: [
		'这条记录不是这台平板写的。请告诉主管。',
		'This entry was not written on this tablet. Tell your supervisor.'
	],
	sequence_taken: [
		'序号和另一条记录重复，可能有人复制了这台平板。请告诉主管；要补记，请打开档案重新写一遍。',
		'Another entry has the same sequence number; the tablet may have been copied. Tell your supervisor; to record it after all, open the file and write it again.'
	],
	chain_broken: [
		'这条记录和前后记录接不上，登记处没有接收，但已保留。请告诉主管；要补记，请打开档案重新写一遍。',
		'This entry does not join the ones before and after it; the registry keeps it and did not accept it. Tell your supervisor; to record it after all, open the file and write it again.'
	],
	child_elsewhere: [
		'这个孩子现在由另一家机构照料。请和那家机构或登记处联系。',
		'Another house has this child in care now. Contact that house or the registry.'
	],
	not_yours_to_merge: [
		'合并档案、撤销合并要由主管或登记处办理，登记处没有接收，两边的档案都没有变。请告诉主管；孩子的记录都还在。',
		'Merging files, or undoing it, is for a supervisor or the registry to do; it was not accepted, and no file has changed. Tell your supervisor. Nothing recorded is lost.'
	],
	decision_not_here: [
		'这个决定只能在工作台做。请主管在工作台办理。',
		'This decision is made at the desk only. Ask a supervisor to make it there.'
	],
	device_revoked: [
		'这台平板已停用，登记处只代为保管这条记录，没有记入档案。请主管在工作台查看。',
		'This tablet was closed: the registry keeps this entry but does not count it. Ask a supervisor to look at it at the desk.'
	]
});

/** What went wrong with sync as a whole. */
export const syncFaults = area({
	unreachable: ['没有连上登记处，会自动再试。', 'The registry could not be reached; trying again by itself.'],
	registry_failed: ['登记处出了问题，过一会儿自动再试。', 'The registry had a fault; trying again by itself.'],
	tablet_refused: [
		'登记处不再接受这台平板。请主管用登记码重新登记；内容都还在。',
		'The registry no longer accepts this tablet. A supervisor enrols it again; nothing is lost.'
	],
	program_outdated: [
		'程序太旧，登记处不再接受。请重新打开程序更新；内容都还在。',
		'This program is too old for the registry. Open it again to update; nothing is lost.'
	],
	storage_full: [
		'这台平板存满了，收不下新的内容。请删掉平板上别的文件。',
		'This tablet is full and cannot take more. Delete other files on it.'
	]
});

/** What kind of thing an item of the queue is. */
export const syncItems = area({
	'intake.recorded': ['登记资料', 'Intake record'],
	'intake.submitted': ['提交登记', 'Submission'],
	'photo.added': ['照片说明', 'Photo details'],
	'mark.recorded': ['胎记疤痕', 'Mark'],
	'belonging.recorded': ['随身物品', 'Belonging'],
	'care.recorded': ['照料记录', 'Care entry'],
	'document.recorded': ['文件', 'Paper'],
	'sample.recorded': ['样本记录', 'Sample step'],
	'handover.sent': ['移交', 'Hand-over'],
	'handover.received': ['接收', 'Arrival'],
	'item.withdrawn': ['撤销', 'Withdrawal'],
	'remark.recorded': ['说明', 'Remark'],
	'child.merged': ['合并档案', 'Merging of files'],
	'child.parted': ['撤销合并', 'Undoing of a merge'],
	'child.told_apart': ['核对两份档案', 'Comparing of files'],
	'notice.drafted': ['公告草稿', 'Notice draft'],
	'notice.approved': ['公告核准', 'Notice approval'],
	'notice.taken_down': ['公告撤下', 'Notice taken down'],
	'consent.recorded': ['本人意见', 'Child’s own wish'],
	'claim.opened': ['认领', 'Claim'],
	'claim.closed': ['认领了结', 'Claim closed'],
	'flag.raised': ['停办', 'Halt'],
	'flag.cleared': ['解除停办', 'Halt cleared'],
	'date.confirmed': ['日期复核', 'Date confirmed'],
	'review.opened': ['资格审核', 'Review'],
	'review.signed': ['审核签名', 'Review signature'],
	'review.returned': ['审核退回', 'Review sent back'],
	'guardianship.changed': ['监护变更', 'Guardianship'],
	'adoption.recorded': ['收养办理', 'Adoption step'],
	'exit.proposed': ['提出离开登记', 'Leaving proposed'],
	'exit.confirmed': ['确认离开登记', 'Leaving confirmed'],
	'exit.withdrawn': ['撤回离开登记', 'Leaving withdrawn'],
	unknown: ['更新的程序写的记录', 'Entry of a newer program'],
	photo: ['照片', 'Photo']
});
