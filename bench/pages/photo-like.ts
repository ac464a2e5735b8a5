/**
 * A JPEG that weighs what a camera's does: colours that wander, edges, and grain. Nobody is on it.
 *
 * @param nth another picture for each number
 */
export async function photoLike(width: number, height: number, nth: number): Promise<Blob> {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('no canvas');
	const wall = context.createLinearGradient(0, 0, width, height);
	wall.addColorStop(0, `hsl(${(nth * 47) % 360} 30% 75%)`);
	wall.addColorStop(1, `hsl(${(nth * 47 + 90) % 360} 35% 40%)`);
	context.fillStyle = wall;
	context.fillRect(0, 0, width, height);
	for (let i = 0; i < 400; i++) {
		context.fillStyle = `hsl(${(i * 61 + nth) % 360} 40% ${20 + (i % 60)}% / 0.5)`;
		context.beginPath();
		context.ellipse((i * 997) % width, (i * 613) % height, 20 + (i % 90), 15 + (i % 70), i, 0, 2 * Math.PI);
		context.fill();
	}
	context.globalCompositeOperation = 'overlay';
	context.fillStyle = context.createPattern(grain(nth), 'repeat') ?? '#888';
	context.fillRect(0, 0, width, height);
	return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

function grain(nth: number): OffscreenCanvas {
	const size = 512;
	const canvas = new OffscreenCanvas(size, size);
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('no canvas');
	const image = context.createImageData(size, size);
	let state = 2_654_435_761 ^ nth;
	for (let i = 0; i < image.data.length; i += 4) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		const level = 112 + (state >>> 27);
		image.data[i] = level;
		image.data[i + 1] = level;
		image.data[i + 2] = level;
		image.data[i + 3] = 255;
	}
	context.putImageData(image, 0, 0);
	return canvas;
}
