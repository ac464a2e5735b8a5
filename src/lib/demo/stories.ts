import type { Random } from './random.ts';
import type { Region, Speech } from './regions.ts';

/*
 * What children say about home, in several registers: two words of a toddler, the sentences of a five-year-old, the
 * account of a twelve-year-old. All invented. `{…}` are slots: kin words of the region, its crops and sights.
 */

export interface OwnAccount {
	/** Verbatim, for the file. */
	readonly verbatim: string;
	/** What a supervisor lets the public read: home and family, nothing about how or by whom the child was taken. */
	readonly moderated: string | undefined;
}

const doubledWords: Speech = {
	me: '宝宝',
	granny: '奶奶',
	grandpa: '爷爷',
	mum: '妈妈',
	dad: '爸爸',
	sister: '姐姐',
	brother: '哥哥'
};
const toddlerHome = [
	'“{mum}……抱抱。”',
	'“狗狗，汪汪，咬鞋鞋。”',
	'“{granny}，饭饭。”',
	'“车车，嘟嘟，大车车。”',
	'“{dad}，高高。”',
	'“鸭鸭，水水，怕。”',
	'“{brother}打，痛痛。”',
	'“咩咩，吃草草。”',
	'“火车，呜——呜——。”',
	'“{sister}，上学学。”',
	'“弟弟，哭哭。”',
	'“鸡鸡，蛋蛋，{granny}捡。”'
];
const toddlerNotes = [
	'（会学火车叫，叫了很多次。）',
	'（看见{crop}的图片会指，叫得出名字。）',
	'（听见有人喊“{name}”会回头。）',
	'（睡前要人拍背，嘴里哼一首听不出词的歌。）',
	'（不肯脱鞋，问名字只笑。）',
	'（数数只数到三，用手指比。）'
];
const smallFamily = [
	'{me}家有{granny}、{dad}、{mum}，还有一个弟弟。',
	'{me}跟{granny}睡，{granny}的手指头弯不直。',
	'{dad}开拖拉机，{mum}在家喂猪。',
	'{me}有个{sister}，她梳两个辫子，会写字。',
	'{dad}不在家，过年才回来，给{me}带糖。',
	'{mum}的头发很长，她在厂里踩缝纫机。',
	'{grandpa}没有牙，吃饭要泡汤。',
	'{brother}叫我“小不点”，他跑得快。',
	'{mum}肚子里有小宝宝了。',
	'{granny}会唱山歌，唱得可大声了。'
];
const smallHome = [
	'{me}家门口有一棵大树，上面挂红布条。',
	'{me}家养了两头牛，一头是黑的。',
	'门前有条河，{granny}在河边洗菜，{me}不能下去。',
	'家里种{crop}，{me}帮忙捡。',
	'去{sight}要走好久，{grandpa}背{me}。',
	'房子后面就是{sight}，晚上有灯。',
	'{me}家的狗叫来福，耳朵缺一块。',
	'楼下有个早点摊，老板娘认得{me}。',
	'火车从{me}家后面过，晚上床会抖。',
	'过年有人打鼓，脸上画红的。',
	'院子里有个水井，盖着木板。',
	'{me}家在四楼，楼梯是黑的，{me}不怕。'
];
const smallTaken = [
	'有个阿姨给{me}吃蛋糕，说带{me}去找{mum}，就坐车了。',
	'{me}在门口玩弹珠，一个叔叔抱起{me}就走，{me}喊了。',
	'赶集的时候人很多，{me}拉错了别人的手。',
	'坐了摩托车，又坐大车，睡着了，醒来就不是{me}家了。',
	'那个伯伯不让{me}说话，说话就不给饭吃。',
	'不记得怎么来的了，天黑黑的。'
];
const smallWish = [
	'{me}想回家。',
	'{me}的名字不是他们叫的那个，{me}叫{name}。',
	'{mum}会来接{me}吗？',
	'{me}的新鞋还在家里。',
	'{me}记得{mum}唱的歌。'
];
const olderFamily = [
	'{me}小名叫{name}，家里都这么叫，大名不会写。',
	'{me}家五口人，{granny}、{dad}、{mum}、{me}和妹妹。{dad}姓什么记不清了，好像带个“木”字。',
	'{dad}在外面打工，在工地上绑钢筋，一年回来一次。家里是{granny}带{me}。',
	'{mum}不会说普通话，她包头帕，左边脸上有个酒窝。',
	'{me}有一个{sister}一个{brother}，{brother}在镇上读书，星期五才回家。',
	'{grandpa}以前是木匠，家里的柜子都是他打的，柜门上刻着鱼。',
	'{granny}眼睛看不见，{me}给她穿针。',
	'{dad}的右手少一截手指头，是打{crop}的机器弄的。'
];
const olderHome = [
	'{me}们村子在半山上，下面有一条河，河上有座桥，桥头有个小卖部。',
	'村口有{sight}，从{sight}往上走，第三家就是{me}家。',
	'家里种{crop}，秋天全家都要下地，{me}管看晒场。',
	'学校只有两间教室，老师姓马，教语文也教算术。操场上有一根旗杆是竹子的。',
	'{me}家门上的对联是{me}写的，“福”字写反了，{dad}说没关系。',
	'每逢三、六、九赶场，要走一个多小时，能吃到凉粉。',
	'屋后能看到{sight}，打雷的时候{me}最怕那边。',
	'{me}们那里的人管{crop}不叫{crop}，叫法{me}说给老师听了，老师写不出来。',
	'冬天很冷，被子上要压衣服，早上水缸里有冰。',
	'村里有一半人家姓一个姓，过年一起吃饭，摆四十多桌。'
];
const olderTaken = [
	'那天{me}去买盐，路上有辆面包车停下来问路，后来的事{me}不想说。',
	'有个认识的人说带{me}去城里看病，坐了一天一夜的车，换了三次。',
	'{me}跟{brother}吵架，自己跑出去的，在车站睡着了，醒来书包没了，一个女的给{me}买了面。',
	'车上还有两个小的，一个一直哭。到了以后{me}们就分开了。',
	'他们叫{me}改口叫爸妈，{me}没叫。',
	'路上记得过了一个很长的隧道，还有一条很宽的江。'
];
const olderWish = [
	'{me}记得家里的电话前面几个数，后面的越想越乱。',
	'{me}每天在心里把家里人的名字念一遍，怕忘了。',
	'请告诉{granny}{me}长高了。',
	'{me}想继续读书，也想回家，不知道能不能都要。',
	'要是找到了，先别跟{mum}说{me}的手受过伤。'
];

