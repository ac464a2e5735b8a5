import type { Looks } from './looks.ts';
import type { PortraitSubject, ThingView } from './picture.ts';
import type { Random } from './random.ts';
import type { BelongingShape } from './stories.ts';

/*
 * Close-ups and things, drawn on a page of 400 by 500 as a care worker photographs them: on a plain cloth, a ruler at the
 * lower edge.
 */
export function drawnThing(
	random: Random,
	looks: Looks,
	view: ThingView,
	subject: PortraitSubject | undefined
): string {
	switch (view) {
		case 'mark':
			return skinGround(looks) + markOn(random, looks, subject?.subject === 'mark' ? subject : undefined) + ruler();
		case 'belonging':
			return cloth(random) + thing(random, looks, subject?.subject === 'belonging' ? subject.shape : 'toy') + ruler();
		case 'clothing':
			return cloth(random) + outfit(looks);
		case 'paper':
			return cloth(random) + sheet(random);
	}
}

function cloth(random: Random): string {
	const [colour, line] = random.pick([
		['#e7e3da', '#dcd7cb'],
		['#dfe5e4', '#d2dad9'],
		['#ece3d9', '#e0d5c8'],
		['#e3e4ea', '#d7d8e0'],
		['#e6e8dc', '#dadccd']
	] as const);
	const folds = [-60, 40, 160, 290]
		.map((x) => `<path d="M${x} 500L${x + 210} 0" stroke="${line}" stroke-width="9"/>`)
		.join('');
	return `<rect width="400" height="500" fill="${colour}"/>${folds}`;
}

/** A ruler of ten centimetres along the lower edge. */
function ruler(): string {
	const marks = Array.from(
		{ length: 21 },
		(_, i) => `<path d="M${60 + i * 14} 446v${i % 2 === 0 ? 17 : 10}" stroke="#5b5446" stroke-width="2.5"/>`
	);
	return `<rect x="44" y="446" width="312" height="34" rx="4" fill="#f4e6b8"/>${marks.join('')}`;
}

// ---------------------------------------------------------------- marks

function skinGround({ skin }: Looks): string {
	return `<rect width="400" height="500" fill="${skin.base}"/><path d="M0 0H70Q20 250 90 500H0Z" fill="${skin.shade}" opacity=".75"/><path d="M400 0H352Q388 240 340 500H400Z" fill="${skin.shade}" opacity=".5"/>`;
}

function markOn(random: Random, looks: Looks, mark: Extract<PortraitSubject, { subject: 'mark' }> | undefined): string {
	const { skin, hair } = looks;
	const turn = random.between(-35, 35);
	const placed = (content: string) =>
		`<g transform="translate(${random.between(180, 226)} ${random.between(200, 250)}) rotate(${turn})">${content}</g>`;
	const blob = (colour: string, opacity: number, size: number) => {
		const corners = Array.from({ length: 9 }, (_, i) => {
			const r = size * (0.7 + 0.55 * random.next());
			const angle = (i / 9) * 2 * Math.PI;
			return [Math.cos(angle) * r, Math.sin(angle) * r * 0.75] as const;
		});
		return `<path d="${roundedThrough(corners)}" fill="${colour}" opacity="${opacity}"/>`;
	};
	switch (mark?.kind) {
		case 'birthmark': {
			const colour = random.pick(['#b5504c', '#a8674a', '#6d7f93', '#b98560']);
			return placed(blob(colour, 0.62, 74) + blob(colour, 0.3, 48));
		}
		case 'mole':
			return placed(
				`<ellipse rx="17" ry="14" fill="#4a332c"/><ellipse cx="-4" cy="-4" rx="5" ry="3.5" fill="#7a5a4c"/>${random.chance(0.35) ? '<circle cx="58" cy="16" r="8" fill="#4a332c"/>' : ''}`
			);
		case 'scar':
		case 'surgery': {
			const stitches = random.chance(mark.kind === 'surgery' ? 1 : 0.5)
				? [-72, -48, -24, 0, 24, 48, 72]
						.map(
							(x) =>
								`<path d="M${x} ${Math.round(3 - 26 * (1 - (x / 86) ** 2))}v30" stroke="${skin.line}" stroke-width="3.5" opacity=".6" stroke-linecap="round"/>`
						)
						.join('')
				: '';
			return placed(
				`<path d="M-86 18Q0 -34 86 18" fill="none" stroke="${skin.blush}" stroke-width="15" stroke-linecap="round"/><path d="M-84 17Q0 -33 84 17" fill="none" stroke="#fbeee2" stroke-width="6" stroke-linecap="round"/>${stitches}`
			);
		}
		case 'burn':
			return placed(
				blob(skin.blush, 0.75, 96) +
					blob(skin.line, 0.28, 70) +
					[-40, -12, 16, 44]
						.map((y) => `<path d="M-58 ${y}q30 -12 58 0t58 0" fill="none" stroke="${skin.shade}" stroke-width="5"/>`)
						.join('')
			);
		case 'haemangioma':
			return placed(
				blob('#c2413f', 0.85, 42) +
					[0, 1, 2, 3].map((i) => `<circle cx="${-18 + i * 13}" cy="${i % 2 ? 8 : -8}" r="7" fill="#d8615a"/>`).join('')
			);
		case 'pigment':
			return placed(blob('#fff4e8', 0.7, 84));
		case 'vaccination':
			return placed(
				`<circle r="30" fill="none" stroke="${skin.line}" stroke-width="5" opacity=".55"/><circle r="20" fill="${skin.shade}"/>${[0, 1, 2, 3, 4].map((i) => `<circle cx="${Math.round(Math.cos(i * 1.3) * 12)}" cy="${Math.round(Math.sin(i * 1.3) * 12)}" r="3" fill="${skin.line}" opacity=".5"/>`).join('')}`
			);
		case 'hair':
			return `<rect width="400" height="440" fill="${hair.colour}"/>${[34, 62, 92, 124, 158].map((r, k) => `<circle cx="200" cy="220" r="${r}" fill="none" stroke="${hair.shine}" stroke-width="${5 + k}" stroke-linecap="round" stroke-dasharray="${Math.round(r * 1.1)} ${Math.round(r * 0.47)}" transform="rotate(${k * 31} 200 220)"/>`).join('')}<circle cx="200" cy="220" r="10" fill="${skin.base}"/>`;
		default:
			return partOfBody(random, looks, mark?.site);
	}
}

