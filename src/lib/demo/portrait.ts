import { drawnThing } from './drawn-things.ts';
import { looksOf, type HairStyle, type Looks } from './looks.ts';
import type { Portrait } from './picture.ts';
import { randomOf } from './random.ts';

/*
 * Drawn stand-ins for photos: flat, quiet, kind. A child keeps its face, skin and hair from picture to picture; clothes
 * and ground change with the day. The drawings use shapes only (no text, no font, no outside reference), so that every
 * rasteriser draws them alike.
 *
 * The face is built around the middle of the head at the origin, whose half width is `rx` and half height `ry`; the page is
 * 400 wide and 500 high.
 */

/** Width and height of the drawing; a rasteriser may take any multiple. */
export const portraitSize = { width: 400, height: 500 } as const;

/**
 * The drawing as an SVG document of 400 by 500.
 *
 * @param seed the child; the same seed is the same child in every view and at every age
 */
export function portraitSvg(seed: number, portrait: Portrait): string {
	return page(drawn(seed, portrait));
}

function drawn(seed: number, portrait: Portrait): string {
	const looks = looksOf(seed, portrait.sex, portrait.ageYears, portrait.view === 'now' ? 'later' : 'first');
	switch (portrait.view) {
		case 'front':
		case 'now':
			return ground(looks) + front(looks);
		case 'left':
			return ground(looks) + profile(looks);
		case 'right':
			return ground(looks) + `<g transform="translate(400 0) scale(-1 1)">${profile(looks)}</g>`;
		case 'mark':
		case 'belonging':
		case 'clothing':
		case 'paper':
			return drawnThing(
				randomOf(seed, portrait.view, JSON.stringify(portrait.subject ?? '')),
				looks,
				portrait.view,
				portrait.subject
			);
	}
}

