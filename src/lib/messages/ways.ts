import { area } from './message.ts';

/** The ways into a tablet, the people on it, and how long it may be without its registry. */
export const ways = area({
	passphrase: ['口令', 'Passphrase'],
	badge: ['工牌和 PIN 码', 'Badge and PIN'],
	passkey: ['通行密钥', 'Passkey'],
	how: ['用什么打开？', 'How do you want to unlock?'],
	notYou: ['换一个人', 'Somebody else'],

	badgeLabel: ['工牌上的字符', 'The signs on your badge'],
	badgeHint: [
		'二维码下面的 27 个字符。大小写都可以；O 当作 0，I 和 L 当作 1。',
		'The 27 signs below the QR code. Capitals or not; O counts as 0, I and L as 1.'
	],
	badgeGood: ['工牌读好了', 'The badge was read'],
	badgeIncomplete: ['工牌上的字符还差 {n} 个。', '{n} sign{n||s} of the badge {n|is|are} missing.'],
	badgeBadSign: ['“{sign}”不会出现在工牌上。', 'The sign “{sign}” never occurs on a badge.'],
	badgeWrong: [
		'有写错的字符：最后一位校验符对不上。请对照工牌再看一遍。',
		'A sign is wrong: the check sign at the end does not fit. Compare it with your badge.'
	],
	badgeScan: ['扫描工牌', 'Scan the badge'],
	badgeType: ['改用输入', 'Type instead'],
	badgeHold: ['把工牌上的二维码对准镜头。', 'Hold the QR code of your badge before the camera.'],
	badgeNotOne: ['这个二维码不是留灯的工牌。', 'This QR code is not a Lampkeep badge.'],
	badgeAgain: ['换一张工牌', 'Another badge'],
	pin: ['六位 PIN 码', 'PIN of six digits'],
	pinForm: ['PIN 码是六位数字。', 'The PIN has six digits.'],
	open: ['打开', 'Unlock'],
	busy: ['正在打开…', 'Opening…'],
	passkeyAsk: ['用通行密钥打开', 'Unlock with the passkey'],
	passkeyWhat: [
		'平板会请你按指纹、看镜头，或输入它自己的锁屏密码。',
		'The tablet asks for your finger, your face or its own screen lock.'
	],
	passkeyRefused: [
		'通行密钥没有给出来：可能取消了，或者这台设备上没有它。可以再试，或者换一种方式。',
		'The passkey was not given: it was cancelled, or it is not on this device. Try again or choose another way.'
	],
	wrong: ['不对。还可以试 {n} 次，之后要等一会儿。', 'That is wrong. {n} more tr{n|y|ies} before a pause.'],
	needsCode: [
		'输错了十次，这里先合上了。请主管在工作台为同一个人再开一个登记码，由能打开这台平板的同事打开后，在“加一个人”里输入。什么也没有丢。',
		'After ten wrong tries this entrance is closed. Ask a supervisor for a new code for the same person; a colleague who can open the tablet opens it, then enter the code under “Add a person”. Nothing is lost.'
	],
	wayMissing: ['这个人没有这种打开方式，请换一种。', 'This person does not have that way in; choose another.'],
	forgotten: ['忘了口令或丢了工牌？', 'Forgot the passphrase or lost the badge?'],
	forgottenWhat: [
		'请主管为你再开一个登记码，由同事打开平板后输入。你会得到新的口令，已记录的内容一点不少。没有人能打开这台平板时，待发的内容连上网络后照样发送。',
		'Ask a supervisor for a new code; a colleague opens the tablet and enters it. You get a new passphrase and everything recorded stays. If nobody can open the tablet, what waits is still sent once there is a network.'
	],

	panic: ['立即锁定', 'Lock at once'],
	panicHint: ['也可以按 Alt + Shift + L', 'Or press Alt + Shift + L'],

	addLockedTitle: ['请先让同事打开平板', 'A colleague must open the tablet first'],
	addLockedWhat: [
		'这台平板上的内容是加密的。要让新的人也能看到，先由已经在这台平板上的一位同事打开它，再回到这里输入登记码。登记码还没有用掉。',
		'The records on this tablet are encrypted. So that one more person can read them, somebody who is already on it opens it first; then come back here and enter the code. The code has not been used.'
	],
	addLockedDo: ['去打开', 'Open it'],

	mineTitle: ['我的打开方式', 'My ways in'],
	mineWhat: [
		'每种方式都能单独打开你的入口。建议至少有两种：丢了一种，还有另一种。',
		'Each way opens your entrance by itself. Two are better than one: if one is lost, the other remains.'
	],
	mineHave: ['已有', 'Set up'],
	mineNone: ['还没有', 'Not set up'],
	mineAddBadge: ['做一张工牌', 'Make a badge'],
	mineNewBadge: ['换一张工牌（旧的作废）', 'Make a new badge (the old one stops working)'],
	mineAddPasskey: ['添加通行密钥', 'Add a passkey'],
	mineNewPasskey: ['换一个通行密钥', 'Replace the passkey'],
	mineNewPassphrase: ['换一个口令', 'New passphrase'],
	mineChangePin: ['换 PIN 码', 'Change the PIN'],
	mineDrop: ['去掉', 'Remove'],
	mineConfirm: ['先输入你现在的 PIN 码', 'First your present PIN'],
	mineConfirmWhy: [
		'这样别人拿起一台开着的平板，也不能给自己留一个入口。',
		'So that nobody who picks up an open tablet can leave themselves an entrance.'
	],
	minePinWrong: [
		'PIN 码不对。还可以试 {n} 次，之后平板会锁上。',
		'The PIN is wrong. {n} more tr{n|y|ies}, then the tablet locks.'
	],
	mineLast: ['这是唯一的打开方式，不能去掉。', 'This is the only way in; it cannot be removed.'],
	mineDone: ['已改好。', 'Done.'],
	mineNoPasskey: [
		'这台设备不能用通行密钥打开档案。请用口令或工牌。',
		'This device cannot open the records with a passkey. Use a passphrase or a badge.'
	],
	minePasskeyFailed: ['通行密钥没有建成。什么也没有改变。', 'The passkey was not made. Nothing has changed.'],
	mineNewPin: ['新的六位 PIN 码', 'New PIN of six digits'],
	mineNewPinAgain: ['再输入一遍', 'Once more'],
	mineNext: ['下一步', 'Next'],
	mineSet: ['就用它', 'Use it'],

	cardTitle: ['你的工牌', 'Your badge'],
	cardWhat: [
		'请现在打印，沿线剪下，随身带好。工牌只显示这一次，离开这一页就看不到了。打印前不要拍照，也不要截图。',
		'Print it now, cut it out and carry it with you. It is shown only this once and gone when you leave this page. Do not take a photo or a screenshot of it.'
	],
	cardPrint: ['打印', 'Print'],
	cardPrinted: ['打印好了，从屏幕上抹掉', 'It is printed; wipe it from the screen'],
	cardCopied: ['没有打印机？把这 27 个字符抄在卡片上也可以。', 'No printer? Copying the 27 signs on a card is enough.'],
	cardOf: ['{name} 的工牌', 'Badge of {name}'],
	cardOnly: [
		'只和本人的 PIN 码一起有用。捡到请交给机构主管。',
		'Works only with its owner’s PIN. If found, give it to the supervisor of the house.'
	],
	cardQr: ['工牌的二维码', 'QR code of the badge'],

	peopleTitle: ['这台平板上的人', 'People on this tablet'],
	peopleWhat: [
		'能打开这台平板的人。只有主管可以让人离开，不用网络。',
		'Who can open this tablet. Only a supervisor can take somebody off it; no network is needed.'
	],
	peopleYou: ['你', 'you'],
	peopleClosed: ['要新的登记码', 'needs a new code'],
	peopleRemove: ['从这台平板上移除', 'Take off this tablet'],
	peopleRemoveTitle: ['移除 {name}？', 'Take {name} off this tablet?'],
	peopleRemoveWhat: [
		'{name} 马上不能再打开这台平板，之后记录的内容用新的钥匙封好。{name} 已经记录的都还在，会照常发送。要重新加入，需要新的登记码。',
		'{name} can no longer open this tablet, from this moment. What is recorded afterwards is sealed with a new key. What {name} recorded stays and is sent. To come back, a new code is needed.'
	],
	peopleRemoveAlso: [
		'这只管这一台平板。请主管也在工作台关闭账号，别的平板才会跟着移除。',
		'This concerns this tablet only. Close the account at the desk too, so that other tablets follow.'
	],
	peopleRemoveDo: ['移除', 'Take off'],
	peopleKeep: ['不移除', 'Keep'],
	peopleRemoved: ['{name} 已经不在这台平板上。', '{name} is no longer on this tablet.'],
	peopleNotAllowed: ['只有主管可以移除别人。', 'Only a supervisor can take others off.'],
	peopleMissing: ['这个人已经不在这台平板上。', 'This person is not on this tablet any more.'],

	contactWarning: ['{days} 天没有连上登记处了。', '{days} days without the registry.'],
	contactWarningWhat: [
		'再过 {n} 天，已有的档案会先合上，登记新孩子不受影响。请把平板带到有网络的地方同步一次。',
		'In {n} day{n||s} existing records close for the time being; registering new children goes on. Bring the tablet to a network and let it sync once.'
	],
	contactReading: ['已有的档案先合上了。', 'Existing records are closed for now.'],
	contactReadingWhat: [
		'{days} 天没有连上登记处。登记新孩子照常，都会保存好；同步一次，档案就会打开。',
		'{days} days without the registry. Registering new children works and is kept; once the tablet has synced, the records open.'
	],
	contactSending: ['现在只能发送和导出。', 'Only sending and exporting is left.'],
	contactSendingWhat: [
		'{days} 天没有连上登记处。什么也没有删除。同步一次，一切恢复。',
		'{days} days without the registry. Nothing was deleted. Once it has synced, everything is back.'
	]
});
