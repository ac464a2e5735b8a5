import type { FieldKey } from '#lib/domain/intake/fields.ts';
import { area, type Message } from './message.ts';

/** Words of the components themselves, whatever screen they stand on. */
export const forms = area({
	errorsHeading: ['错误：有 {n} 处要改', 'Error: {n} thing{n||s} to correct'],
	errorPrefix: ['错误：', 'Error: '],
	optional: ['（可不填）', ' (optional)'],
	year: ['年', 'Year'],
	month: ['月', 'Month'],
	day: ['日', 'Day'],
	today: ['今天', 'Today'],
	yesterday: ['昨天', 'Yesterday'],
	dateIncomplete: ['“{label}”要写全年、月、日。', '{label} needs year, month and day.'],
	dateMissing: ['没有 {date} 这一天，请看看“{label}”。', 'There is no day {date}; look at {label}.'],
	dateYear: ['“{label}”的年份要四位数字，例如 2026。', 'The year of {label} needs four digits, such as 2026.'],
	dateFuture: ['“{label}”写成了将来的日子。', '{label} lies in the future.'],
	about: ['大约', 'About'],
	aboutHint: ['不确定准确日子时勾上', 'Tick when the exact day is not sure'],
	dateWords: ['原话（农历、节日也可以）', 'In their words (a lunar date or a festival will do)'],
	dateWordsHint: [
		'例如“春节前后”“麦收的时候”。没有年份时，请写在这里。',
		'For example “around Spring Festival”, “at the wheat harvest”.'
	],
	partialHint: ['只知道年份，就只填年份。', 'Only the year is known? Fill in the year alone.'],
	partialNeedsYear: [
		'“{label}”至少要有年份；不知道年份请选“不知道”，原话可以写在“孩子说过的话”里。',
		'{label} needs at least a year; without one choose “not known” and keep the words in the child’s own account.'
	],
	partialNeedsMonth: ['“{label}”写了日，没有写月。', '{label} has a day but no month.'],
	hour: ['时', 'Hour'],
	minute: ['分', 'Minute'],
	timeWrong: ['“{label}”要写 24 小时制的时间，例如 14:30。', '{label} needs a time of 24 hours, such as 14:30.'],
	birthExact: ['知道准确日子', 'The exact day is known'],
	birthRange: ['只能估计一个范围', 'Only a range can be estimated'],
	birthEarliest: ['最早', 'Earliest'],
	birthLatest: ['最晚', 'Latest'],
	birthAgeLabel: ['或者按年龄估计', 'Or estimate by age'],
	birthAgeFrom: ['至少几岁', 'At least, years'],
	birthAgeTo: ['至多几岁', 'At most, years'],
	birthAgeApply: ['换成日期范围', 'Turn into dates'],
	birthReversed: ['“{label}”的最早日期在最晚日期之后。', 'The earliest day of {label} lies after the latest.'],
	yes: ['是', 'Yes'],
	no: ['否', 'No'],
	choose: ['请选择', 'Choose'],
	numberWrong: ['“{label}”要写数字，例如 96.5。', '{label} needs a number, such as 96.5.'],
	numberRange: [
		'“{label}”应在 {from} 到 {to} {unit}之间，请再量一次或核对单位。',
		'{label} should be between {from} and {to} {unit}; measure again or check the unit.'
	],
	cm: ['厘米', 'cm'],
	kg: ['公斤', 'kg'],
	celsius: ['℃', '°C'],
	province: ['省份', 'Province'],
	prefecture: ['地市', 'Prefecture'],
	county: ['区县', 'County'],
	placeYear: ['按哪一年的区划', 'Districts as of'],
	placeYearHint: ['老地名可能已经撤并：选当时的年份。', 'Old districts may be gone: choose the year of the event.'],
	placeNow: ['现在（{date}）', 'Now ({date})'],
	placeWords: ['原话或详细地点', 'In words, or in detail'],
	placeWordsHint: ['村、街道、车站、孩子的原话都可以。', 'A village, street, station, or the child’s own words.'],
	placeLoading: ['正在打开地名表…', 'Opening the table of places…'],
	unknown: ['不知道', 'Not known'],
	notNow: ['现在不方便', 'Not now'],
	unknownChosen: ['记为“不知道”', 'Recorded as not known'],
	notNowChosen: ['记为“现在不方便”，以后再填', 'Recorded as not now, to be filled in later'],
	undo: ['改为填写', 'Fill in instead'],
	tooLong: ['“{label}”太长，最多 {n} 个字。', '{label} is too long; at most {n} characters.'],
	phoneWrong: ['“{label}”不像电话号码。', '{label} does not look like a telephone number.'],
	codeProgress: ['已输入 {n} / {total}', '{n} of {total} signs']
});

