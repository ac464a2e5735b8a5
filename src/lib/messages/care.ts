import type { CareKind } from '#lib/domain/care/care.ts';
import type { SampleStep } from '#lib/domain/sample/sample.ts';
import type { PhotoQuality, PhotoView } from '#lib/domain/photo/photo.ts';
import { area, type Message } from './message.ts';

/** The kinds of care entries. */
export const careNames = area({
	daily: ['日常', 'Daily note'],
	health: ['健康', 'Health'],
	growth: ['生长', 'Growth'],
	vaccination: ['接种', 'Vaccination'],
	schooling: ['上学', 'Schooling'],
	incident: ['事件', 'Incident'],
	visit: ['来访', 'Visit'],
	placement: ['安置', 'Placement']
}) satisfies Record<CareKind, Message>;

export const careForm = area({
	title: ['记一笔：{kind}', 'Add: {kind}'],
	date: ['哪一天', 'On which day'],
	note: ['说明', 'Note'],
	finding: ['情况', 'Finding'],
	treatment: ['处理', 'Treatment'],
	place: ['地点', 'Place'],
	temperature: ['体温', 'Temperature'],
	height: ['身高', 'Height'],
	weight: ['体重', 'Weight'],
	headSize: ['头围', 'Head size'],
	vaccine: ['疫苗', 'Vaccine'],
	vaccineName: ['产品名', 'Product name'],
	dose: ['第几剂', 'Dose number'],
	batch: ['批号', 'Batch'],
	stage: ['阶段', 'Stage'],
	school: ['学校', 'School'],
	grade: ['年级、班', 'Grade'],
	incident: ['什么事', 'What kind'],
	description: ['经过', 'What happened'],
	action: ['怎么处理的', 'What was done'],
	relation: ['来访人是', 'The visitor is'],
	visitor: ['来访人姓名', 'Name of the visitor'],
	placement: ['安置在', 'Placed'],
	needed: ['请填写“{label}”。', 'Fill in {label}.'],
	growthEmpty: ['身高、体重、头围至少填一项。', 'Fill in at least one of height, weight and head size.'],
	doseWrong: ['“第几剂”要写 1 到 20 的整数。', 'The dose number is a whole number from 1 to 20.'],
	none: ['还没有照料记录。', 'No care entries yet.'],
	curve: ['生长曲线', 'Growth'],
	curveTable: ['看数字', 'The figures'],
	curveHeight: ['身高（厘米）', 'Height (cm)'],
	curveWeight: ['体重（公斤）', 'Weight (kg)'],
	curveText: ['{what}：从 {first} 到 {last}，{n} 次测量。', '{what}: from {first} to {last} in {n} measurement{n||s}.'],
	curveNone: ['量过身高体重以后，这里会有曲线。', 'A curve appears here after the first measurements.'],
	dayColumn: ['日期', 'Date'],
	addKind: ['记{kind}', 'Add: {kind}']
});

export const sampleNames = area({
	collected: ['已采样', 'Collected'],
	sealed: ['已封装', 'Sealed'],
	dispatched: ['已送出', 'Dispatched'],
	received: ['实验室已收到', 'Received by the laboratory'],
	typed: ['已检验', 'Typed'],
	in_database: ['已入库', 'In the national database']
}) satisfies Record<SampleStep, Message>;

export const sampleForm = area({
	step: ['到了哪一步', 'Which step'],
	date: ['哪一天', 'On which day'],
	kit: ['样本盒编号', 'Kit number'],
	by: ['经手人或单位', 'By whom'],
	place: ['地点', 'Place'],
	sealNumber: ['封条号', 'Seal number'],
	stepNeeded: ['请选择到了哪一步。', 'Choose the step.']
});

export const viewNames = area({
	front: ['正面', 'Front'],
	left: ['左侧', 'Left side'],
	right: ['右侧', 'Right side'],
	mark: ['胎记疤痕', 'Mark'],
	belonging: ['随身物品', 'Belonging'],
	clothing: ['衣物', 'Clothing'],
	paper: ['文件', 'Paper'],
	now: ['近照', 'Recent']
}) satisfies Record<PhotoView, Message>;

export const qualityNames = area({
	usable: ['可用', 'Usable'],
	blurred: ['有点糊', 'A little blurred'],
	dark: ['太暗', 'Too dark'],
	small: ['太小', 'Too small']
}) satisfies Record<PhotoQuality, Message>;

