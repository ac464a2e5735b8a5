import type { Random } from './random.ts';

/*
 * Invented names. Every sign stands with its pinyin without tones, because a person writes the pinyin of a name down
 * beside it and the demo must not need a dictionary. A name made of common signs may be somebody's; nobody is meant.
 */
export interface DemoName {
	readonly written: string;
	/** Without tones, a blank between signs: `yun an ning`. */
	readonly pinyin: string;
}

const surnames = signs(
	'李li 王wang 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lü 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan'
);
const boysSigns = signs(
	'强qiang 军jun 勇yong 浩hao 宇yu 杰jie 涛tao 鹏peng 飞fei 辉hui 明ming 亮liang 志zhi 伟wei 刚gang 旺wang 福fu 祥xiang 林lin 森sen 松song 海hai 江jiang 川chuan 山shan 阳yang 晨chen 东dong 生sheng 龙long 成cheng 国guo 家jia 建jian 文wen 武wu 俊jun 凯kai 磊lei 健jian'
);
const girlsSigns = signs(
	'芳fang 丽li 娟juan 秀xiu 英ying 燕yan 梅mei 兰lan 菊ju 花hua 霞xia 云yun 月yue 雪xue 玲ling 静jing 婷ting 娜na 琴qin 珍zhen 香xiang 莲lian 凤feng 桂gui 春chun 秋qiu 慧hui 敏min 雅ya 欣xin 怡yi 琳lin 萍ping 蓉rong 倩qian 莹ying 巧qiao 玉yu 小xiao 红hong'
);
/** The signs that houses give: hopeful, the same for boys and girls. */
const hopeSigns = signs(
	'安an 宁ning 康kang 乐le 平ping 和he 顺shun 喜xi 望wang 归gui 佳jia 春chun 晓xiao 晴qing 明ming 朗lang 思si 念nian 亦yi 向xiang 阳yang 初chu 景jing 星xing 禾he 苗miao 青qing 松song 柏bai 若ruo 一yi 可ke 嘉jia 瑞rui 瑶yao 远yuan 帆fan 途tu 舟zhou 桐tong 言yan 诺nuo 信xin 诚cheng 知zhi 行xing 新xin 辰chen 溪xi 源yuan'
);
const calledBoys = signs(
	'小虎xiao-hu 石头shi-tou 铁蛋tie-dan 狗娃gou-wa 豆豆dou-dou 牛牛niu-niu 壮壮zhuang-zhuang 毛毛mao-mao 强强qiang-qiang 东东dong-dong 亮亮liang-liang 涛涛tao-tao 虎子hu-zi 柱子zhu-zi 栓子shuan-zi 小宝xiao-bao 大宝da-bao 二娃er-wa 三娃san-wa 幺儿yao-er 阿弟a-di 阿明a-ming 阿强a-qiang 小兵xiao-bing 小军xiao-jun 阳阳yang-yang 鹏鹏peng-peng 乐乐le-le 小龙xiao-long 土生tu-sheng 冬生dong-sheng 山娃shan-wa 水根shui-gen 黑娃hei-wa 小马xiao-ma 阿布a-bu 木呷mu-ga 小满xiao-man 谷雨gu-yu 沙沙sha-sha'
);
const calledGirls = signs(
	'妞妞niu-niu 丫丫ya-ya 小满xiao-man 囡囡nan-nan 妹妹mei-mei 花花hua-hua 朵朵duo-duo 小燕xiao-yan 小花xiao-hua 二丫er-ya 三妹san-mei 幺妹yao-mei 阿妹a-mei 阿芳a-fang 小芳xiao-fang 小红xiao-hong 春春chun-chun 秀秀xiu-xiu 苗苗miao-miao 甜甜tian-tian 娜娜na-na 婷婷ting-ting 玲玲ling-ling 小兰xiao-lan 小月xiao-yue 月月yue-yue 雪儿xue-er 果果guo-guo 桃子tao-zi 米米mi-mi 豆妹dou-mei 琪琪qi-qi 彩云cai-yun 阿果a-guo 小雨xiao-yu 谷雨gu-yu 冬梅dong-mei 小莲xiao-lian 招娣zhao-di 燕子yan-zi'
);

/** A name as on a birth certificate. */
export function givenName(random: Random, sex: '1' | '2'): DemoName {
	const pool = sex === '1' ? boysSigns : girlsSigns;
	const parts = [random.pick(surnames), random.pick(pool)];
	// Two signs after the surname are the more common.
	if (random.chance(0.62)) parts.push(random.pick(pool));
	return joined(parts);
}

/** The name a house gives a child whose name nobody knows; children of one house share the surname it gives. */
export function assignedName(random: Random, surname: DemoName): DemoName {
	const first = random.pick(hopeSigns);
	const second = random.chance(0.8) ? [random.pick(hopeSigns.filter((sign) => sign !== first))] : [];
	return joined([surname, first, ...second]);
}

/** The name the child answers to. */
export function calledName(random: Random, sex: '1' | '2'): DemoName {
	return random.pick(sex === '1' ? calledBoys : calledGirls);
}

/** A grown person: staff, police, visitors. */
export function adultName(random: Random): DemoName {
	return givenName(random, random.chance(0.55) ? '2' : '1');
}

function joined(parts: readonly DemoName[]): DemoName {
	return { written: parts.map((part) => part.written).join(''), pinyin: parts.map((part) => part.pinyin).join(' ') };
}

/** `安an 宁ning`, or `小虎xiao-hu` for names of several signs. */
function signs(list: string): readonly DemoName[] {
	return list.split(' ').map((each) => {
		const at = each.search(/[a-zü]/);
		return { written: each.slice(0, at), pinyin: each.slice(at).replaceAll('-', ' ') };
	});
}
