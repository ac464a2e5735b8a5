// The icons of the app from static/logo.svg, committed under static/icons: node scripts/make-icons.mjs
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const paper = '#faf7f1';
const logo = await readFile(new URL('../static/logo.svg', import.meta.url), 'utf8');
const folder = new URL('../static/icons/', import.meta.url);
await mkdir(folder, { recursive: true });

/**
 * @param {string} name
 * @param {number} edge pixels
 * @param {{ share: number, background?: string, svg?: string }} how share: part of the edge that the drawing takes
 */
async function make(name, edge, { share, background, svg = logo }) {
	const drawn = Math.round(edge * share);
	// 72 dots per inch draw the 64-unit picture at 64 px.
	const drawing = await sharp(Buffer.from(svg), { density: (72 * drawn) / 64 })
		.resize(drawn, drawn)
		.png()
		.toBuffer();
	await sharp({ create: { width: edge, height: edge, channels: 4, background: background ?? '#00000000' } })
		.composite([{ input: drawing, gravity: 'centre' }])
		.png({ compressionLevel: 9, palette: true })
		.toFile(fileURLToPath(new URL(name, folder)));
	process.stdout.write(`static/icons/${name}\n`);
}

await make('lampkeep-192.png', 192, { share: 0.86, background: paper });
await make('lampkeep-512.png', 512, { share: 0.86, background: paper });
// Launchers cut a circle of 80 % (W3C manifest, 3.1.1, safe zone): the drawing stays inside its square.
await make('lampkeep-maskable-512.png', 512, { share: 0.56, background: paper });
// Only the shape counts; the launcher colours it.
await make('lampkeep-monochrome-512.png', 512, { share: 0.7, svg: logo.replaceAll(/#0f5c5b|#e9a23b/g, '#ffffff') });
