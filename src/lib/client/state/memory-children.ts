import type { Answers } from '#lib/domain/intake/fields.ts';
import { rosterSchema } from '#lib/sync/protocol.ts';
import type { EntryType, PayloadOf } from '#lib/domain/case-file/entry.ts';
import { uuidV7, type ChildId, type EntryId, type ItemId, type StaffId } from '#lib/domain/ids.ts';
import { addDays, civilDate, civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import type { PhotoView } from '#lib/domain/photo/photo.ts';
import type { Delivery, Fact } from '../tablet.ts';
import { publicNumber } from '#lib/domain/notice/public-number.ts';
import type { MemoryVault } from './memory-vault.ts';
import type { TabletParts } from './tablet.svelte.ts';

/* Invented children of an invented house, one for each look of the screens. Nobody here exists. */

const house = '018f0000-0000-7000-8000-00000000a001';
const station = '018f0000-0000-7000-8000-00000000a002';
const registry = '018f0000-0000-7000-8000-00000000a003';
const li = '018f0000-0000-7000-8000-00000000b001' as StaffId;
const wang = '018f0000-0000-7000-8000-00000000b002' as StaffId;

export const inventedRoster = rosterSchema.parse({
	version: 1,
	institutionId: house,
	institutions: [
		{ id: house, name: '云岭县儿童福利院', kind: 'welfare_institution', phone: '0000-5550101' },
		{ id: station, name: '云岭市救助站', kind: 'rescue_station', phone: '0000-5550102' },
		{ id: registry, name: '登记处', kind: 'registry' }
	],
	staff: [
		{ id: li, name: '李秀兰', role: 'care_worker' },
		{ id: wang, name: '王敏', role: 'supervisor' }
	]
});

type Known = {
	readonly [K in keyof Answers]?: NonNullable<Answers[K]> extends infer A
		? A extends { value: infer V }
			? V
			: never
		: never;
};

interface Invented {
	readonly name: string;
	readonly pinyin: string;
	/** Days before today that the police brought the child. */
	readonly arrived: number;
	readonly face?: { readonly hair: string; readonly shirt: string; readonly long: boolean };
	readonly answers: Known;
	readonly submitted: boolean;
	readonly waiting?: boolean;
	readonly facts?: (day: (ago: number) => CivilDate) => readonly Story[];
}

type Story = { [T in EntryType]: { type: T; ago: number; payload: PayloadOf<T>; by?: StaffId } }[EntryType];

/** Fills an empty vault. `now` is the day the children are told from. */
export async function inventChildren(
	vault: MemoryVault,
	now: number,
	browser: Pick<TabletParts, 'random' | 'timeZone' | 'preparePhoto'>
): Promise<void> {
	const today = civilDateAt(now, browser.timeZone);
	const day = (ago: number) => addDays(today, -ago);
	const instant = (ago: number) => new Date(now - ago * 86_400_000).toISOString();
	let made = 0;
	const newItem = () => uuidV7(now, browser.random(10)) as ItemId;

	for (const child of children(newItem)) {
		made += 1;
		const childId = uuidV7(now - child.arrived * 86_400_000 + made, browser.random(10)) as ChildId;
		const delivery: Delivery | undefined = child.waiting ? { state: 'waiting' } : undefined;
		const record = (ago: number, facts: readonly Fact[], by: StaffId = li) =>
			vault.invent(facts, { staffId: by, at: instant(ago), ...(delivery && { delivery }) });
		const answers = Object.fromEntries(
			Object.entries({ nameAssigned: child.name, namePinyin: child.pinyin, ...child.answers }).map(([key, value]) => [
				key,
				{ state: 'known', value }
			])
		) as Answers;
		await record(child.arrived, [
			{
				type: 'intake.recorded',
				childId,
				occurredOn: day(child.arrived),
				replaces: [],
				payload: { answers: { handoverDate: { state: 'known', value: day(child.arrived) }, ...answers } }
			}
		]);
		if (child.submitted) {
			await record(child.arrived, [
				{ type: 'intake.submitted', childId, occurredOn: day(child.arrived), replaces: [], payload: {} }
			]);
		}
		if (child.face) {
			const prepared = await browser.preparePhoto(await drawnFace(child.face));
			if (!prepared.ok) throw new Error(`An invented face could not be prepared: ${prepared.error.type}`);
			await vault.addPhoto(
				{
					type: 'photo.added',
					childId,
					occurredOn: day(child.arrived),
					replaces: [],
					payload: {
						itemId: newItem(),
						photo: { ...prepared.value.photo, view: 'front' satisfies PhotoView, publishable: true }
					}
				},
				prepared.value
			);
		}
		for (const story of child.facts?.(day) ?? []) {
			const { type, ago, payload, by } = story;
			await record(ago, [{ type, childId, occurredOn: day(ago), replaces: [], payload } as Fact], by);
		}
	}
	vault.deliver({ state: 'registered', receivedAt: instant(1), receipt: '7F3A19C2' });
	await inventLooseEnds(vault, now, today, browser);
}

/** Something of 石头 that no registry has taken since `at` (milliseconds). */
export async function inventOverdue(vault: MemoryVault, at: number): Promise<void> {
	const found = await vault.search({ words: 'shi tou', offset: 0, limit: 1 });
	const row = found.ok ? found.value.rows[0] : undefined;
	if (!row) return;
	const care = { kind: 'daily', note: '夜里醒了两次，抱一会儿又睡了。' } as const;
	const itemId = uuidV7(at, new Uint8Array(10)) as ItemId;
	const fact: Fact = {
		type: 'care.recorded',
		childId: row.childId,
		occurredOn: civilDateAt(at, 'Asia/Shanghai'),
		replaces: [],
		payload: { itemId, care }
	};
	await vault.invent([fact], { staffId: li, at: new Date(at).toISOString(), delivery: { state: 'waiting' } });
}

/** Two people who disagree, one entry that the registry set aside, and one that waits. */
async function inventLooseEnds(
	vault: MemoryVault,
	now: number,
	today: CivilDate,
	browser: Pick<TabletParts, 'random'>
): Promise<void> {
	const found = await vault.search({ words: 'ayi', offset: 0, limit: 1 });
	const row = found.ok ? found.value.rows[0] : undefined;
	if (!row) return;
	const at = new Date(now - 3_600_000).toISOString();
	const contradiction: Answers = {
		dateRescued: { state: 'known', value: { y: 2026, m: 3, d: 2 } },
		handoverDate: { state: 'known', value: addDays(today, -212) },
		features: { state: 'known', value: '右手背烫伤，长约 3 厘米' },
		placeTaken: { state: 'known', value: { text: '四川省凉山州喜德县' } },
		language: { state: 'known', value: '彝语' },
		siblings: { state: 'known', value: '说有一个姐姐' }
	};
	await vault.invent(
		[
			{
				type: 'intake.recorded',
				childId: row.childId,
				occurredOn: today,
				replaces: [],
				payload: { answers: contradiction }
			}
		],
		{ staffId: wang, at }
	);
	await vault.invent(
		[
			{
				type: 'care.recorded',
				childId: row.childId,
				occurredOn: today,
				replaces: [] as EntryId[],
				payload: {
					itemId: uuidV7(now, browser.random(10)) as ItemId,
					care: { kind: 'health', finding: '轻微咳嗽，体温正常', temperature: 36.8 }
				}
			}
		],
		{ staffId: li, at, delivery: { state: 'quarantined', reason: { type: 'sequence_taken' } } }
	);
	await vault.invent(
		[
			{
				type: 'care.recorded',
				childId: row.childId,
				occurredOn: today,
				replaces: [] as EntryId[],
				payload: {
					itemId: uuidV7(now, browser.random(10)) as ItemId,
					care: { kind: 'daily', note: '今天第一次自己穿鞋。' }
				}
			}
		],
		{ staffId: li, at, delivery: { state: 'waiting' } }
	);
}

function children(newItem: () => ItemId): readonly Invented[] {
	const growth = (ago: number, height: number, weight: number): Story => ({
		type: 'care.recorded',
		ago,
		payload: { itemId: newItem(), care: { kind: 'growth', height, weight } }
	});
	const mark = (ago: number, kind: string, site: string, side: 'left' | 'right', description: string): Story => ({
		type: 'mark.recorded',
		ago,
		payload: { itemId: newItem(), mark: { kind, site, side, size: 1.5, description } }
	});
	const sample = (ago: number, step: 'collected' | 'in_database'): Story => ({
		type: 'sample.recorded',
		ago,
		payload: { itemId: newItem(), sample: { step, kit: 'KIT-2217-0', by: '县公安局' } }
	});
	const paper = (
		ago: number,
		code: 'DOC-A' | 'DOC-B' | 'DOC-D' | 'DOC-E' | 'DOC-F',
		number: string,
		day: (ago: number) => CivilDate
	): Story => ({
		type: 'document.recorded',
		ago,
		payload: { itemId: newItem(), document: { code, number, date: day(ago), issuer: '云岭县公安局' } }
	});
	const notice = (ago: number): Story[] => [
		{
			type: 'notice.drafted',
			ago: ago + 1,
			by: wang,
			payload: { draft: { shown: { name: '小虎' }, sexCode: '1', photos: [], contactPhone: '0000-5550101' } }
		},
		{
			type: 'notice.approved',
			ago,
			by: wang,
			payload: {
				approval: {
					draft: '018f0000-0000-7000-8000-00000000c001' as EntryId,
					publicNumber: publicNumber(Uint8Array.from([1, 2, 3, 4, ago]))
				}
			}
		}
	];
	const boy = '1';
	const girl = '2';
	return [
		{
			name: '小虎',
			pinyin: 'xiao hu',
			arrived: 243,
			face: { hair: '#3a3230', shirt: '#a9bdb5', long: false },
			submitted: true,
			answers: {
				caseNumber: 'YL-2026-0117',
				sex: boy,
				birth: { precision: 'range', earliest: civilDate('2022-01-01'), latest: civilDate('2022-12-31') },
				birthMethod: 'dental',
				height: 96,
				weight: 13.2,
				placeTaken: { code: '532926', revision: '2016-07', text: '云南省大理州南涧县的集市' },
				placeRescued: { text: '邻省一处砖厂' },
				dateRescued: { y: 2026, m: 3, d: 20 },
				noticeNumber: '云公临〔2026〕17号',
				issuingBureau: '云岭县公安局',
				clothing: '红色棉袄，袖口绣一朵小花',
				features: '圆脸，左耳后有月牙形疤痕',
				ownAccount: '“奶奶家门口有一棵大树，树上挂着铃铛。”'
			},
			facts: (day) => [
				mark(242, 'scar', 'behind_ear', 'left', '月牙形疤痕'),
				growth(241, 96, 13.2),
				growth(180, 97.4, 13.9),
				growth(120, 98.6, 14.3),
				growth(60, 99.8, 14.8),
				growth(5, 100.7, 15.1),
				{
					type: 'care.recorded',
					ago: 240,
					payload: { itemId: newItem(), care: { kind: 'health', finding: '听力需复查', place: '县人民医院' } }
				},
				{
					type: 'care.recorded',
					ago: 200,
					payload: { itemId: newItem(), care: { kind: 'vaccination', vaccine: 'MMR', dose: 1 } }
				},
				sample(238, 'collected'),
				sample(234, 'in_database'),
				paper(243, 'DOC-A', '云公临〔2026〕17号', day),
				paper(214, 'DOC-B', '云公暂〔2026〕4号', day),
				paper(230, 'DOC-E', '云DNA〔2026〕88号', day),
				paper(21, 'DOC-D', '云岭日报', day),
				...notice(21)
			]
		},
		{
			name: '豆豆',
			pinyin: 'dou dou',
			arrived: 6,
			face: { hair: '#2f2b2b', shirt: '#a8b4c9', long: false },
			submitted: true,
			answers: {
				caseNumber: 'YL-2026-0140',
				sex: boy,
				birth: { precision: 'exact', date: civilDate('2020-05-18') },
				features: '右眉上一颗痣'
			},
			facts: () => [mark(6, 'mole', 'eyebrow', 'right', '右眉上一颗痣')]
		},
		{
			name: '妞妞',
			pinyin: 'niu niu',
			arrived: 1,
			face: { hair: '#4a3b35', shirt: '#c9a98a', long: true },
			submitted: false,
			waiting: true,
			answers: { sex: girl }
		},
		{
			name: '阿依',
			pinyin: 'ayi',
			arrived: 214,
			face: { hair: '#433631', shirt: '#b3bb96', long: true },
			submitted: true,
			answers: {
				caseNumber: 'YL-2026-0121',
				sex: girl,
				birth: { precision: 'range', earliest: civilDate('2018-01-01'), latest: civilDate('2019-12-31') },
				ethnicity: '07',
				dateRescued: { y: 2026, m: 4 },
				nameCalled: '阿依·古力仙',
				features: '右手背烫伤，门牙缺一颗',
				placeTaken: { text: '四川省凉山州西昌市' }
			},
			facts: () => [sample(210, 'collected')]
		},
		{
			name: '大山',
			pinyin: 'da shan',
			arrived: 349,
			face: { hair: '#3d3431', shirt: '#bfae93', long: false },
			submitted: true,
			answers: { caseNumber: 'YL-2025-0098', sex: boy, birth: { precision: 'exact', date: civilDate('2016-02-29') } },
			facts: (day) => [
				sample(340, 'in_database'),
				paper(345, 'DOC-A', '云公临〔2025〕31号', day),
				paper(320, 'DOC-B', '云公暂〔2025〕9号', day),
				...notice(300)
			]
		},
		{
			name: '小满',
			pinyin: 'xiao man',
			arrived: 420,
			face: { hair: '#4a3b35', shirt: '#a9bdb5', long: true },
			submitted: true,
			answers: { caseNumber: 'YL-2025-0071', sex: girl, birth: { precision: 'exact', date: civilDate('2024-08-09') } },
			facts: (day) => [
				sample(410, 'in_database'),
				paper(395, 'DOC-B', '云公暂〔2025〕2号', day),
				paper(360, 'DOC-D', '云岭日报', day),
				...notice(360)
			]
		},
		{
			name: '虎子',
			pinyin: 'hu zi',
			arrived: 3,
			submitted: true,
			answers: {
				sex: boy,
				birth: { precision: 'range', earliest: civilDate('2021-07-01'), latest: civilDate('2022-09-30') },
				nameCalled: '小虎',
				placeTaken: { code: '532926', revision: '2016-07', text: '云南省大理州南涧县' },
				dateRescued: { y: 2026, m: 3, d: 20 },
				features: '左耳后有月牙形疤痕',
				height: 101
			},
			facts: () => [mark(3, 'scar', 'behind_ear', 'left', '左耳后弯弯的疤')]
		},
		{
			name: '石头',
			pinyin: 'shi tou',
			arrived: 60,
			submitted: true,
			answers: { caseNumber: 'YL-2026-0133', sex: boy },
			facts: () => [sample(58, 'collected')]
		},
		{
			name: '欧阳小雨',
			pinyin: 'ou yang xiao yu',
			arrived: 100,
			face: { hair: '#2f2b2b', shirt: '#c9a98a', long: true },
			submitted: true,
			answers: { caseNumber: 'YL-2026-0129', sex: girl, birth: { precision: 'exact', date: civilDate('2013-11-02') } },
			facts: () => [sample(99, 'in_database'), mark(99, 'birthmark', 'forearm', 'left', '左前臂红色胎记，像一片叶子')]
		}
	];
}

/** A drawing, never a photograph. */
async function drawnFace(face: { hair: string; shirt: string; long: boolean }): Promise<Blob> {
	const canvas = new OffscreenCanvas(480, 600);
	const pen = canvas.getContext('2d');
	if (!pen) throw new Error('This browser draws no pictures');
	const disc = (x: number, y: number, rx: number, ry: number, colour: string) => {
		pen.fillStyle = colour;
		pen.beginPath();
		pen.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
		pen.fill();
	};
	pen.fillStyle = '#e6e4da';
	pen.fillRect(0, 0, 480, 600);
	if (face.long) disc(240, 290, 150, 190, face.hair);
	disc(240, 620, 190, 210, face.shirt);
	disc(240, 290, 112, 130, '#ecc9a5');
	disc(240, 195, 122, 70, face.hair);
	disc(200, 300, 9, 11, '#2f2b2b');
	disc(280, 300, 9, 11, '#2f2b2b');
	return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}
