import { area } from './message.ts';

/** The seven days in which a rescue station moves a child on (rule book K3). */
export const handoverDays = area({
	title: ['移送儿童福利机构的 7 日期限', 'Seven days to move the child to an institution'],
	notStarted: [
		'寻亲公告还没有满30日，7 日还没有开始计算。',
		'The search notice has not run its 30 days; the seven days have not begun.'
	],
	planned: [
		'公告满30日以后开始计算，最后一天是 {last}。',
		'They begin when the notice has run its 30 days; the last day is {last}.'
	],
	running: ['最后一天是 {last}，还有 {n} 天。', 'The last day is {last}: {n} day{n||s} left.'],
	overdue: ['最后一天是 {last}，已经逾期。', 'The last day was {last}: overdue.'],
	met: ['{on} 已移送，期限是 {last}，没有逾期。', 'Moved on {on}; the last day is {last}: in time.'],
	metLate: ['{on} 已移送，期限是 {last}，逾期移送。', 'Moved on {on}; the last day was {last}: late.'],
	none: [
		'孩子最先到的不是救助站，没有这个期限。',
		'The child did not come to a rescue station first: there is no such term.'
	],
	asOfTablet: [
		'按这台平板的日期和手里的记录计算；以登记处为准。',
		'By this tablet’s date and what it has on record; the registry decides.'
	]
});

/** The sheet that a child is handed over with where there is no network. */
export const handoverSheet = area({
	title: ['移交单', 'Hand-over sheet'],
	open: ['移交单', 'Sheet'],
	print: ['打印移交单', 'Print the sheet'],
	show: ['在屏幕上出示', 'Show on the screen'],
	what: [
		'两边都没有网络时，用这张单子交接孩子：打印出来随孩子走，或者让对方平板直接扫这里的屏幕。',
		'For handing a child over where neither side has a network: print it and let it travel with the child, or let the other tablet scan this screen.'
	],
	keep: [
		'请像孩子的文件一样保管：捡到的人能读到上面的内容。单子打不开登记处的任何东西。',
		'Keep it like the child’s papers: whoever finds it can read it. It opens nothing at the registry.'
	],
	leftOff: [
		'单子上没有：孩子说过的话、健康和用药、体表特征、随身物品、小名、认领和停办。这些有网络以后由登记处送到对方。今晚必须知道的事，请写在移交记录的“孩子当时的情况”里。',
		'Not on it: the child’s own words, health and medicine, marks, belongings, what the child is called, claims and halts. The registry brings these with the network. Write what must be known tonight under “How the child was” in the hand-over.'
	],
	leftOut: [
		'还有 {n} 条记录放不下，有网络以后到。',
		'{n} more record{n||s} did not fit; {n|it comes|they come} with the network.'
	],
	noName: [
		'孩子还没有姓名或暂用名，单子上不写小名。请核对照片。',
		'The child has no given or assigned name yet, and what it is called is not printed. Compare the picture.'
	],
	making: ['正在做移交单…', 'Making the sheet…'],
	failed: ['移交单没有做成：{problem}', 'The sheet could not be made: {problem}'],
	missing: ['这台平板上没有这条移交记录。', 'This tablet has no such hand-over.'],
	withdrawn: [
		'这次移交已经撤销，不能再出示移交单。已经打印的单子请作废。',
		'This hand-over was withdrawn; its sheet is shown no more. Destroy what was printed.'
	],
	notOurs: ['这次移交是别的机构记录的。', 'Another house recorded this hand-over.'],
	code: ['第 {n} 个码，共 {total} 个', 'Code {n} of {total}'],
	codeShort: ['{n} / {total}', '{n} / {total}'],
	howTo: [
		'接收的机构：打开留灯 → 孩子 → “扫移交单接收”，把 {total} 个码都扫到，先后不限。',
		'The receiving house: open Lampkeep → Children → “Receive with a sheet”, and scan all {total} codes in any order.'
	],
	from: ['移交机构', 'From'],
	to: ['接收机构', 'To'],
	handedOver: ['移交日期', 'Handed over'],
	officer: ['经手人', 'Person in charge'],
	condition: ['孩子当时的情况', 'How the child was'],
	reason: ['原因', 'Reason'],
	name: ['姓名', 'Name'],
	sex: ['性别', 'Sex'],
	birth: ['出生', 'Born'],
	number: ['档案号', 'Case number'],
	policeDate: ['公安移送日期', 'Brought by the police'],
	signedGiver: ['移交人签字', 'Handed over by'],
	signedTaker: ['接收人签字', 'Received by'],
	signedOn: ['日期', 'Date'],
	next: ['下一个', 'Next'],
	before: ['上一个', 'Previous'],
	play: ['自动翻', 'Turn by itself'],
	pause: ['停住', 'Stop turning'],
	close: ['关闭', 'Close'],
	printed: ['打印于 {at}', 'Printed {at}'],
	onlyHere: [
		'对方还没有记录接收，或者还没有同步到这里。',
		'The other house has not recorded that it received the child, or that has not arrived here.'
	],
	onlyThere: [
		'只有接收方的记录：移交方没有记录移交，或者撤销了。请两边核对。',
		'Only the receiving house has recorded this: the giving house has no hand-over on record, or withdrew it. Compare with each other.'
	]
});

