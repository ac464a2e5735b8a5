import { area } from './message.ts';

/** What waits, told on the door too, where nobody is known: numbers and never a name. */
export const outbox = area({
	heading: ['未发送的内容', 'Not sent yet'],
	none: ['这台平板上没有未发送的内容。', 'Nothing on this tablet is unsent.'],
	safe: ['{n} 项未发送，安全存在这台平板上。', '{n} unsent, safe on this tablet.'],
	sending: ['{n} 项未发送，正在发送。', '{n} unsent, being sent.'],
	held: ['{n} 项未发送，按你们的要求先不发，安全存在这台平板上。', '{n} unsent, held by choice, safe on this tablet.'],
	onlyWhenOpen: ['其中 {n} 项要有人打开平板后才能发。', '{n} of them can only be sent once somebody opens the tablet.'],
	locked: [
		'平板锁着也会发送：内容加了密，只有登记处能打开。',
		'It is sent while the tablet is locked: sealed, and only the registry can open it.'
	],

	long: ['很久没有网络？', 'No network for long?'],
	longWhat: [
		'把未发送的内容存成一个加密文件，用 U 盘带到有网络的电脑上，请主管在工作台“导入平板文件”。文件只有登记处能打开，丢了也没人读得懂。',
		'Save what is unsent as one encrypted file, carry it on a stick to a computer with a network, and have a supervisor import it at the desk (“Import a tablet’s file”). Only the registry can open it; lost, it tells nobody anything.'
	],
	overdue: [
		'最早的一项已经等了 {n} 天。请找有网络的地方，或者存成加密文件带出去。',
		'The oldest has waited {n} day{n||s}. Find a network, or save it as an encrypted file and carry it out.'
	],
	overdueHome: ['有内容已经等了 {n} 天没有发出去。', 'Something has waited {n} day{n||s} to be sent.'],
	overdueLink: ['去看怎么办', 'See what to do'],
	export: ['存成加密文件（{n} 项）', 'Save as an encrypted file ({n})'],
	exporting: ['正在准备文件…', 'Preparing the file…'],
	exported: [
		'文件已交给浏览器保存。没有存下时，按文件名再存一次。',
		'The file was given to the browser to save. If it was not, press its name.'
	],
	exportedParts: [
		'内容多，分成 {n} 个文件。请逐个按下面的名字保存，都带走。',
		'There is much: {n} files. Press each name to save it, and take them all.'
	],
	exportedStill: [
		'这台平板上的内容还在，有网络时照样会发送；重复没有关系。',
		'Everything is still on this tablet and is sent when there is a network; twice does no harm.'
	],
	exportFailed: [
		'文件没有做成。内容都还在这台平板上，请再试一次。',
		'The file could not be made. Everything is still on this tablet; try again.'
	],

	closing: [
		'主管停用了这台平板。正在把最后 {n} 项交给登记处，交完以后平板上的内容会清除。你不用做什么，请保持网络。',
		'A supervisor closed this tablet. The last {n} record{n||s} are being handed in; then everything on it is erased. You need do nothing; keep the network on.'
	],
	closedTitle: ['这台平板已停用', 'This tablet was closed'],
	closedWhat: [
		'{n} 项内容已交给登记处。平板上什么都没有留下。',
		'{n} record{n||s} were handed in. Nothing is left on it.'
	],
	closedNothing: ['没有待发的内容，平板上什么都没有留下。', 'Nothing was unsent, and nothing is left on it.'],
	closedTold: ['登记处已经知道这台平板清空了。', 'The registry knows that the tablet is empty.'],
	closedNotTold: [
		'还没能告诉登记处，有网络时会自动告诉。请让这一页开着。',
		'The registry could not be told yet; it is told by itself once there is a network. Leave this page open.'
	],
	closedNext: [
		'要重新使用，请主管在工作台开一个新的登记码。',
		'To use it again, a supervisor issues a new code at the desk.'
	],
	closedEnrol: ['有了登记码，重新登记', 'Enrol it with a new code']
});

/** The desk's page that takes a tablet's file. */
export const importOutbox = area({
	title: ['导入平板文件', 'Import a tablet’s file'],
	what: [
		'没有网络的平板可以把未发送的内容存成加密文件。在这里交上来，登记处打开后记入档案，和平板自己发送一样。同一个文件交两次没有关系。',
		'A tablet without a network can save what is unsent as an encrypted file. Handed in here, the registry opens it and files it as if the tablet had sent it. Handing in a file twice does no harm.'
	],
	file: ['平板文件（.lampkeep，最多 {size}）', 'The tablet’s file (.lampkeep, at most {size})'],
	submit: ['导入', 'Import'],
	fileNeeded: ['请选择平板存出的文件。', 'Choose the file that the tablet saved.'],
	fileTooLarge: [
		'文件超过 {size}。请在平板上重新存一次：内容多时会分成几个文件。',
		'The file is larger than {size}. Save it on the tablet again: where there is much it makes several files.'
	],
	not_an_outbox: [
		'这不是平板存出的文件。请选名字像 lampkeep-outbox-2026-11-22.lampkeep 的文件。',
		'This is no file of a tablet. Choose the one named like lampkeep-outbox-2026-11-22.lampkeep.'
	],
	newer_version: [
		'这个文件是更新的程序存的，登记处的程序还读不懂。请先更新登记处的程序；文件请留着。',
		'A newer program saved this file and the registry cannot read it yet. Update the registry first; keep the file.'
	],
	tablet_unknown: [
		'这个文件的平板不是你们机构的，或者登记处不认识。请交给那台平板的机构或登记处工作人员。',
		'The tablet of this file is not your house’s, or the registry does not know it. Give the file to that house or to a registry officer.'
	],
	result: ['导入结果', 'What became of it'],
	tablet: ['平板', 'Tablet'],
	made: ['存出时间（平板的时钟）', 'Saved at (by the tablet’s clock)'],
	records: ['文件里的记录', 'Records in the file'],
	accepted: ['新记入档案', 'Newly filed'],
	known: ['以前已经收到', 'Known already'],
	setAside: ['没有接受', 'Set aside'],
	photosKept: ['照片收到', 'Photos kept'],
	photosRefused: ['照片没有接受', 'Photos refused'],
	unreadable: ['打不开或读不懂（原样保存）', 'Do not open or cannot be read (kept as they came)'],
	notNow: ['现在没来得及处理，请把同一个文件再导入一次', 'Not dealt with now: import the same file once more'],
	missing: [
		'文件不完整，缺少的记录。请在平板上重新存一次',
		'The file was cut off; records missing. Save it on the tablet again'
	]
});
