import { area } from './message.ts';

/** Loose records at the desk: intakes without an account. */
export const loose = area({
	title: ['无账号记录', 'Loose records'],
	what: [
		'没有账号的人写下的儿童情况。写的人是谁没有办法证明：先按电话核实，再交给机构建档；重复的、写错的写明原因搁置。打开每一份都会留下记录。',
		'Children written down by people without an account. Nobody can prove who wrote: call back first, then give the child to a house; set doubles and mistakes aside with the reason. Opening one is logged.'
	],
	empty: ['没有。', 'None.'],
	back: ['返回无账号记录', 'Back to loose records'],
	one: ['无账号记录 {receipt}', 'Loose record {receipt}'],
	received: ['{time} 收到', 'received {time}'],
	writersNumber: ['写的人手里的编号 {number}', 'the writer knows it as {number}'],
	photosCount: ['{n} 张照片', '{n} photo{n||s}'],
	fromTablet: ['由 {house} 的平板送来', 'sent by a tablet of {house}'],
	waiting: ['等核实', 'Waits'],
	attributed: ['已交 {house} 建档', 'Given to {house}'],
	setAsideChip: ['已搁置', 'Set aside'],
	open: ['打开', 'Open'],
	openWhat: ['打开记录 {receipt}', 'Open record {receipt}'],

	who: ['写的人', 'Who wrote'],
	name: ['姓名', 'Name'],
	phone: ['电话', 'Telephone'],
	house: ['单位或地点', 'House or place'],
	child: ['孩子', 'The child'],
	childName: ['孩子自己说的名字', 'Name, as said'],
	sex: ['性别', 'Sex'],
	age: ['看上去几岁', 'Age, as it seems'],
	years: ['{n} 岁', '{n}'],
	birthYear: ['估计出生年', 'Year of birth, estimated'],
	marks: ['特征', 'Marks'],
	found: ['发现的时间和地点', 'Where and when found'],
	circumstances: ['经过', 'Circumstances'],
	photos: ['照片', 'Photos'],
	photo: ['照片 {n}', 'Photo {n}'],
	photosRefused: [
		'有 {n} 张照片打不开，原样保存在登记处。',
		'{n} photo{n||s} could not be opened; what came is kept as it came.'
	],
	notSaid: ['没有写', 'not said'],

	attribute: ['交给机构建档', 'Give it to a house'],
	attributeWhat: [
		'登记处建立档案，写明来源，再移交给这家机构；机构在平板上确认接收。核实过电话以后再做，不能撤回。',
		'The registry makes a file that says where it comes from, and hands it to this house, which confirms on a tablet. Call back first; it cannot be undone.'
	],
	toHouse: ['机构', 'House'],
	choose: ['请选择', 'Choose'],
	attributeDo: ['建档并移交', 'Make the file and hand it over'],
	setAside: ['搁置', 'Set aside'],
	reason: ['为什么搁置', 'Why it is set aside'],
	setAsideDo: ['搁置这份记录', 'Set this record aside'],
	toChild: ['打开档案', 'Open the file'],
	decidedBy: ['{time}，{name}', '{time}, {name}'],

	houseMissing: ['请选择一家机构。', 'Choose a house.'],
	reasonMissing: ['请写明为什么搁置。', 'Say why it is set aside.'],
	reasonTooLong: ['“为什么搁置”不能超过 1000 字。', '“Why it is set aside” takes at most 1000 characters.'],
	record_unknown: ['没有这份记录。', 'There is no such record.'],
	decided_already: ['已经有人处理了，请刷新页面。', 'Somebody has dealt with it already. Reload the page.'],
	house_unknown: ['没有这家机构。', 'There is no such house.'],
	not_yours: ['只有登记处的登记员能处理。', 'Only officers of the registry deal with these.'],
	doneAttributed: ['已建档并移交。', 'The file is made and handed over.'],
	doneSetAside: ['已搁置。', 'It is set aside.'],

	note: [
		'据无账号记录建档。记录人（身份未经证实）：{name}，电话 {phone}，{house}。',
		'Made from a loose record. Written by (not proved): {name}, telephone {phone}, {house}.'
	],
	noteFound: ['发现：{day} {time} {place}', 'Found: {day} {time} {place}']
});