/** Receiving a child with a sheet. */
export const receiving = area({
	title: ['扫移交单接收', 'Receive with a sheet'],
	link: ['扫移交单接收', 'Receive with a sheet'],
	what: [
		'孩子从别的机构来，带着移交单或对方平板的屏幕：扫上面的码，没有网络也能接收。',
		'A child comes from another house with a sheet, or with the other tablet’s screen: scan its codes. No network is needed.'
	],
	hold: ['移交单上的二维码，一个一个扫，先后不限', 'The codes of the sheet, one after another, in any order'],
	progress: ['扫到 {n} 个，共 {total} 个，还差第 {missing} 个', '{n} of {total}, still missing: {missing}'],
	not_a_sheet: ['这是别的二维码，不是移交单。', 'This is another code, not of a hand-over sheet.'],
	newer_program: [
		'这张移交单是更新的程序做的。请联网更新本程序，再扫。',
		'A newer program made this sheet. Update this app with a network, then scan again.'
	],
	damaged: [
		'这个码没有读对，请再扫一次；皱了或反光的地方请展平。',
		'This code was not read right: scan it again, flat and without glare.'
	],
	other_sheet: [
		'这个码是另一张移交单的，没有算进来。要换一张，请点“重新扫”。',
		'This code is of another sheet and was left aside. To change sheets, start again.'
	],
	sheet_invalid: [
		'码都扫到了，但是单子的内容读不了（{path}）。请对方重新打印；孩子可以先按新孩子登记。',
		'All codes are there, but the sheet cannot be read ({path}). Ask for a new print; the child can be registered as new meanwhile.'
	],
	again: ['重新扫', 'Start again'],
	noCamera: ['扫不了？', 'Cannot scan?'],
	typing: [
		'码里的内容太长，不能手工输入。可以先按新孩子登记，再在“移交”里记下从哪家机构来；有网络以后登记处会提示同一个孩子。',
		'The codes hold too much to be typed. Register the child as new and record under “Hand-overs” where it came from; with the network the registry points out that it is the same child.'
	],
	typingLink: ['按新孩子登记', 'Register as a new child'],
	whom: ['接到的是谁', 'Whom you receive'],
	nameless: ['单子上没有姓名', 'No name on the sheet'],
	unverified: [
		'没有网络时，没有人能验证这张单子是真的。有疑问请打电话给移交机构：{phone}（{whose}）。',
		'Without a network nobody can verify that this sheet is genuine. In doubt telephone the house: {phone} ({whose}).'
	],
	unverifiedNoPhone: [
		'没有网络时，没有人能验证这张单子是真的。有疑问请先联系移交机构。',
		'Without a network nobody can verify that this sheet is genuine. In doubt ask the house first.'
	],
	phoneKnown: ['本机名录里的号码', 'the number in this tablet’s list'],
	phoneSheet: ['单子上写的号码，本机名录里没有', 'as the sheet says; not in this tablet’s list'],
	unknownHouse: [
		'{name}（单子上写的，本机名录里没有这家机构）',
		'{name} (as the sheet says; not in this tablet’s list)'
	],
	other_house: [
		'这张单子写的接收机构是{to}，不是你们。如果孩子确实在你们这里，仍然可以记下接收；移交机构没有改成你们之前，登记处会把这条记录放在一边，不会丢。',
		'The sheet names {to}, not your house. If the child is really with you, you may still record it: until the giving house names you, the registry sets the record aside. Nothing is lost.'
	],
	other_houseSure: ['孩子确实在我们这里', 'The child is really with us'],
	other_houseNotSure: [
		'请先核对孩子确实在你们这里，再勾选。',
		'Make sure that the child is really with you, then tick this.'
	],
	own: [
		'这是你们自己机构出的移交单，要给接收的机构扫。',
		'This is your own house’s sheet; the receiving house scans it.'
	],
	received: [
		'这个孩子 {on} 已经记下接收了，不用再记。',
		'Your house recorded on {on} that it received this child; nothing more to record.'
	],
	withdrawn: [
		'移交机构已经撤销了这次移交。如果孩子确实在你们这里，仍然可以记下接收，请和对方核对。',
		'The giving house withdrew this hand-over. If the child is really with you, record it and compare with the house.'
	],
	toChild: ['打开孩子的档案', 'Open the child’s file'],
	date: ['哪一天接到', 'Received on'],
	confirm: ['孩子接到了，记下', 'The child is here: record it'],
	carried: [
		'这个孩子是凭移交单接收的：{house}，{on}。这里看到的只是单子带来的内容，登记处还没有确认；健康、孩子说过的话、认领和停办有网络以后才到。在那以前不要办理任何安置。',
		'This child came with a hand-over sheet: {house}, {on}. What stands here is only what the sheet carries; the registry has not confirmed it. Health, the child’s own words, claims and halts arrive with the network. Until then do nothing towards a placement.'
	],
	carriedChip: ['移交单带来，未确认', 'From the sheet, not confirmed']
});
