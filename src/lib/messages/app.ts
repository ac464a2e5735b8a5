import { area } from './message.ts';

/** The frame of the institution app, its door (enrol, unlock, rest), today's list, the list of children, the settings. */
export const app = area({
	brand: ['留灯', 'Lampkeep'],
	skip: ['跳到正文', 'Skip to content'],
	mainNavigation: ['主导航', 'Main'],
	demo: [
		'演示环境：孩子和事情都是编出来的，不要录入真实信息。',
		'DEMO: every child and event here is invented. Do not enter real information.'
	],
	loading: ['正在打开…', 'Opening…'],
	back: ['返回', 'Back'],
	close: ['关闭', 'Close'],
	cancel: ['取消', 'Cancel'],
	save: ['保存', 'Save'],
	change: ['修改', 'Change'],
	remove: ['删除', 'Remove'],
	titleSuffix: ['{page} · 留灯', '{page} · Lampkeep'],
	notFound: ['没有这个页面', 'There is no such page'],
	notFoundWhat: [
		'地址可能写错了，或者页面已经搬走。已保存的内容都还在。',
		'The address may be mistyped, or the page has moved. Everything saved is still here.'
	],
	toToday: ['回到今日', 'Go to Today'],
	failed: ['这一页没有打开', 'This page did not open'],
	failedWhat: [
		'程序出了意外。已保存在这台平板上的内容都还在。请重新打开；再不行，请锁定后重试。',
		'Something unexpected happened. Everything saved on this tablet is still here. Open the page again; if that fails, lock and try again.'
	],
	reload: ['重新打开', 'Open again'],

	today: ['今日', 'Today'],
	children: ['儿童', 'Children'],
	intake: ['登记', 'Register'],
	sync: ['同步', 'Sync'],
	settings: ['设置', 'Settings'],
	waitingCount: ['{n} 项待发', '{n} waiting'],

	chipOffline: ['离线，已存本机，{n} 项待发', 'Offline, saved on this tablet, {n} waiting'],
	chipOfflineShort: ['离线，{n} 项待发', 'Offline, {n} waiting'],
	chipOfflineNone: ['离线，可以照常工作', 'Offline, keep working'],
	chipSending: ['正在发送 {done}/{total}', 'Sending {done}/{total}'],
	chipReceiving: ['正在接收', 'Receiving'],
	chipSynced: ['已同步 {time}', 'Synced {time}'],
	chipWaiting: ['已存本机，{n} 项待发', 'Saved on this tablet, {n} waiting'],
	chipNever: ['还没有同步过', 'Not synced yet'],
	chipAttention: ['有 {n} 项要处理', '{n} need{n|s|} you'],
	chipFault: ['同步需要你看一下', 'Sync needs you'],
	chipPaused: ['你选了先不发送，{n} 项已存本机', 'Held by you, {n} saved here'],
	chipHeldShort: ['先不发，{n} 项', 'Held, {n}'],
	chipPausedNone: ['你选了先不发送', 'Sending held by you'],

	roleCareWorker: ['护理员', 'care worker'],
	roleSupervisor: ['主管', 'supervisor'],
	roleSecondAdministrator: ['第二管理员', 'second administrator'],
	roleOfficer: ['登记处工作人员', 'registry officer'],
	roleAuditor: ['审计员', 'auditor'],

	enrolTitle: ['把这台平板登记到你的机构', 'Enrol this tablet for your house'],
	enrolWhat: [
		'需要一次性登记码，由机构的主管在工作台开出，15 分钟内有效。这一步要有网络；以后没有网络也能工作。',
		'You need a one-time code that a supervisor shows at the desk; it is valid for 15 minutes. This step needs the network; afterwards you can work without it.'
	],
	enrolAddTitle: ['在这台平板上加一个人', 'Add a person to this tablet'],
	enrolStepCode: ['登记码', 'Code'],
	enrolStepPassphrase: ['口令', 'Passphrase'],
	enrolStepPin: ['PIN 码', 'PIN'],
	enrolStepOf: ['第 {n} 步，共 3 步', 'Step {n} of 3'],
	enrolCodeLabel: ['登记码', 'One-time code'],
	enrolCodeHint: [
		'27 个字符。大小写都可以；O 当作 0，I 和 L 当作 1。扫二维码打开这一页时已经填好。',
		'27 signs. Capitals or not; O counts as 0, I and L as 1. Filled in already if you opened this page by scanning.'
	],
	enrolCodeGroup: ['第 {n} 组', 'Group {n}'],
	enrolCodeIncomplete: ['登记码还差 {n} 个字符。', 'The code lacks {n} sign{n||s}.'],
	enrolCodeWrong: [
		'登记码里有写错的字符：最后一位校验符对不上。请对照工作台上的登记码再看一遍。',
		'A sign of the code is wrong: the check sign at the end does not fit. Compare it with the code at the desk.'
	],
	enrolCodeBadSign: ['“{sign}”不会出现在登记码里。', 'The sign “{sign}” never occurs in a code.'],
	enrolCodeGood: ['登记码写对了', 'The code is well written'],
	enrolTabletName: ['给这台平板起个名字', 'Name this tablet'],
	enrolTabletNameHint: [
		'例如“二楼护理站”。登记处用它来区分平板。',
		'For example “Second floor station”. The registry tells tablets apart by it.'
	],
	enrolContinue: ['继续', 'Continue'],
	enrolPassphraseWhat: [
		'这五个词是你的口令，只显示这一次。请抄在纸上，收在只有你能拿到的地方。忘了口令，主管可以重新登记你；已送到登记处的内容不会丢。',
		'These five words are your passphrase, shown only this once. Copy them on paper and keep it where only you can reach it. If you forget them, a supervisor enrols you again; what reached the registry is not lost.'
	],
	enrolPassphraseShown: ['你的口令', 'Your passphrase'],
	enrolPassphraseCopied: ['我抄好了', 'I have copied it'],
	enrolPassphraseAgain: ['照着纸再输入一遍', 'Type it again from your paper'],
	enrolPassphraseAgainHint: ['五个词，中间空一格。', 'Five words with a blank between them.'],
	enrolPassphraseDiffers: [
		'和刚才显示的口令不一样。请对照纸再看一遍；要重新看口令，请返回。',
		'This differs from the passphrase shown. Compare it with your paper; go back to see it again.'
	],
	enrolPassphraseShowAgain: ['再看一次口令', 'Show the passphrase again'],
	enrolPinWhat: [
		'PIN 码用来在短暂离开后快速打开。输错五次，就要用口令或工牌打开。',
		'The PIN opens the tablet quickly after a short pause. After five wrong PINs your passphrase or badge is needed.'
	],
	enrolPin: ['六位数字的 PIN 码', 'PIN of six digits'],
	enrolPinAgain: ['再输入一遍 PIN 码', 'PIN again'],
	enrolPinForm: ['PIN 码要六位数字。', 'The PIN needs six digits.'],
	enrolPinSimple: [
		'这个 PIN 码太容易猜。请不要用同一个数字或连续的数字。',
		'This PIN is too easy to guess. Avoid one repeated digit or a run of digits.'
	],
	enrolPinDiffers: ['两次输入的 PIN 码不一样。', 'The two PINs differ.'],
	enrolFinish: ['登记这台平板', 'Enrol this tablet'],
	enrolBusy: ['正在登记…', 'Enrolling…'],
	enrolRefused: [
		'登记处不接受这个登记码：可能已过期或用过了。请主管再开一个。',
		'The registry does not accept this code: it may have expired or been used. Ask a supervisor for another.'
	],
	enrolTabletRefused: [
		'登记处不接受这台平板：它属于另一家机构，或者已被停用。请主管在工作台核对。',
		'The registry does not accept this tablet: it belongs to another house or was taken off the list. Ask a supervisor to check at the desk.'
	],
	enrolTooMany: ['试的次数太多，请过十五分钟再试。', 'Too many tries; wait fifteen minutes.'],
	enrolUnreachable: [
		'没有连上登记处。登记平板需要网络；登记码和刚才填的都还在，连上后再按一次。',
		'The registry could not be reached. Enrolling needs the network; the code and what you filled in are still here, press again when connected.'
	],
	enrolOutdated: [
		'登记处的程序比这台平板新。请先更新程序再登记。',
		'The registry is newer than the program on this tablet. Update the program first.'
	],
	enrolFailed: [
		'登记处出了问题（{status}），过几分钟再试。登记码没有用掉。',
		'The registry had a fault ({status}); try again in a few minutes. The code was not used.'
	],

	unlockTitle: ['打开', 'Unlock'],
	unlockWho: ['你是谁？', 'Who are you?'],
	unlockPassphrase: ['口令', 'Passphrase'],
	unlockPassphraseHint: [
		'登记时抄下的五个词，中间空一格。',
		'The five words you copied when you were enrolled, with a blank between them.'
	],
	unlockShow: ['显示口令', 'Show the passphrase'],
	unlockSubmit: ['打开', 'Unlock'],
	unlockBusy: ['正在打开，大约两秒…', 'Opening, about two seconds…'],
	unlockEmpty: ['请输入口令。', 'Enter the passphrase.'],
	unlockWrong: [
		'口令不对。还可以试 {n} 次，之后要等一会儿。',
		'The passphrase is wrong. {n} more tr{n|y|ies} before a pause.'
	],
	unlockCooling: [
		'输错太多次，请等到 {time} 再试。内容都还在，什么也不会被删除。',
		'Too many wrong tries; try again at {time}. Everything is still here, nothing will be deleted.'
	],
	unlockSlotMissing: [
		'这个人不能再用这台平板。请主管重新登记。',
		'This person can no longer use this tablet. Ask a supervisor to enrol them again.'
	],
	unlockAddPerson: ['加一个人（需要登记码）', 'Add a person (needs a code)'],
	unlockSealed: [
		'这台平板上的内容都加密了，每个人用自己的口令或工牌打开。',
		'Everything on this tablet is encrypted. Each person opens it with what only they have.'
	],
	unlockNobody: [
		'这台平板上还没有人。请用登记码加一个人。',
		'Nobody is set up on this tablet yet. Add a person with a code.'
	],

	restTitle: ['休息中', 'Resting'],
	restWhat: [
		'{name}，输入 PIN 码接着工作。没写完的都还在。',
		'{name}, enter your PIN to go on. Unfinished work is kept.'
	],
	restPin: ['六位 PIN 码', 'PIN of six digits'],
	restWrong: [
		'PIN 码不对。还可以试 {n} 次，之后要用口令或工牌打开。',
		'The PIN is wrong. {n} more tr{n|y|ies}, then your passphrase or badge is needed.'
	],
	restSentBack: [
		'PIN 码输错太多次了，请用口令或工牌打开。没写完的都还在。',
		'Too many wrong PINs: open with your passphrase or badge. Unfinished work is kept.'
	],
	restOpen: ['接着工作', 'Go on'],
	restOther: ['换一个人', 'Another person'],
	restForm: ['PIN 码是六位数字。', 'The PIN has six digits.'],

	idleTitle: ['还在吗？', 'Are you still there?'],
	idleWhat: ['{n} 秒后自动锁上。没写完的会保存。', 'Locks in {n} second{n||s}. Unfinished work is kept.'],
	idleStay: ['继续', 'Stay'],
	/** Beside “lock at once”, which asks for the passphrase or the badge again. */
	restNow: ['离开一会儿（用 PIN 码回来）', 'Step away (back with the PIN)'],
	lockNow: ['马上锁定', 'Lock now'],
	person: ['{name} · {role}', '{name} · {role}'],
	personMenu: ['{name} 的菜单', 'Menu of {name}'],
	changePerson: ['锁定并换人', 'Lock and change person'],

	greetingMorning: ['早上好，{name}', 'Good morning, {name}'],
	greetingNoon: ['中午好，{name}', 'Good day, {name}'],
	greetingAfternoon: ['下午好，{name}', 'Good afternoon, {name}'],
	greetingEvening: ['晚上好，{name}', 'Good evening, {name}'],
	todayCounts: [
		'在院儿童 {children} 人 · 今天 {duties} 件事',
		'{children} child{children||ren} here · {duties} thing{duties||s} to do today'
	],
	registerChild: ['登记新入院儿童', 'Register a new child'],
	offlineNote: ['没有网络，可以照常工作。', 'No network; keep working as usual.'],
	offlineNoteMore: [
		'所有内容已保存在这台平板上。{n} 项等待发送 · 上次同步：{last}',
		'Everything is saved on this tablet. {n} waiting to be sent · last sync: {last}'
	],
	never: ['还没有过', 'never'],
	look: ['查看', 'Look'],
	dutiesToday: ['今天要做的事', 'To do today'],
	dutiesNone: ['今天没有要做的事。', 'Nothing to do today.'],
	dutiesMore: ['还有 {n} 件', '{n} more'],
	unfinished: ['没写完的登记', 'Unfinished registrations'],
	unfinishedNone: ['没有没写完的登记。', 'No unfinished registrations.'],
	unfinishedSaved: ['{day} {time} 保存在本机 · {done}/8 步', 'Saved on this tablet {day} {time} · {done} of 8 steps'],
	stepsDone: ['8 步完成 {n} 步', '{n} of 8 steps done'],
	goOn: ['接着写', 'Go on'],
	ahead: ['30 天内到期', 'Due within 30 days'],
	aheadNone: ['30 天内没有到期的事。', 'Nothing is due within 30 days.'],
	dayToday: ['今天', 'today'],
	dayYesterday: ['昨天', 'yesterday'],

	childrenTitle: ['儿童', 'Children'],
	searchLabel: ['找孩子', 'Find a child'],
	searchHint: ['名字、拼音、首字母、编号末几位、胎记疤痕', 'Name, pinyin, initials, end of a number, marks'],
	searchClear: ['清空', 'Clear'],
	filterSex: ['性别', 'Sex'],
	filterAge: ['年龄', 'Age'],
	filterShow: ['显示', 'Show'],
	filterAny: ['不限', 'Any'],
	filterHere: ['在院', 'Here'],
	filterUnfinished: ['没写完', 'Unfinished'],
	filterLeft: ['已离开', 'Left'],
	filterAll: ['全部', 'All'],
	ageBand: ['{from}–{to} 岁', '{from}–{to} years'],
	ageBandOpen: ['{from} 岁以上', '{from} years and over'],
	childrenFound: ['找到 {n} 人', '{n} found'],
	childrenShown: [
		'显示前 {shown} 人，共 {n} 人。再输入几个字可以缩小范围。',
		'The first {shown} of {n}. Type more to narrow it down.'
	],
	childrenMore: ['再显示一些', 'Show more'],
	childrenEmpty: ['这台平板上还没有孩子。', 'No children on this tablet yet.'],
	childrenEmptyWhat: [
		'登记第一个孩子，或者等同步把机构的档案取下来。',
		'Register the first child, or wait until sync has fetched the records of the house.'
	],
	childrenNone: ['没有找到。', 'Nobody found.'],
	childrenNoneWhat: ['试试少写几个字，或者去掉筛选。', 'Try fewer words, or remove a filter.'],
	clearFilters: ['去掉筛选', 'Remove filters'],
	nameless: ['还没有名字', 'No name yet'],
	assignedName: ['（暂用名）', '(name given here)'],
	ageYears: ['{n} 岁', '{n} year{n||s}'],
	ageMonths: ['{n} 个月', '{n} month{n||s}'],
	ageAbout: ['约 {age}', 'about {age}'],
	ageBetween: ['{from}–{to} 岁', '{from}–{to} years'],
	ageUnknown: ['年龄不详', 'age unknown'],
	chipDraft: ['没写完', 'Unfinished'],
	chipConflict: ['{n} 处不同', '{n} contradiction{n||s}'],
	chipNewer: ['要更新程序', 'Update the app'],
	chipDaysLeft: ['还剩 {n} 天', '{n} day{n||s} left'],
	chipLeft: ['已离开', 'Has left'],
	chipClaimed: ['有人认领', 'Claimed'],
	chipElapsed: ['已满十二个月', 'Twelve months over'],
	chipNotice: ['公告已发布', 'Notice published'],
	chipProvisional: ['暂定', 'provisional'],

	updateWaiting: ['程序有更新。', 'The program has an update.'],
	updateApply: ['现在更新', 'Update now'],
	updateBusy: ['另一个窗口正在发送或填写，请稍后再更新。', 'Another window is busy; update a little later.'],
	updateReplaced: [
		'程序已在另一个窗口更新，请重新打开这一页。',
		'The program was updated in another window; open this page again.'
	],

	settingsTitle: ['设置', 'Settings'],
	settingsLanguage: ['语言', 'Language'],
	settingsType: ['字的大小', 'Type size'],
	settingsTypeNormal: ['标准', 'Standard'],
	settingsTypeLarge: ['大字', 'Large'],
	settingsKept: ['这两项只记在这台平板上。', 'Both are kept on this tablet only.'],
	settingsTablet: ['这台平板', 'This tablet'],
	settingsHouse: ['机构', 'House'],
	settingsYou: ['你', 'You'],
	settingsProgram: ['程序', 'Program'],
	settingsProgramWhat: [
		'本机存有 {files} 个程序文件。登记处可以核对这四组字，看是不是它发出的程序。',
		'{files} program files are kept here. The registry can check by these four groups that it is the program it gives out.'
	],
	settingsProgramMissing: [
		'{files} 个程序文件缺 {missing} 个：有网络时请关掉所有留灯页面再打开一次。',
		'{missing} of {files} program files are missing: with a network, close every Lampkeep page and open it once more.'
	],
	settingsProgramNotKept: [
		'程序还没有存到本机，没有网络时打不开。',
		'The program is not kept on this tablet yet; without a network it would not open.'
	],
	languageChinese: ['中文', '中文'],
	languageEnglish: ['English', 'English'],
	otherLanguage: ['English', '中文']
});
