import { area } from './message.ts';

/*
 * What a family reads when it claims a child, reports a missing one, or follows what became of it. Short sentences and
 * everyday words: a mother of sixty who went to primary school must understand every one, on the worst day of her life.
 */

/** The way through: beginning, saving, coming back, sending, following. */
export const claimWords = area({
	fromNotice: ['这可能是我的孩子', 'This may be my child'],

	claimTitle: ['认领孩子', 'Claim a child'],
	claimLead: [
		'不确定也没关系。把你知道的告诉我们，我们来查。',
		'You need not be sure. Tell us what you know, and we will look into it.'
	],
	reportTitle: ['登记失踪的孩子', 'Report a missing child'],
	reportLead: [
		'没有看到像你家孩子的公告，也请登记下来。以后每找到一个孩子，我们都会拿来和你的登记比一比。',
		'If no notice looks like your child, please report the child here. Every child who is found from now on will be compared with your report.'
	],
	needTitle: ['先看这几句', 'Before you begin'],
	needTime: [
		'一页只问一件事，大约 10 分钟。不记得的可以空着。',
		'One question a page, about 10 minutes. Leave empty what you do not remember.'
	],
	needSave: [
		'随时可以先存着。我们给你一个票号和一个密码，以后用它们接着填。不用注册，不用下载。',
		'You can stop at any time. You get a ticket number and a password, and go on with them later. No account, nothing to install.'
	],
	needFree: [
		'全部免费。谁为这个收你的钱，请打 110。',
		'It is free. If anyone asks for money for it, call the police: 110.'
	],
	needPrivate: [
		'你写的不会公开。只有登记处、照顾孩子的机构和公安能看到。',
		'What you write is never published. Only the registry, the institution that cares for the child and the police can read it.'
	],
	needPapers: [
		'手边有身份证、户口本、孩子的照片、报案回执，就拿出来。没有也能填。',
		'Have your identity card, household register, photos of the child and the police receipt at hand if you can. You can do without.'
	],
	afterTitle: ['之后会怎样', 'What happens then'],
	afterLook: ['有工作人员看你写的。', 'A person reads what you wrote.'],
	afterStop: [
		'如果看起来有可能，这个孩子的送养马上停下来，直到查清楚。',
		'If it may be true, any adoption of the child stops at once, until everything is clear.'
	],
	afterBlood: [
		'需要的时候，请你去派出所免费采血。',
		'When it is needed, you are asked to give a blood sample at a police station, free of charge.'
	],
	afterPerson: [
		'为了孩子的安全，孩子在哪里、对没对上，这里都不会写。结果会当面告诉你。',
		'For the child’s safety nothing here says where a child is, or whether it fits. You are told in person.'
	],
	afterWaits: [
		'登记一直有效，不会过期。情况有变化，随时可以来改。',
		'Your report stays open for as long as you wish. You can change it at any time.'
	],
	numberLabel: ['公告编号', 'Number of the notice'],
	numberHint: [
		'在公告和海报上，LK 开头，例如 LK-7F3K-29QX。没有就空着。',
		'It is on the notice and the poster and begins with LK, such as LK-7F3K-29QX. Leave it empty if you have none.'
	],
	begin: ['开始填写', 'Begin'],
	haveTicket: ['我有票号：接着填，或者看进度', 'I have a ticket: go on, or see how it stands'],
	toReport: ['没有看到公告，要登记失踪的孩子', 'I saw no notice and want to report a missing child'],
	toClaim: ['看到了公告，要认领孩子', 'I saw a notice and want to claim the child'],
	homeReport: ['孩子丢了，这里没有？', 'Your child is missing and not here?'],
	homeReportWhat: [
		'登记下来。以后每找到一个孩子，都会和你的登记比一比。',
		'Report the child. Every child found later will be compared with your report.'
	],

	step: ['第 {n} 步，共 {all} 步', 'Step {n} of {all}'],
	stepClaim: ['认领', 'Claim'],
	stepReport: ['失踪登记', 'Missing child'],
	back: ['上一步', 'Back'],
	next: ['继续', 'Continue'],
	keep: ['保存', 'Save'],
	saveForLater: ['先存着，以后再填', 'Save, and go on later'],
	rest: ['其他的我不记得了，或者不清楚', 'I do not remember or know the rest'],
	restHint: ['打了勾，空着的就不会再问。', 'With this tick you are not asked again for what is empty.'],
	privateNote: [
		'你写的不会公开，只有登记处、照顾孩子的机构和公安能看到。',
		'What you write is never published. Only the registry, the institution that cares for the child and the police can read it.'
	],
	optional: ['可以不填', 'You may leave it empty'],

	saveTitle: ['已经存好了', 'It is saved'],
	saveLead: [
		'把下面两行抄下来，或者拍一张照片。以后用它们接着填，也用它们看进度。',
		'Write down these two lines, or take a photo of them. With them you go on later and see how it stands.'
	],
	ticket: ['票号', 'Ticket'],
	secret: ['密码', 'Password'],
	secretOnce: [
		'密码只在这里给你看，我们自己也查不到。丢了，就只能重新填一份。',
		'The password is shown here only, and we cannot look it up ourselves. If it is lost, you have to begin anew.'
	],
	secretNobody: [
		'工作人员可能会问你票号，不会问你密码。密码不要告诉别人。',
		'Staff may ask you for the ticket, never for the password. Tell it to nobody.'
	],
	saveUntil: ['没有提交的，保留到 {date}。', 'What is not sent is kept until {date}.'],
	savePrint: ['要打印：打开浏览器的菜单，选“打印”。', 'To print: open the browser’s menu and choose “Print”.'],
	goOn: ['接着填', 'Go on'],
	leave: ['在这台手机上关掉', 'Close it on this device'],
	leaveHint: [
		'用的是别人的手机或者网吧的电脑，走之前请点这里。',
		'If this is not your own phone or computer, press this before you go.'
	],

	backTitle: ['接着填，或者看进度', 'Go on, or see how it stands'],
	backLead: ['写上票号和密码。', 'Type your ticket and your password.'],
	backTicketHint: ['RJ 开头，例如 RJ-4T7K-92QX', 'It begins with RJ, such as RJ-4T7K-92QX'],
	backSecretHint: ['20 个数字，中间有没有空格都行', '20 digits, with or without blanks'],
	backOpen: ['打开', 'Open'],
	backEnded: [
		'隔了一段时间没有动，为了安全已经关上。存过的都还在，用票号和密码打开。',
		'Nothing was done for a while, and for your safety it was closed. All that was saved is still there: open it with ticket and password.'
	],
	backLeft: [
		'已经关上。这台设备上不再留有你写的内容。',
		'It is closed. Nothing of what you wrote is left on this device.'
	],
	backLost: [
		'票号或密码找不到了？重新填一份，写上原来登记的姓名和电话，工作人员会把两份合起来看。',
		'Ticket or password lost? Begin anew with the same name and telephone number: staff will read both together.'
	],

	checkTitle: ['看一遍，再提交', 'Read it once more, then send it'],
	checkLead: [
		'每一项都可以改。空着的也可以提交。',
		'You can change every part. You may send it with parts left empty.'
	],
	checkChange: ['修改', 'Change'],
	checkChangeWhat: ['修改：{what}', 'Change: {what}'],
	checkNothing: ['没有填', 'Nothing yet'],
	checkUnsure: ['其他的不记得，或者不清楚', 'The rest not remembered or not known'],
	checkLook: ['请再看一眼，没错就不用改：', 'Please look at this once more; if it is right, leave it:'],
	send: ['提交', 'Send'],
	sendTrue: [
		'我写的都是我知道的。我明白，编造内容冒领孩子要负法律责任。',
		'What I wrote is what I know. I understand that inventing things to get a child is against the law.'
	],

	sentTitle: ['我们收到了', 'We have received it'],
	sentThanks: [
		'谢谢你告诉我们。有工作人员会仔细看，你不用再做什么。',
		'Thank you for telling us. A person will read it with care. You need do nothing more now.'
	],
	sentFollow: [
		'想知道到哪一步了，用下面的票号和密码来看。',
		'To see how it stands, use this ticket and this password.'
	],
	sentNextTitle: ['接下来', 'Next'],
	sentWait: [
		'需要你补充的时候，会写在“进度”里，也可能打你留下的电话。',
		'If something more is needed, it is written under “How it stands”, and we may ring the number you gave.'
	],
	sentBlood: [
		'还没有报案、没有采血的，现在就可以去派出所办，免费。这是找到孩子最可靠的办法。',
		'If you have not reported the case or given blood, you can do so now at any police station, free of charge. It is the surest way to find a child.'
	],
	sentPhone: [
		'来电话的人如果要钱，或者问你的密码，那是骗子，请打 110。',
		'If a caller asks for money or for your password, it is a fraud: call the police, 110.'
	],
	sentTurn: [
		'你已经有几份认领还在办。这一份我们也收下了，等前面的办完一份，就来办它。',
		'You have several claims that are still being worked on. We keep this one too, and take it up as soon as one of the others has ended.'
	],
	toFollow: ['看进度', 'How it stands'],

	followTitle: ['进度', 'How it stands'],
	followSince: ['{date} 起', 'since {date}'],
	stageReceived: ['已经收到，还没有轮到', 'Received, and waiting to be read'],
	stageReceivedWhat: [
		'工作人员会按顺序看。你不用再做什么。',
		'Staff read in the order of arrival. You need do nothing.'
	],
	stageLooked: ['正在看你写的内容', 'It is being looked into'],
	stageLookedWhat: [
		'工作人员正在查对。需要你补充的时候，会写在这里。',
		'Staff are checking. If something more is needed from you, it will be written here.'
	],
	stageLookedReport: [
		'登记一直有效。以后每找到一个孩子，都会和它比一比。',
		'Your report stays open. Every child who is found will be compared with it.'
	],
	stageSample: ['需要你采血', 'A blood sample is needed'],
	stageSampleWhat: [
		'请在 {date} 以前，带上身份证，到任何一个派出所采血，免费。告诉民警：认领孩子，需要采血做 DNA 比对。能父母两个人都去最好。',
		'Please go to any police station with your identity card by {date} and give a blood sample, free of charge. Tell the officer: it is for a DNA comparison, to claim a child. It is best if both parents go.'
	],
	stageSampleLate: [
		'实在来不及，请打电话告诉登记处。过了这一天没有采血，送养就不会再为这份认领停着，不过你还可以申诉。',
		'If you cannot make it, please ring the registry. After that day, without a sample, adoption no longer stops for this claim, but you can appeal.'
	],
	stageCompared: ['正在做 DNA 比对', 'The DNA is being compared'],
	stageComparedWhat: [
		'你的血样已经采了。比对需要一些时间，请等消息。',
		'Your blood sample was taken. The comparison takes some time; please wait to hear from us.'
	],
	stageDeciding: ['正在作决定', 'A decision is being prepared'],
	stageDecidingWhat: ['要由两个人一起决定，以免出错。', 'Two persons decide together, so that no mistake is made.'],
	stageDecided: ['已经有结果，请本人来一趟', 'It is decided. Please come in person'],
	stageDecidedWhat: [
		'结果要当面告诉你。请带上身份证和票号来登记处，来之前先打个电话。',
		'You are told in person. Please come to the registry with your identity card and your ticket, and ring before you come.'
	],
	stageWithdrawn: ['你已经撤回', 'You have withdrawn it'],
	stageWithdrawnWhat: [
		'我们不再办这一份。以后想再认领，可以重新填一份。',
		'We no longer work on it. If you wish to claim again, you can begin a new one.'
	],
	erasedNote: [
		'你写的内容和照片已经按规定删除，只留下办理的经过。',
		'What you wrote and your photos have been erased as the rules ask. Only what was done, and when, is kept.'
	],
	askedTitle: ['请你补充', 'We have a question'],
	askedWhat: [
		'请看看下面这几页，能补多少补多少，不知道的可以空着。',
		'Please look at these pages again and add what you can. Leave empty what you do not know.'
	],
	lapsedTitle: ['没有等到你的血样', 'Your blood sample did not come'],
	lapsedWhat: [
		'说好 {date} 以前采血，我们没有等到，所以送养不再为这份认领停着。认领还在，没有取消。',
		'We waited for it until {date}. Adoption no longer stops for this claim. The claim itself goes on; it is not cancelled.'
	],
	lapsedHow: [
		'有原因没去成，请写在下面申诉；已经采过血，也写上哪天、在哪个派出所。',
		'If something kept you, please write it below and appeal. If you did give blood, write when and at which police station.'
	],
	appealLabel: ['为什么没去成', 'What kept you'],
	appeal: ['申诉', 'Appeal'],
	appealed: ['已经收到你的申诉，工作人员会看。', 'We have received your appeal. Staff will read it.'],
	told: ['你写的内容', 'What you told us'],
	toldChange: ['想起什么，随时可以来补。', 'Whenever you remember more, you can add it.'],
	savedNow: ['已经存好，工作人员会看到。', 'It is saved, and staff will see it.'],
	contactTitle: ['打电话问', 'Ask by telephone'],
	contactRegistry: ['登记处：{name}', 'Registry: {name}'],
	contactCall: ['打电话 {phone}', 'Call {phone}'],
	contactSay: ['请报票号 {ticket}。不要报密码。', 'Please give the ticket {ticket}, never the password.'],
	contactElse: [
		'请打公告上的电话，或者问当地民政局。',
		'Please ring the number on the notice, or ask the local civil affairs bureau.'
	],

	withdraw: ['撤回', 'Withdraw'],
	withdrawTitle: ['要撤回吗？', 'Withdraw it?'],
	withdrawClaim: [
		'撤回以后，我们不再办这份认领，孩子的送养也不会再为它停着。撤回了不能恢复，以后可以重新填一份。',
		'Once withdrawn, we no longer work on this claim, and adoption of the child no longer stops for it. It cannot be taken back; you can begin a new one later.'
	],
	withdrawReport: [
		'撤回以后，新找到的孩子不会再和这份登记比。撤回了不能恢复，以后可以重新登记。',
		'Once withdrawn, children who are found are no longer compared with this report. It cannot be taken back; you can report again later.'
	],
	withdrawNobody: [
		'没有人可以逼你撤回，也没有人可以花钱叫你撤回。遇到这样的事，请打 110。',
		'Nobody may force you or pay you to withdraw. If that happens, call the police: 110.'
	],
	withdrawWhy: ['为什么撤回', 'Why you withdraw'],
	withdrawYes: ['是的，撤回', 'Yes, withdraw it'],
	withdrawNo: ['不撤回，回到进度', 'No, back to how it stands'],

	errorPrefix: ['有错误：', 'Error: '],
	errorsHeading: ['有 {n} 处需要改', '{n} {n|thing|things} to put right'],
	closed: [
		'这一份已经办完或者撤回，不能再改了。',
		'This one has ended or was withdrawn, and cannot be changed any more.'
	],
	tooManyBegun: [
		'从这个网络开始填的太多了。请过 {minutes} 分钟再试，或者打公告上的电话。',
		'Too many were begun from this network. Please try again in {minutes} {minutes|minute|minutes}, or ring the number on the notice.'
	],
	tooManyTries: [
		'试的次数太多了。请过 {minutes} 分钟再试。',
		'Too many tries. Please try again in {minutes} {minutes|minute|minutes}.'
	],
	tooManyChanges: [
		'改的次数太多了。请打电话告诉登记处。',
		'It was changed too many times. Please tell the registry by telephone.'
	],
	ticketEmpty: ['请写票号', 'Please type your ticket'],
	secretEmpty: ['请写密码', 'Please type your password'],
	ticketMistyped: [
		'票号有一个字不对，请对着抄下来的再看一遍',
		'A sign of the ticket is wrong. Please compare it with what you wrote down'
	],
	secretMistyped: ['密码应该是 20 个数字，请数一数', 'The password has 20 digits. Please count them'],
	ticketRefused: [
		'票号和密码对不上。可能抄错了，也可能 60 天没有提交，已经删除',
		'Ticket and password do not belong together. One may be miscopied, or the draft was not sent within 60 days and was erased'
	],
	sendTrueMissing: ['提交以前，请在这句话前面打勾', 'Please tick this sentence before you send']
});

