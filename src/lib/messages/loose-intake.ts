import { area } from './message.ts';

/** Recording a child without an account, on a tablet that nobody enrolled. */
export const looseIntake = area({
	offer: ['没有账号？先把孩子的情况记下来', 'No account? Write down what you know of a child'],
	title: ['没有账号，先记一个孩子', 'Write down a child without an account'],
	what: [
		'写下你知道的，登记处收到后会打电话给你，再交给负责的机构建档。只要写明你是谁、在哪里、哪一天，其余的知道多少写多少。',
		'Write what you know. The registry will call you back and give it to the house in charge. Only who you are, where and which day are needed; the rest as far as you know.'
	],
	openNow: [
		'这台平板现在开着，不用走这条路：直接登记，内容会进孩子的档案。',
		'The tablet is open, so there is no need for this: register the child, and it goes into a file.'
	],
	sealed: [
		'存下以后就加密了：这台平板上谁也打不开，包括你。',
		'Once saved it is sealed: nobody on this tablet can open it, you included.'
	],
	noKey: [
		'这台平板还没有连上过登记处，不能加密，所以现在还存不了。请连一次网络，再打开这一页；写好的内容请先留在屏幕上。',
		'This tablet has never reached the registry, so it cannot seal yet and cannot save. Connect once and come back to this page; keep what you wrote on the screen until then.'
	],
	noKeyButton: ['连过一次网络以后才能存。', 'It can be saved once the tablet has reached the network.'],
	you: ['你是谁', 'Who you are'],
	name: ['你的姓名', 'Your name'],
	phone: ['电话', 'Telephone'],
	phoneHint: ['登记处会打这个电话核对。', 'The registry calls this number back.'],
	house: ['你的机构或地方', 'Your house or place'],
	child: ['孩子', 'The child'],
	childName: ['孩子的名字或小名', 'Name or nickname'],
	sex: ['性别', 'Sex'],
	sexUnknown: ['不清楚', 'Not known'],
	age: ['大约几岁', 'About how old, years'],
	found: ['在哪里、哪一天', 'Where and when'],
	where: ['在哪里遇到孩子', 'Where the child was met'],
	on: ['哪一天', 'Which day'],
	circumstances: ['经过', 'What happened'],
	marks: ['长相、胎记、衣着', 'Looks, marks, clothing'],
	photos: ['照片（最多 2 张）', 'Photos (2 at most)'],
	photoOf: ['孩子', 'The child'],
	photoAdd: ['加一张照片', 'Add a photo'],
	photoNumber: ['第 {n} 张照片，{size}', 'Photo {n}, {size}'],
	photoRemove: ['不要这一张', 'Leave this one out'],
	photoTooLarge: [
		'这张照片太大（{size}，最多 {most}），请离远一点重拍。',
		'This photo is too large ({size}, at most {most}); take it again from further away.'
	],
	photoFailed: ['这张图片用不了，请重拍一张。', 'This picture cannot be used; take another.'],
	needed: ['请填写：{field}。', 'Fill in: {field}.'],
	phoneShort: ['电话至少 3 位。', 'A telephone number has at least 3 digits.'],
	ageWrong: ['年龄写 0 到 25 的整数。', 'The age is a whole number from 0 to 25.'],
	save: ['存下并发送', 'Save and send'],
	saving: ['正在加密存下…', 'Sealing and saving…'],
	saved: [
		'已存下，编号 {number}。请把编号抄下来；送到登记处以后，这里会显示回执。',
		'Saved as number {number}. Write it down; the receipt appears here once the registry has it.'
	],
	failed_storage_full: [
		'平板存满了，没有存下来。请不要离开这一页，腾出空间后再按一次。',
		'The tablet is full and it was not saved. Stay on this page, make room and press again.'
	],
	failed_storage_unopenable: [
		'浏览器打不开存放的地方，没有存下来。请不要离开这一页，重试一次；再不行请抄在纸上。',
		'The browser could not open its store and it was not saved. Stay on this page and try again; failing that, copy it on paper.'
	],
	list: ['这台平板上记过的', 'Written down on this tablet'],
	listWhat: ['只有编号和时间，没有孩子的内容。', 'Numbers and times only, nothing of a child.'],
	line: ['编号 {number} · {day} {time}', 'Number {number} · {day} {time}'],
	waiting: ['还没送到，有网络时自动发送', 'Not sent yet; sent by itself once there is a network'],
	received: ['登记处已收到，回执 {receipt}', 'The registry has it, receipt {receipt}'],
	refused: [
		'登记处读不了这一条。请打电话给登记处，报编号；内容还存着。',
		'The registry could not read this one. Call the registry with the number; it is still kept.'
	],
	sendNow: ['现在发送', 'Send now'],
	noted: ['抄好了，从列表去掉', 'Written down; take it off the list'],
	back: ['返回', 'Back']
});
