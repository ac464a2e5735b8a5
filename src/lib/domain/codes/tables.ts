import type { CodeTableId } from '../intake/fields.ts';

/*
 * The code tables of the record. A code, once published, is never given another meaning: entries signed years ago hold
 * it. A row that is no longer offered stays, so that old entries keep their words. Where a public standard or a system
 * in use has codes, they are used as they are, as text with their leading zeros; where none was found the codes are
 * our own, short English words that nobody will mistake for a standard's number.
 */

/** One row: the code as stored, the name in Chinese and in English. */
export interface CodeRow {
	readonly code: string;
	readonly name: readonly [zh: string, en: string];
}

/** GB/T 2261.1 个人基本信息分类与代码 第1部分: 人的性别代码. */
const sex = [
	row('1', '男', 'Male'),
	row('2', '女', 'Female'),
	row('0', '未知', 'Unknown'),
	row('9', '未说明', 'Not stated')
] as const;

/** GB 3304 中国各民族名称的罗马字母拼写法和代码: 01 to 56; 97 and 98 as used in civil affairs (RULEBOOK 14). */
const ethnicity = [
	row('01', '汉族', 'Han'),
	row('02', '蒙古族', 'Mongol'),
	row('03', '回族', 'Hui'),
	row('04', '藏族', 'Tibetan'),
	row('05', '维吾尔族', 'Uyghur'),
	row('06', '苗族', 'Miao'),
	row('07', '彝族', 'Yi'),
	row('08', '壮族', 'Zhuang'),
	row('09', '布依族', 'Bouyei'),
	row('10', '朝鲜族', 'Korean'),
	row('11', '满族', 'Manchu'),
	row('12', '侗族', 'Dong'),
	row('13', '瑶族', 'Yao'),
	row('14', '白族', 'Bai'),
	row('15', '土家族', 'Tujia'),
	row('16', '哈尼族', 'Hani'),
	row('17', '哈萨克族', 'Kazakh'),
	row('18', '傣族', 'Dai'),
	row('19', '黎族', 'Li'),
	row('20', '傈僳族', 'Lisu'),
	row('21', '佤族', 'Va'),
	row('22', '畲族', 'She'),
	row('23', '高山族', 'Gaoshan'),
	row('24', '拉祜族', 'Lahu'),
	row('25', '水族', 'Sui'),
	row('26', '东乡族', 'Dongxiang'),
	row('27', '纳西族', 'Naxi'),
	row('28', '景颇族', 'Jingpo'),
	row('29', '柯尔克孜族', 'Kirgiz'),
	row('30', '土族', 'Tu'),
	row('31', '达斡尔族', 'Daur'),
	row('32', '仫佬族', 'Mulao'),
	row('33', '羌族', 'Qiang'),
	row('34', '布朗族', 'Blang'),
	row('35', '撒拉族', 'Salar'),
	row('36', '毛南族', 'Maonan'),
	row('37', '仡佬族', 'Gelao'),
	row('38', '锡伯族', 'Xibe'),
	row('39', '阿昌族', 'Achang'),
	row('40', '普米族', 'Pumi'),
	row('41', '塔吉克族', 'Tajik'),
	row('42', '怒族', 'Nu'),
	row('43', '乌孜别克族', 'Uzbek'),
	row('44', '俄罗斯族', 'Russian'),
	row('45', '鄂温克族', 'Ewenki'),
	row('46', '德昂族', 'De’ang'),
	row('47', '保安族', 'Bonan'),
	row('48', '裕固族', 'Yugur'),
	row('49', '京族', 'Gin'),
	row('50', '塔塔尔族', 'Tatar'),
	row('51', '独龙族', 'Derung'),
	row('52', '鄂伦春族', 'Oroqen'),
	row('53', '赫哲族', 'Hezhen'),
	row('54', '门巴族', 'Monba'),
	row('55', '珞巴族', 'Lhoba'),
	row('56', '基诺族', 'Jino'),
	row('97', '其他', 'Other'),
	row('98', '外国血统', 'Foreign descent')
] as const;

