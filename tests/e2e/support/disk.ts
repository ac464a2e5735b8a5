import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which texts stand in which file of a folder, as UTF-8 or as UTF-16, as Chromium's databases keep strings; bytes as they are. */
export async function foundIn(
	folder: string,
	texts: readonly (string | Buffer)[]
): Promise<{ text: string; file: string }[]> {
	const needles = texts.flatMap((text) =>
		typeof text === 'string'
			? (['utf8', 'utf16le'] as const).map((encoding) => ({ text, bytes: Buffer.from(text, encoding) }))
			: [{ text: text.toString('hex'), bytes: text }]
	);
	const found: { text: string; file: string }[] = [];
	for (const file of await filesIn(folder)) {
		const bytes = await readFile(file);
		for (const { text, bytes: needle } of needles) if (bytes.includes(needle)) found.push({ text, file });
	}
	return found;
}

/** Every file of a folder and what is below it. */
async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
