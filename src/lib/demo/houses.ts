import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { toDayNumber, type CivilDate } from '#lib/domain/time.ts';
import { idFrom } from './moment.ts';
import { randomOf, type Random } from './random.ts';
import type { DemoName } from './names.ts';

/*
 * The houses of the demo and their people. All invented: there is no 云岭县 and no 澜江市, and the area code 0885 is
 * given to no place in China, so that a number on a demo poster rings nowhere.
 */
export type HouseKind = 'rescue_station' | 'welfare_institution' | 'registry' | 'police';

export interface DemoInstitution {
	readonly institutionId: InstitutionId;
	readonly kind: HouseKind;
	readonly name: string;
	readonly englishName: string;
	readonly phone: string;
	/** Who answers the telephone, as printed on notices. */
	readonly contactName: string;
	readonly address: string;
	/** Begins the case numbers: `YL-2026-0117`. */
	readonly prefix: string;
	/** The county or city it serves, as in the names of its police and paper. */
	readonly county: string;
	readonly newspaper: string;
	/** The surname it gives to children whose name nobody knows. */
	readonly surname: DemoName;
}

export interface DemoStaff {
	readonly staffId: StaffId;
	readonly institutionId: InstitutionId;
	readonly role: Role;
	readonly name: string;
	readonly pinyin: string;
	/** Name to sign in with, unique: `li.xiulan`. */
	readonly signIn: string;
}

export interface DemoHouses {
	readonly institutions: readonly DemoInstitution[];
	readonly staff: readonly DemoStaff[];
}

/** The houses, by what the histories need of them. */
export const houseKeys = ['yunling', 'lanjiang', 'station', 'registry', 'police'] as const;
export type HouseKey = (typeof houseKeys)[number];

type House = Omit<DemoInstitution, 'institutionId'>;

const houses: Readonly<Record<HouseKey, House>> = {
	yunling: {
		kind: 'welfare_institution',
		name: '云岭县儿童福利院',
		englishName: 'Yunling County Children’s Home',
		phone: '0885-5550117',
		contactName: '李老师',
		address: '云岭县城关镇育英路 12 号',
		prefix: 'YL',
		county: '云岭县',
		newspaper: '云岭日报',
		surname: { written: '云', pinyin: 'yun' }
	},
	lanjiang: {
		kind: 'welfare_institution',
		name: '澜江市社会福利院',
		englishName: 'Lanjiang City Welfare Institution',
		phone: '0885-5550242',
		contactName: '周老师',
		address: '澜江市东湖区爱民路 88 号',
		prefix: 'LJ',
		county: '澜江市',
		newspaper: '澜江晚报',
		surname: { written: '江', pinyin: 'jiang' }
	},
	station: {
		kind: 'rescue_station',
		name: '澜江市救助管理站',
		englishName: 'Lanjiang City Rescue Station',
		phone: '0885-5550369',
		contactName: '马站长',
		address: '澜江市西关区车站路 5 号',
		prefix: 'JZ',
		county: '澜江市',
		newspaper: '澜江晚报',
		surname: { written: '路', pinyin: 'lu' }
	},
	registry: {
		kind: 'registry',
		name: '寻亲登记处',
		englishName: 'Family Search Registry',
		phone: '0885-5550100',
		contactName: '值班员',
		address: '澜江市东湖区民政大楼 3 楼',
		prefix: 'DJ',
		county: '澜江市',
		newspaper: '澜江晚报',
		surname: { written: '江', pinyin: 'jiang' }
	},
	police: {
		kind: 'police',
		name: '澜江市公安局打拐办',
		englishName: 'Lanjiang City Police, Anti-trafficking Office',
		phone: '0885-5550110',
		contactName: '值班民警',
		address: '澜江市东湖区公安局 2 楼',
		prefix: 'GA',
		county: '澜江市',
		newspaper: '澜江晚报',
		surname: { written: '江', pinyin: 'jiang' }
	}
};

const people: readonly (readonly [HouseKey, Role, name: string, pinyin: string])[] = [
	['yunling', 'care_worker', '李秀兰', 'li xiulan'],
	['yunling', 'care_worker', '杨桂英', 'yang guiying'],
	['yunling', 'care_worker', '罗小琴', 'luo xiaoqin'],
	['yunling', 'care_worker', '马春梅', 'ma chunmei'],
	['yunling', 'supervisor', '陈国华', 'chen guohua'],
	['yunling', 'second_administrator', '何文静', 'he wenjing'],
	['lanjiang', 'care_worker', '周慧芳', 'zhou huifang'],
	['lanjiang', 'care_worker', '吴丽萍', 'wu liping'],
	['lanjiang', 'care_worker', '许建平', 'xu jianping'],
	['lanjiang', 'care_worker', '段玉珍', 'duan yuzhen'],
	['lanjiang', 'supervisor', '沈志远', 'shen zhiyuan'],
	['lanjiang', 'second_administrator', '方雅琴', 'fang yaqin'],
	['station', 'care_worker', '马小军', 'ma xiaojun'],
	['station', 'care_worker', '唐红霞', 'tang hongxia'],
	['station', 'care_worker', '木晓燕', 'mu xiaoyan'],
	['station', 'supervisor', '赵永强', 'zhao yongqiang'],
	['station', 'second_administrator', '郭晓梅', 'guo xiaomei'],
	['registry', 'registry_officer', '王敏', 'wang min'],
	['registry', 'registry_officer', '孙立', 'sun li'],
	['registry', 'auditor', '钱正', 'qian zheng'],
	['police', 'police_liaison', '郑刚', 'zheng gang']
];

/**
 * The five houses (two welfare institutions, a rescue station, the registry, the police) and twenty-one people of every role. The same
 * for the same seed and day; the day only dates the ids, two and a half years back.
 */
export function demoHouses(seed: number, today: CivilDate): DemoHouses & { readonly byKey: HousesByKey } {
	const random = randomOf(seed, 'houses');
	const founded = (toDayNumber(today) - 900) * 86_400_000;
	const id = <T extends string>(source: Random) => idFrom<T>(founded, source);
	const byKey = Object.fromEntries(
		houseKeys.map((key) => [key, { institutionId: id<InstitutionId>(random), ...houses[key] }])
	) as Readonly<Record<HouseKey, DemoInstitution>>;
	const staff = people.map(([key, role, name, pinyin]) => ({
		staffId: id<StaffId>(random),
		institutionId: byKey[key].institutionId,
		role,
		name,
		pinyin,
		signIn: pinyin.replace(' ', '.')
	}));
	return { institutions: houseKeys.map((key) => byKey[key]), staff, byKey };
}

export type HousesByKey = Readonly<Record<HouseKey, DemoInstitution>>;
