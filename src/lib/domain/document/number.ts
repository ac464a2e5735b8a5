/**
 * A paper's number as two are compared: 云公临〔2026〕17号 and 云公临[2026]17号 are one. Blanks, brackets of any kind and capitals
 * make no difference, and neither do full-width signs. Empty where nothing is left.
 */
export function numberKey(number: string): string {
	return number
		.normalize('NFKC')
		.toUpperCase()
		.replaceAll(/[\s〔〕[\]【】()（）「」<>《》\-–—_]/gu, '');
}
