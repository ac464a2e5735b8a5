import type { IntakeStep } from '#lib/domain/intake/fields.ts';
import { area, type Message } from './message.ts';

export const stepNames = area({
	reception: ['接收情况', 'Reception'],
	identity: ['身份与来源', 'Identity and origin'],
	photos: ['照片', 'Photos'],
	body: ['身体特征', 'Body and health'],
	belongings: ['随身物品与衣着', 'Belongings and clothing'],
	account: ['孩子说过的话', 'The child’s words'],
	sample: ['DNA 样本', 'DNA sample'],
	review: ['核对并提交', 'Review and submit']
}) satisfies Record<IntakeStep, Message>;

export const stepTitles = area({
	reception: ['孩子是怎么来的', 'How the child came'],
	identity: ['孩子是谁，从哪里来', 'Who the child is, and from where'],
	photos: ['给孩子拍照片', 'Take the photos'],
	body: ['身体和健康', 'Body and health'],
	belongings: ['随身带的和身上穿的', 'What the child carried and wore'],
	account: ['孩子说过的话', 'What the child said'],
	sample: ['DNA 样本', 'The DNA sample'],
	review: ['核对并提交', 'Review and submit']
}) satisfies Record<IntakeStep, Message>;

export const intake = area({
	title: ['登记', 'Register'],
	listTitle: ['登记', 'Registrations'],
	listWhat: [
		'没写完也没关系：每写一点都存在这台平板上，随时可以接着写。',
		'Unfinished is fine: everything you write is kept on this tablet, go on whenever you can.'
	],
	start: ['登记新入院儿童', 'Register a new child'],
	steps: ['登记步骤', 'Steps of the registration'],
	stepOf: ['{name} · 第 {n} 步，共 8 步', '{name} · step {n} of 8'],
	newChild: ['新入院的孩子', 'New child'],
	anyOrder: [
		'可以跳着填。没填完也能保存，提交时再检查。',
		'Take the steps in any order. Unfinished work is kept; checks come when you submit.'
	],
	gap: ['缺 {n}', '{n} missing'],
	complete: ['已填', 'Filled in'],
	before: ['上一步：{step}', 'Previous: {step}'],
	next: ['继续', 'Continue'],
	later: ['先存着，回首页', 'Save and go to Today'],
	resumed: ['接着写：{day} {time} 保存的内容都在。', 'Resumed: everything saved {day} {time} is here.'],

	groupHandover: ['交接', 'The hand-over'],
	groupPaper: ['公安的文书', 'The police’s papers'],
	groupNames: ['名字', 'Names'],
	groupPerson: ['孩子', 'The child'],
	groupOrigin: ['从哪里来', 'Origin'],
	groupSpeech: ['口音和语言', 'Speech'],
	groupLinks: ['有关的人', 'People connected'],
	groupMeasures: ['测量', 'Measures'],
	groupHealth: ['健康', 'Health'],
	groupClothing: ['衣着', 'Clothing'],
	groupAccount: ['原话', 'In the child’s words'],
	groupCircumstances: ['怎么说的', 'How it was said'],
	groupSample: ['样本', 'Sample'],
	groupMarks: ['胎记疤痕', 'Marks on the body'],
	groupThings: ['一件一件地记', 'Thing by thing'],

	ring: ['先填“{field}”：十二个月从这一天起算。', 'Fill in {field} first: the twelve months count from that day.'],
	sampleWhat: [
		'采样由公安负责。这里记样本盒编号和走到哪一步。',
		'The police take the sample. Record the kit number here and how far it has come.'
	],

	reviewWhat: [
		'不知道的可以选“不知道”。提交以后还能更正和补充。',
		'Choose “not known” where nobody knows. You can correct and add after submitting.'
	],
	reviewReady: ['需要的都有了，可以提交。', 'Everything needed is here; you can submit.'],
	submit: ['提交登记', 'Submit the registration'],
	submitted: ['登记已提交，存在本机。', 'Submitted and saved on this tablet.'],
	alreadySubmitted: [
		'这份登记已经提交。更正请到孩子的档案里。',
		'This registration was submitted. Corrections are made in the child’s file.'
	],
	toChild: ['打开档案', 'Open the file'],
	needName: [
		'还没有名字：填“本名”“暂用名”或“孩子说自己叫”中的一个，或选“不知道”。',
		'No name yet: fill in one of own name, name given here, or what the child calls itself, or choose “not known”.'
	],
	needField: [
		'还没有回答“{field}”。不知道就选“不知道”。',
		'{field} is not answered yet. If nobody knows, choose “not known”.'
	],
	needPhoto: [
		'还没有正面照。现在不方便拍，就在照片那一步说明。',
		'No front photo yet. If it cannot be taken now, say so in the photo step.'
	],
	needSample: [
		'还没有样本记录。没采样就在样本编号那里选“现在不方便”。',
		'No sample recorded. If none was taken, choose “not now” at the sample reference.'
	],
	unfinishedField: ['“{field}”没有写完整：{what}', '{field} is unfinished: {what}'],
	recordFailed: ['这一步没有记下来：{why}', 'This step was not recorded: {why}'],
	drop: ['放弃这份登记', 'Discard this registration'],
	dropWhat: [
		'还没有记下任何内容，只有草稿。放弃后草稿会删除。',
		'Nothing is recorded yet, only a draft. Discarding deletes the draft.'
	],
	dropSure: ['确定放弃', 'Discard it']
});