export const photoForm = area({
	view: ['拍的是什么', 'What it shows'],
	shoot: ['拍照', 'Take the photo'],
	fromFile: ['从相册选', 'From the gallery'],
	otherLens: ['换镜头', 'Other lens'],
	openCamera: ['打开相机', 'Open the camera'],
	closeCamera: ['关上相机', 'Close the camera'],
	cameraRefused: [
		'相机没有打开：浏览器没有得到许可，或者相机正被别的程序使用。可以从相册选。',
		'The camera did not open: permission is missing or another program uses it. You can choose from the gallery.'
	],
	cameraNone: ['这台平板没有相机，可以从相册选。', 'This tablet has no camera; choose from the gallery.'],
	framing: ['{view}：把脸放在虚线里', '{view}: keep the face inside the dashed line'],
	framingPlain: ['{view}：拍清楚，光线要够', '{view}: sharp, in good light'],
	preparing: ['正在处理照片…', 'Preparing the photo…'],
	kept: [
		'照片加密存在本机；拍摄地点已自动去掉。',
		'Photos are encrypted on this tablet; where they were taken has been removed.'
	],
	publish: ['这张照片可以放进寻亲公告吗？', 'May this photo go into the search notice?'],
	publishYes: ['可以', 'Yes'],
	publishYesWhat: ['网站和海报都会用到，还要两个人核准', 'Website and posters use it; two persons still approve'],
	publishNo: ['只给公安和登记处看', 'For the police and the registry only'],
	preview: ['刚拍的照片', 'The photo just taken'],
	keep: ['就用这张', 'Use this photo'],
	retake: ['重拍', 'Take it again'],
	caption: ['说明', 'Caption'],
	notNow: ['现在不方便拍', 'Cannot photograph now'],
	notNowChosen: [
		'记下了：现在不方便拍。以后可以在这里补拍。',
		'Noted: cannot photograph now. Take the photos here later.'
	],
	notNowUndo: ['现在拍', 'Photograph now'],
	slotEmpty: ['还没拍', 'Not taken'],
	needsSubmitted: ['先选一个角度，再拍照。', 'Choose a view, then take the photo.'],
	heic_unsupported: [
		'这台平板打不开 HEIC 照片。请在相机设置里改成“兼容性最佳（JPEG）”，再拍一张。',
		'This tablet cannot open HEIC photos. Set the camera to “most compatible (JPEG)” and take it again.'
	],
	not_an_image: [
		'这不是照片。请选 JPEG、PNG 或 WebP 图片。',
		'This is not a photo. Choose a JPEG, PNG or WebP picture.'
	],
	too_large: [
		'这个文件有 {size}，最大 {maximum}。请用相机的较小尺寸重拍。',
		'This file has {size}; the most is {maximum}. Take it again at a smaller size.'
	],
	too_many_pixels: [
		'这张照片有 {width}×{height} 点，这台平板处理不了。请用相机的较小尺寸重拍。',
		'This photo has {width}×{height} pixels, too many for this tablet. Take it again at a smaller size.'
	],
	unreadable: [
		'读不出这张照片：文件可能坏了。请另选一张或重拍。',
		'This photo cannot be read; the file may be damaged. Choose another or take it again.'
	]
});

export const markForm = area({
	kind: ['种类', 'Kind'],
	site: ['部位', 'Place on the body'],
	side: ['哪一边', 'Side'],
	left: ['左', 'Left'],
	right: ['右', 'Right'],
	middle: ['正中', 'Middle'],
	both: ['两边', 'Both'],
	size: ['最长处', 'Longest measure'],
	description: ['样子', 'Description'],
	descriptionHint: ['形状、颜色、像什么。', 'Shape, colour, what it looks like.'],
	kindNeeded: ['请选择种类。', 'Choose the kind.'],
	siteNeeded: ['请选择部位。', 'Choose the place on the body.'],
	add: ['再记一处', 'Add a mark'],
	none: ['还没有记胎记疤痕。', 'No marks recorded yet.']
});

export const belongingForm = area({
	description: ['是什么', 'What it is'],
	sealNumber: ['封存编号', 'Seal number'],
	keptAt: ['存放在', 'Kept at'],
	descriptionNeeded: ['请写是什么东西。', 'Write what it is.'],
	add: ['再记一件', 'Add a belonging'],
	none: ['还没有记随身物品。', 'No belongings recorded yet.']
});
