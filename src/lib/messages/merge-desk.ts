import { area } from './message.ts';

/** Merging files at the desk. The words shared with the tablet stand in duplicate.ts. */
export const mergeDesk = area({
	title: ['同一个孩子的几份档案', 'Files of one child'],
	what: [
		'两家机构登记了同一个孩子时，由登记处在这里合并。合并以后两家都能看到全部记录。',
		'Where two houses registered one child, the registry merges the files here. Both houses then read all of it.'
	],
	thisFile: ['这份档案', 'This file'],
	number: ['另一份档案的编号', 'Number of the other file'],
	twice: [
		'这个孩子现在有两份公告。请撤下 {number} 这一份。',
		'This child has two public notices now. Take down {number}.'
	],
	toNotice: ['去公告', 'To the notice'],
	link: ['这个孩子有 {n} 份档案', 'This child has {n} files'],
	merge: ['重复的档案', 'Duplicate files']
});

/** Why files were not merged or parted. */
export const mergeFaults = area({
	none: ['请写另一份档案的编号。', 'Write the number of the other file.'],
	itself: ['这是这份档案自己的编号，请写另一份的。', 'That is this file’s own number; write that of the other.'],
	unknown: ['没有这个编号的档案，请核对编号。', 'No file has this number; check it.'],
	many: ['不止一份档案是这个编号，请先更正编号。', 'More than one file has this number; correct the numbers first.'],
	reason_missing: ['请写明依据。', 'Write what it rests on.'],
	already_one: ['这两份已经是同一个孩子的档案。', 'These are files of one child already.'],
	child_unknown: ['找不到这份档案。', 'The file was not found.'],
	not_yours_to_merge: ['合并由主管或登记处来做。', 'A supervisor or the registry merges files.']
});