function page(content: string): string {
	const { width, height } = portraitSize;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${content}</svg>`;
}

function ground({ ground: { colour, shape, tint } }: Looks): string {
	const all = `<rect width="400" height="500" fill="${colour}"/>`;
	switch (shape) {
		case 'plain':
			return all;
		case 'disc':
			return `${all}<circle cx="200" cy="215" r="172" fill="${tint}"/>`;
		case 'floor':
			return `${all}<rect y="330" width="400" height="170" fill="${tint}"/>`;
		case 'window':
			return `${all}<rect x="40" y="36" width="320" height="300" rx="26" fill="${tint}"/>`;
		case 'hill':
			return `${all}<path d="M0 380C90 300 170 310 230 350S350 370 400 320V500H0Z" fill="${tint}"/>`;
	}
}

/** The measures of a head by age: a baby's is wide and low on narrow shoulders. */
function headOf({ age, faceWidth }: Looks) {
	const grown = Math.min(1, age / 14);
	const rx = (97 - 17 * grown) * faceWidth;
	const ry = 93;
	return { grown, rx, ry, cx: 200, cy: 218 - 14 * grown, shoulder: 112 + 44 * grown, neck: 27 + 7 * grown };
}
type Head = ReturnType<typeof headOf>;

function front(looks: Looks): string {
	const head = headOf(looks);
	const at = `translate(${head.cx} ${n(head.cy)})`;
	return [
		`<g transform="${at}">${hairBehind(looks, head)}</g>`,
		body(looks, head),
		`<g transform="${at}">${ears(looks, head)}${skull(looks, head)}${face(looks, head)}${hairBefore(looks, head)}${glasses(looks, head)}${hat(looks, head)}</g>`
	].join('');
}

function skull({ skin, age }: Looks, { rx, ry }: Head): string {
	// Cheeks are full in small children and the chin comes out with the years.
	const cheek = age < 2 ? 0.98 : age < 7 ? 0.92 : 0.84;
	const x = n(rx);
	const crown = n(overhead(-ry, -8));
	return `<path d="M${n(-rx)} -8C${n(-rx)} ${crown} ${x} ${crown} ${x} -8C${x} ${n(ry * 0.46)} ${n(rx * cheek * 0.62)} ${n(ry)} 0 ${n(ry)}S${n(-rx)} ${n(ry * 0.46)} ${n(-rx)} -8Z" fill="${skin.base}"/>`;
}

/** How high both control points of an arch must be for its top to be at `top`, when its feet are at `feet`. */
function overhead(top: number, feet: number): number {
	return (top - feet / 4) / 0.75;
}

function ears({ skin, earSize, earring }: Looks, { rx }: Head): string {
	const r = 17 * earSize;
	const ear = (side: -1 | 1) =>
		`<ellipse cx="${n(side * (rx + 1))}" cy="12" rx="${n(r * 0.82)}" ry="${n(r * 1.15)}" fill="${skin.base}"/><ellipse cx="${n(side * (rx + 2))}" cy="13" rx="${n(r * 0.4)}" ry="${n(r * 0.66)}" fill="${skin.shade}"/>${earring ? `<circle cx="${n(side * (rx + 3))}" cy="${n(14 + r)}" r="4" fill="#d9b45b"/>` : ''}`;
	return ear(-1) + ear(1);
}

function face(looks: Looks, { rx, ry, grown }: Head): string {
	const { skin, eyes, brows, mouth, freckles, eyeGap } = looks;
	const x = rx * (0.4 + eyeGap);
	const y = 14 - 6 * grown;
	const both = (draw: (side: -1 | 1) => string) => draw(-1) + draw(1);
	const blush = both(
		(side) =>
			`<ellipse cx="${n(side * rx * 0.6)}" cy="${n(y + 30)}" rx="17" ry="11" fill="${skin.blush}" opacity=".55"/>`
	);
	const spots = freckles
		? both((side) =>
				[0, 1, 2]
					.map(
						(i) =>
							`<circle cx="${n(side * (rx * 0.5 + i * 9))}" cy="${n(y + 22 + (i % 2) * 7)}" r="2" fill="${skin.line}" opacity=".6"/>`
					)
					.join('')
			)
		: '';
	const nose = `<path d="M-6 ${n(y + 26)}q6 6 12 0" fill="none" stroke="${skin.line}" stroke-width="3.4" stroke-linecap="round"/>`;
	return (
		blush +
		spots +
		both((side) => eye(eyes, side, x, y)) +
		both((side) => brow(looks, brows, side, x, y - 24 + 4 * grown)) +
		nose +
		mouthAt(mouth, ry * 0.54 + 4, skin.lip)
	);
}

function eye(kind: Looks['eyes'], side: -1 | 1, x: number, y: number): string {
	const cx = n(side * x);
	const dark = '#33292a';
	switch (kind) {
		case 'dot':
			return `<circle cx="${cx}" cy="${n(y)}" r="7.4" fill="${dark}"/>`;
		case 'round':
			return `<ellipse cx="${cx}" cy="${n(y)}" rx="8.2" ry="9.6" fill="${dark}"/><circle cx="${n(side * x + 2.8)}" cy="${n(y - 3.6)}" r="2.7" fill="#fff"/>`;
		case 'almond':
			return `<path d="M${n(side * x - 13)} ${n(y + 2)}q13 -14 26 0q-13 8 -26 0Z" fill="#fffaf3"/><circle cx="${cx}" cy="${n(y)}" r="6.4" fill="${dark}"/><path d="M${n(side * x - 14)} ${n(y + 2)}q14 -15 28 0" fill="none" stroke="${dark}" stroke-width="3.4" stroke-linecap="round"/>`;
		case 'smiling':
			return `<path d="M${n(side * x - 11)} ${n(y + 3)}q11 -12 22 0" fill="none" stroke="${dark}" stroke-width="4.6" stroke-linecap="round"/>`;
		case 'lashes':
			return `<ellipse cx="${cx}" cy="${n(y)}" rx="7.6" ry="8.8" fill="${dark}"/><path d="M${n(side * (x + 6))} ${n(y - 6)}l${side * 6} -4M${n(side * (x + 8))} ${n(y - 1)}l${side * 6} -1" stroke="${dark}" stroke-width="2.6" stroke-linecap="round"/>`;
	}
}

function brow({ hair, age }: Looks, kind: Looks['brows'], side: -1 | 1, x: number, y: number): string {
	const line = (path: string, width: number) =>
		`<path d="${path}" fill="none" stroke="${hair.colour}" stroke-width="${width}" stroke-linecap="round" opacity="${age < 1 ? 0.45 : 0.85}"/>`;
	const from = side * (x - 11);
	const to = side * (x + 12);
	switch (kind) {
		case 'soft':
			return line(`M${n(from)} ${n(y)}Q${n(side * x)} ${n(y - 7)} ${n(to)} ${n(y)}`, 3.6);
		case 'straight':
			return line(`M${n(from)} ${n(y - 1)}L${n(to)} ${n(y - 2)}`, 4);
		case 'strong':
			return line(`M${n(from)} ${n(y)}Q${n(side * x)} ${n(y - 7)} ${n(to)} ${n(y - 1)}`, 6);
		case 'raised':
			return line(`M${n(from)} ${n(y - 4)}Q${n(side * x)} ${n(y - 13)} ${n(to)} ${n(y - 3)}`, 3.4);
	}
}

function mouthAt(kind: Looks['mouth'], y: number, lip: string): string {
	const line = (path: string) =>
		`<path d="${path}" fill="none" stroke="${lip}" stroke-width="4.4" stroke-linecap="round"/>`;
	switch (kind) {
		case 'smile':
			return line(`M-17 ${n(y)}q17 14 34 0`);
		case 'small':
			return line(`M-10 ${n(y + 2)}q10 7 20 0`);
		case 'calm':
			return line(`M-13 ${n(y + 3)}q13 4 26 0`);
		case 'open':
			return `<path d="M-18 ${n(y - 2)}q18 5 36 0q-3 21 -18 21t-18 -21Z" fill="#8f3f3f"/><path d="M-14 ${n(y - 0.5)}q14 4 28 0l-1.6 5.4q-12 3 -24.800 0Z" fill="#fffaf3"/>`;
		case 'gap':
			return `<path d="M-18 ${n(y - 2)}q18 5 36 0q-3 20 -18 20t-18 -20Z" fill="#8f3f3f"/><path d="M-14 ${n(y - 0.5)}q5 2 10 2l-.6 4q-5 0 -8 -1Z" fill="#fffaf3"/><path d="M14 ${n(y - 0.5)}q-4 1.600 -8 2l.6 4q4 -.4 6 -1Z" fill="#fffaf3"/>`;
		case 'side':
			return line(`M-15 ${n(y + 3)}q16 9 30 -3`);
	}
}

/** The line around the skull that hair follows, from the right temple over the top to the left one, `out` pixels off it. */
function overTop(rx: number, ry: number, out: number, y: number, lift = 0): string {
	const x = rx + out;
	const crown = n(overhead(-ry - out - lift, y));
	return `M${n(x)} ${n(y)}C${n(x + 2)} ${crown} ${n(-x - 2)} ${crown} ${n(-x)} ${n(y)}`;
}

/** Hair in front of the head: the cap with its fringe. Every path runs right to left over the top and back below. */
function hairBefore(looks: Looks, { rx, ry }: Head): string {
	const { hair } = looks;
	const cap = (below: string, out = 7, y = 4, lift = 14) =>
		`<path d="${overTop(rx, ry, out, y, lift)}${below}Z" fill="${hair.colour}"/>`;
	const x = rx;
	// Fringes, from the left temple back to the right one.
	const high = `C${n(-x * 0.92)} ${n(-ry * 0.5)} ${n(-x * 0.5)} ${n(-ry * 0.62)} 0 ${n(-ry * 0.62)}S${n(x * 0.92)} ${n(-ry * 0.5)} ${n(x + 7)} 4`;
	const straight = `L${n(-x + 6)} -6Q${n(-x + 6)} -34 ${n(-x * 0.7)} -36L${n(x * 0.7)} -36Q${n(x - 6)} -34 ${n(x - 6)} -6L${n(x + 7)} 4`;
	const swept = `C${n(-x * 0.95)} -30 ${n(-x * 0.7)} -42 ${n(-x * 0.5)} -52C${n(-x * 0.1)} -24 ${n(x * 0.55)} -34 ${n(x * 0.7)} -50C${n(x * 0.85)} -40 ${n(x * 0.98)} -24 ${n(x + 7)} 4`;
	const parted = `C${n(-x * 0.96)} -30 ${n(-x * 0.5)} -40 ${n(-x * 0.06)} ${n(-ry * 0.82)}C${n(x * 0.4)} -46 ${n(x * 0.96)} -30 ${n(x + 7)} 4`;
	const side = `C${n(-x * 0.98)} -26 ${n(-x * 0.8)} -46 ${n(-x * 0.42)} ${n(-ry * 0.74)}C${n(-x * 0.1)} -34 ${n(x * 0.7)} -20 ${n(x * 0.86)} -14L${n(x + 7)} 4`;
	const shine = `<path d="M${n(-x * 0.5)} ${n(-ry * 0.86)}q${n(x * 0.4)} ${n(-ry * 0.2)} ${n(x * 0.9)} ${n(-ry * 0.06)}" fill="none" stroke="${hair.shine}" stroke-width="7" stroke-linecap="round" opacity=".55"/>`;
	switch (hair.style) {
		case 'bald':
			return '';
		case 'wisps':
			return `<path d="M-10 ${n(-ry * 0.78)}q-4 -26 14 -30M2 ${n(-ry * 0.8)}q2 -18 18 -20M-20 ${n(-ry * 0.76)}q-12 -12 -8 -24" fill="none" stroke="${hair.colour}" stroke-width="5" stroke-linecap="round"/>`;
		case 'down':
			return `<path d="${overTop(rx, ry, 3, -14, 6)}C${n(-x * 0.9)} ${n(-ry * 0.66)} ${n(-x * 0.4)} ${n(-ry * 0.7)} 0 ${n(-ry * 0.66)}S${n(x * 0.9)} ${n(-ry * 0.66)} ${n(x + 3)} -14Z" fill="${hair.colour}" opacity=".8"/>`;
		case 'tuft':
			return `${cap(high, 3, -8, 6)}<path d="M-16 ${n(-ry * 0.86)}q-8 -34 22 -40q-4 14 14 20q-6 14 -16 22Z" fill="${hair.colour}"/>`;
		case 'crew':
			return cap(high, 4, -2, 8);
		case 'short':
			return cap(swept) + shine;
		case 'sidePart':
			return cap(side) + shine;
		case 'bowl':
			return cap(straight, 9, 14, 16) + shine;
		case 'spiky': {
			const tips = [-0.74, -0.44, -0.1, 0.24, 0.56].map((at, i) => {
				const base = -(ry + 4) * (1 - at * at * 0.4);
				return `<path d="M${n(x * at - 18)} ${n(base + 10)}l${i % 2 ? 20 : 12} -34l22 32Z" fill="${hair.colour}"/>`;
			});
			return cap(swept, 6, 0, 10) + tips.join('');
		}
		case 'curly':
			return cap(high, 6, 0, 8) + curls(rx, ry, hair.colour);
		case 'bob':
			return cap(straight, 10, 26, 16) + shine;
		case 'bobParted':
			return cap(parted, 10, 26, 16) + shine;
		case 'long':
		case 'longStraight':
			return cap(hair.style === 'long' ? side : straight, 9, 20, 16) + shine;
		case 'pigtails':
		case 'braids':
		case 'buns':
			return cap(hair.fringe ? straight : parted, 6, 0, 12) + shine;
		case 'ponytail':
			return cap(hair.fringe ? swept : high, 6, -2, 12) + shine;
		case 'topknot':
			return (
				cap(high, 5, -2, 10) +
				`<circle cx="0" cy="${n(-ry * 1.06)}" r="24" fill="${hair.colour}"/><path d="M-16 ${n(-ry * 0.9)}q16 8 32 0" stroke="${hair.tie}" stroke-width="7" fill="none" stroke-linecap="round"/>`
			);
		case 'pixie':
			return cap(side, 6, 2, 12) + shine;
	}
}

function curls(rx: number, ry: number, colour: string): string {
	const around = Array.from({ length: 11 }, (_, i) => {
		const angle = Math.PI * (1.02 + (i / 10) * 0.96);
		return `<circle cx="${n(Math.cos(angle) * (rx + 1))}" cy="${n(Math.sin(angle) * ry * 0.9 - 8)}" r="${19 + (i % 3) * 3}" fill="${colour}"/>`;
	});
	return around.join('');
}

/** Hair behind the head and on the shoulders' far side. */
function hairBehind(looks: Looks, { rx, ry }: Head): string {
	const { hair } = looks;
	const both = (draw: (side: -1 | 1) => string) => draw(-1) + draw(1);
	const tie = (side: -1 | 1, x: number, y: number) =>
		`<circle cx="${n(side * x)}" cy="${n(y)}" r="9" fill="${hair.tie}"/>`;
	const sheet = (down: number, flare: number) =>
		`<path d="M${n(-rx - 10)} 0C${n(-rx - 14)} ${n(-ry * 1.2)} ${n(rx + 14)} ${n(-ry * 1.2)} ${n(rx + 10)} 0L${n(rx + flare)} ${n(down)}Q0 ${n(down + 16)} ${n(-rx - flare)} ${n(down)}Z" fill="${hair.colour}"/>`;
	switch (hair.style) {
		case 'bob':
		case 'bobParted':
			return sheet(ry * 0.78, 12);
		case 'long':
			return sheet(ry * 1.62, 18);
		case 'longStraight':
			return sheet(ry * 1.85, 8);
		case 'pigtails':
			return both(
				(side) =>
					`<path d="M${n(side * rx * 0.86)} -34q${n(side * 62)} -18 ${n(side * 62)} 40q0 42 ${n(side * -28)} 52q${n(side * -4)} -48 ${n(side * -34)} -62Z" fill="${hair.colour}"/>${tie(side, rx + 8, -28)}`
			);
		case 'braids':
			return both((side) => {
				const x = side * (rx + 14);
				const knots = [0, 1, 2, 3, 4]
					.map(
						(i) =>
							`<ellipse cx="${n(x + side * i * 2)}" cy="${n(42 + i * 27)}" rx="${17 - i}" ry="17" fill="${i % 2 ? hair.shine : hair.colour}"/>`
					)
					.join('');
				return `<path d="M${n(side * rx * 0.8)} -20L${n(x)} 44" stroke="${hair.colour}" stroke-width="26" stroke-linecap="round"/>${knots}${tie(side, rx + 22, 176)}<path d="M${n(x + side * 8)} 184l${side * 8} 26l${side * -18} 0Z" fill="${hair.colour}"/>`;
			});
		case 'buns':
			return both(
				(side) =>
					`<circle cx="${n(side * rx * 0.78)}" cy="${n(-ry * 0.84)}" r="32" fill="${hair.colour}"/><circle cx="${n(side * rx * 0.7)}" cy="${n(-ry * 0.66)}" r="10" fill="${hair.tie}"/>`
			);
		case 'ponytail':
			return `<path d="M${n(rx * 0.3)} ${n(-ry * 0.8)}q${n(rx * 1.1)} -14 ${n(rx * 1.02)} ${n(ry * 0.9)}q-6 46 -34 58q12 -60 -18 -100Z" fill="${hair.colour}"/><circle cx="${n(rx * 0.72)}" cy="${n(-ry * 0.72)}" r="11" fill="${hair.tie}"/>`;
		case 'bald':
		case 'wisps':
		case 'down':
		case 'tuft':
		case 'crew':
		case 'short':
		case 'sidePart':
		case 'bowl':
		case 'spiky':
		case 'curly':
		case 'topknot':
		case 'pixie':
			return '';
	}
}

function glasses({ glasses: worn }: Looks, { rx, grown }: Head): string {
	if (!worn) return '';
	const y = 14 - 6 * grown;
	const x = n(rx * 0.42);
	return `<g fill="#ffffff" fill-opacity=".25" stroke="${worn}" stroke-width="4.6"><circle cx="-${x}" cy="${n(y)}" r="25"/><circle cx="${x}" cy="${n(y)}" r="25"/></g><path d="M-13 ${n(y - 3)}q13 -9 26 0M${n(-rx * 0.42 - 25)} ${n(y - 4)}L${n(-rx)} ${n(y - 9)}M${n(rx * 0.42 + 25)} ${n(y - 4)}L${n(rx)} ${n(y - 9)}" fill="none" stroke="${worn}" stroke-width="4.6"/>`;
}

function hat({ hat: worn, hair }: Looks, { rx, ry }: Head): string {
	const clip = hair.clip ? `<path d="M${n(rx * 0.46)} ${n(-ry * 0.62)}l30 -9l3 10l-30 9Z" fill="${hair.tie}"/>` : '';
	if (!worn) return clip;
	const crown = n(overhead(-ry - 22, -34));
	const cap = `M${n(-rx - 10)} -34C${n(-rx - 8)} ${crown} ${n(rx + 8)} ${crown} ${n(rx + 10)} -34Z`;
	return `<circle cx="0" cy="${n(-ry - 30)}" r="21" fill="${worn.band}"/><path d="${cap}" fill="${worn.colour}"/><rect x="${n(-rx - 15)}" y="-60" width="${n(2 * rx + 30)}" height="36" rx="17" fill="${worn.band}"/>`;
}

function body(looks: Looks, head: Head): string {
	const { skin, clothes } = looks;
	const chin = head.cy + head.ry;
	const top = chin + 4 + 8 * head.grown;
	const w = head.shoulder;
	const nk = head.neck;
	const trunk = `M${n(200 - w)} 500C${n(200 - w)} ${n(top + 62)} ${n(200 - w * 0.78)} ${n(top + 24)} ${n(200 - nk - 14)} ${n(top + 10)}Q200 ${n(top + 34)} ${n(200 + nk + 14)} ${n(top + 10)}C${n(200 + w * 0.78)} ${n(top + 24)} ${n(200 + w)} ${n(top + 62)} ${n(200 + w)} 500Z`;
	const clip = `c${looks.key}`;
	const neck = `<path d="M${n(200 - nk)} ${n(chin - 34)}V${n(top + 16)}Q200 ${n(top + 42)} ${n(200 + nk)} ${n(top + 16)}V${n(chin - 34)}Z" fill="${skin.shade}"/>`;
	const shirt = `<clipPath id="${clip}"><path d="${trunk}"/></clipPath><path d="${trunk}" fill="${clothes.colour}"/><g clip-path="url(#${clip})">${pattern(looks, head, top)}</g>`;
	return neck + shirt + collar(looks, head, top);
}

function pattern({ clothes }: Looks, { shoulder }: Head, top: number): string {
	const { second } = clothes;
	const left = 200 - shoulder;
	switch (clothes.pattern) {
		case 'plain':
			return '';
		case 'stripes':
			return [0, 1, 2, 3, 4, 5]
				.map((i) => `<rect x="0" y="${n(top + 40 + i * 34)}" width="400" height="15" fill="${second}"/>`)
				.join('');
		case 'dots':
			return Array.from(
				{ length: 30 },
				(_, i) =>
					`<circle cx="${n(left + 12 + (i % 6) * 48 + (Math.floor(i / 6) % 2) * 24)}" cy="${n(top + 48 + Math.floor(i / 6) * 30)}" r="6.5" fill="${second}"/>`
			).join('');
		case 'yoke':
			return `<rect x="0" y="${n(top)}" width="400" height="66" fill="${second}"/>`;
		case 'dungarees':
			return `<path d="M${n(200 - 70)} ${n(top)}l14 88H256l14 -88h-26l-8 72h-72l-8 -72Z" fill="${second}"/><rect x="140" y="${n(top + 84)}" width="120" height="200" fill="${second}"/><circle cx="152" cy="${n(top + 94)}" r="6" fill="#e8d7a8"/><circle cx="248" cy="${n(top + 94)}" r="6" fill="#e8d7a8"/>`;
		case 'zip':
			return `<rect x="195" y="${n(top + 12)}" width="10" height="300" fill="${second}"/><rect x="${n(left)}" y="${n(top + 98)}" width="400" height="5" fill="${second}" opacity=".5"/><rect x="${n(left)}" y="${n(top + 150)}" width="400" height="5" fill="${second}" opacity=".5"/>`;
		case 'knots':
			return `<path d="M200 ${n(top + 20)}V500" stroke="${second}" stroke-width="4"/>${[0, 1, 2].map((i) => `<path d="M178 ${n(top + 58 + i * 42)}h44" stroke="${second}" stroke-width="8" stroke-linecap="round"/><circle cx="200" cy="${n(top + 58 + i * 42)}" r="8" fill="${second}"/>`).join('')}`;
		case 'bear':
			return `<g transform="translate(200 ${n(top + 100)})" fill="${second}"><circle cx="-21" cy="-21" r="12"/><circle cx="21" cy="-21" r="12"/><circle r="31"/><g fill="${clothes.colour}"><circle cx="-10" cy="-5" r="4"/><circle cx="10" cy="-5" r="4"/><ellipse cy="9" rx="7" ry="5"/></g></g>`;
		case 'star':
			return `<path transform="translate(200 ${n(top + 98)}) scale(1.5)" d="M0-22l6.500 14 15 2-11 10.500 3 15-13.500-7.500-13.500 7.500 3-15-11-10.500 15-2Z" fill="${second}"/>`;
		case 'check':
			return (
				[0, 1, 2, 3, 4, 5, 6, 7, 8]
					.map(
						(i) => `<rect x="${n(20 + i * 42)}" y="${n(top)}" width="9" height="300" fill="${second}" opacity=".55"/>`
					)
					.join('') +
				[0, 1, 2, 3, 4]
					.map((i) => `<rect x="0" y="${n(top + 34 + i * 40)}" width="400" height="9" fill="${second}" opacity=".55"/>`)
					.join('')
			);
	}
}

function collar({ clothes }: Looks, { neck }: Head, top: number): string {
	const nk = neck + 14;
	const { second } = clothes;
	switch (clothes.collar) {
		case 'crew':
			return `<path d="M${n(200 - nk)} ${n(top + 10)}Q200 ${n(top + 36)} ${n(200 + nk)} ${n(top + 10)}" fill="none" stroke="${second}" stroke-width="9" stroke-linecap="round"/>`;
		case 'shirt':
			return `<path d="M${n(200 - nk)} ${n(top + 4)}L200 ${n(top + 32)}L${n(200 - nk + 2)} ${n(top + 52)}Q${n(200 - nk - 20)} ${n(top + 30)} ${n(200 - nk)} ${n(top + 4)}ZM${n(200 + nk)} ${n(top + 4)}L200 ${n(top + 32)}L${n(200 + nk - 2)} ${n(top + 52)}Q${n(200 + nk + 20)} ${n(top + 30)} ${n(200 + nk)} ${n(top + 4)}Z" fill="${second}"/>`;
		case 'hood':
			return `<path d="M${n(200 - nk - 26)} ${n(top + 22)}Q${n(200 - nk - 20)} ${n(top - 18)} ${n(200 - nk + 8)} ${n(top - 2)}Q200 ${n(top + 48)} ${n(200 + nk - 8)} ${n(top - 2)}Q${n(200 + nk + 20)} ${n(top - 18)} ${n(200 + nk + 26)} ${n(top + 22)}Q200 ${n(top + 78)} ${n(200 - nk - 26)} ${n(top + 22)}Z" fill="${second}"/><path d="M182 ${n(top + 50)}v44M218 ${n(top + 50)}v36" stroke="#f4efe6" stroke-width="5" stroke-linecap="round"/>`;
		case 'scarf':
			return `<path d="M${n(200 - nk - 10)} ${n(top - 4)}Q200 ${n(top + 40)} ${n(200 + nk + 10)} ${n(top - 4)}L${n(200 + nk + 12)} ${n(top + 22)}Q200 ${n(top + 68)} ${n(200 - nk - 12)} ${n(top + 22)}Z" fill="${second}"/><path d="M224 ${n(top + 40)}l34 4l-4 76h-30Z" fill="${second}"/>`;
		case 'high':
			return `<rect x="${n(200 - nk + 6)}" y="${n(top - 10)}" width="${n(2 * nk - 12)}" height="36" rx="12" fill="${second}"/>`;
		case 'bib':
			return `<path d="M${n(200 - nk)} ${n(top + 8)}Q200 ${n(top + 38)} ${n(200 + nk)} ${n(top + 8)}Q${n(200 + nk + 28)} ${n(top + 104)} 200 ${n(top + 108)}Q${n(200 - nk - 28)} ${n(top + 104)} ${n(200 - nk)} ${n(top + 8)}Z" fill="${second}"/><circle cx="200" cy="${n(top + 66)}" r="11" fill="${clothes.colour}"/>`;
	}
}

/** The left side of the child: the face looks to the left edge of the picture. */
function profile(looks: Looks): string {
	const { skin, hair, brows, mouth } = looks;
	const head = headOf(looks);
	const { rx, ry, grown } = head;
	const y = 14 - 6 * grown;
	const outline = `M${n(-rx * 0.72)} ${n(-ry * 0.5)}C${n(-rx * 0.5)} ${n(-ry * 1.04)} ${n(rx)} ${n(-ry * 1.1)} ${n(rx)} -4C${n(rx)} ${n(ry * 0.5)} ${n(rx * 0.5)} ${n(ry * 0.74)} ${n(rx * 0.16)} ${n(ry * 0.8)}C${n(-rx * 0.2)} ${n(ry * 0.98)} ${n(-rx * 0.6)} ${n(ry * 0.98)} ${n(-rx * 0.68)} ${n(ry * 0.8)}C${n(-rx * 0.74)} ${n(ry * 0.66)} ${n(-rx * 0.78)} ${n(ry * 0.6)} ${n(-rx * 0.76)} ${n(ry * 0.5)}Q${n(-rx * 0.86)} ${n(y + 34)} ${n(-rx * 0.98)} ${n(y + 24)}Q${n(-rx * 0.96)} ${n(y + 14)} ${n(-rx * 0.8)} ${n(y - 2)}C${n(-rx * 0.78)} ${n(y - 20)} ${n(-rx * 0.84)} ${n(-ry * 0.3)} ${n(-rx * 0.72)} ${n(-ry * 0.5)}Z`;
	const features = [
		`<ellipse cx="${n(-rx * 0.4)}" cy="${n(y + 32)}" rx="15" ry="10" fill="${skin.blush}" opacity=".55"/>`,
		eye(looks.eyes === 'almond' ? 'dot' : looks.eyes, -1, rx * 0.56, y),
		brow(looks, brows, -1, rx * 0.54, y - 24),
		`<path d="M${n(-rx * 0.74)} ${n(ry * 0.55)}q10 ${mouth === 'calm' ? 2 : 7} 20 1" fill="none" stroke="${skin.lip}" stroke-width="4.4" stroke-linecap="round"/>`,
		`<ellipse cx="${n(rx * 0.22)}" cy="14" rx="${n(15 * looks.earSize)}" ry="${n(21 * looks.earSize)}" fill="${skin.base}" stroke="${skin.shade}" stroke-width="5"/>`
	].join('');
	return `<g transform="translate(208 ${n(head.cy)})">${profileBehind(hair, head)}</g>${body(looks, head)}<g transform="translate(208 ${n(head.cy)})"><path d="${outline}" fill="${skin.base}"/>${profileHair(hair, head)}${features}${profileHat(looks, head)}</g>`;
}

function profileHair(hair: Looks['hair'], { rx, ry }: Head): string {
	if (hair.style === 'bald') return '';
	if (hair.style === 'wisps')
		return `<path d="M0 ${n(-ry * 0.84)}q-8 -22 10 -28M14 ${n(-ry * 0.84)}q0 -16 14 -18" fill="none" stroke="${hair.colour}" stroke-width="5" stroke-linecap="round"/>`;
	const low = isLong(hair.style) ? ry * 0.76 : isCropped(hair.style) ? ry * 0.34 : ry * 0.5;
	const fringe = isCropped(hair.style) ? -rx * 0.5 : -rx * 0.8;
	return `<path d="M${n(fringe)} ${n(-ry * 0.36)}C${n(-rx * 0.86)} ${n(-ry * 1.2)} ${n(rx * 1.12)} ${n(-ry * 1.3)} ${n(rx * 1.07)} 0C${n(rx * 1.06)} ${n(low * 0.7)} ${n(rx * 0.86)} ${n(low)} ${n(rx * 0.6)} ${n(low)}C${n(rx * 0.5)} ${n(ry * 0.3)} ${n(rx * 0.52)} -10 ${n(rx * 0.3)} -14C${n(rx * 0.06)} -16 ${n(rx * 0.1)} ${n(ry * 0.1)} ${n(-rx * 0.02)} 6C${n(-rx * 0.06)} ${n(-ry * 0.34)} ${n(-rx * 0.3)} ${n(-ry * 0.42)} ${n(fringe)} ${n(-ry * 0.36)}Z" fill="${hair.colour}"/>`;
}

function profileBehind(hair: Looks['hair'], { rx, ry }: Head): string {
	switch (hair.style) {
		case 'long':
		case 'longStraight':
			return `<path d="M${n(rx * 0.1)} -20C${n(rx * 0.6)} ${n(-ry)} ${n(rx * 1.2)} ${n(-ry * 0.6)} ${n(rx * 1.08)} 20L${n(rx * 1.12)} ${n(ry * 1.7)}Q${n(rx * 0.6)} ${n(ry * 1.8)} ${n(rx * 0.28)} ${n(ry * 1.6)}Z" fill="${hair.colour}"/>`;
		case 'bob':
		case 'bobParted':
			return `<path d="M${n(rx * 0.1)} -20L${n(rx * 1.08)} 0L${n(rx * 1.1)} ${n(ry * 0.84)}Q${n(rx * 0.6)} ${n(ry * 0.98)} ${n(rx * 0.24)} ${n(ry * 0.84)}Z" fill="${hair.colour}"/>`;
		case 'ponytail':
			return `<path d="M${n(rx * 0.8)} ${n(-ry * 0.66)}q${n(rx * 0.8)} -6 ${n(rx * 0.72)} ${n(ry * 0.96)}q-8 40 -36 48q6 -60 -36 -110Z" fill="${hair.colour}"/><circle cx="${n(rx * 0.94)}" cy="${n(-ry * 0.5)}" r="11" fill="${hair.tie}"/>`;
		case 'pigtails':
		case 'braids':
			return `<path d="M${n(rx * 0.5)} 10q${n(rx * 0.6)} 30 ${n(rx * 0.3)} ${n(ry * 1.1)}q-26 14 -42 -4q16 -60 -18 -90Z" fill="${hair.colour}"/><circle cx="${n(rx * 0.62)}" cy="34" r="10" fill="${hair.tie}"/>`;
		case 'buns':
			return `<circle cx="${n(rx * 0.62)}" cy="${n(-ry * 0.84)}" r="30" fill="${hair.colour}"/>`;
		case 'topknot':
			return `<circle cx="${n(rx * 0.3)}" cy="${n(-ry * 1.04)}" r="26" fill="${hair.colour}"/>`;
		case 'curly':
			return `<g transform="translate(${n(rx * 0.14)} 0)">${curls(rx * 0.94, ry, hair.colour)}</g>`;
		case 'bald':
		case 'wisps':
		case 'down':
		case 'tuft':
		case 'crew':
		case 'short':
		case 'sidePart':
		case 'bowl':
		case 'spiky':
		case 'pixie':
			return '';
	}
}

function profileHat({ hat: worn }: Looks, { rx, ry }: Head): string {
	if (!worn) return '';
	return `<path d="M${n(-rx * 0.84)} -36C${n(-rx * 0.8)} ${n(-ry * 1.26)} ${n(rx * 1.1)} ${n(-ry * 1.34)} ${n(rx * 1.12)} -20Z" fill="${worn.colour}"/><circle cx="${n(rx * 0.16)}" cy="${n(-ry * 1.18)}" r="20" fill="${worn.band}"/><path d="M${n(-rx * 0.86)} -42L${n(rx * 1.1)} -26" stroke="${worn.band}" stroke-width="32" stroke-linecap="round"/>`;
}

function isLong(style: HairStyle): boolean {
	return style === 'long' || style === 'longStraight' || style === 'bob' || style === 'bobParted';
}

function isCropped(style: HairStyle): boolean {
	return (
		style === 'crew' ||
		style === 'down' ||
		style === 'tuft' ||
		style === 'curly' ||
		style === 'topknot' ||
		style === 'ponytail'
	);
}

/** One decimal is enough on a page of 400, and keeps the drawing small. */
function n(value: number): number {
	return Math.round(value * 10) / 10;
}
