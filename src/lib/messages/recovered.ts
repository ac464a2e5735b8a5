import { area } from './message.ts';

/** What a tablet found damaged in its store at the start, and what came back. The keys of `found` are the types of the facts. */
export const recovered = area({
	title: ['这台平板的存储损坏过，已经修好', 'The store of this tablet was damaged and has been mended'],
	titleMending: [
		'这台平板的存储损坏了，正在补齐',
		'The store of this tablet was damaged; what is missing is being fetched'
	],
	titleLost: [
		'这台平板的存储损坏过，有记录没能找回',
		'The store of this tablet was damaged, and not everything came back'
	],
	foundAt: ['{day} {time} 打开平板时发现', 'Found when the tablet was opened, {day} {time}'],
	what: ['哪里坏了', 'What was damaged'],
	became: ['找回了什么', 'What came back'],

	database_empty: ['浏览器里存的档案不见了。', 'The browser had lost the files it kept.'],
	database_older: [
		'存的档案退回到了较早的样子，少了最近 {n} 次保存。',
		'The files had gone back to an earlier state, without the last {n} save{n||s}.'
	],
	records_missing: ['存的档案里有 {n} 处不见了。', '{n} part{n||s} of what was kept {n|was|were} missing.'],
	records_unreadable: [
		'存的档案里有 {n} 处读不出来；原样收在一边，没有删除。',
		'{n} part{n||s} of what was kept could not be read; {n|it is|they are} put aside as found, not deleted.'
	],
	database_unopenable: [
		'原来存档案的地方打不开，已另开一处；原来的没有删除。',
		'The place where files were kept does not open, so another was begun; the first was not deleted.'
	],
	journal_damaged: [
		'未发送内容的备份里，有 {n} 处读不出来。',
		'{n} part{n||s} of the second copy of what is unsent could not be read.'
	],

	cameBack: [
		'未发送的 {entries} 条记录、{photos} 张照片，已从平板上的备份找回。',
		'{entries} record{entries||s} and {photos} photo{photos||s} not yet sent came back from the tablet’s second copy.'
	],
	cameBackEntries: [
		'未发送的 {entries} 条记录，已从平板上的备份找回。',
		'{entries} record{entries||s} not yet sent came back from the tablet’s second copy.'
	],
	cameBackPhotos: [
		'未发送的 {photos} 张照片，已从平板上的备份找回。',
		'{photos} photo{photos||s} not yet sent came back from the tablet’s second copy.'
	],
	nothingLost: ['未发送的内容一条也没有丢。', 'Nothing unsent was lost.'],
	lost: [
		'有 {n} 次保存找不回来。请告诉主管，并和当天的纸质记录核对。',
		'{n} save{n||s} did not come back. Tell your supervisor, and check against the paper notes of those days.'
	],
	readingAgain: [
		'登记处已有的内容正在重新下载，请保持网络。下载完之前，打开的档案可能不全。',
		'What the registry has is being downloaded again; keep the network on. Until that is done, files you open may be incomplete.'
	],
	readAgain: ['登记处已有的内容都在这台平板上。', 'Everything the registry has is on this tablet.'],
	incomplete: [
		'这台平板正在重新下载档案，这一份可能还不全。请先不要据此作决定。',
		'This tablet is downloading its files again and this one may be incomplete. Do not decide on it yet.'
	],
	seen: ['我看过了', 'I have read this']
});
