import type { Mark } from '../photo/photo.ts';

/*
 * Families describe marks in words: 左耳朵后面有块青记. Houses choose codes. Here the words become the same codes
 * (codes/tables.ts: markKind, bodySite), as far as they say them; the words stay beside them.
 */

/** A mark as far as somebody described it. */
export interface DescribedMark {
	readonly kind?: string | undefined;
	readonly site?: string | undefined;
	readonly side?: Mark['side'];
	readonly words: string;
}

/**
 * Every mark a description names, one for each clause that has a mark or a part of the body in it; clauses that have
 * neither (双眼皮，皮肤白) say nothing here.
 */
export function marksInWords(text: string): readonly DescribedMark[] {
	const clauses = text.normalize('NFKC').split(/[;；,，。.、\n!！]+/u);
	const found: DescribedMark[] = [];
	// 右手背烫伤，有疤: the second clause tells of the same place.
	let siteBefore: string | undefined;
	for (const clause of clauses) {
		const words = clause.trim();
		if (words === '' || saysNone.test(words)) continue;
		const kind = kindIn(words);
		const site = siteIn(words) ?? (kind === undefined ? undefined : siteBefore);
		siteBefore = siteIn(words);
		if (kind === undefined) continue;
		const side = sideIn(words);
		found.push({ kind, ...(site !== undefined && { site }), ...(side !== undefined && { side }), words });
	}
	return found;
}

/** What words alone say of one mark; a clause without a kind may still name the place. */
export function readMark(words: string): Pick<DescribedMark, 'kind' | 'site' | 'side'> {
	const plain = words.normalize('NFKC');
	const kind = kindIn(plain);
	const site = siteIn(plain);
	const side = sideIn(plain);
	return {
		...(kind !== undefined && { kind }),
		...(site !== undefined && { site }),
		...(side !== undefined && { side })
	};
}

/** Are two sites so close that two people may name them for one mark? */
export function sitesAreNear(a: string, b: string): boolean {
	return a === b || nearSites.some((group) => group.includes(a) && group.includes(b));
}

/** Are two kinds so alike that two people may name them for one mark? */
export function kindsAreNear(a: string, b: string): boolean {
	return a === b || nearKinds.some((group) => group.includes(a) && group.includes(b));
}

/** 无明显特征, 没有胎记, 未见疤痕. */
const saysNone = /^(无|没有?|未见|未发现|不详|不清楚)/;

/** The first that fits counts: what is special stands before what is general (手术疤 before 疤). */
const kinds: readonly (readonly [kind: string, words: RegExp])[] = [
	['cleft', /唇裂|腭裂|兔唇|豁嘴|豁唇/],
	['joined', /并指|并趾|连指|连趾|连在一起|没分开/],
	['extra', /六指|六个手指|六个脚趾|多指|多趾|多(出|长|生)?(了|来)?(一|1)?(个|根|只)?(手|脚|小)?(指|趾)|旁多出/],
	['missing', /缺失|断指|断了(一|半)|少(了)?(一|1|半)(个|根|截|节|只)|缺(了)?(一|1|半)(个|根|截|节|只)/],
	['tattoo', /文身|纹身|刺青/],
	['haemangioma', /血管瘤|草莓/],
	['vaccination', /卡介苗|接种疤|疫苗疤|预防针|牛痘|花痘|种痘/],
	['burn', /烫|烧伤|烧的疤|火疤/],
	['surgery', /手术|开刀|刀口/],
	['hair', /发旋|头旋|双旋|两个旋|个旋|白发|白头发/],
	['piercing', /耳洞|耳眼|耳孔|小孔|耳仓|穿孔|耳前.{0,3}(孔|眼|洞|管)/],
	['birthmark', /胎记|胎痣|胎印|[红青黑褐紫]色?(印)?记|朱砂记|印记/],
	['mole', /痣|黑点|黑子|瘊/],
	['pigment', /白斑|色素|斑(?!马)|肤色(较|偏|不)|皮肤颜色|白块|咖啡/],
	['scar', /疤|伤痕|缝(过|了)?.{0,3}针|痕|豁口|划伤|磕(伤|破)|咬伤/],
	['teeth', /牙/],
	['lump', /肿块|疙瘩|肉瘤|小瘤|鼓包|肉丁|小肉|拴马桩/],
	['shape', /酒窝|酒涡|酒坑|梨涡|外翻|内翻|畸形|变形|弯曲|弯向|斜视|斗鸡眼|对眼|招风|塌陷|凸出|凹陷|形状特别/]
];

