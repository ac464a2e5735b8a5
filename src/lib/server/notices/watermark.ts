/*
 * The registry number and the date, drawn into every public picture, so that a copy found elsewhere can be traced and
 * compared with the registry. Drawn from our own 5 x 7 dots: what fonts a server has must not decide whether it works.
 */
const glyphs: Readonly<Record<string, readonly [number, number, number, number, number, number, number]>> = {
	'0': [14, 17, 19, 21, 25, 17, 14],
	'1': [4, 12, 4, 4, 4, 4, 14],
	'2': [14, 17, 1, 2, 4, 8, 31],
	'3': [31, 2, 4, 2, 1, 17, 14],
	'4': [2, 6, 10, 18, 31, 2, 2],
	'5': [31, 16, 30, 1, 1, 17, 14],
	'6': [6, 8, 16, 30, 17, 17, 14],
	'7': [31, 1, 2, 4, 8, 8, 8],
	'8': [14, 17, 17, 14, 17, 17, 14],
	'9': [14, 17, 17, 15, 1, 2, 12],
	A: [14, 17, 17, 31, 17, 17, 17],
	B: [30, 17, 17, 30, 17, 17, 30],
	C: [14, 17, 16, 16, 16, 17, 14],
	D: [28, 18, 17, 17, 17, 18, 28],
	E: [31, 16, 16, 30, 16, 16, 31],
	F: [31, 16, 16, 30, 16, 16, 16],
	G: [14, 17, 16, 23, 17, 17, 15],
	H: [17, 17, 17, 31, 17, 17, 17],
	J: [7, 2, 2, 2, 2, 18, 12],
	K: [17, 18, 20, 24, 20, 18, 17],
	L: [16, 16, 16, 16, 16, 16, 31],
	M: [17, 27, 21, 21, 17, 17, 17],
	N: [17, 17, 25, 21, 19, 17, 17],
	P: [30, 17, 17, 30, 16, 16, 16],
	Q: [14, 17, 17, 17, 21, 18, 13],
	R: [30, 17, 17, 30, 20, 18, 17],
	S: [15, 16, 16, 14, 1, 1, 30],
	T: [31, 4, 4, 4, 4, 4, 4],
	V: [17, 17, 17, 17, 17, 10, 4],
	W: [17, 17, 17, 21, 21, 21, 10],
	X: [17, 17, 10, 4, 10, 17, 17],
	Y: [17, 17, 17, 10, 4, 4, 4],
	Z: [31, 1, 2, 4, 8, 16, 31],
	'-': [0, 0, 0, 31, 0, 0, 0],
	' ': [0, 0, 0, 0, 0, 0, 0]
};

/**
 * An SVG of the picture's size: a band below with the text in full, and the text once more, faint, across the middle,
 * where cutting it off would cut the face.
 *
 * @param text digits, capital letters, hyphen, space
 */
export function watermarkSvg(width: number, height: number, text: string): string {
	const columns = text.length * 6 - 1;
	const dot = Math.max(1, Math.floor(Math.min(width / (columns + 8), height / 120) * 2) / 2);
	const band = dot * 11;
	const across = (width * 0.8) / columns;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
		`<rect x="0" y="${height - band}" width="${width}" height="${band}" fill="#1f2a2e" fill-opacity=".62"/>` +
		`<path transform="translate(${dot * 3} ${height - dot * 9}) scale(${dot})" fill="#fff" d="${dots(text)}"/>` +
		`<path transform="translate(${width * 0.1} ${height * 0.62}) rotate(-12) scale(${across})" fill="#fff" fill-opacity=".16" d="${dots(text)}"/>` +
		'</svg>'
	);
}

function dots(text: string): string {
	let path = '';
	for (const [place, sign] of [...text].entries()) {
		const rows = glyphs[sign];
		if (!rows) throw new RangeError(`The watermark has no sign for "${sign}"`);
		for (const [y, row] of rows.entries()) {
			for (let x = 0; x < 5; x++) if ((row >> (4 - x)) & 1) path += `M${place * 6 + x} ${y}h1v1h-1z`;
		}
	}
	return path;
}
