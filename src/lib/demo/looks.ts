import { randomOf, type Random } from './random.ts';

/** What a drawn child looks like. Face, skin and hair follow from the seed alone; clothes and ground also from the day. */
export interface Looks {
	/** Tells drawings on one page apart: names of clip paths must not meet. */
	readonly key: string;
	/** Years, 0 to 16. */
	readonly age: number;
	readonly skin: Skin;
	readonly faceWidth: number;
	readonly eyeGap: number;
	readonly earSize: number;
	readonly eyes: 'dot' | 'round' | 'almond' | 'smiling' | 'lashes';
	readonly brows: 'soft' | 'straight' | 'strong' | 'raised';
	readonly mouth: 'smile' | 'small' | 'calm' | 'open' | 'gap' | 'side';
	readonly freckles: boolean;
	readonly earring: boolean;
	/** Colour of the frame. */
	readonly glasses: string | undefined;
	readonly hat: { readonly colour: string; readonly band: string } | undefined;
	readonly hair: {
		readonly style: HairStyle;
		readonly colour: string;
		readonly shine: string;
		readonly tie: string;
		readonly fringe: boolean;
		readonly clip: boolean;
	};
	readonly clothes: {
		readonly colour: string;
		readonly second: string;
		readonly pattern: 'plain' | 'stripes' | 'dots' | 'yoke' | 'dungarees' | 'zip' | 'knots' | 'bear' | 'star' | 'check';
		readonly collar: 'crew' | 'shirt' | 'hood' | 'scarf' | 'high' | 'bib';
	};
	readonly ground: {
		readonly colour: string;
		readonly tint: string;
		readonly shape: 'plain' | 'disc' | 'floor' | 'window' | 'hill';
	};
}

export interface Skin {
	readonly base: string;
	readonly shade: string;
	readonly line: string;
	readonly blush: string;
	readonly lip: string;
}

export type HairStyle =
	| 'bald'
	| 'wisps'
	| 'down'
	| 'tuft'
	| 'crew'
	| 'short'
	| 'sidePart'
	| 'bowl'
	| 'spiky'
	| 'curly'
	| 'bob'
	| 'bobParted'
	| 'long'
	| 'longStraight'
	| 'pigtails'
	| 'braids'
	| 'buns'
	| 'ponytail'
	| 'topknot'
	| 'pixie';

const skins: readonly Skin[] = [
	{ base: '#f6d9bd', shade: '#e9c3a2', line: '#c9946f', blush: '#f2ab98', lip: '#bf6a5c' },
	{ base: '#f2d0b0', shade: '#e3b994', line: '#c08b65', blush: '#eda18c', lip: '#b96456' },
	{ base: '#eec6a2', shade: '#dcae87', line: '#b67f59', blush: '#e79880', lip: '#b05c4f' },
	{ base: '#e8bd95', shade: '#d4a47b', line: '#ab744f', blush: '#df8d74', lip: '#a75549' },
	{ base: '#dfb088', shade: '#ca966e', line: '#9f6945', blush: '#d5826a', lip: '#9d4e43' },
	{ base: '#d3a279', shade: '#bd8860', line: '#915d3b', blush: '#c97560', lip: '#91473d' },
	{ base: '#c59169', shade: '#ad7851', line: '#815132', blush: '#bb6a55', lip: '#854038' }
];
const hairs: readonly (readonly [colour: string, shine: string])[] = [
	['#2b2526', '#4a4142'],
	['#352b2a', '#554745'],
	['#3f312c', '#604c45'],
	['#4a382f', '#6d5546'],
	['#2a2a30', '#484854'],
	['#57402f', '#7c5e47']
];
const ties = ['#d0453c', '#e0a02f', '#3f7f8c', '#c65b86', '#5a8f4e', '#7a62a8', '#e27d4f'];
/** Cloth with the colour that goes with it. */
const cloths: readonly (readonly [colour: string, second: string])[] = [
	['#a9bdb5', '#6f8f86'],
	['#c9a98a', '#8f6b4c'],
	['#a8b4c9', '#63759a'],
	['#bfae93', '#857250'],
	['#b3bb96', '#74804f'],
	['#d08f7c', '#9a4f3f'],
	['#7fa3b5', '#3f6478'],
	['#d9b35f', '#96702a'],
	['#c98fa4', '#8c4f68'],
	['#8e88b5', '#544d82'],
	['#6f9b84', '#f1ead9'],
	['#5f7d9c', '#f1ead9'],
	['#b7564c', '#f3dcc0'],
	['#4f5d63', '#cfd6d2'],
	['#e4c9b0', '#b5705a'],
	['#dfe0d5', '#6d8a9c'],
	['#86685a', '#e5cfae'],
	['#3e6b66', '#e7c774']
];
const grounds: readonly (readonly [colour: string, tint: string])[] = [
	['#dfe7e3', '#d0dcd6'],
	['#efe4d6', '#e5d5c1'],
	['#e2e6ee', '#d2d9e6'],
	['#ece7dc', '#dfd7c6'],
	['#e6e9dc', '#d8ddc8'],
	['#f1e3df', '#e7d2cc'],
	['#e4e1ec', '#d6d1e2'],
	['#dceaec', '#c9dde0'],
	['#f2ead1', '#e8dcb8'],
	['#e9e9e6', '#dadad5'],
	['#e0e6d8', '#cfd9c3'],
	['#f3e8dd', '#ecd7c3'],
	['#d9e2ea', '#c7d4e0'],
	['#ecdfe4', '#dfccd4']
];

