import { area } from './message.ts';

/** What a tablet found damaged in its store at the start, and what came back. The keys of `found` are the types of the facts. */
export const recovered = area({
	title: ['这台平板的存储损坏过，已经修好', 'The store of this tablet was damaged and has been mended'],
	titleLost: [
		'这台平板的存储损坏过，有记录没能找回',
		'The store of this tablet was damaged, and not everything came back'
	],
	foundAt: ['{time} 打开时发现', 'Found when it was opened, {time}'],

	database_empty: ['浏览器里的档案库不见了。', 'The browser had lost the store.'],
	database_older: [
		'档案库退回到了较早的样子，少了最近 {n} 次保存。',
		'The store had gone back to an earlier state, without the last {n} save{n||s}.'
	],
	records_missing: ['档案库里少了 {n} 块。', '{n} part{n||s} of the store {n|was|were} missing.'],
	records_unreadable: [
		'档案库里有 {n} 块读不出来；原样收在一边，没有删除。',
		'{n} part{n||s} of the store could not be read; {n|it is|they are} kept aside as found, not deleted.'
	],
	database_unopenable: [
		'原来的档案库打不开，已另开一份；原来的没有删除。',
		'The first store does not open, so another was begun; the first was not deleted.'
	],
	journal_damaged: [
		'待发内容的第二份里，有 {n} 条读不出来。',
		'{n} record{n||s} in the second copy of what waits could not be read.'
	],

	cameBack: [
		'还没送出的 {entries} 条记录、{photos} 张照片，已从第二份补回来。',
		'{entries} record{entries||s} and {photos} photo{photos||s} that had not been sent came back from the second copy.'
	],
	nothingLost: ['还没送出的内容一条也没有丢。', 'Nothing that had not been sent was lost.'],
	lost: [
		'有 {n} 次保存在两份里都读不出来。请告诉主管，并和当天的纸质记录核对。',
		'{n} save{n||s} could be read in neither copy. Tell your supervisor, and check against the paper notes of those days.'
	],
	readingAgain: [
		'登记处已有的内容正在重新下载。下载完之前，打开的档案可能不全。',
		'What the registry has is being downloaded again. Until that is done, files you open may be incomplete.'
	],
	readAgain: ['登记处已有的内容已经全部重新下载。', 'Everything the registry has was downloaded again.'],
	incomplete: [
		'这台平板正在重新下载档案，这一份可能还不全。请先不要据此作决定。',
		'This tablet is downloading its files again and this one may be incomplete. Do not decide on it yet.'
	],
	seen: ['知道了', 'I have seen this']
});
