import { area } from './message.ts';

/** A tablet at the desk: how it stands, closing it, and what it could read. */
export const tablets = area({
	back: ['返回人员和平板', 'Back to people and tablets'],
	inUse: ['在用', 'In use'],
	waiting: ['已停用，等它联系', 'Closed, waiting for it to be heard'],
	outboxReceived: ['已停用，待发的 {n} 条已收到', 'Closed, {n} {n|entry|entries} of its outbox received'],
	wipedAt: ['{time} 已自行清除', 'erased itself {time}'],
	left: ['有 {n} 条没能送出', '{n} {n|record|records} could not be sent'],
	equivocatedChip: ['可能被复制过', 'May have been copied'],
	equivocated: [
		'{time} 起，这台平板用已经用过的序号交来了不同的记录。平板或它的钥匙可能被复制过。请先打电话问清楚；有疑问就停用。',
		'Since {time} this tablet has sent different entries under numbers already used. It, or its keys, may have been copied. Call first; if in doubt, close it.'
	],
	state: ['情况', 'State'],
	house: ['机构', 'House'],
	enrolled: ['登记', 'Enrolled'],
	lastContact: ['最近联系', 'Last contact'],
	people: ['使用人', 'Used by'],
	nobody: ['没有人', 'Nobody'],
	closed: ['停用', 'Closed'],
	closedBy: ['{time}，{name}：{reason}', '{time}, {name}: {reason}'],
	closedWithout: ['{time}', '{time}'],

	closeTitle: ['停用这台平板', 'Close this tablet'],
	closeWhat: [
		'停用后它不能再读任何档案。它下次联系登记处时，先把没送出的记录交上来（保存、不计入档案，由你判断），然后清除自己的全部内容。停用不能撤回；要再用，重新登记。',
		'It reads no file any more. When it is next heard it first hands over what it had not sent (kept for you to judge, part of no file), then erases everything on it. This cannot be undone; to use it again, enrol it anew.'
	],
	reason: ['为什么停用', 'Why it is closed'],
	reasonHint: ['例如：丢失、被盗、损坏、人员离开。', 'For example: lost, stolen, damaged, somebody left.'],
	sure: ['我核对过，要停用的就是“{name}”', 'I have checked: the tablet to close is “{name}”'],
	close: ['停用平板', 'Close the tablet'],
	reasonMissing: ['请写明为什么停用。', 'Say why it is closed.'],
	reasonTooLong: ['“为什么停用”不能超过 500 字。', '“Why it is closed” takes at most 500 characters.'],
	sureMissing: ['请核对平板的名称，并勾选确认。', 'Check the tablet’s name, and tick the box.'],
	gone: ['这台平板已经停用了。', 'This tablet is closed already.'],
	done: [
		'已停用。清除的指令会在它下次联系时交给它。',
		'It is closed. The order to erase itself is given to it when it is next heard.'
	],

	readable: ['它能读到的档案', 'Files it could read'],
	readableWhat: [
		'登记处到最近一次联系为止发给它的，以及它自己写过的。平板上锁时这些内容是加密的；只有用过它、又知道口令的人能打开。',
		'What the registry had given it up to its last contact, and what was written on it. On a locked tablet this is encrypted; only people who use it and know their secret can open it.'
	],
	readableNone: ['没有。', 'None.'],
	readableCount: ['共 {n} 个孩子', '{n} {n|child|children}'],
	name: ['姓名', 'Name'],
	noName: ['（还没有名字）', '(no name yet)'],
	caseNumber: ['档案编号', 'File number'],
	newest: ['最新内容', 'Newest entry'],
	opened: ['在它上面打开过全文', 'Full file opened on it'],
	neverOpened: ['没有', 'no'],
	export: ['导出 CSV', 'Export as CSV'],
	onlyFirst: ['只列出前 {n} 个；导出里是全部。', 'Only the first {n} are listed; the export has all.']
});
