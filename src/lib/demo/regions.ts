/*
 * Where the demo's children come from, and how people speak there. The weights follow the counts drawn in the design
 * of the public search page; they say nothing about any real province.
 */

/** How a family and a child of a region say the common words; slots of the stories in stories.ts. */
export interface Speech {
	readonly me: string;
	readonly granny: string;
	readonly grandpa: string;
	readonly mum: string;
	readonly dad: string;
	readonly sister: string;
	readonly brother: string;
}

export interface Region {
	/** First two digits of GB/T 2260. */
	readonly prefix: string;
	readonly weight: number;
	/** The accent as a care worker writes it down. */
	readonly accents: readonly string[];
	readonly speech: Speech;
	/** Codes of GB 3304 that are common there beside 01. */
	readonly peoples: readonly string[];
	/** What grows there, what stands there, for the stories. */
	readonly crops: readonly string[];
	readonly sights: readonly string[];
}

const north: Speech = {
	me: '我',
	granny: '奶奶',
	grandpa: '爷爷',
	mum: '妈妈',
	dad: '爸爸',
	sister: '姐姐',
	brother: '哥哥'
};
const henan: Speech = {
	me: '俺',
	granny: '俺奶',
	grandpa: '俺爷',
	mum: '俺妈',
	dad: '俺爸',
	sister: '俺姐',
	brother: '俺哥'
};
const shandong: Speech = {
	me: '俺',
	granny: '俺嫲嫲',
	grandpa: '俺爷爷',
	mum: '俺娘',
	dad: '俺大',
	sister: '俺姐',
	brother: '俺哥'
};
const sichuan: Speech = {
	me: '我',
	granny: '婆婆',
	grandpa: '公公',
	mum: '妈妈',
	dad: '爸爸',
	sister: '姐姐',
	brother: '哥老倌'
};
const yunnan: Speech = {
	me: '我',
	granny: '阿奶',
	grandpa: '阿老',
	mum: '阿妈',
	dad: '阿爹',
	sister: '阿姐',
	brother: '阿哥'
};
const guangdong: Speech = {
	me: '我',
	granny: '阿嫲',
	grandpa: '阿公',
	mum: '阿妈',
	dad: '阿爸',
	sister: '家姐',
	brother: '大佬'
};
const jiangnan: Speech = {
	me: '我',
	granny: '阿婆',
	grandpa: '阿公',
	mum: '姆妈',
	dad: '阿爸',
	sister: '阿姐',
	brother: '阿哥'
};
const hunan: Speech = {
	me: '我',
	granny: '娭毑',
	grandpa: '爹爹',
	mum: '姆妈',
	dad: '爷老倌',
	sister: '姐姐',
	brother: '哥哥'
};