/** 儿童情况 of a civil-affairs child-welfare system (RULEBOOK 6, P1). The rescued child, 04, is the usual one here. */
const admissionBasis = [
	row('04', '打拐解救', 'Rescued from trafficking'),
	row('03', '流浪乞讨', 'Wandering or begging'),
	row('05', '疑似被遗弃', 'Believed abandoned'),
	row('06', '疑似遗失走失', 'Believed lost'),
	row('08', '流动', 'Migrant, without a guardian here'),
	row('15', '其他', 'Other')
] as const;

/** How the birth date is known. Own codes; the methods are those of RULEBOOK 8.4 and the intake form of wireframe 02. */
const birthMethod = [
	row('document', '证件或出生证明', 'From a document'),
	row('self', '孩子自己说的', 'Said by the child'),
	row('suspect', '涉案人员供述', 'Said by a person under investigation'),
	row('found_note', '随身字条', 'From a note found with the child'),
	row('dental', '牙齿鉴定', 'From the teeth'),
	row('bone_age', '骨龄鉴定', 'From a bone-age X-ray'),
	row('doctor', '医生估计', 'Estimated by a doctor'),
	row('staff', '工作人员估计', 'Estimated by staff'),
	row('other', '其他', 'Other')
] as const;

/** ABO group with Rh; without a sign the Rh factor was not tested. Own codes. */
const bloodGroup = [
	row('A+', 'A 型 Rh 阳性', 'A, Rh positive'),
	row('B+', 'B 型 Rh 阳性', 'B, Rh positive'),
	row('AB+', 'AB 型 Rh 阳性', 'AB, Rh positive'),
	row('O+', 'O 型 Rh 阳性', 'O, Rh positive'),
	row('A-', 'A 型 Rh 阴性', 'A, Rh negative'),
	row('B-', 'B 型 Rh 阴性', 'B, Rh negative'),
	row('AB-', 'AB 型 Rh 阴性', 'AB, Rh negative'),
	row('O-', 'O 型 Rh 阴性', 'O, Rh negative'),
	row('A', 'A 型（未查 Rh）', 'A, Rh not tested'),
	row('B', 'B 型（未查 Rh）', 'B, Rh not tested'),
	row('AB', 'AB 型（未查 Rh）', 'AB, Rh not tested'),
	row('O', 'O 型（未查 Rh）', 'O, Rh not tested')
] as const;

/** 健康状况 of the same system as admissionBasis (RULEBOOK 6, P1). */
const healthState = [
	row('10', '健康', 'Healthy'),
	row('22', '重病', 'Seriously ill'),
	row('30', '慢性病', 'Long-term illness'),
	row('60', '残疾', 'Disability'),
	row('80', '其他', 'Other')
] as const;

/** Where a mark is, from head to foot. Own codes; left or right is the mark's own `side`. */
const bodySite = [
	row('crown', '头顶', 'Crown of the head'),
	row('back_of_head', '后脑', 'Back of the head'),
	row('temple', '太阳穴', 'Temple'),
	row('forehead', '额头', 'Forehead'),
	row('eyebrow', '眉毛', 'Eyebrow'),
	row('eyelid', '眼皮', 'Eyelid'),
	row('eye', '眼睛', 'Eye'),
	row('nose', '鼻子', 'Nose'),
	row('cheek', '脸颊', 'Cheek'),
	row('ear', '耳朵', 'Ear'),
	row('behind_ear', '耳后', 'Behind the ear'),
	row('lip', '嘴唇', 'Lip'),
	row('mouth', '口内', 'Inside the mouth'),
	row('teeth', '牙齿', 'Teeth'),
	row('chin', '下巴', 'Chin'),
	row('neck_front', '脖子前面', 'Front of the neck'),
	row('nape', '后颈', 'Nape of the neck'),
	row('shoulder', '肩膀', 'Shoulder'),
	row('collarbone', '锁骨', 'Collarbone'),
	row('armpit', '腋下', 'Armpit'),
	row('chest', '胸口', 'Chest'),
	row('upper_back', '上背', 'Upper back'),
	row('lower_back', '腰部', 'Lower back'),
	row('side', '肋下', 'Flank'),
	row('belly', '肚子', 'Belly'),
	row('navel', '肚脐', 'Navel'),
	row('groin', '腹股沟', 'Groin'),
	row('buttock', '臀部', 'Buttock'),
	row('upper_arm', '上臂', 'Upper arm'),
	row('elbow', '手肘', 'Elbow'),
	row('forearm', '前臂', 'Forearm'),
	row('wrist', '手腕', 'Wrist'),
	row('back_of_hand', '手背', 'Back of the hand'),
	row('palm', '手掌', 'Palm'),
	row('thumb', '拇指', 'Thumb'),
	row('finger', '手指', 'Finger'),
	row('hip', '胯部', 'Hip'),
	row('thigh', '大腿', 'Thigh'),
	row('knee', '膝盖', 'Knee'),
	row('shin', '小腿前面', 'Shin'),
	row('calf', '小腿肚', 'Calf'),
	row('ankle', '脚踝', 'Ankle'),
	row('instep', '脚背', 'Instep'),
	row('sole', '脚底', 'Sole'),
	row('toe', '脚趾', 'Toe'),
	row('other', '其他部位', 'Elsewhere')
] as const;