/** What is particular is circled, as on a medical photo. */
function partOfBody(random: Random, { skin }: Looks, site: string | undefined): string {
	const circled = (x: number, y: number, r: number) =>
		`<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="#c0392b" stroke-width="5" stroke-dasharray="12 9"/>`;
	switch (site) {
		case 'ear':
			return `<path d="M150 120C250 60 310 150 272 240C250 292 240 380 186 366C150 356 152 310 150 270Z" fill="${skin.base}" stroke="${skin.shade}" stroke-width="7"/><path d="M176 156C236 112 270 170 240 226C226 258 196 250 190 284" fill="none" stroke="${skin.line}" stroke-width="8" stroke-linecap="round" opacity=".6"/>${random.chance(0.5) ? circled(196, 338, 36) : circled(160, 232, 36)}`;
		case 'lip':
		case 'teeth':
			return `<path d="M90 210Q150 190 200 208Q250 190 310 210Q296 330 200 330Q104 330 90 210Z" fill="#8f3f3f"/><path d="M104 214Q152 204 200 216Q248 204 296 214L282 256Q200 276 118 256Z" fill="#fffaf3"/><path d="M200 216v48M164 212v46M236 212v46" stroke="#d9d2c6" stroke-width="4"/><path d="M90 210Q150 186 200 204Q250 186 310 210" fill="none" stroke="${skin.lip}" stroke-width="13" stroke-linecap="round"/>${circled(random.between(176, 224), 236, 42)}`;
		case 'navel':
			return `<ellipse cx="200" cy="230" rx="26" ry="34" fill="${skin.shade}"/><path d="M184 240q16 18 32 0" fill="none" stroke="${skin.line}" stroke-width="6" stroke-linecap="round"/>${circled(200, 230, 62)}`;
		default:
			return hand(skin, random);
	}
}

function hand(skin: Looks['skin'], random: Random): string {
	const finger = (x: number, y: number, height: number, turn: number) =>
		`<rect x="${x}" y="${y}" width="44" height="${height}" rx="22" fill="${skin.base}" stroke="${skin.shade}" stroke-width="5" transform="rotate(${turn} ${x + 22} ${y + height})"/>`;
	const [cx, cy] = random.pick([
		[147, 118],
		[197, 92],
		[247, 106],
		[296, 150]
	] as const);
	return `<rect width="400" height="500" fill="#dfe5e4"/>${finger(124, 108, 170, -8)}${finger(175, 84, 190, -2)}${finger(226, 96, 180, 4)}${finger(276, 140, 140, 12)}<rect x="112" y="224" width="200" height="190" rx="66" fill="${skin.base}" stroke="${skin.shade}" stroke-width="5"/>${finger(84, 226, 120, -42)}<path d="M134 300q60 30 130 6" fill="none" stroke="${skin.shade}" stroke-width="5" stroke-linecap="round"/><circle cx="${cx}" cy="${cy}" r="38" fill="none" stroke="#c0392b" stroke-width="5" stroke-dasharray="12 9"/>`;
}

