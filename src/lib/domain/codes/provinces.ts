/*
 * The 34 provinces, apart from the table of all places (places.ts): pages that a parent opens on an old phone need
 * these two kilobytes and not the 120 of every county. No province has come or gone since 2002, the oldest revision kept.
 */

export interface Province {
	/** GB/T 2260, ends in 0000. */
	readonly code: string;
	readonly name: readonly [zh: string, en: string];
	/** The one sign it is known by, as on number plates: 京, 沪, 川. */
	readonly short: string;
	/**
	 * Where its square stands in the count chart (1-9 from the west, 1-8 from the north). A diagram for counts, not a
	 * map: neighbours are roughly where people look for them.
	 */
	readonly tile: { readonly column: number; readonly row: number };
}

/** In the order of their codes. */
export const provinces: readonly Province[] = [
	province('110000', '北京市', 'Beijing', '京', 8, 3),
	province('120000', '天津市', 'Tianjin', '津', 8, 4),
	province('130000', '河北省', 'Hebei', '冀', 7, 3),
	province('140000', '山西省', 'Shanxi', '晋', 6, 3),
	province('150000', '内蒙古自治区', 'Inner Mongolia', '内', 6, 2),
	province('210000', '辽宁省', 'Liaoning', '辽', 8, 2),
	province('220000', '吉林省', 'Jilin', '吉', 9, 2),
	province('230000', '黑龙江省', 'Heilongjiang', '黑', 9, 1),
	province('310000', '上海市', 'Shanghai', '沪', 9, 5),
	province('320000', '江苏省', 'Jiangsu', '苏', 8, 5),
	province('330000', '浙江省', 'Zhejiang', '浙', 8, 6),
	province('340000', '安徽省', 'Anhui', '皖', 7, 5),
	province('350000', '福建省', 'Fujian', '闽', 7, 7),
	province('360000', '江西省', 'Jiangxi', '赣', 7, 6),
	province('370000', '山东省', 'Shandong', '鲁', 7, 4),
	province('410000', '河南省', 'Henan', '豫', 6, 4),
	province('420000', '湖北省', 'Hubei', '鄂', 6, 5),
	province('430000', '湖南省', 'Hunan', '湘', 6, 6),
	province('440000', '广东省', 'Guangdong', '粤', 6, 7),
	province('450000', '广西壮族自治区', 'Guangxi', '桂', 5, 6),
	province('460000', '海南省', 'Hainan', '琼', 5, 8),
	province('500000', '重庆市', 'Chongqing', '渝', 4, 6),
	province('510000', '四川省', 'Sichuan', '川', 4, 4),
	province('520000', '贵州省', 'Guizhou', '贵', 5, 5),
	province('530000', '云南省', 'Yunnan', '云', 4, 5),
	province('540000', '西藏自治区', 'Tibet', '藏', 2, 4),
	province('610000', '陕西省', 'Shaanxi', '陕', 5, 4),
	province('620000', '甘肃省', 'Gansu', '甘', 4, 3),
	province('630000', '青海省', 'Qinghai', '青', 3, 3),
	province('640000', '宁夏回族自治区', 'Ningxia', '宁', 5, 3),
	province('650000', '新疆维吾尔自治区', 'Xinjiang', '新', 1, 2),
	province('710000', '台湾省', 'Taiwan', '台', 9, 7),
	province('810000', '香港特别行政区', 'Hong Kong', '港', 6, 8),
	province('820000', '澳门特别行政区', 'Macao', '澳', 7, 8)
];

const byPrefix = new Map(provinces.map((each) => [each.code.slice(0, 2), each]));

/**
 * The province that a code of GB/T 2260 lies in, by its first two digits: right also for a county that no table knows
 * any more or knows yet. Undefined for what is no code of six digits or names no province.
 */
export function provinceOf(code: string): Province | undefined {
	return /^\d{6}$/.test(code) ? byPrefix.get(code.slice(0, 2)) : undefined;
}

/** A province's everyday Chinese name, without 省, 市 or 自治区: 内蒙古, 广西, 四川. */
export function provinceEverydayName(each: Province): string {
	return each.name[0].replace(/(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$/, '');
}

function province(code: string, zh: string, en: string, short: string, column: number, row: number): Province {
	return { code, name: [zh, en], short, tile: { column, row } };
}
