import type { LikenessCode } from '#lib/domain/duplicate/likeness.ts';
import { area, type Message } from './message.ts';

/** Two files that may be one child's: finding, comparing, merging, undoing. */
export const duplicate = area({
	title: ['可能是同一个孩子', 'May be the same child'],
	what: [
		'这些档案有些地方很像。程序只提醒，不会合并：请两份都看一看。',
		'These files are alike in some ways. The program only points them out and merges nothing: look at both.'
	],
	found: ['{n} 对', '{n} pair{n||s}'],
	none: ['没有像的档案', 'No files are alike'],
	noneWhat: ['这台平板上没有看起来是同一个孩子的两份档案。', 'No two files on this tablet look like one child’s.'],
	looking: ['正在比对这台平板上的档案…', 'Comparing the files on this tablet…'],
	home: ['{n} 对档案可能是同一个孩子', '{n} pair{n||s} of files may be one child’s'],
	homeWhat: ['请两份都看一看', 'Look at both'],
	compare: ['对照', 'Compare'],
	compareTitle: ['“{a}”和“{b}”是同一个孩子吗？', 'Are {a} and {b} the same child?'],
	compareWhat: [
		'先登记的在前，后登记的在后。不同的地方标了颜色。',
		'The file that was begun first comes first. What differs is marked.'
	],
	back: ['可能重复的档案', 'Possible duplicates'],
	fileBegun: ['{house} · {day} 登记', '{house} · registered {day}'],
	reasons: ['为什么像', 'Why they look alike'],
	differs: ['不同的（{n}）', 'Different ({n})'],
	oneSide: ['只有一边有的（{n}）', 'Told by one only ({n})'],
	same: ['相同的（{n}）', 'The same ({n})'],
	notSaid: ['没有记', 'Not recorded'],
	marks: ['胎记疤痕', 'Marks'],
	belongings: ['随身物品', 'Belongings'],
	merge: ['是同一个孩子：合并', 'The same child: merge'],
	mergeTitle: ['合并成一个孩子', 'Merge into one child'],
	mergeWhat: [
		'两份档案都留着，合在一起显示。说法不同的地方，合并后在“核对”里选。以后可以撤销，撤销时什么都不会丢。',
		'Both files are kept and shown as one. Where they differ, you choose afterwards under “Settle”. It can be undone later, and nothing is lost then.'
	],
	mergeDates: [
		'两份档案的移送日期不同：核对之前，寻亲期不会算作期满。',
		'The files tell different days of the hand-over: until that is settled the hold does not count as over.'
	],
	mergeReason: ['凭什么说是同一个孩子？', 'How do you know that it is one child?'],
	mergeReasonHint: [
		'例如：两份照片是一个人；孩子自己说的；公安来电确认。',
		'E.g. the photos show one person; the child said so; the police confirmed it.'
	],
	reasonNeeded: ['请写明依据。', 'Write what it rests on.'],
	mergeSave: ['合并', 'Merge'],
	merged: ['已合并，已存本机。', 'Merged; saved on this tablet.'],
	apart: ['不是同一个孩子', 'Not the same child'],
	apartWhat: ['记下来，以后不再提醒这一对。', 'It is written down, and nobody is asked about these two again.'],
	apartSaved: ['已记下：不是同一个孩子。', 'Written down: not the same child.'],
	onlySupervisor: [
		'合并要由主管来做。请把这一页给主管看。',
		'A supervisor merges files. Show this page to your supervisor.'
	],
	note: ['这个孩子有 {n} 份档案，已合在一起显示。', 'This child has {n} files, shown as one.'],
	noteFile: ['档案 {n}：{house}，{day} 登记', 'File {n}: {house}, registered {day}'],
	fileOf: ['档案 {n}', 'File {n}'],
	part: ['撤销合并', 'Undo the merge'],
	partWhat: [
		'两份档案各自恢复。合并以后写的内容，留在写的时候所在的那一份里。',
		'The files stand apart again. What was written since stays with the file it was written on.'
	],
	partReason: ['为什么不是同一个孩子？', 'Why is it not the same child?'],
	partWhich: ['把哪一份分出来', 'Which file to take out'],
	parted: ['已撤销合并。', 'The merge was undone.'],
	sealed: ['有一份档案这台平板上没有，不能对照。', 'One of the files is not on this tablet; they cannot be compared.']
});

/** Why two files look alike, or do not. */
export const likenessReasons = area({
	same_portrait: ['同一张照片', 'the same photo'],
	same_number: ['编号相同：{number}', 'the same number: {number}'],
	same_paper: ['公安文书号相同：{number}', 'the same police paper: {number}'],
	same_name: ['名字相同：{name}', 'the same name: {name}'],
	same_sound: ['名字读音相同：{name}／{other}', 'names that sound alike: {name} / {other}'],
	shared_sign: ['名字里都有“{sign}”', 'both names have “{sign}”'],
	same_birth: ['生日相同', 'the same birthday'],
	near_birth: ['年龄对得上', 'ages that fit'],
	same_mark: ['同样的胎记或疤痕：{mark}', 'the same mark: {mark}'],
	near_mark: ['相近的胎记或疤痕：{mark}', 'a similar mark: {mark}'],
	same_words: ['同样的描述：{words}', 'the same words: {words}'],
	same_place: ['同一个地方被拐：{place}', 'taken from the same place: {place}'],
	near_place: ['被拐地点相近：{place}', 'taken from nearby: {place}'],
	same_rescue: ['同一天获救', 'rescued on the same day'],
	other_sex: ['性别不同', 'another sex'],
	other_birth: ['年龄对不上', 'ages that do not fit'],
	other_marks: ['胎记疤痕不同', 'other marks'],
	other_place: ['被拐地点不同', 'taken from elsewhere'],
	other_rescue: ['获救的日子不同', 'rescued on another day'],
	other_name: ['名字不同', 'other names']
}) satisfies Record<LikenessCode, Message>;