// ---------------------------------------------------------------- belongings

function thing(random: Random, looks: Looks, shape: BelongingShape): string {
	const [colour, second] = random.pick([
		['#c9544a', '#f0d9a8'],
		['#4f7f9c', '#f1ead9'],
		['#d9a441', '#8a5a24'],
		['#6c9a63', '#f1ead9'],
		['#c77a9a', '#f6e3e0'],
		['#7a6aa8', '#e6dcc4'],
		['#d97f4c', '#f6e6cf']
	] as const);
	const turn = `rotate(${random.between(-9, 9)} 200 230)`;
	return `<ellipse cx="204" cy="392" rx="128" ry="16" fill="#000" opacity=".08"/><g transform="${turn}">${shapeOf(random, looks, shape, colour, second)}</g>`;
}

function shapeOf(random: Random, looks: Looks, shape: BelongingShape, colour: string, second: string): string {
	switch (shape) {
		case 'lock': {
			const metal = random.pick(['#cfd3d6', '#d9c27a']);
			const dark = metal === '#cfd3d6' ? '#8e969b' : '#9c8236';
			return `<path d="M120 210C96 60 304 60 280 210" fill="none" stroke="${colour}" stroke-width="10"/><path d="M96 250q-14 -54 34 -62q70 34 140 0q48 8 34 62q-16 96 -104 104q-88 -8 -104 -104Z" fill="${metal}" stroke="${dark}" stroke-width="6"/><circle cx="200" cy="268" r="44" fill="none" stroke="${dark}" stroke-width="5"/><path d="M200 236q26 14 0 32q-26 18 0 32q26 -14 0 -32q-26 -18 0 -32Z" fill="${dark}"/>${[150, 200, 250].map((x, i) => `<path d="M${x} ${i === 1 ? 354 : 340}v20" stroke="${dark}" stroke-width="4"/><circle cx="${x}" cy="${i === 1 ? 382 : 368}" r="10" fill="${metal}" stroke="${dark}" stroke-width="4"/>`).join('')}`;
		}
		case 'toy':
			return random.chance(0.6) ? bear(colour, second, random.chance(0.5)) : car(colour, second);
		case 'shoe':
			return tigerShoe(colour, second);
		case 'bag':
			return `<path d="M150 150C150 80 250 80 250 150" fill="none" stroke="${second}" stroke-width="14"/><rect x="104" y="146" width="192" height="230" rx="40" fill="${colour}"/><path d="M104 210q96 50 192 0v-24q0 -40 -40 -40H144q-40 0 -40 40Z" fill="${second}" opacity=".9"/><rect x="140" y="276" width="120" height="74" rx="16" fill="${second}" opacity=".75"/><rect x="188" y="224" width="24" height="30" rx="6" fill="#5b5446"/>`;
		case 'blanket': {
			const patches = Array.from({ length: 16 }, (_, i) => {
				const fill = random.pick([colour, second, '#b7c5c0', '#e2b8a4', '#c6b7d3', '#d6cf9f']);
				return `<rect x="${88 + (i % 4) * 56}" y="${120 + Math.floor(i / 4) * 56}" width="56" height="56" fill="${fill}"/><circle cx="${116 + (i % 4) * 56}" cy="${148 + Math.floor(i / 4) * 56}" r="7" fill="#fff" opacity=".55"/>`;
			});
			return `<rect x="80" y="112" width="240" height="240" rx="14" fill="#fffaf0"/>${patches.join('')}<path d="M312 344l-60 8l52 -58Z" fill="#fffaf0"/>`;
		}
		case 'bracelet': {
			const beads = Array.from({ length: 9 }, (_, i) => {
				const angle = (i / 9) * 2 * Math.PI;
				return `<circle cx="${Math.round(200 + Math.cos(angle) * 96)}" cy="${Math.round(240 + Math.sin(angle) * 82)}" r="${i % 3 === 0 ? 20 : 13}" fill="${i % 3 === 0 ? second : colour}" stroke="#6b4a34" stroke-opacity=".35" stroke-width="3"/>`;
			});
			return `<ellipse cx="200" cy="240" rx="96" ry="82" fill="none" stroke="#b23a32" stroke-width="9"/>${beads.join('')}<path d="M200 322q-14 40 -34 52M200 322q14 40 34 52" stroke="#b23a32" stroke-width="7" fill="none" stroke-linecap="round"/>`;
		}
		case 'paper':
			return `<path d="M104 108L292 96L304 360L98 372Z" fill="#fbf6e9"/><path d="M198 102L201 366M100 240L298 228" stroke="#e5dcc5" stroke-width="4"/>${[0, 1, 2, 3].map((i) => `<path d="M${128 + (i % 2) * 6} ${146 + i * 24}q30 -8 60 0t${i === 3 ? 20 : 70} -2" fill="none" stroke="#77808c" stroke-width="4" stroke-linecap="round" opacity="${0.75 - i * 0.12}"/>`).join('')}<circle cx="244" cy="306" r="40" fill="#cfd8dc" opacity=".6"/>`;
		case 'cup':
			return `<path d="M286 176q66 4 56 76q-10 60 -70 58l4 -26q40 0 42 -38q0 -42 -34 -42Z" fill="#f7f4ee" stroke="#4c6a86" stroke-width="5"/><path d="M104 146h188l-10 214q-2 20 -22 20h-124q-20 0 -22 -20Z" fill="#f7f4ee"/><rect x="98" y="136" width="200" height="18" rx="9" fill="${colour}"/><g transform="translate(196 264)">${[0, 72, 144, 216, 288].map((a) => `<ellipse cy="-26" rx="18" ry="26" fill="${colour}" opacity=".85" transform="rotate(${a})"/>`).join('')}<circle r="13" fill="#e8bf4f"/></g>`;
		case 'hat':
			return `<circle cx="200" cy="118" r="30" fill="${second}"/><path d="M92 290C92 110 308 110 308 290Z" fill="${colour}"/><path d="M118 230q20 -22 40 0t40 0t40 0t40 0" fill="none" stroke="${second}" stroke-width="12" stroke-linecap="round"/><rect x="78" y="280" width="244" height="62" rx="26" fill="${second}"/>${Array.from({ length: 10 }, (_, i) => `<path d="M${98 + i * 23} 290v42" stroke="${colour}" stroke-width="6" opacity=".55"/>`).join('')}`;
		case 'ball':
			return `<circle cx="200" cy="256" r="116" fill="${colour}"/><path d="M96 214Q200 160 304 214M88 284Q200 340 312 284M200 140V372" fill="none" stroke="${second}" stroke-width="12"/><ellipse cx="158" cy="196" rx="26" ry="15" fill="#fff" opacity=".5" transform="rotate(-30 158 196)"/><circle cx="${looks.age < 3 ? 200 : 244}" cy="300" r="10" fill="${second}"/>`;
	}
}