/** The longest word found counts: 耳后 before 耳, 小腿肚 before 小腿. */
const sites: readonly (readonly [site: string, words: readonly string[]])[] = [
	['crown', ['头顶', '头上', '脑门顶', '天灵盖', '发旋', '头旋']],
	['back_of_head', ['后脑勺', '后脑']],
	['temple', ['太阳穴', '鬓角', '鬓']],
	['forehead', ['额头', '前额', '脑门', '额角', '眉心', '额']],
	['eyebrow', ['眉毛', '眉角', '眉骨', '眉尾', '眉头', '眉']],
	['eyelid', ['眼皮', '眼睑']],
	['eye', ['眼角', '眼睛', '眼']],
	['nose', ['鼻子', '鼻梁', '鼻']],
	['cheek', ['脸颊', '脸蛋', '面颊', '腮帮', '颧', '腮', '酒窝', '脸', '面部']],
	['behind_ear', ['耳朵后面', '耳朵后', '耳后', '耳根', '耳背后']],
	['ear', ['耳朵', '耳垂', '耳廓', '耳洞', '耳前', '耳屏', '耳']],
	['lip', ['嘴唇', '上唇', '下唇', '嘴角', '嘴边', '人中', '唇']],
	['mouth', ['口内', '口腔', '舌', '嘴里', '上腭']],
	['teeth', ['门牙', '虎牙', '牙齿', '牙']],
	['chin', ['下巴', '下颌', '下颏']],
	['neck_front', ['脖子前', '脖子', '脖颈', '颈部', '喉']],
	['nape', ['后颈', '脖子后面', '脖子后', '后脖', '颈后', '脖梗']],
	['shoulder', ['肩膀', '肩头', '肩']],
	['collarbone', ['锁骨']],
	['armpit', ['腋下', '腋窝', '胳肢窝', '夹肢窝']],
	['chest', ['胸口', '胸前', '胸脯', '前胸', '胸', '乳']],
	['upper_back', ['后背', '上背', '背上', '脊背', '背部', '背心', '脊梁']],
	['lower_back', ['腰部', '后腰', '腰上', '尾椎', '尾骨', '腰']],
	['side', ['肋下', '肋骨', '肋']],
	['belly', ['肚子', '腹部', '小腹', '肚皮']],
	['navel', ['肚脐', '脐']],
	['groin', ['腹股沟', '大腿根', '阴']],
	['buttock', ['屁股', '臀部', '臀', '屁屁']],
	['upper_arm', ['上臂', '大臂', '胳膊上', '手臂上', '胳膊', '膀子']],
	['elbow', ['手肘', '胳膊肘', '肘']],
	['forearm', ['前臂', '小臂', '手臂']],
	['wrist', ['手腕', '手脖子', '腕']],
	['back_of_hand', ['手背', '手面']],
	['palm', ['手掌', '手心', '掌心', '虎口']],
	['thumb', ['大拇指', '拇指', '大拇哥']],
	['finger', ['手指', '食指', '中指', '无名指', '小指', '小拇指', '指头', '指']],
	['hip', ['胯部', '胯']],
	['thigh', ['大腿']],
	['knee', ['膝盖', '波棱盖', '膝']],
	['shin', ['小腿前面', '小腿前', '迎面骨', '胫']],
	['calf', ['小腿肚', '腿肚', '小腿']],
	['ankle', ['脚踝', '脚脖子', '踝']],
	['instep', ['脚背', '脚面']],
	['sole', ['脚底', '脚心', '脚板', '脚掌']],
	['toe', ['脚趾', '脚指', '大脚趾', '趾']]
];

const sitesByLength = sites
	.flatMap(([site, words]) => words.map((word) => ({ site, word })))
	.sort((a, b) => b.word.length - a.word.length);

const nearSites: readonly (readonly string[])[] = [
	['crown', 'back_of_head'],
	['forehead', 'temple', 'eyebrow'],
	['eyebrow', 'eyelid', 'eye'],
	['cheek', 'temple', 'eye', 'nose', 'ear'],
	['ear', 'behind_ear'],
	['behind_ear', 'nape', 'back_of_head'],
	['lip', 'mouth', 'teeth', 'chin'],
	['cheek', 'chin', 'lip'],
	['nape', 'neck_front', 'shoulder'],
	['shoulder', 'collarbone', 'upper_back', 'upper_arm'],
	['collarbone', 'neck_front', 'chest'],
	['armpit', 'chest', 'side', 'upper_arm'],
	['upper_back', 'lower_back', 'side'],
	['lower_back', 'buttock', 'hip'],
	['belly', 'navel', 'side', 'groin'],
	['groin', 'thigh', 'hip'],
	['buttock', 'thigh', 'hip'],
	['upper_arm', 'elbow'],
	['elbow', 'forearm'],
	['forearm', 'wrist', 'upper_arm'],
	['wrist', 'back_of_hand', 'palm'],
	['palm', 'back_of_hand', 'finger', 'thumb'],
	['thigh', 'knee'],
	['knee', 'shin', 'calf'],
	['calf', 'shin', 'ankle'],
	['ankle', 'instep', 'sole'],
	['instep', 'sole', 'toe']
];

const nearKinds: readonly (readonly string[])[] = [
	['scar', 'burn', 'surgery', 'vaccination'],
	['birthmark', 'mole', 'pigment', 'haemangioma'],
	['missing', 'joined', 'shape'],
	['extra', 'joined', 'lump'],
	['piercing', 'shape', 'lump'],
	['cleft', 'surgery'],
	['teeth', 'missing']
];

function kindIn(words: string): string | undefined {
	return kinds.find(([, pattern]) => pattern.test(words))?.[0];
}

function siteIn(words: string): string | undefined {
	// Of equally long words the one that stands first: 额头上 is the forehead (额头), not the head (头上).
	let best: { readonly site: string; readonly length: number; readonly at: number } | undefined;
	for (const { site, word } of sitesByLength) {
		if (best && word.length < best.length) break;
		const at = words.indexOf(word);
		if (at >= 0 && (!best || at < best.at)) best = { site, length: word.length, at };
	}
	return best?.site;
}

function sideIn(words: string): Mark['side'] {
	const left = words.includes('左');
	const right = words.includes('右');
	if ((left && right) || /两(边|只|条|侧|手|脚|耳|腿|膝)|双(手|脚|耳|腿|膝|侧)/.test(words)) return 'both';
	if (left) return 'left';
	if (right) return 'right';
	return /正中|中间/.test(words) ? 'middle' : undefined;
}