/** The child's own words; undefined below the age at which children say words. */
export function ownAccount(random: Random, ageMonths: number, region: Region, name: string): OwnAccount | undefined {
	if (ageMonths < 20) return undefined;
	// Toddlers everywhere say the doubled words, not their region's.
	const slots = slotsOf(random, ageMonths < 42 ? { ...region, speech: doubledWords } : region, name);
	if (ageMonths < 42) {
		const words = random.some(toddlerHome, random.between(1, 3)).map((piece) => filled(piece, slots));
		const note = random.chance(0.7) ? filled(random.pick(toddlerNotes), slots) : '';
		return { verbatim: words.join('') + note, moderated: words.join('') };
	}
	const small = ageMonths < 90;
	const family = random.some(small ? smallFamily : olderFamily, small ? random.between(1, 2) : random.between(2, 3));
	const home = random.some(small ? smallHome : olderHome, random.between(1, small ? 2 : 3));
	const taken = random.chance(0.65) ? [random.pick(small ? smallTaken : olderTaken)] : [];
	const wish = random.chance(0.75) ? [random.pick(small ? smallWish : olderWish)] : [];
	const write = (pieces: readonly string[]) => pieces.map((piece) => filled(piece, slots)).join('');
	return { verbatim: write([...family, ...home, ...taken, ...wish]), moderated: write([...family, ...home]) };
}

/** What the child wore, upper, lower and on the feet, by the month it came. */
export function clothing(random: Random, month: number, sex: '1' | '2', ageMonths: number): string {
	const colour = () =>
		random.pick([
			'红色',
			'蓝色',
			'灰色',
			'黄色',
			'绿色',
			'黑色',
			'白色',
			'粉色',
			'紫色',
			'军绿色',
			'橙色',
			'格子',
			'条纹',
			'碎花'
		]);
	const cold = month <= 2 || month >= 11;
	const warm = month >= 6 && month <= 9;
	const upper = cold
		? ['棉袄', '羽绒服', '毛线衣', '棉背心', '夹克']
		: warm
			? ['短袖衫', '背心', '汗衫', 'T 恤']
			: ['长袖衫', '薄外套', '卫衣', '毛衣', '运动服'];
	const lower = cold
		? ['棉裤', '绒裤', '厚牛仔裤']
		: warm
			? ['短裤', '七分裤', ...(sex === '2' ? ['连衣裙', '短裙'] : [])]
			: ['长裤', '牛仔裤', '运动裤', '灯芯绒裤'];
	const feet =
		ageMonths < 14
			? ['光脚', '毛线袜', '软底布鞋']
			: cold
				? ['棉鞋', '雨靴', '运动鞋']
				: ['凉鞋', '塑料拖鞋', '布鞋', '运动鞋', '光脚'];
	const detail = random.pick([
		'',
		'',
		'',
		'，袖口磨破',
		'，左膝打补丁',
		'，胸前有小熊图案',
		'，胸前印“奋斗”二字',
		'，领口绣一朵花',
		'，少一颗扣子',
		'，明显偏大',
		'，背后印数字 23',
		'，拉链坏了'
	]);
	const shoes = random.pick(feet);
	return `${colour()}${random.pick(upper)}、${colour()}${random.pick(lower)}，${shoes === '光脚' ? shoes : `${colour()}${shoes}`}${detail}`;
}

