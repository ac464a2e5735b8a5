import { area } from './message.ts';

/** What the public reads: the search, a notice, the poster, giving blood, about. Plain words; older people read them. */
export const publicWords = area({
	brand: ['留灯 · 寻亲公告', 'Lampkeep · Family search'],
	skip: ['跳到正文', 'Skip to content'],
	languages: ['语言', 'Language'],
	chinese: ['中文', '中文'],
	english: ['English', 'English'],
	largeType: ['大字版', 'Large type'],
	normalType: ['普通字', 'Normal type'],
	demo: [
		'演示环境：这里的孩子、机构和电话都是编出来的。',
		'DEMO: every child, institution and telephone number here is invented.'
	],
	free: [
		'本平台免费，不会向任何家庭收取费用。遇到自称可以“付费找回孩子”的人，请拨打 110。儿童信息由各地儿童福利机构登记，照片仅用于寻亲。',
		'This service is free and never charges any family. If someone offers to “find your child for a fee”, call the police: 110. Children are registered by welfare institutions; the photos are for finding their families only.'
	],
	titleSuffix: ['{page} · 留灯', '{page} · Lampkeep'],

	searchTitle: ['寻找孩子', 'Find a child'],
	heading: ['他们在等家人', 'They are waiting for their families'],
	intro: [
		'全国各地儿童福利机构登记的被解救儿童，共 {n} 人。不用注册，直接查。',
		'{n} rescued {n|child|children} registered by welfare institutions all over the country. No account needed: just search.'
	],
	words: ['关键词', 'Words'],
	wordsExample: ['地点、体貌、衣着，例如：凉山 耳后 疤', 'Place, features, clothing (notices are written in Chinese)'],
	find: ['查找', 'Search'],
	sex: ['性别', 'Sex'],
	anySex: ['不限', 'Any'],
	male: ['男', 'Boy'],
	female: ['女', 'Girl'],
	sexUnknown: ['性别不明', 'Sex unknown'],
	age: ['解救时年龄', 'Age when rescued'],
	anyAge: ['不限', 'Any'],
	ageUnderOne: ['不满 1 岁', 'Under 1 year'],
	ageYears: ['{from}–{to} 岁', '{from}–{to} years'],
	ageFrom: ['{from} 岁以上', '{from} years and over'],
	region: ['被拐地区', 'Taken from'],
	anyRegion: ['全国', 'Anywhere'],
	more: ['更多条件：姓名、特征、衣着', 'More: name, features, clothing'],
	name: ['姓名', 'Name'],
	nameHint: ['小名、乳名也可以', 'Any name the family used'],
	features: ['身份特征', 'Identity features'],
	featuresHint: ['胎记、疤痕、口音、说过的话', 'Birthmark, scar, accent, words the child said'],
	clothing: ['接收时衣着、物品', 'Clothing and belongings'],
	clothingHint: ['例如：红棉袄', 'For example: red padded jacket (in Chinese)'],
	latest: ['最近登记', 'Latest notices'],
	found: ['找到 {n} 人', '{n} {n|child|children} found'],
	range: ['第 {from}–{to} 人，共 {n} 人', '{from}–{to} of {n}'],
	nextPage: ['下一页', 'Next'],
	previousPage: ['上一页', 'Previous'],
	pageOf: ['{page} / {pages}', '{page} / {pages}'],
	pages: ['翻页', 'Pages'],
	nothingFound: ['没有找到符合的孩子', 'No child fits these words'],
	nothingFoundWhat: [
		'少写几个字再试试；年龄、地点不确定就选“不限”。孩子的情况会变，也可能还没有公告，过些日子再来看看。',
		'Try fewer words; where you are not sure of age or place choose “any”. New notices come all the time: please look again later.'
	],
	nothingYet: ['现在还没有公告', 'There is no notice yet'],
	showAll: ['看全部', 'Show all'],
	bloodTitle: ['还没报案、没采血？', 'No police report, no blood sample yet?'],
	bloodShort: [
		'DNA 采血免费，到任何一个派出所都可以办。这是找到孩子最可靠的办法。',
		'A DNA sample is free and can be given at any police station. It is the surest way to find a child.'
	],
	bloodLink: ['怎么采血', 'How to give blood'],
	byRegion: ['按地区看', 'By region'],
	tiles: ['各省人数，方格示意，不是地图', 'Children by province: a count chart, not a map'],
	tile: ['{name}，{n} 人', '{name}: {n}'],
	noPhoto: ['没有照片', 'No photo'],
	placeUnknown: ['地点不明', 'Place unknown'],
	unnamed: ['姓名不明', 'Name unknown'],

	back: ['返回查找', 'Back to the search'],
	noticeTitle: ['寻亲公告：{who}', 'Family-search notice: {who}'],
	noticeNumber: ['寻亲公告', 'Notice'],
	publishedOn: ['{date} 发布', 'published {date}'],
	rowSex: ['性别', 'Sex'],
	rowAge: ['解救时年龄', 'Age when rescued'],
	rowHeight: ['身高', 'Height'],
	rowPlace: ['被拐地点', 'Taken from'],
	rowRescued: ['解救', 'Rescued'],
	rowFeatures: ['体貌特征', 'Features'],
	rowClothing: ['接收时衣着', 'Clothing'],
	rowBelongings: ['随身物品', 'Belongings'],
	rowAccent: ['口音', 'Accent'],
	rowName: ['姓名', 'Name'],
	said: ['孩子说过的话', 'What the child said'],
	know: ['认识这个孩子吗？', 'Do you know this child?'],
	knowWhat: ['不确定也没关系，说出你知道的就行。', 'You need not be sure. Just say what you know.'],
	call: ['打电话 {phone}', 'Call {phone}'],
	contact: ['联系人 {name}', 'ask for {name}'],
	printPoster: ['打印海报', 'Print a poster'],
	stops: [
		'有家人来认亲后，送养会停下来，直到查清楚为止。',
		'Once a family comes forward, no adoption goes ahead until everything is clear.'
	],
	withheldNote: [
		'为了孩子的安全，有些情况没有写在这里。认亲时会问到只有家人知道的事，并免费做 DNA 比对。',
		'For the child’s safety not everything is written here. You will be asked what only the family can know, and a DNA comparison is made free of charge.'
	],
	photoFront: ['正面照', 'front'],
	photoLeft: ['左侧照', 'left side'],
	photoRight: ['右侧照', 'right side'],
	photoMark: ['身体特征', 'a mark on the body'],
	photoBelonging: ['随身物品', 'belongings'],
	photoClothing: ['接收时的衣服', 'clothing when received'],
	photoNow: ['现在的照片', 'now'],
	photoOf: ['{name}，{view}', '{name}, {view}'],
	openPhoto: ['看大图：{view}', 'Larger: {view}'],

	posterHeading: ['帮 他 找 家', 'Help find the family'],
	posterHeadingGirl: ['帮 她 找 家', 'Help find the family'],
	posterTitle: ['寻亲公告海报 {number}', 'Poster {number}'],
	posterScan: [
		'知道线索，请打电话；扫码可以查看、认领',
		'If you know anything, please call; scan the code to read more or to claim'
	],
	posterFree: [
		'寻亲与 DNA 采血全部免费。任何人以此收费，请报警 110。',
		'The search and the DNA sample are free. If anyone asks for money, call the police: 110.'
	],
	posterHowTo: [
		'要打印：打开浏览器菜单，选“打印”，纸张选 A4。',
		'To print: open the browser’s menu, choose “Print”, paper A4.'
	],
	posterBack: ['返回公告', 'Back to the notice'],
	qr: ['二维码：打开公告 {number}', 'QR code: opens notice {number}'],
	posterNumber: ['公告编号 {number}', 'Notice {number}'],

	giveBloodTitle: ['怎么采血', 'How to give blood'],
	giveBloodLead: [
		'把你的 DNA 留在公安的打拐库里，孩子一旦被找到，就能和你对上。',
		'With your DNA in the police database, a child who is found can be matched with you.'
	],
	giveBloodWhereTitle: ['去哪里', 'Where'],
	giveBloodWhere: [
		'任何一个派出所或公安局刑警队都可以。孩子走失的地方、你现在住的地方，都行。先报过案最好；没有报案，可以当场报。',
		'Any police station: where the child was lost or where you live now. It is best to have reported the case; if not, you can report it there.'
	],
	giveBloodBringTitle: ['带什么', 'What to bring'],
	giveBloodBring: [
		'身份证。如果有：报案回执、孩子的照片、出生证明、户口本。没有也可以去。',
		'Your identity card. If you have them: the case receipt, photos of the child, birth certificate, household register. Without them you can still go.'
	],
	giveBloodHowTitle: ['怎么采', 'How it is done'],
	giveBloodHow: [
		'在手指上采一滴血，几分钟就好。父母双方都采，最容易对上；有一方不在了，请告诉民警，可以用遗物或请近亲采。',
		'A drop of blood from a finger, a few minutes. It works best when both parents give a sample. If one of them has died, tell the officer: belongings or close relatives can help.'
	],
	giveBloodFreeTitle: ['要不要钱', 'What it costs'],
	giveBloodFree: [
		'不要钱。任何人以采血、比对、登记的名义收钱，都是骗子，请打 110。',
		'Nothing. Anyone who asks for money for the sample, the comparison or the registration is a fraud: call 110.'
	],
	giveBloodAfterTitle: ['采完以后', 'Afterwards'],
	giveBloodAfter: [
		'记下采血的派出所和日期。比中了，公安会找你复核。几年没有消息，可以去问问样本是否入库，需要的话再采一次。',
		'Write down the station and the date. If there is a match, the police will come to you to check it. After years without news, ask whether your sample is in the database; it can be taken again.'
	],

	aboutTitle: ['关于与隐私', 'About and privacy'],
	aboutLead: [
		'这里登出的，是被公安机关解救、还没有找到家人的孩子。由收留孩子的福利机构登记，两个人核对后才公开。',
		'Here you see children freed by the police whose families have not been found. Their institution writes the notice, and two people check it before it is published.'
	],
	aboutShownTitle: ['公开什么，不公开什么', 'What is shown, and what is not'],
	aboutShown: [
		'法律只允许为了寻亲公开孩子的照片和姓名（未成年人保护法第一百零三条）。每个孩子至少有三件只有家人知道的事不公开；孩子的健康、DNA、准确日期和经办人从不公开。照片缩小并打上编号。',
		'The law allows a child’s picture and name to be shown only to find the family (Law on the Protection of Minors, art. 103). At least three things only the family can know are never published; health, DNA, exact dates and officials never are. Photos are made small and carry the number.'
	],
	aboutEndTitle: ['什么时候撤下', 'When a notice is taken down'],
	aboutEnd: [
		'找到家人，或者公开对孩子不好时，一分钟之内撤下：页面、照片和查找结果都不再出现。',
		'When the family is found, or publication would harm the child: page, photos and search results are gone within a minute.'
	],
	aboutYouTitle: ['关于你', 'About you'],
	aboutYou: [
		'看这里的页面不用登录，不用 JavaScript，不放 cookie，不向别的网站发请求。只有填写认领、登记的时候放一个 cookie，用来记住你填的是哪一份，两小时不用就失效。',
		'These pages need no account and no JavaScript, set no cookies and ask nothing of other sites. Only while you fill in a claim or a report one cookie is set, to remember which one is yours; it ends after two hours without use.'
	],
	aboutWrongTitle: ['信息有错？', 'Something wrong?'],
	aboutWrong: [
		'请打公告上的电话告诉机构，他们可以马上改正或撤下。',
		'Please ring the number on the notice; the institution can correct it or take it down at once.'
	],

	footerSearch: ['查找孩子', 'Find a child'],
	footerClaim: ['认领、登记的进度', 'Follow a claim'],
	footerBlood: ['怎么采血', 'How to give blood'],
	footerAbout: ['关于与隐私', 'About and privacy'],
	footer: ['更多', 'More']
});
