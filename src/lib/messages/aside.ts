import { area } from './message.ts';

/** What the registry set aside, at the desk: each with its reason and the way out. Reasons in a word: `quarantineReasons`. */
export const aside = area({
	title: ['没有接收的内容', 'Set aside'],
	what: [
		'平板送来、登记处没有接收的内容。都原样保存着，没有记入任何档案。记录后来接收了，就不再列在这里。',
		'What tablets sent and the registry did not accept. All of it is kept as it came and is part of no file. An entry that is accepted later is no longer listed.'
	],
	count: ['共 {n} 条', '{n} {n|entry|entries}'],
	none: ['没有。', 'None.'],
	noneHere: ['没有符合的。', 'None fits.'],
	reason: ['原因', 'Reason'],
	tablet: ['平板', 'Tablet'],
	any: ['全部', 'All'],
	reasonCount: ['{reason}（{n}）', '{reason} ({n})'],
	older: ['更早', 'Older'],
	newest: ['回到最新', 'Back to the newest'],
	child: ['孩子', 'Child'],
	noNumber: ['还没有编号', 'no number yet'],
	childNotHere: ['你们机构看不到的档案', 'a file your house does not see'],
	childNoFile: ['登记处还没有这份档案', 'no such file on the registry yet'],
	childNone: ['看不出是哪个孩子', 'it cannot be told which child'],
	author: ['谁写的', 'Written by'],
	authorClaimed: ['{name}（自称，没有证实）', '{name} (as it says; not proved)'],
	authorUnknown: ['名单上没有的人', 'somebody who is not on the list'],
	authorNone: ['看不出是谁', 'it cannot be told who'],
	received: ['收到', 'Received'],
	where: ['出错的地方', 'Where it fails'],
	unreadableKind: ['读不懂的内容', 'Something unreadable'],
	recordKind: ['打不开的加密记录（第 {n} 条）', 'A sealed record that does not open (number {n})'],
	recordKindNameless: ['打不开的加密记录', 'A sealed record that does not open'],
	byItself: ['会自动发生的', 'By itself'],
	toDo: ['要人做的', 'For somebody to do'],
	openTablet: ['看这台平板', 'See the tablet'],
	openMerge: ['看两份档案，办理合并', 'See the files and merge'],
	openChild: ['打开档案', 'Open the file'],
	read: ['看写了什么', 'Read what it says'],
	all: ['全部 {n} 条', 'All {n}'],
	ofTablet: ['它送来、没有接收的内容', 'What of it was set aside'],
	ofTabletNone: ['没有。', 'None.'],
	ofTabletSome: ['看 {n} 条和原因', 'See {n} with the reasons'],

	back: ['返回没有接收的内容', 'Back to what was set aside'],
	oneTitle: ['没有接收的一条', 'One that was set aside'],
	oneWhat: [
		'下面是它原来写的，没有记入档案。打开它和打开档案一样，已记入查阅记录。',
		'This is what it says; it is part of no file. Opening it is a reading like opening the file, and was written down.'
	],
	says: ['写了什么', 'What it says'],
	withheld: ['还有你的角色不能看的内容。', 'There is more, which your role does not read.'],
	occurredOn: ['哪一天的事', 'Of which day'],
	recordedAt: ['平板上的记录时间', 'Recorded on the tablet']
});

/** Why a sealed record lies aside; the codes of `sealed_aside`. */
export const sealedProblems = area({
	malformed: ['加密记录的格式不对', 'The sealed record is malformed'],
	does_not_open: ['加密记录打不开', 'The sealed record does not open'],
	content_unreadable: ['加密记录打开了，内容读不懂', 'The sealed record opens, but cannot be read'],
	sha256_wrong: ['照片和它的名称对不上', 'The photo is not the one it is said to be'],
	number_taken: ['同一个号已有另一条无账号记录', 'Another loose record has the same number'],
	id_taken: ['同一个号已有另一条无账号记录', 'Another loose record has the same number']
});