/** What the picture of a belonging shows; the drawn portraits have one drawing for each. */
export const belongingShapes = [
	'lock',
	'toy',
	'shoe',
	'bag',
	'blanket',
	'bracelet',
	'paper',
	'cup',
	'hat',
	'ball'
] as const;
export type BelongingShape = (typeof belongingShapes)[number];

export interface DemoThing {
	readonly description: string;
	readonly shape: BelongingShape;
}

/** Things the child carried, `count` different kinds at most. */
export function things(random: Random, count: number): readonly DemoThing[] {
	return random
		.some(belongingShapes, count)
		.map((shape) => ({ shape, description: random.pick(thingWords[shape])(random) }));
}

const colourOf = (random: Random) => random.pick(['红', '蓝', '黄', '绿', '粉', '紫', '橙']);
const thingWords: Readonly<Record<BelongingShape, readonly ((random: Random) => string)[]>> = {
	lock: [
		() => '银锁一把，正面刻“长命富贵”',
		(random) => `铜锁项圈，背面刻着一个“${random.pick(['福', '安', '康', '龙', '凤', '玉'])}”字`,
		(random) => `红绳系的银锁，锁上有${random.pick(['两条鱼', '一朵莲花', '一只猴子', '一只老虎'])}`
	],
	toy: [
		(random) => `布老虎一只，${colourOf(random)}色，缝线开了`,
		(random) => `毛绒小熊，${random.pick(['左', '右'])}耳缺一只，穿${colourOf(random)}色背心`,
		() => '布娃娃一个，头发是毛线做的',
		(random) => `${colourOf(random)}色塑料小汽车，少一个轮子`
	],
	shoe: [
		(random) => `虎头鞋一只，${random.pick(['左', '右'])}脚，手工缝制`,
		(random) => `${colourOf(random)}色小布鞋一双，鞋底写着数字 ${random.between(13, 18)}`,
		() => '绣花鞋一双，鞋面绣石榴'
	],
	bag: [
		(random) => `${colourOf(random)}色书包，里面有半本${random.pick(['语文', '数学', '拼音'])}课本，名字被撕掉`,
		(random) => `手织布挎包，绣${random.pick(['菱形', '蝴蝶', '八角'])}花纹`,
		() => '蛇皮袋一个，装两件换洗衣服'
	],
	blanket: [
		(random) => `${colourOf(random)}色碎花小被子，一角绣“${random.pick(['平安', '宝贝', '喜', '福'])}”`,
		() => '百家被一条，用各色布块拼成',
		(random) => `${colourOf(random)}色毛巾被，有烧过的小洞`
	],
	bracelet: [
		(random) => `红绳手链，穿${random.between(1, 5)}颗${random.pick(['桃核', '银珠', '木珠', '玛瑙'])}`,
		(random) => `银手镯一对，刻${random.pick(['花草', '鱼', '波浪'])}纹`,
		() => '黑色橡皮筋手环，打了七个结'
	],
	paper: [
		() => '折成四折的纸条，字迹被水浸过，只认得“生于”二字',
		() => '半张照片，只剩一个大人的手臂和格子袖口',
		(random) => `旧车票一张，只看清“${random.pick(['昆明', '成都', '贵阳', '郑州', '南宁', '长沙'])}”两个字`,
		() => '一张画，画着三个人和一条狗'
	],
	cup: [
		(random) => `搪瓷杯一个，印${random.pick(['熊猫', '牡丹', '天安门', '鸳鸯'])}，杯底有缺口`,
		(random) => `${colourOf(random)}色奶瓶，刻度磨掉了`
	],
	hat: [
		(random) => `手织毛线帽，${colourOf(random)}白相间，顶上有绒球`,
		() => '绣花童帽，帽前缀银饰三个',
		(random) => `${colourOf(random)}色遮阳帽，帽檐内写“大班”`
	],
	ball: [(random) => `${colourOf(random)}色皮球，漏气`, () => '玻璃弹珠七颗，装在火柴盒里', () => '陀螺一个，木头削的']
};

function slotsOf(random: Random, region: Region, name: string): ReadonlyMap<string, string> {
	return new Map(
		Object.entries({
			...region.speech,
			name,
			crop: random.pick(region.crops),
			sight: random.pick(region.sights)
		})
	);
}

function filled(piece: string, slots: ReadonlyMap<string, string>): string {
	return (
		piece
			.replaceAll(/\{(\w+)\}/g, (_, slot: string) => slots.get(slot) ?? '')
			// 俺 already stands in 俺奶: not “俺俺奶”.
			.replaceAll('俺俺', '俺')
	);
}