/** Names of the topics, as headings of their pages and short, in lists. */
export const topicTitles = area({
	which: ['你说的是哪一份公告？', 'Which notice is it about?'],
	child: ['孩子叫什么，什么时候出生的？', 'What is the child called, and when was the child born?'],
	loss: ['孩子是什么时候、在哪里走失的？', 'When and where was the child lost?'],
	looks: ['孩子有什么特征？', 'What is special about the child?'],
	family: ['家里有谁？当时住在哪里？', 'Who is in the family, and where did you live then?'],
	papers: ['有照片或者证件吗？', 'Do you have photos or papers?'],
	you: ['你是谁，怎么找到你？', 'Who are you, and how can we reach you?']
});
export const topicNames = area({
	which: ['哪一份公告', 'The notice'],
	child: ['孩子', 'The child'],
	loss: ['走失的经过', 'How the child was lost'],
	looks: ['特征', 'What is special'],
	family: ['家里', 'The family'],
	papers: ['照片和证件', 'Photos and papers'],
	you: ['你自己', 'About you']
});

/** The boxes of the pages. */
export const claimBoxes = area({
	publicNumber: ['公告编号', 'Number of the notice'],
	publicNumberHint: ['LK 开头，例如 LK-7F3K-29QX', 'It begins with LK, such as LK-7F3K-29QX'],
	asWritten: ['公告上就是这样写的', 'It is written so on the notice'],
	noNumber: ['我没有编号', 'I have no number'],
	whichWords: ['你是怎么知道的', 'How did you learn of it'],
	whichWordsHint: ['在哪里看到的海报，或者谁告诉你的', 'Where you saw the poster, or who told you'],

	given: ['大名', 'Full name'],
	milk: ['小名', 'Name used at home'],
	milkHint: ['家里平时怎么叫', 'What the family calls the child'],
	school: ['上学用的名字', 'Name at school'],
	otherName: ['还叫过什么', 'Any other name'],
	sex: ['男孩还是女孩', 'Boy or girl'],
	boy: ['男孩', 'Boy'],
	girl: ['女孩', 'Girl'],
	sexUnsure: ['不清楚', 'Not sure'],
	birth: ['出生日期', 'Date of birth'],
	birthHint: ['月、日记不清可以空着。正月、腊月、初五这样写也行。', 'Leave month and day empty if you are not sure.'],
	ageAtLoss: ['走失的时候多大', 'How old when lost'],
	years: ['岁', 'years'],
	months: ['个月', 'months'],
	ageHint: ['周岁、虚岁都行', 'As near as you know'],
	bloodGroup: ['血型', 'Blood group'],
	moreChild: ['还知道别的名字、血型', 'Other names, blood group'],
	unsure: ['不清楚', 'Not sure'],

	calendar: ['公历还是农历', 'Which calendar'],
	solar: ['公历（阳历）', 'Solar (the usual one)'],
	lunar: ['农历（阴历）', 'Lunar (traditional Chinese)'],
	year: ['年', 'year'],
	month: ['月', 'month'],
	day: ['日', 'day'],
	lunarShort: ['农历', 'lunar'],
	lunarWithSolar: ['农历；公历 {days}', 'lunar; solar {days}'],
	approxShort: ['大概', 'about'],
	toldYear: ['{y} 年', '{y}'],
	toldMonth: ['{m} 月', 'month {m}'],
	toldLeapMonth: ['闰 {m} 月', 'leap month {m}'],
	toldDay: ['{d} 日', 'day {d}'],
	leap: ['是闰月', 'It was a leap month'],
	approx: ['大概，不一定准', 'About; it may not be exact'],
	dateText: ['或者用话说', 'Or in words'],
	dateTextHint: ['例如：春节前后、收麦子的时候', 'For example: around the Spring Festival, at harvest'],

	lossDate: ['走失的日期', 'Day the child was lost'],
	lossDateHint: ['记不清月、日可以空着。', 'Leave month and day empty if you do not remember.'],
	lossPlace: ['走失的地点', 'Place where the child was lost'],
	province: ['省', 'Province'],
	provinceUnsure: ['不清楚', 'Not sure'],
	place: ['市、县、乡、村，或者什么地方', 'City, county, village, or what kind of place'],
	placeHint: ['村名、集市、车站都可以，写不全也行', 'A village, a market, a station; it need not be complete'],
	how: ['当时是怎么走失的', 'What happened'],
	howHint: [
		'孩子跟谁在一起，最后看见是在哪里，有没有见到什么人、什么车',
		'Who was with the child, where the child was last seen, any person or vehicle you noticed'
	],
	reported: ['报过案、采过血吗？', 'Did you tell the police, and give blood?'],
	reportedBoth: ['都办过', 'Both'],
	reportedOnly: ['报过案，没采血', 'Told the police, gave no blood'],
	reportedNeither: ['都没有', 'Neither'],
	reportedNeitherHint: [
		'也可以填。我们会告诉你去哪里免费采血',
		'You can go on. We will tell you where to give blood, free of charge'
	],
	reportedUnsure: ['不清楚', 'Not sure'],
	policeStation: ['在哪个派出所报的案', 'Which police station'],
	caseNumber: ['案件编号', 'Case number'],
	caseNumberHint: ['在报案回执上', 'It is on the receipt'],

	height: ['走失时的身高', 'Height when lost'],
	cm: ['厘米', 'cm'],
	heightHint: ['例如 96', 'For example 96'],
	features: ['长相', 'Looks'],
	featuresHint: ['脸型、眼睛、头发、牙齿，像谁', 'Face, eyes, hair, teeth; whom the child looks like'],
	marks: ['身上的记号', 'Marks on the body'],
	marksHint: [
		'胎记、痣、疤、烫伤、打针留下的疤。在哪边，多大，什么样子',
		'Birthmark, mole, scar, burn. Which side, how big, what it looks like'
	],
	mark: ['第 {n} 处', 'Mark {n}'],
	markKind: ['是什么', 'What it is'],
	markSite: ['在哪里', 'Where'],
	markSide: ['哪一边', 'Which side'],
	left: ['左边', 'Left'],
	right: ['右边', 'Right'],
	middle: ['中间', 'Middle'],
	bothSides: ['两边', 'Both'],
	markWords: ['什么样子', 'What it looks like'],
	moreMarks: ['再加一处', 'One more mark'],
	clothing: ['走失时穿的衣服', 'Clothes when lost'],
	belongings: ['身上带的东西', 'Things the child had'],
	belongingsHint: ['手镯、长命锁、玩具、零钱', 'A bracelet, an amulet, a toy, coins'],
	speech: ['说什么话，什么口音', 'Language and accent'],
	speechHint: ['家里说的话也写上', 'Also the language of the home'],
	habits: ['习惯、会说的话、会唱的歌', 'Habits, words, songs'],
	habitsHint: [
		'爱吃什么，怕什么，会不会数数、背门牌，叫爸爸妈妈什么',
		'Food the child liked, fears, could the child count or say the address, what the child called you'
	],

	fatherName: ['爸爸的名字', 'Father’s name'],
	motherName: ['妈妈的名字', 'Mother’s name'],
	siblings: ['兄弟姐妹', 'Brothers and sisters'],
	sibling: ['第 {n} 个', 'Number {n}'],
	siblingName: ['名字', 'Name'],
	siblingOrder: ['比孩子大还是小', 'Older or younger than the child'],
	older: ['大', 'Older'],
	younger: ['小', 'Younger'],
	twin: ['双胞胎', 'Twin'],
	siblingWords: ['别的情况', 'Anything else'],
	siblingWordsHint: ['例如：哥哥，比他大三岁', 'For example: brother, three years older'],
	moreSiblings: ['再加一个', 'One more'],
	homeThen: ['当时住在哪里', 'Where you lived then'],
	homeHint: ['门口、周围有什么也可以写', 'Also what was in front of the house and around it'],
	livesNow: ['现在住在哪里', 'Where the family lives now'],

	papersHint: [
		'孩子小时候的照片最有用。拍清楚，一张一张传；传不上来也没关系，以后当面给。',
		'A photo of the child is the most useful. Take a clear picture and send one at a time. If it does not work, show it to us later.'
	],
	paperKind: ['这张是什么', 'What it shows'],
	paperChild: ['孩子的照片', 'Photo of the child'],
	paperHousehold: ['户口本', 'Household register'],
	paperBirth: ['出生证明', 'Birth certificate'],
	paperIdentity: ['身份证', 'Identity card'],
	paperPolice: ['报案回执', 'Police receipt'],
	paperOther: ['其他', 'Something else'],
	paperFile: ['选一张照片', 'Choose a photo'],
	paperFileHint: ['JPEG、PNG 照片，每张不超过 15 兆', 'JPEG or PNG, at most 15 MB each'],
	paperSend: ['传这一张', 'Send this one'],
	papersSent: ['已经传了 {n} 张', '{n} {n|photo|photos} received'],
	paperRemove: ['删掉', 'Remove'],
	paperRemoveWhat: ['删掉：{what}', 'Remove: {what}'],
	paperWords: ['想说明的', 'Anything to add'],
	paperWordsHint: [
		'例如：出生证明在老家，过几天能拿到',
		'For example: the birth certificate is in our village and will come in a few days'
	],

	name: ['你的姓名', 'Your name'],
	nameHint: ['和身份证上一样', 'As on your identity card'],
	relation: ['你是孩子的', 'You are the child’s'],
	father: ['爸爸', 'Father'],
	mother: ['妈妈', 'Mother'],
	grandparent: ['爷爷、奶奶、外公、外婆', 'Grandparent'],
	relationSibling: ['兄弟姐妹', 'Brother or sister'],
	relationOther: ['其他', 'Someone else'],
	relationWords: ['是什么关系', 'In what way'],
	relationWordsHint: ['例如：姑姑、养母、邻居', 'For example: aunt, foster mother, neighbour'],
	identity: ['证件', 'Identity document'],
	identityWhy: [
		'现在不写也行。以后见面、采血时要带证件。',
		'You may leave it for later. You will need it when we meet and when you give blood.'
	],
	identityKind: ['哪一种', 'Which'],
	residentId: ['居民身份证', 'Resident identity card'],
	passport: ['护照', 'Passport'],
	travelPermit: ['港澳台居民证件', 'Hong Kong, Macao or Taiwan permit'],
	identityOther: ['其他证件', 'Another document'],
	identityNumber: ['号码', 'Number'],
	identityConfirmed: ['我对过了，证件上就是这个号码', 'I have checked: the document says so'],
	identityReason: ['说明一下', 'Please explain'],
	identityReasonHint: [
		'例如：证上印的就是这样，派出所说过有误',
		'For example: it is printed so, the police know of the mistake'
	],
	phone: ['电话', 'Telephone'],
	phoneHint: ['自己的，或者能找到你的', 'Your own, or one where you can be reached'],
	otherContact: ['别的联系办法', 'Another way to reach you'],
	otherContactHint: ['微信号、村委会电话、谁能转告', 'WeChat, the village office, someone who passes it on'],
	language: ['想用什么话和你说', 'Language you want to be spoken to in'],
	languageHint: ['例如：普通话、四川话、彝语', 'For example: Mandarin, Sichuanese, Yi'],
	moreYou: ['想用什么话，还可以找谁', 'Your language, someone else we can ask'],
	second: ['还可以找谁', 'Someone else we can ask'],
	secondName: ['姓名', 'Name'],
	secondRelation: ['是你或孩子的什么人', 'Who they are to you or the child'],
	secondPhone: ['他的电话', 'Their telephone']
});