function bear(colour: string, second: string, oneEar: boolean): string {
	const fur = '#b98d62';
	const ear = (x: number) =>
		`<circle cx="${x}" cy="112" r="32" fill="${fur}"/><circle cx="${x}" cy="112" r="17" fill="#e3c39c"/>`;
	return `${ear(140)}${oneEar ? '<path d="M238 106l44 4l-22 26Z" fill="#8f6a45"/>' : ear(260)}<ellipse cx="120" cy="276" rx="30" ry="52" fill="${fur}" transform="rotate(24 120 276)"/><ellipse cx="280" cy="276" rx="30" ry="52" fill="${fur}" transform="rotate(-24 280 276)"/><ellipse cx="156" cy="366" rx="42" ry="30" fill="${fur}"/><ellipse cx="244" cy="366" rx="42" ry="30" fill="${fur}"/><ellipse cx="200" cy="300" rx="82" ry="86" fill="${fur}"/><path d="M128 262q72 -40 144 0l6 60q-78 40 -156 0Z" fill="${colour}"/><path d="M200 246v94" stroke="${second}" stroke-width="6"/><ellipse cx="200" cy="166" rx="84" ry="76" fill="${fur}"/><ellipse cx="200" cy="190" rx="40" ry="31" fill="#e3c39c"/><circle cx="168" cy="152" r="9" fill="#33292a"/><circle cx="232" cy="152" r="9" fill="#33292a"/><ellipse cx="200" cy="178" rx="13" ry="9" fill="#33292a"/><path d="M182 198q18 14 36 0" fill="none" stroke="#33292a" stroke-width="5" stroke-linecap="round"/>`;
}

function car(colour: string, second: string): string {
	const wheel = (x: number) =>
		`<circle cx="${x}" cy="336" r="36" fill="#4a4744"/><circle cx="${x}" cy="336" r="15" fill="#d8d2c6"/>`;
	return `<path d="M80 330v-54q0 -24 26 -28l30 -6l36 -58q8 -14 26 -14h66q16 0 24 14l26 56q36 6 36 34v56Z" fill="${colour}"/><path d="M164 244l26 -42q4 -8 14 -8h12v50ZM230 194h24q8 0 12 8l20 42h-56Z" fill="#e8f0f2"/><rect x="70" y="312" width="284" height="18" rx="9" fill="${second}"/>${wheel(136)}${wheel(284)}`;
}

