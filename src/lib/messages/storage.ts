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