/** The name of every field of the intake, as it stands on the screen and in histories. */
export const fieldLabels = area({
	caseNumber: ['编号', 'Case number'],
	handoverDate: ['接收日期', 'Date received'],
	handoverTime: ['接收时间', 'Time received'],
	handoverPlace: ['交接地点', 'Place of the hand-over'],
	handedOverBy: ['送交人', 'Handed over by'],
	receivedBy: ['接收人', 'Received by'],
	signedByPolice: ['公安已签字', 'Signed by the police'],
	signedByReceiver: ['接收人已签字', 'Signed by the receiver'],
	witnessOne: ['见证人一', 'First witness'],
	witnessTwo: ['见证人二', 'Second witness'],
	noticeNumber: ['临时照料通知书编号', 'Number of the temporary-care notice'],
	noticeDate: ['临时照料通知书日期', 'Date of the temporary-care notice'],
	issuingBureau: ['出具的公安局', 'Issuing bureau'],
	policeStation: ['办案派出所', 'Police station'],
	policeOfficer: ['经办民警', 'Officer in charge'],
	policePhone: ['民警电话', 'Officer’s telephone'],
	admissionBasis: ['入院依据', 'Basis of admission'],
	nameGiven: ['本名', 'Own name'],
	nameAssigned: ['暂用名', 'Name given here'],
	nameCalled: ['孩子说自己叫', 'The child calls itself'],
	namePinyin: ['名字的拼音', 'Name in pinyin'],
	sex: ['性别', 'Sex'],
	birth: ['出生日期', 'Date of birth'],
	birthMethod: ['年龄怎么知道的', 'How the age is known'],
	ethnicity: ['民族', 'Ethnicity'],
	language: ['说的话（语言、方言）', 'Language or dialect'],
	accent: ['口音', 'Accent'],
	placeTaken: ['被拐地点', 'Place taken from'],
	dateTaken: ['被拐时间', 'Date taken'],
	placeRescued: ['解救地点', 'Place rescued'],
	dateRescued: ['解救时间', 'Date rescued'],
	suspectLink: ['与嫌疑人的关系', 'Link to suspects'],
	siblings: ['兄弟姐妹', 'Brothers and sisters'],
	height: ['身高', 'Height'],
	weight: ['体重', 'Weight'],
	headSize: ['头围', 'Head size'],
	bloodGroup: ['血型', 'Blood group'],
	features: ['体貌特征', 'Appearance'],
	healthFirstCheck: ['入院体检', 'First health check'],
	healthState: ['健康状况', 'State of health'],
	urgentNeeds: ['紧急需要', 'Urgent needs'],
	isolation: ['需要隔离照料', 'Needs isolation'],
	vaccinationKnown: ['已知的接种情况', 'Known vaccinations'],
	clothing: ['来时的衣着', 'Clothing on arrival'],
	belongingsSummary: ['随身物品概况', 'Belongings in short'],
	ownAccount: ['孩子的原话', 'The child’s own words'],
	ownAccountLanguage: ['说的是什么话', 'Spoken in'],
	ownAccountDate: ['哪天说的', 'Said on'],
	interviewer: ['谁记录的', 'Written down by'],
	adultPresent: ['在场的大人', 'Adult present'],
	sampleReference: ['样本编号', 'Sample reference']
}) satisfies Record<FieldKey, Message>;

/** What helps to answer, where the name alone does not. */
export const fieldHints = area({
	caseNumber: ['机构自己的编号，没有就空着。', 'The number your house uses; leave it empty if there is none.'],
	handoverDate: [
		'公安把孩子交到机构的那一天。十二个月从这一天起算。',
		'The day the police brought the child. The twelve months count from it.'
	],
	noticeNumber: ['《打拐解救儿童临时照料通知书》右上角。', 'At the top right of the paper.'],
	noticeDate: ['通知书上写的日期。', 'The date written on the paper.'],
	nameGiven: [
		'有证件或亲属说法的名字。各民族的名字照写，不用缩短。',
		'A name from papers or kin. Names of every people as they are, not shortened.'
	],
	nameAssigned: ['机构为了照料暂时起的名字。', 'The name your house uses for the time being.'],
	nameCalled: ['照孩子的发音写，小名也可以。', 'As it sounds; a pet name will do.'],
	namePinyin: ['不用声调，方便查找。', 'Without tones; helps to find the child.'],
	birth: ['只能估计时，请写一个范围。', 'Write a range when it can only be estimated.'],
	placeTaken: [
		'地名会变：孩子被带走那一年的区划也能选。',
		'Place names change: the districts of that year can be chosen.'
	],
	dateTaken: ['不确定也没关系。', 'It need not be exact.'],
	suspectLink: ['只有主管和登记处看得到。', 'Only supervisors and the registry see this.'],
	siblings: [
		'双胞胎、一起解救的孩子、孩子提到的兄弟姐妹。',
		'Twins, children rescued together, and those the child speaks of.'
	],
	features: [
		'脸型、头发、牙齿、走路的样子。胎记疤痕请在下面单独记。',
		'Face, hair, teeth, gait. Record birthmarks and scars one by one below.'
	],
	bloodGroup: ['化验单上的血型，不要猜。', 'From a laboratory slip, never a guess.'],
	clothing: ['颜色、样式、尺码、有没有绣字。', 'Colours, cut, size, anything embroidered.'],
	ownAccount: [
		'一字一句照孩子的原话写，不改、不猜、不引导。',
		'Word for word as the child said it: nothing changed, guessed or suggested.'
	],
	sampleReference: ['样本盒上的编号。', 'The number on the sample kit.']
}) satisfies Partial<Record<FieldKey, Message>>;
