import { area } from './message.ts';

/** What happened to something that was to be kept on the tablet. */
export const storage = area({
	saved: ['{time} 已存本机', 'Saved on this tablet {time}'],
	saving: ['正在保存…', 'Saving…'],
	notSaved: ['还没有存下来', 'Not saved'],
	storage_full: [
		'这台平板存满了，刚才的内容没有存下来。请不要离开这一页：先到“同步”把照片发走，或删掉平板上别的文件，再按保存。',
		'This tablet is full and the last change was not saved. Stay on this page: send photos on the Sync page or delete other files on the tablet, then save again.'
	],
	storage_unopenable: [
		'浏览器打不开这台平板上的档案库。里面的内容没有被删除。请重启平板；再不行，请把平板交给主管，不要清理浏览器数据。',
		'The browser could not open the store on this tablet. Nothing in it was deleted. Restart the tablet; if that fails, give it to your supervisor and do not clear the browser’s data.'
	],
	program_outdated: [
		'程序在另一个窗口里更新了。请重新打开这一页，再接着写；没写完的都还在。',
		'The program was updated in another window. Open this page again to go on; unfinished work is kept.'
	],
	vault_locked: [
		'平板已经锁上。输入 PIN 码或口令后接着写。',
		'The tablet is locked. Enter your PIN or passphrase to go on.'
	],
	reading_locked: [
		'这台平板超过 30 天没有连上登记处，已有的档案先合上了。登记新孩子照常可以用；连上网络并同步后，档案会自动打开。',
		'This tablet has not reached the registry for more than 30 days, so existing records are closed for now. New children can still be registered; once it has synced, the records open again by themselves.'
	],
	sending_only: [
		'这台平板超过 90 天没有连上登记处，只能发送或导出还没发出的内容。什么也没有删除；请把它带到有网络的地方。',
		'This tablet has not reached the registry for more than 90 days; it can only send or export what waits. Nothing was deleted: bring it to a place with a network.'
	],
	photoNotKept: [
		'文字已存本机，但平板存满了，照片没有存下来。请腾出空间后重拍。',
		'The text is saved on this tablet, but the tablet is full and the photo was not kept. Make room and take it again.'
	]
});

/** The page about room on the tablet. */
export const storagePage = area({
	title: ['平板上的空间', 'Room on this tablet'],
	open: ['空间和原图', 'Room and originals'],
	taken: ['留灯在这台平板上占了 {size}', 'Lampkeep takes {size} on this tablet'],
	free: ['浏览器说还可用 {size}', 'The browser says {size} is free'],
	freeWhat: [
		'浏览器的数字不一定准，所以留灯自己也数。',
		'The browser’s figure is not always right, so Lampkeep counts for itself too.'
	],
	records: ['文字记录', 'Text records'],
	photosWaiting: ['还没送到的原图', 'Originals not sent yet'],
	photosSent: ['登记处已有的原图', 'Originals the registry has'],
	thumbnails: ['列表里的小图', 'Small pictures for lists'],
	drafts: ['没写完的内容', 'Unfinished forms'],
	journal: ['待发内容的第二份', 'Second copy of what waits'],
	ballast: ['留着的空地', 'Room kept free'],

	dropTitle: ['可以腾出来的', 'What can make room'],
	dropWhat: [
		'{n} 张照片的原图，登记处已经有了，共 {size}。清掉以后，平板上还留着小图；还没送到的照片一张也不动。',
		'The originals of {n} photo{n||s}, {size}, are on the registry. Dropping them keeps the small pictures on this tablet; no photo that has not arrived is touched.'
	],
	dropNone: [
		'现在没有可以清掉的原图：登记处还没有的都要留着。',
		'Nothing can be dropped now: what the registry lacks is kept.'
	],
	drop: ['清掉这些原图，腾出 {size}', 'Drop these originals and free {size}'],
	dropping: ['正在清…', 'Dropping…'],
	dropped: ['清掉了 {n} 张原图，腾出 {size}。', 'Dropped {n} original{n||s}, {size} freed.'],

	ballastTitle: ['存满了怎么办', 'When the tablet is full'],
	ballastWhole: [
		'留灯留了 {size} 空地。平板存满时，先用它把文字存下来；照片要等腾出空间再拍。',
		'Lampkeep keeps {size} free. When the tablet is full, text is saved there; photos wait until there is room.'
	],
	ballastUsed: [
		'留的空地已经用掉了：平板满过。请尽快同步，或清掉原图，空地会自己补回来。',
		'The room kept free was used: the tablet was full. Sync soon or drop originals; it is kept free again by itself.'
	],
	ballastMissing: [
		'这台平板没能留出空地。快存满时，请尽快同步。',
		'No room could be kept free on this tablet. Sync soon when it fills up.'
	],
	journalMissing: [
		'这个浏览器不让留灯存第二份。请用普通窗口（不是无痕窗口）打开，并尽快同步。',
		'This browser gives Lampkeep no place for a second copy. Open it in an ordinary window, not a private one, and sync soon.'
	],
	fullNow: ['平板存满了。文字还能存，照片存不下。', 'The tablet is full. Text is still saved, photos are not.'],
	fullGo: ['去腾空间', 'Make room'],
	secondLife: [
		'原来的档案库打不开，现在用的是新的一份；原来的还在，没有删除。请尽快同步，并告诉主管。',
		'The first store does not open; the tablet works in a new one. The first is still there, nothing was deleted. Sync soon and tell your supervisor.'
	],

	persistTitle: ['会不会被系统清掉', 'Can the system clear it?'],
	persistYes: ['不会：系统已经答应不自动清理。', 'No: the system has promised not to clear it by itself.'],
	persistNo: ['有可能：空间紧张时系统可能清理。', 'Possibly: the system may clear it when space is short.'],
	persistAsk: ['请系统不要清理', 'Ask the system not to clear it'],
	persistRefused: [
		'系统这次没有答应。把留灯“安装到主屏幕”以后再试一次，通常就会答应。',
		'The system did not agree this time. It usually does once Lampkeep is installed on the home screen; then ask again.'
	],
	persistUnknown: ['这个浏览器不告诉我们。请尽快同步。', 'This browser does not tell. Sync soon.'],

	notKeptTitle: ['没有存下的照片', 'Photos that did not fit'],
	notKeptWhat: [
		'{n} 张照片的说明已经存下，照片本身因为平板满了没有存下。请腾出空间，再给这些孩子重拍。',
		'The details of {n} photo{n||s} are saved, the picture{n||s} did not fit. Make room and take {n|it|them} again.'
	],
	notKeptLine: ['{day} {time}', '{day} {time}'],
	retake: ['去重拍', 'Take it again'],
	notKeptHome: ['{n} 张照片没有存下，要重拍。', '{n} photo{n||s} did not fit and must be taken again.'],
	look: ['看看是哪几张', 'See which']
});