const boysStyles: readonly HairStyle[] = [
	'short',
	'short',
	'sidePart',
	'crew',
	'crew',
	'bowl',
	'spiky',
	'curly',
	'short',
	'sidePart',
	'tuft'
];
const girlsStyles: readonly HairStyle[] = [
	'bob',
	'bob',
	'bobParted',
	'long',
	'longStraight',
	'pigtails',
	'pigtails',
	'braids',
	'buns',
	'ponytail',
	'ponytail',
	'pixie',
	'bob',
	'braids',
	'long',
	'curly'
];
const toddlers: Readonly<Record<'1' | '2', readonly HairStyle[]>> = {
	'1': ['down', 'tuft', 'crew', 'bowl', 'short', 'curly', 'topknot'],
	'2': ['down', 'topknot', 'buns', 'bowl', 'pixie', 'pigtails', 'bob', 'curly']
};
const babies: readonly HairStyle[] = ['bald', 'wisps', 'wisps', 'down', 'down', 'tuft'];

/** @param when a later picture shows other clothes before another ground */
export function looksOf(seed: number, sex: '1' | '2', ageYears: number, when: 'first' | 'later'): Looks {
	const face = randomOf(seed, 'face');
	const day = randomOf(seed, 'day', when);
	const age = Math.max(0, Math.min(16, ageYears));
	const [hairColour, shine] = face.pick(hairs);
	const [groundColour, tint] = day.pick(grounds);
	const glasses = face.chance(0.07) ? face.pick(['#3b4a52', '#7a4b35', '#2f3f6b', '#8a2f3c']) : undefined;
	const frames = age >= 4 ? glasses : undefined;
	const eyes = face.pick(
		sex === '1'
			? (['dot', 'dot', 'round', 'almond', 'smiling'] as const)
			: (['dot', 'round', 'almond', 'smiling', 'lashes'] as const)
	);
	const mouths = ['smile', 'smile', 'small', 'calm', 'open', 'side'] as const;
	const mouth = face.pick(mouths);
	return {
		key: String(seed),
		age,
		// The darker ones stay in: children who live out of doors, and from every people.
		skin: face.pick(skins.slice(0, face.pick([4, 5, 5, 6, skins.length]))),
		faceWidth: 0.95 + 0.1 * face.next(),
		eyeGap: -0.03 + 0.07 * face.next(),
		earSize: 0.85 + 0.45 * face.next(),
		// Behind glasses a line would look like closed eyes.
		eyes: frames && eyes === 'smiling' ? 'dot' : eyes,
		brows: face.pick(['soft', 'soft', 'straight', 'strong', 'raised'] as const),
		mouth: mouth === 'open' && age >= 5.5 && age < 8 ? 'gap' : mouth,
		freckles: face.chance(0.06),
		earring: sex === '2' && age >= 3 && face.chance(0.1),
		glasses: frames,
		hair: {
			style: styleOf(randomOf(seed, 'hair'), sex, age),
			colour: hairColour,
			shine,
			tie: face.pick(ties),
			fringe: face.chance(0.6),
			clip: sex === '2' && age >= 2 && face.chance(0.22)
		},
		hat: day.chance(0.045) ? hatOf(day) : undefined,
		clothes: clothesOf(day, age),
		ground: {
			colour: groundColour,
			tint,
			shape: day.pick(['plain', 'plain', 'disc', 'floor', 'window', 'hill'] as const)
		}
	};
}

function styleOf(random: Random, sex: '1' | '2', age: number): HairStyle {
	if (age < 1) return random.pick(babies);
	if (age < 2.6) return random.pick(toddlers[sex]);
	return random.pick(sex === '1' ? boysStyles : girlsStyles);
}

function hatOf(random: Random): { readonly colour: string; readonly band: string } {
	const [colour, band] = random.pick(cloths);
	return { colour, band };
}

function clothesOf(random: Random, age: number): Looks['clothes'] {
	const [colour, second] = random.pick(cloths);
	if (age < 1.5 && random.chance(0.45))
		return { colour, second, pattern: random.pick(['plain', 'dots', 'stripes'] as const), collar: 'bib' };
	const pattern = random.pick([
		'plain',
		'plain',
		'stripes',
		'dots',
		'yoke',
		'dungarees',
		'zip',
		'knots',
		'bear',
		'star',
		'check'
	] as const);
	const collar =
		pattern === 'knots'
			? 'high'
			: pattern === 'bear' || pattern === 'star'
				? 'crew'
				: random.pick(['crew', 'crew', 'shirt', 'hood', 'scarf', 'high'] as const);
	return { colour, second, pattern, collar };
}