/** Own codes. */
const markKind = [
	row('birthmark', '胎记', 'Birthmark'),
	row('mole', '痣', 'Mole'),
	row('scar', '疤痕', 'Scar'),
	row('burn', '烫伤或烧伤疤', 'Burn or scald'),
	row('surgery', '手术疤', 'Scar of an operation'),
	row('vaccination', '卡介苗疤', 'Vaccination scar'),
	row('pigment', '色素斑', 'Patch of another colour'),
	row('haemangioma', '血管瘤', 'Strawberry mark'),
	row('missing', '缺失（手指、脚趾等）', 'Missing part (finger, toe …)'),
	row('extra', '多出（六指等）', 'Extra part (sixth finger …)'),
	row('joined', '并指或并趾', 'Joined fingers or toes'),
	row('cleft', '唇裂或腭裂', 'Cleft lip or palate'),
	row('shape', '形状特别', 'Unusual shape'),
	row('teeth', '牙齿特征', 'Teeth'),
	row('hair', '头发特征（发旋、白发）', 'Hair (whorl, white tuft)'),
	row('piercing', '耳洞等穿孔', 'Piercing'),
	row('tattoo', '文身', 'Tattoo'),
	row('lump', '肿块', 'Lump'),
	row('other', '其他', 'Other')
] as const;

/**
 * Where the child lives. 1 to 4 are 安置方式 of the system named at admissionBasis (RULEBOOK 6, P1), which was a rescue
 * centre's; what a welfare institution needs besides (RULEBOOK 4, Placement) has own codes.
 */
const placement = [
	row('institution', '福利机构内养育', 'In the welfare institution'),
	row('1', '家庭寄养', 'Foster family'),
	row('2', '未保机构自养育', 'In the rescue and protection station'),
	row('3', '委托儿童福利机构养育', 'Entrusted to a welfare institution'),
	row('hospital', '住院', 'In hospital'),
	row('school', '寄宿学校', 'Boarding school'),
	row('4', '其他', 'Other')
] as const;

/**
 * 国家免疫规划疫苗 with the programme's own short names (国家免疫规划疫苗儿童免疫程序及说明, 2021 edition; HPV joined in
 * November 2025), then those for emergencies, then common ones outside the programme.
 */
const vaccine = [
	row('HepB', '乙肝疫苗', 'Hepatitis B'),
	row('BCG', '卡介苗', 'BCG (tuberculosis)'),
	row('IPV', '脊灰灭活疫苗', 'Polio, inactivated'),
	row('bOPV', '脊灰减毒活疫苗', 'Polio, oral'),
	row('DTaP', '百白破疫苗', 'Diphtheria, tetanus, pertussis'),
	row('DT', '白破疫苗', 'Diphtheria, tetanus'),
	row('MMR', '麻腮风疫苗', 'Measles, mumps, rubella'),
	row('JE-L', '乙脑减毒活疫苗', 'Japanese encephalitis, live'),
	row('JE-I', '乙脑灭活疫苗', 'Japanese encephalitis, inactivated'),
	row('MPSV-A', 'A 群流脑多糖疫苗', 'Meningococcal A'),
	row('MPSV-AC', 'A 群 C 群流脑多糖疫苗', 'Meningococcal A and C'),
	row('HepA-L', '甲肝减毒活疫苗', 'Hepatitis A, live'),
	row('HepA-I', '甲肝灭活疫苗', 'Hepatitis A, inactivated'),
	row('HPV', '双价 HPV 疫苗', 'HPV, bivalent'),
	row('HFRS', '出血热疫苗', 'Haemorrhagic fever with renal syndrome'),
	row('Anthrax', '炭疽疫苗', 'Anthrax'),
	row('Lepto', '钩体疫苗', 'Leptospirosis'),
	row('Rabies', '狂犬病疫苗', 'Rabies'),
	row('TT', '破伤风疫苗', 'Tetanus'),
	row('Varicella', '水痘疫苗', 'Chickenpox'),
	row('Hib', 'b 型流感嗜血杆菌疫苗', 'Hib'),
	row('PCV13', '13 价肺炎疫苗', 'Pneumococcal, 13-valent'),
	row('Rota', '轮状病毒疫苗', 'Rotavirus'),
	row('EV71', '手足口病疫苗', 'Hand, foot and mouth disease (EV71)'),
	row('Flu', '流感疫苗', 'Influenza'),
	row('other', '其他疫苗', 'Another vaccine')
] as const;

