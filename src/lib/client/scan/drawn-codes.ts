import { encode } from 'uqr';

/* Pictures of QR codes as a camera may see them, for tests. */

export interface View {
	/** Pixels a module. */
	readonly module?: number;
	/** Degrees. */
	readonly turned?: number;
	/** Radius of the blur, pixels. */
	readonly blur?: number;
	/** Of the whole picture; the code stands in its middle. */
	readonly width?: number;
	readonly height?: number;
	/** Grey of paper and ink, 0 to 255: a poor printer in poor light. */
	readonly paper?: number;
	readonly ink?: number;
	/** Width over height: seen from the side. */
	readonly squeezed?: number;
}

/** Draws the texts side by side into one picture. */
export function drawnCodes(texts: readonly string[], view: View = {}, ecc: 'L' | 'M' = 'M'): ImageData {
	const { module = 4, turned = 0, blur = 0, width = 1280, height = 720, paper = 245, ink = 20, squeezed = 1 } = view;
	const picture = new OffscreenCanvas(width, height);
	const context = drawing(picture);
	context.fillStyle = grey(paper);
	context.fillRect(0, 0, width, height);
	if (blur > 0) context.filter = `blur(${blur}px)`;
	texts.forEach((text, place) => {
		const code = drawnCode(text, ecc, paper, ink);
		const side = code.width * module;
		context.save();
		context.translate((width * (place + 0.5)) / texts.length, height / 2);
		context.rotate((turned * Math.PI) / 180);
		context.scale(squeezed, 1);
		context.imageSmoothingEnabled = turned !== 0 || !Number.isInteger(module);
		context.drawImage(code, -side / 2, -side / 2, side, side);
		context.restore();
	});
	return context.getImageData(0, 0, width, height);
}

function drawnCode(text: string, ecc: 'L' | 'M', paper: number, ink: number): OffscreenCanvas {
	const { data, size } = encode(text, { ecc, border: 4, boostEcc: false });
	const canvas = new OffscreenCanvas(size, size);
	const context = drawing(canvas);
	context.fillStyle = grey(paper);
	context.fillRect(0, 0, size, size);
	context.fillStyle = grey(ink);
	data.forEach((row, y) => row.forEach((dark, x) => dark && context.fillRect(x, y, 1, 1)));
	return canvas;
}

function drawing(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (!context) throw new Error('This browser draws nothing.');
	return context;
}

const grey = (level: number) => `rgb(${level} ${level} ${level})`;
