import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import { photoViews } from '#lib/domain/photo/photo.ts';
import { codeTables } from '#lib/domain/codes/tables.ts';
import { demoWorld } from './demo-world.ts';
import type { PictureRequest } from './facts.ts';
import { portraitSvg } from './portrait.ts';
import { belongingShapes } from './stories.ts';

const child = { ageYears: 4.5, sex: '2' } as const;

/** The picture as a rasteriser draws it, 40 by 50 pixels, three bytes each. */
async function drawn(picture: PictureRequest): Promise<Uint8Array> {
	const { data } = await sharp(Buffer.from(portraitSvg(picture.seed, picture)))
		.resize(40, 50)
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return data;
}

/** Mean difference of two pictures, 0 to 255. */
function difference(a: Uint8Array, b: Uint8Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
	return sum / a.length;
}

describe('drawn portraits', () => {
	it('the same child is drawn the same, another one differently', () => {
		const portrait = { ...child, view: 'front' } as const;
		expect(portraitSvg(12, portrait)).toBe(portraitSvg(12, portrait));
		expect(portraitSvg(12, portrait)).not.toBe(portraitSvg(13, portrait));
	});

	it.each(photoViews)('view %s is a drawing without text, script or outside reference', (view) => {
		for (const ageYears of [0, 1.5, 4, 9, 16, 40]) {
			const svg = portraitSvg(99, { view, ageYears, sex: '1' });
			expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
			expect(svg).not.toMatch(/<text|<script|<image|href|NaN|undefined|Infinity/);
			expect(svg.length).toBeLessThan(20_000);
		}
	});

	it('every kind of mark and belonging has a drawing of its own page', async () => {
		for (const { code: kind } of codeTables.markKind) {
			for (const site of ['ear', 'lip', 'navel', 'toe', 'cheek']) {
				const svg = portraitSvg(5, { ...child, view: 'mark', subject: { subject: 'mark', kind, site } });
				expect(svg).not.toMatch(/NaN|undefined/);
			}
		}
		const pages = await Promise.all(
			belongingShapes.map((shape) =>
				drawn({ seed: 5, ...child, view: 'belonging', subject: { subject: 'belonging', shape } })
			)
		);
		pages.forEach((page, i) =>
			pages.slice(i + 1).forEach((other) => expect(difference(page, other)).toBeGreaterThan(4))
		);
	});

	it('the right profile is the left one looking the other way', async () => {
		const left = await drawn({ seed: 31, ...child, view: 'left' });
		const right = await drawn({ seed: 31, ...child, view: 'right' });
		expect(difference(left, right)).toBeGreaterThan(2);
		const mirrored = await sharp(Buffer.from(left), { raw: { width: 40, height: 50, channels: 3 } })
			.flop()
			.raw()
			.toBuffer();
		// The ground may lean to one side; the child does not.
		const middle = (pixels: Uint8Array) => pixels.filter((_, i) => Math.abs((Math.floor(i / 3) % 40) - 19.5) < 10);
		expect(difference(middle(mirrored), middle(right))).toBeLessThan(3);
	});

	it('no two of the demo’s 284 children look the same', { timeout: 120_000 }, async () => {
		const world = demoWorld(7, civilDate('2026-11-22'));
		const fronts = world.children.flatMap(({ facts }) => {
			const front = facts.find((fact) => fact.type === 'photo.added' && fact.picture.view === 'front');
			return front?.type === 'photo.added' ? [front.picture] : [];
		});
		expect(fronts.length).toBeGreaterThan(276);
		const pictures: Uint8Array[] = [];
		for (const picture of fronts) pictures.push(await drawn(picture));
		const nearest = pictures.map((a, i) => Math.min(...pictures.slice(i + 1).map((b) => difference(a, b)), 255));
		// Two drawings that differ only by the mouth differ by less than 0.3; the closest pair here by several.
		expect(Math.min(...nearest)).toBeGreaterThan(2);
	});
});
