import { area } from './message.ts';

/** Where people said different things, and a person settles it. */
export const conflict = area({
	title: ['核对“{name}”的 {n} 处不同', 'Settle {n} difference{n||s} about {name}'],
	titleField: ['核对“{name}”的{field}', 'Settle {field} of {name}'],
	what: [
		'不同的人写了不同的内容。每个版本都留着，不会丢。请选哪一个对。',
		'People wrote different things. Every version is kept, none is lost. Choose which is right.'
	],
	none: ['没有要核对的了', 'Nothing left to settle'],
	noneWhat: ['这份档案里没有互相不同的说法。', 'Nothing in this file contradicts anything else.'],
	numbered: ['{n} · {field}', '{n} · {field}'],
	legal: [
		'期限或办理要以这一项为准：程序不会替人选，请对照原件。',
		'Legal days or decisions hang on this: no program chooses here. Look at the paper.'
	],
	here: ['这台平板', 'This tablet'],
	tablet: ['本院另一台平板', 'Another tablet of this house'],
	by: ['{place} · {name} · {day} {time}', '{place} · {name} · {day} {time}'],
	because: ['依据：{words}', 'Because: {words}'],
	both: ['两个都要：', 'Keep both: '],
	bothAccounts: ['都留着（孩子说过的话不挑选）：', 'Keep all (nobody chooses among a child’s words): '],
	onlyOne: ['这一项只能有一个。', 'Only one can be right here.'],
	write: ['都不对，另写', 'Neither: write another'],
	why: ['依据是什么？', 'What does it rest on?'],
	whyHint: [
		'例如：看过移送书原件。会和所选的内容一起留下。',
		'E.g. “saw the original of the transfer paper”. Kept beside your choice.'
	],
	others: [
		'另外 {n} 处已自动合并（互不影响）',
		'{n} other field{n||s} merged by {n|itself|themselves} (nothing contradicts)'
	],
	save: ['保存选择', 'Save the choice'],
	saved: ['已存本机：核对了 {n} 处。', 'Saved on this tablet: {n} settled.'],
	chooseFirst: ['请至少选一处。', 'Choose at least one.'],
	later: ['稍后再说', 'Later'],
	kept: ['未选中的版本保留在“记录”里', 'What is not chosen stays in the history'],
	ask: ['先问问{name}', 'Ask {name} first'],
	askSomebody: ['先问问对方', 'Ask the other first'],
	askTitle: ['留一个问题', 'Leave a question'],
	askWhat: [
		'问题写进档案，同步后对方打开这里就能看到。核对完以前一直留着。着急请打电话。',
		'The question goes into the file; after sync the other sees it here. It stays until this is settled. If it is urgent, telephone.'
	],
	askWords: ['想问什么？', 'What do you ask?'],
	askSave: ['留下问题', 'Leave the question'],
	askSaved: ['问题已存本机，等对方回答。', 'The question is saved on this tablet and waits for an answer.'],
	asked: ['{name} {day} {time} 问{to}：{words}', '{name} asked {to}, {day} {time}: {words}'],
	askedNothing: ['哪一个对？', 'Which is right?'],
	askedAnyone: ['大家', 'everybody'],
	open: ['去核对', 'Settle'],
	filter: ['有不同说法', 'Differences'],
	home: ['{n} 个孩子的档案有不同说法', '{n} child{n||ren} with differences to settle'],
	homeWhat: ['哪一个对，要人来选', 'Somebody has to choose which is right']
});

export const remarkNames = area({
	asked: ['问了别人哪一个对', 'asked somebody which is right'],
	because: ['写了依据', 'gave a reason']
});
