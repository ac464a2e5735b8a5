import { area } from './message.ts';

/** Pages that could not be shown, and requests that were refused. A sentence and the way out. */
export const errorWords = area({
	notFound: ['没有这个页面', 'There is no such page'],
	notFoundWhat: [
		'地址可能写错了一个字。公告编号的样子是 LK-7F3K-29QX。',
		'The address may be mistyped. A notice’s number looks like LK-7F3K-29QX.'
	],
	gone: ['这份公告已经撤下', 'This notice has been taken down'],
	goneWhat: [
		'可能孩子已经找到家人。如果你手里有这张海报，请把它收起来，不要再转发孩子的照片。谢谢你一直留意。',
		'Perhaps the child has found the family. If you have this poster, please put it away and do not share the child’s photo any more. Thank you for looking out.'
	],
	tooMany: ['请慢一点', 'Please slow down'],
	tooManyWhat: ['一下子来的请求太多了，请过一会儿再试。', 'Too many requests at once. Please try again in a moment.'],
	refused: ['这个请求没有接受', 'This request was not accepted'],
	refusedWhat: [
		'它不是从本网站的页面发出的。请回到页面上再试一次；刚才没有改动任何东西。',
		'It did not come from a page of this site. Please go back to the page and try again; nothing was changed.'
	],
	tooLarge: ['发来的内容太大', 'Too much was sent at once'],
	tooLargeWhat: [
		'没有收下。请按“后退”回到刚才的页面，写短一点，或者换一张小一点的照片。',
		'It was not taken. Please press “back” to the page before, and write less or choose a smaller photo.'
	],
	broken: ['出了一点问题', 'Something went wrong'],
	brokenWhat: [
		'是我们这边的问题，不是你的。请过一会儿再试。',
		'It is our fault, not yours. Please try again in a moment.'
	],
	notYours: ['这一页不归你办', 'This page is not for your role'],
	notYoursWhat: [
		'你的角色没有这一页的权限，什么都没有改动。需要的话，请找主管或登记处。',
		'Your role may not open this page; nothing was changed. If you need it, please ask a supervisor or the registry.'
	],
	notAtDesk: [
		'地址可能写错了，或者这一页不归你的角色。',
		'The address may be mistyped, or the page is not for your role.'
	],
	toSearch: ['去查找孩子', 'To the search'],
	toDesk: ['回到工作台', 'Back to the desk']
});