function tigerShoe(colour: string, second: string): string {
	return `<path d="M76 330q-6 -104 64 -112q26 62 92 62h52q60 4 62 62q0 22 -26 22H100q-22 0 -24 -34Z" fill="${colour}"/><path d="M72 350h276q2 28 -26 28H98q-26 0 -26 -28Z" fill="#f3ead6"/><path d="M140 218q20 -26 60 -14q-2 46 32 76q-66 2 -92 -62Z" fill="${second}"/><g transform="translate(292 306)"><circle cx="-26" cy="-24" r="15" fill="${second}"/><circle cx="26" cy="-24" r="15" fill="${second}"/><circle r="34" fill="${second}"/><circle cx="-12" cy="-6" r="6" fill="#33292a"/><circle cx="12" cy="-6" r="6" fill="#33292a"/><path d="M-9 -24h18M-6 -17h12M0 -26v12" stroke="#b23a32" stroke-width="4" stroke-linecap="round"/><path d="M-10 10q10 9 20 0M-22 6l-18 -4M-22 12l-18 4M22 6l18 -4M22 12l18 4" fill="none" stroke="#33292a" stroke-width="3.5" stroke-linecap="round"/></g>`;
}

// ---------------------------------------------------------------- clothes and papers

function outfit({ clothes }: Looks): string {
	const { colour, second } = clothes;
	const print =
		clothes.pattern === 'stripes'
			? [0, 1, 2, 3].map((i) => `<rect x="128" y="${118 + i * 32}" width="144" height="14" fill="${second}"/>`).join('')
			: clothes.pattern === 'dots'
				? Array.from(
						{ length: 12 },
						(_, i) => `<circle cx="${148 + (i % 4) * 35}" cy="${124 + Math.floor(i / 4) * 38}" r="7" fill="${second}"/>`
					).join('')
				: `<circle cx="200" cy="160" r="24" fill="${second}"/>`;
	return `<path d="M150 66L74 108L44 196L88 212L126 152V248H274V152L312 212L356 196L326 108L250 66Q200 104 150 66Z" fill="${colour}"/>${print}<path d="M150 66Q200 104 250 66" fill="none" stroke="${second}" stroke-width="9"/><path d="M128 270H272L286 456H220L200 330L180 456H114Z" fill="${second}"/><rect x="128" y="268" width="144" height="16" rx="7" fill="#5b5446" opacity=".45"/>`;
}

/** An official paper: a heading, lines, a red seal. Grey bars stand for words, so that nothing can be read into it. */
function sheet(random: Random): string {
	const lines = Array.from(
		{ length: 9 },
		(_, i) =>
			`<rect x="96" y="${168 + i * 24}" width="${i === 8 ? 110 : random.between(170, 210)}" height="8" rx="4" fill="#b9b6ae"/>`
	);
	return `<g transform="rotate(${random.between(-3, 3)} 200 250)"><rect x="64" y="52" width="272" height="384" fill="#000" opacity=".08" transform="translate(5 6)"/><rect x="64" y="52" width="272" height="384" fill="#fdfbf5"/><rect x="124" y="88" width="152" height="15" rx="4" fill="#6f6b62"/><rect x="152" y="118" width="96" height="8" rx="4" fill="#b9b6ae"/><path d="M92 142H308" stroke="#c0392b" stroke-width="3"/>${lines.join('')}<g opacity=".78" fill="none" stroke="#c0392b"><circle cx="${random.between(252, 276)}" cy="376" r="36" stroke-width="5"/></g><path transform="translate(262 376) scale(.8)" d="M0-20l6 13 14 2-10 10 3 14-13-7-13 7 3-14-10-10 14-2Z" fill="#c0392b" opacity=".78"/></g>`;
}

/** A closed soft outline through the corners. */
function roundedThrough(corners: readonly (readonly [number, number])[]): string {
	const middle = (a: readonly [number, number], b: readonly [number, number]) =>
		`${Math.round((a[0] + b[0]) / 2)} ${Math.round((a[1] + b[1]) / 2)}`;
	return corners
		.map((corner, i) => {
			const next = corners[(i + 1) % corners.length] ?? corner;
			const before = corners.at(i - 1) ?? corner;
			const start = i === 0 ? `M${middle(before, corner)}` : '';
			return `${start}Q${Math.round(corner[0])} ${Math.round(corner[1])} ${middle(corner, next)}`;
		})
		.join('');
}