/** What is wrong in one box. Each stands at its box and, as a link, at the top of the page. */
export const claimFaults = area({
	notANumber: ['请写数字，例如 {example}', 'Please write digits, such as {example}'],
	yearTwoDigits: ['年份请写四个数字，例如 1998', 'Please write the year with four digits, such as 1998'],
	outOfRange: ['请写 {least} 到 {most} 之间的数字', 'Please write a number from {least} to {most}'],
	heightRange: [
		'身高请写厘米，{least} 到 {most} 之间。一米二写 120',
		'Please write the height in centimetres, from {least} to {most}'
	],
	tooLong: ['太长了，请写得短一点，{maximum} 个字以内', 'This is too long: at most {maximum} characters'],
	reasonMissing: ['请说明一下，为什么号码是这样', 'Please say why the number is so'],
	yearMissingBirth: ['请填写出生的年份，大概也可以', 'Please give the year of birth, about is enough'],
	yearMissingLoss: ['请填写走失的年份，大概也可以', 'Please give the year of the loss, about is enough'],
	dayWithoutMonth: ['写了日，也请写是几月', 'You gave the day: please give the month too'],
	noSuchDay: [
		'没有这一天，请再看看月和日，或者公历、农历选错了',
		'There is no such day. Please look at month and day, or at the calendar'
	],
	lunarMonthShort: [
		'农历那一年的这个月只有二十九天。年三十请写 29；记不准，“日”就空着',
		'That lunar month had only 29 days. For New Year’s Eve write 29; if you are not sure, leave the day empty'
	],
	inTheFuture: ['这一天还没有到，请再看看年份', 'This day is still to come. Please look at the year'],
	lostBeforeBorn: [
		'走失的日子比出生还早，请看看哪一个写错了',
		'The child was lost before being born. Please see which of the two dates is wrong'
	],
	idDigits: ['身份证号码应该是 18 位，请数一数', 'A resident identity number has 18 digits. Please count them'],
	idOld: [
		'这是 15 位的老号码。请写新身份证上的 18 位；没有新证，就在下面打勾并说明',
		'This is an old number of 15 digits. Please write the 18 digits of the new card; if there is none, tick below and explain'
	],
	idBirthDate: [
		'号码中间的出生日期不对，请对着身份证再看一遍',
		'The date of birth within the number cannot be. Please compare it with the card'
	],
	idCheck: [
		'号码里有一个数字不对，请对着身份证再看一遍',
		'One digit of the number is wrong. Please compare it with the card'
	],
	idConfirm: [
		'如果证件上就是这样，请在下面打勾并说明。',
		'If it is so on the document, please tick below and explain.'
	],
	mobileDigits: [
		'手机号码是 11 位，这里写了 {digits} 位，请数一数',
		'A mobile number in China has 11 digits; this one has {digits}. Please count them'
	],
	phoneUnreadable: ['电话号码不全，请再看一遍', 'The telephone number is not complete'],
	publicNumber: [
		'编号里有一个字不对，请对着公告再看一遍。公告上就是这样，就在下面打勾',
		'A sign of the number is wrong. Please compare it with the notice; if it is written so, tick below'
	],
	nameMissing: ['请写你的姓名', 'Please write your name'],
	contactMissing: ['请留一个电话，或者别的联系办法', 'Please give a telephone number or another way to reach you'],
	nothingTold: [
		'请至少写一件孩子的事，比如小名',
		'Please tell at least one thing about the child, such as the name used at home'
	],
	ageDoesNotFit: [
		'按你写的日期，孩子走失时应该是 {least} 到 {most} 岁，和你写的岁数差得多',
		'By your dates the child was {least} to {most} years old when lost, which is far from the age you gave'
	],
	identityLook: ['证件号码看起来不对，你说明过', 'The number of the document looks wrong; you explained it'],
	publicNumberLook: ['公告编号看起来不对，工作人员会查', 'The number of the notice looks wrong; staff will look it up'],
	photoTooLarge: ['这张照片太大了，请选小一点的，15 兆以内', 'This photo is too large: at most 15 MB'],
	photoNone: ['请先选一张照片', 'Please choose a photo first'],
	notAPhoto: [
		'这个文件不是照片。请传 JPEG 或 PNG 照片，手机拍的就可以',
		'This file is no photo. Please send a JPEG or PNG, as a phone takes them'
	],
	photoDamaged: ['这张照片打不开，请重新拍一张', 'This photo cannot be opened. Please take another one'],
	photoTooMany: [
		'最多传 {maximum} 张。其余的以后当面给',
		'At most {maximum} photos. Please show the others to us later'
	],
	photosTooFast: [
		'传得太多了，请过 {minutes} 分钟再传。别的可以先填',
		'Too many photos at once. Please wait {minutes} {minutes|minute|minutes}; you can go on with the rest'
	],
	photoBusy: [
		'现在太忙，这张没有传上。请再传一次，或者先填别的',
		'We are too busy just now and could not take this photo. Please send it again, or go on with the rest'
	]
});