/** Own codes. A person who says they are a parent is not one before the kinship test: the words say so. */
const visitorRelation = [
	row('claimant', '认领人', 'Person who claims the child'),
	row('police', '公安民警', 'Police'),
	row('civil_affairs', '民政部门', 'Civil affairs office'),
	row('procuratorate', '检察院', 'Procuratorate'),
	row('court', '法院', 'Court'),
	row('lawyer', '律师', 'Lawyer'),
	row('doctor', '医生', 'Doctor'),
	row('teacher', '老师', 'Teacher'),
	row('foster_family', '寄养家庭', 'Foster family'),
	row('social_worker', '社工', 'Social worker'),
	row('volunteer', '志愿者', 'Volunteer'),
	row('sibling', '兄弟姐妹', 'Brother or sister'),
	row('press', '记者', 'Press'),
	row('other', '其他', 'Other')
] as const;

/** Own codes. */
const incidentKind = [
	row('fall', '摔伤碰伤', 'Fall or knock'),
	row('burn', '烫伤烧伤', 'Burn or scald'),
	row('bite', '咬伤抓伤', 'Bite or scratch'),
	row('swallowed', '误食误吞', 'Swallowed something'),
	row('seizure', '抽搐', 'Seizure'),
	row('outbreak', '传染病', 'Infectious disease'),
	row('self_harm', '伤害自己', 'Hurt themselves'),
	row('conflict', '与同伴冲突', 'Fight with another child'),
	row('harmed', '疑似被人伤害', 'Believed to have been harmed'),
	row('missing', '离开视线或走失', 'Out of sight or missing'),
	row('stranger', '陌生人接近', 'Approached by a stranger'),
	row('distress', '情绪激动', 'Great distress'),
	row('property', '物品损坏丢失', 'Thing damaged or lost'),
	row('other', '其他', 'Other')
] as const;

/** Stages of Chinese schooling with those of an institution's own teaching. Own codes. */
const schoolStage = [
	row('early', '早期教育（3 岁以下）', 'Early years (under 3)'),
	row('kindergarten', '幼儿园', 'Kindergarten'),
	row('primary', '小学', 'Primary school'),
	row('junior', '初中', 'Junior middle school'),
	row('senior', '高中', 'Senior middle school'),
	row('vocational', '中等职业学校', 'Vocational school'),
	row('special', '特殊教育', 'Special education'),
	row('in_house', '机构内教学', 'Taught in the institution'),
	row('none', '未入学', 'Not at school'),
	row('other', '其他', 'Other')
] as const;

/** Every table, rows in the order a form offers them. */
export const codeTables: Readonly<Record<CodeTableId, readonly CodeRow[]>> = {
	sex,
	ethnicity,
	admissionBasis,
	birthMethod,
	bloodGroup,
	healthState,
	bodySite,
	markKind,
	placement,
	vaccine,
	visitorRelation,
	incidentKind,
	schoolStage
};

/** The names of a code; undefined for a code that the table does not have (a newer program wrote it). */
export function codeName(table: CodeTableId, code: string): CodeRow['name'] | undefined {
	return codeTables[table].find((candidate) => candidate.code === code)?.name;
}

function row(code: string, zh: string, en: string): CodeRow {
	return { code, name: [zh, en] };
}