export const regions: readonly Region[] = [
	region(
		'51',
		38,
		sichuan,
		['四川话', '四川口音，大凉山一带', '川南口音'],
		['07', '04', '33'],
		['苞谷', '洋芋', '花椒'],
		['索桥', '茶馆', '盘山公路']
	),
	region(
		'41',
		31,
		henan,
		['河南话', '豫东口音', '信阳口音'],
		['03'],
		['麦子', '花生', '红薯'],
		['麦场', '砖窑', '火车道口']
	),
	region(
		'53',
		26,
		yunnan,
		['云南方言', '昭通口音', '大理口音'],
		['07', '14', '16', '18', '06'],
		['烤烟', '苞谷', '核桃'],
		['梯田', '街子', '石牌坊']
	),
	region('37', 24, shandong, ['山东话', '鲁西南口音'], ['03'], ['麦子', '苹果', '大蒜'], ['大坝', '集市', '果园']),
	region(
		'52',
		22,
		sichuan,
		['贵州话', '毕节口音', '黔东南口音'],
		['06', '12', '09'],
		['苞谷', '辣椒', '茶叶'],
		['鼓楼', '吊脚楼', '大桥']
	),
	region(
		'45',
		16,
		guangdong,
		['桂柳话', '壮话口音', '广西白话'],
		['08', '13', '06'],
		['甘蔗', '木薯', '水稻'],
		['糖厂', '石头山', '渡口']
	),
	region(
		'44',
		14,
		guangdong,
		['广东话', '潮汕口音', '客家话'],
		['13'],
		['荔枝', '水稻', '香蕉'],
		['工业区', '鱼塘', '骑楼']
	),
	region(
		'35',
		13,
		guangdong,
		['闽南话', '福州口音', '客家话'],
		['22'],
		['茶叶', '龙眼', '紫菜'],
		['码头', '土楼', '妈祖庙']
	),
	region('13', 12, north, ['河北话', '保定口音'], ['11', '03'], ['麦子', '棉花', '枣'], ['大院', '集市', '钢厂']),
	region('34', 11, henan, ['安徽话', '阜阳口音'], ['03'], ['麦子', '水稻', '油菜'], ['河堤', '轮窑', '老街']),
	region(
		'43',
		10,
		hunan,
		['湖南话', '湘西口音'],
		['15', '06', '12'],
		['水稻', '橘子', '辣椒'],
		['吊桥', '水库', '老祠堂']
	),
	region(
		'65',
		9,
		north,
		['说维吾尔语，普通话只会几句', '新疆口音'],
		['05', '17', '29'],
		['棉花', '葡萄', '红枣'],
		['大巴扎', '白杨路', '戈壁']
	),
	region('42', 8, sichuan, ['湖北话', '恩施口音'], ['15'], ['水稻', '莲藕', '茶叶'], ['长江边', '湖', '索道']),
	region('32', 7, jiangnan, ['苏北口音', '江淮话'], [], ['水稻', '麦子', '螃蟹'], ['运河', '船闸', '服装厂']),
	region('61', 7, north, ['陕西话', '陕南口音'], ['03'], ['苹果', '小麦', '枣'], ['窑洞', '油井', '塬']),
	region('36', 7, hunan, ['江西话', '赣南客家话'], ['22'], ['脐橙', '水稻', '油茶'], ['祠堂', '矿山', '老樟树']),
	region('14', 6, north, ['山西话', '晋北口音'], [], ['小米', '高粱', '枣'], ['煤矿', '窑洞', '戏台']),
	region('50', 6, sichuan, ['重庆话', '涪陵口音'], ['15', '06'], ['榨菜', '橘子', '水稻'], ['轻轨', '长梯坎', '码头']),
	region(
		'62',
		5,
		north,
		['甘肃话', '天水口音'],
		['03', '26', '04'],
		['洋芋', '苹果', '药材'],
		['清真寺', '水窖', '火车站']
	),
	region(
		'15',
		4,
		north,
		['内蒙古西部口音', '东北口音'],
		['02', '11'],
		['土豆', '玉米', '向日葵'],
		['草原', '铁路', '风车']
	),
	region('33', 4, jiangnan, ['浙江话', '温州话'], ['22'], ['茶叶', '杨梅', '水稻'], ['渔港', '皮鞋厂', '石拱桥']),
	region('23', 3, north, ['东北话'], ['11', '10'], ['大豆', '玉米', '水稻'], ['江面', '林场', '粮库']),
	region(
		'21',
		3,
		north,
		['东北话', '辽西口音'],
		['11', '02', '38'],
		['玉米', '苹果', '花生'],
		['海边', '钢厂', '大集']
	),
	region('22', 2, north, ['东北话'], ['10', '11'], ['玉米', '人参', '大豆'], ['林场', '雪地', '铁路']),
	region('46', 2, guangdong, ['海南话'], ['19'], ['椰子', '槟榔', '甘蔗'], ['海边', '椰林', '渔港']),
	region('63', 1, north, ['青海话'], ['04', '03', '30'], ['青稞', '油菜'], ['牧场', '大湖']),
	region('64', 1, north, ['宁夏口音'], ['03'], ['枸杞', '西瓜'], ['黄河边', '清真寺']),
	region('54', 1, north, ['说藏语'], ['04'], ['青稞'], ['寺庙', '雪山']),
	region('11', 1, north, ['北京话'], [], ['玉米'], ['胡同', '公园']),
	region('31', 1, jiangnan, ['上海话'], [], ['水稻'], ['弄堂', '菜场'])
];

function region(
	prefix: string,
	weight: number,
	speech: Speech,
	accents: readonly string[],
	peoples: readonly string[],
	crops: readonly string[],
	sights: readonly string[]
): Region {
	return { prefix, weight, speech, accents, peoples, crops, sights };
}