/** What happens by itself: on the tablet, or here. */
export const asideByItself = area({
	unreadable: [
		'平板留着它，标为“没有接收”，不再重发。',
		'The tablet keeps it, marks it “set aside” and does not send it again.'
	],
	too_large: [
		'平板留着它，标为“没有接收”，不再重发。',
		'The tablet keeps it, marks it “set aside” and does not send it again.'
	],
	too_deep: [
		'平板留着它，标为“没有接收”，不再重发。',
		'The tablet keeps it, marks it “set aside” and does not send it again.'
	],
	signature_wrong: [
		'平板留着它，在同步页给出“再发一次”。路上损坏的，再发一次就好了。',
		'The tablet keeps it and offers “send again” on its sync page. What was damaged on the way is accepted then.'
	],
	staff_unknown: [
		'离开的人停用之前写的都已接收；停用以后写的留在这里。',
		'What somebody who left wrote before the account was closed is accepted; what came after stays here.'
	],
	device_mismatch: ['什么也不会发生：正常的平板不会这样送。', 'Nothing: no honest tablet sends this.'],
	sequence_taken: [
		'先到的那条照旧有效。主管和登记处已收到提醒，这台平板上标着“可能被复制过”。',
		'The one that came first stands. Supervisors and the registry were told, and the tablet is marked as perhaps copied.'
	],
	chain_broken: [
		'前后的记录照旧有效。接得上的那条到了，会照常接收。',
		'The entries before and after it stand. The one that does join is accepted when it comes.'
	],
	child_elsewhere: [
		'交接的记录一到，登记处就把它接收进去；平板看到孩子的档案，也会自己再发。不用重写。',
		'As soon as a hand-over that names the house arrives the registry takes it up; the tablet sends it again too, once it has the child’s file. Nobody writes it again.'
	],
	not_yours_to_merge: [
		'两份档案照旧分开（或照旧合着），写的那台平板上也一样，那里写着原因。',
		'The files stay apart (or together) as they were, on the tablet that wrote it too, where the reason is shown.'
	],
	decision_not_here: ['什么也不会发生：决定不从平板来。', 'Nothing: decisions do not come from tablets.'],
	device_revoked: [
		'保存在这里，不计入档案。平板交完以后会清除自己的全部内容。',
		'It is kept here and is part of no file. Once it has handed everything in, the tablet erases itself.'
	],
	malformed: [
		'平板留着原来的记录；有人打开平板后，会按普通方式再送。这一行仍留在这里。',
		'The tablet keeps the record; once somebody opens the tablet it is sent the ordinary way. This line stays.'
	],
	does_not_open: [
		'平板留着原来的记录；有人打开平板后，会按普通方式再送。这一行仍留在这里。',
		'The tablet keeps the record; once somebody opens the tablet it is sent the ordinary way. This line stays.'
	],
	content_unreadable: [
		'平板留着原来的记录；有人打开平板后，会按普通方式再送。这一行仍留在这里。',
		'The tablet keeps the record; once somebody opens the tablet it is sent the ordinary way. This line stays.'
	],
	sha256_wrong: [
		'平板留着照片；有人打开平板后，会再送一次。这一行仍留在这里。',
		'The tablet keeps the photo and sends it again once somebody opens the tablet. This line stays.'
	],
	number_taken: ['先到的那条照旧有效。', 'The one that came first stands.'],
	id_taken: ['先到的那条照旧有效。', 'The one that came first stands.']
});

/** What a person does. */
export const asideToDo = area({
	unreadable: [
		'请在那台平板上打开档案，把这条重新写一遍。再出现时，把“出错的地方”告诉管理程序的人。',
		'On that tablet open the file and write it again. If it happens again, tell whoever runs the program where it fails.'
	],
	too_large: [
		'请在那台平板上打开档案，把内容分成几条重新写。',
		'On that tablet open the file and write it again in parts.'
	],
	too_deep: ['请在那台平板上打开档案，把这条重新写一遍。', 'On that tablet open the file and write it again.'],
	signature_wrong: [
		'请使用人在平板的同步页按“再发一次”。还不行，就给这个人新的登记码，再重新写一遍。',
		'Have its user press “send again” on the tablet’s sync page. If that does not help, give that person a new code and have it written again.'
	],
	staff_unknown: [
		'请核对人员名单。人还在：给新的登记码。人已离开：由知道实情的同事在平板上重新写一遍。',
		'Check the list of people. If the person is still there, give a new code. If not, a colleague who knows writes it again on a tablet.'
	],
	device_mismatch: [
		'请打电话问这台平板的使用人。说不清楚，就停用这台平板。',
		'Call whoever uses the tablet. If it cannot be explained, close the tablet.'
	],
	sequence_taken: [
		'请打电话问清平板在哪里、有没有换过机器。有疑问就停用。这条说的是实情，就在平板上重新写一遍。',
		'Call and ask where the tablet is and whether it was moved to another machine. If in doubt, close it. If what it says is true, have it written again.'
	],
	chain_broken: [
		'请打电话问使用人。有疑问就停用这台平板。这条说的是实情，就在平板上重新写一遍。',
		'Call whoever uses the tablet. If in doubt, close it. If what it says is true, have it written again.'
	],
	child_elsewhere: [
		'孩子已经在你们机构：请原来的机构补上交接。孩子不在：和那家机构或登记处联系，由他们记录。',
		'If the child is with your house, ask the house before to record the hand-over. If not, tell that house or the registry, who record it.'
	],
	not_yours_to_merge: [
		'请主管或登记处看两份档案：确是一个孩子，由主管或登记处合并；不是，在平板上选“不是同一个孩子”。',
		'A supervisor or the registry looks at both files: if they are one child’s, they merge them; if not, say on the tablet that they are two children.'
	],
	decision_not_here: [
		'请有权决定的人在工作台办理。没有人在平板上做过，就请打电话问使用人。',
		'Whoever may decide does so at the desk. If nobody did this on the tablet, call whoever uses it.'
	],
	device_revoked: [
		'请看它写了什么。是实情，就由同事在另一台平板上重新写一遍。',
		'Read what it says. If it is true, a colleague writes it again on another tablet.'
	],
	malformed: [
		'请使用人打开平板。还在这里出现，就重新写一遍。',
		'Have its user open the tablet. If it comes here again, have it written again.'
	],
	does_not_open: [
		'请使用人打开平板。平板丢了或坏了，内容就打不开了：请问写的人。',
		'Have its user open the tablet. If the tablet is lost or broken this cannot be read: ask who wrote it.'
	],
	content_unreadable: [
		'请使用人打开平板。还在这里出现，就重新写一遍。',
		'Have its user open the tablet. If it comes here again, have it written again.'
	],
	sha256_wrong: [
		'请使用人打开平板。照片还是没到，就重新拍一张。',
		'Have its user open the tablet. If the photo still does not come, take it again.'
	],
	number_taken: [
		'请打电话问写的人，两条说的是不是两个孩子。',
		'Call whoever wrote it: do the two tell of two children?'
	],
	id_taken: ['请打电话问写的人，两条说的是不是两个孩子。', 'Call whoever wrote it: do the two tell of two children?']
});
