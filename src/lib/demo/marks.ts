import { codeName } from '#lib/domain/codes/tables.ts';
import type { Mark } from '#lib/domain/photo/photo.ts';
import type { Random } from './random.ts';

/** How common a kind of mark is, where it sits, and how a nurse describes it. `{where}` is side and site in Chinese. */
interface MarkPattern {
	readonly weight: number;
	readonly kind: string;
	readonly sites: readonly string[];
	readonly sizes: readonly [least: number, most: number];
	readonly words: readonly string[];
}

const patterns: readonly MarkPattern[] = [
	{
		weight: 6,
		kind: 'birthmark',
		sites: [
			'forehead',
			'cheek',
			'nape',
			'shoulder',
			'upper_back',
			'lower_back',
			'buttock',
			'thigh',
			'forearm',
			'calf',
			'chest'
		],
		sizes: [0.8, 6],
		words: [
			'{where}红色胎记，形状像一片叶子',
			'{where}褐色胎记，边缘不齐',
			'{where}青色胎记，接近圆形',
			'{where}有淡咖啡色胎记，像一只小船'
		]
	},
	{
		weight: 5,
		kind: 'scar',
		sites: ['behind_ear', 'forehead', 'eyebrow', 'chin', 'knee', 'shin', 'forearm', 'finger', 'back_of_head', 'elbow'],
		sizes: [0.6, 5],
		words: ['{where}有月牙形疤痕', '{where}有一道直的旧疤，颜色发白', '{where}有缝过针的疤', '{where}有旧疤，略凸起']
	},
	{
		weight: 5,
		kind: 'mole',
		sites: ['cheek', 'lip', 'eyelid', 'nose', 'neck_front', 'nape', 'shoulder', 'palm', 'upper_arm', 'ear'],
		sizes: [0.1, 0.6],
		words: ['{where}有一颗黑痣', '{where}有一颗凸起的痣', '{where}并排两颗小痣']
	},
	{
		weight: 3,
		kind: 'burn',
		sites: ['forearm', 'back_of_hand', 'thigh', 'instep', 'shoulder', 'chest'],
		sizes: [1.5, 12],
		words: ['{where}烫伤疤，皮肤起皱', '{where}有旧烧伤，颜色比周围深']
	},
	{
		weight: 2,
		kind: 'vaccination',
		sites: ['upper_arm'],
		sizes: [0.5, 1],
		words: ['{where}卡介苗疤，圆形', '{where}有两个接种疤']
	},
	{
		weight: 1,
		kind: 'surgery',
		sites: ['belly', 'groin', 'chest'],
		sizes: [2, 9],
		words: ['{where}有手术疤，针脚整齐']
	},
	{
		weight: 1,
		kind: 'haemangioma',
		sites: ['cheek', 'lower_back', 'upper_arm', 'crown'],
		sizes: [0.5, 3],
		words: ['{where}草莓样血管瘤']
	},
	{ weight: 1, kind: 'missing', sites: ['finger', 'toe'], sizes: [0.5, 2], words: ['{where}末节缺失，伤口陈旧'] },
	{ weight: 1, kind: 'extra', sites: ['thumb', 'toe'], sizes: [0.5, 1.5], words: ['{where}旁多出一指'] },
	{ weight: 1, kind: 'cleft', sites: ['lip'], sizes: [0.5, 1.5], words: ['{where}唇裂，未做手术', '{where}唇裂术后'] },
	{
		weight: 1,
		kind: 'pigment',
		sites: ['belly', 'thigh', 'neck_front'],
		sizes: [1, 5],
		words: ['{where}有一块皮肤颜色较浅']
	},
	{
		weight: 2,
		kind: 'hair',
		sites: ['crown', 'temple'],
		sizes: [0.5, 2],
		words: ['{where}有两个发旋', '{where}有一小撮白发']
	},
	{ weight: 1, kind: 'teeth', sites: ['teeth'], sizes: [0.5, 1], words: ['{where}门牙缺一角', '{where}门牙中间缝宽'] },
	{
		weight: 1,
		kind: 'piercing',
		sites: ['ear'],
		sizes: [0.1, 0.2],
		words: ['{where}耳垂有耳洞', '{where}耳屏前有天生小孔']
	},
	{
		weight: 1,
		kind: 'shape',
		sites: ['ear', 'navel', 'finger'],
		sizes: [0.5, 3],
		words: ['{where}形状特别，向外翻', '{where}弯向内侧']
	}
];
const byWeight = patterns.flatMap((pattern) => Array.from({ length: pattern.weight }, () => pattern));

/** Sites that are in the middle of the body or have no side worth writing. */
const unsided = new Set([
	'forehead',
	'chin',
	'nose',
	'lip',
	'nape',
	'crown',
	'back_of_head',
	'navel',
	'belly',
	'chest',
	'neck_front',
	'teeth',
	'upper_back',
	'lower_back'
]);
const sideWords = { left: '左', right: '右' } as const;

/** `count` marks on different sites at most; the description is a phrase without a full stop. */
export function marks(random: Random, count: number): readonly Mark[] {
	const found = new Map<string, Mark>();
	for (let i = 0; i < count; i++) {
		const pattern = random.pick(byWeight);
		const site = random.pick(pattern.sites);
		const side = unsided.has(site) ? undefined : random.pick(['left', 'right'] as const);
		const [least, most] = pattern.sizes;
		const size = Math.round((least + (most - least) * random.next() ** 2) * 10) / 10;
		const where = `${side ? sideWords[side] : ''}${codeName('bodySite', site)?.[0] ?? ''}`;
		const description = random
			.pick(pattern.words)
			.replace('{where}', where)
			.replace('嘴唇唇裂', '唇裂')
			.replace('耳朵耳', '耳')
			.replace('牙齿门牙', '门牙');
		if (!found.has(site))
			found.set(site, {
				kind: pattern.kind,
				site,
				...(side && { side }),
				...(random.chance(0.85) && { size }),
				description
			});
	}
	return [...found.values()];
}

/** How the face looks, for the field `features`. */
export function faceWords(random: Random): string {
	return random
		.some(
			[
				random.pick(['单眼皮', '双眼皮', '左眼双眼皮，右眼单眼皮']),
				random.pick(['圆脸', '瓜子脸', '方脸', '长脸']),
				random.pick(['脸颊有高原红', '人中较长', '嘴角上翘']),
				random.pick(['头发细软', '头发浓密', '发际线低', '鬓角长']),
				random.pick(['笑时有酒窝', '招风耳', '鼻梁高', '下巴尖', '嘴唇厚', '眉毛很浓', '眼睛大']),
				random.pick(['走路略外八字', '左撇子', '说话口吃', '说话爱眨眼', '睡觉吮拇指'])
			],
			random.between(2, 4)
		)
		.join('，');
}
