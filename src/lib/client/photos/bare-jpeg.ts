/**
 * The JPEG without its APP1 to APP15 segments and comments, as the tablet sends it. Browsers write a colour profile of
 * their own (Chromium: 456 bytes of sRGB, which is what a JPEG without one means), and none promises never to write more.
 *
 * @param jpeg as an encoder made it; throws where it is no JPEG
 */
export function bareJpeg(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	const bare = new Uint8Array(jpeg.length);
	bare.set(jpeg.subarray(0, 2));
	let to = 2;
	let at = 2;
	for (;;) {
		if (jpeg[at] !== 0xff) throw new Error(`The encoder's JPEG has no segment at byte ${at}`);
		const marker = jpeg[at + 1] ?? 0;
		const end = marker === 0xda ? jpeg.length : at + 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0));
		if (!saysMoreThanPixels(marker)) {
			bare.set(jpeg.subarray(at, end), to);
			to += end - at;
		}
		if (marker === 0xda) return bare.slice(0, to);
		at = end;
	}
}

/** APP0 is JFIF's density and version and stays: some decoders want it. */
function saysMoreThanPixels(marker: number): boolean {
	return (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
}
