import { outboxFileMaximum, outboxHeadSchema } from '#lib/sync/outbox-file.ts';

/**
 * The file of what is unsent in files that the desk takes at once, each whole in itself: the first line again with the count of
 * its own records. One file in most cases. A single record is never divided.
 *
 * @param maximum bytes of one file
 */
export async function outboxParts(file: Blob, maximum: number = outboxFileMaximum): Promise<readonly Blob[]> {
	if (file.size <= maximum) return [file];
	const parts: Blob[] = [];
	let head: object | undefined;
	let lines: string[] = [];
	let bytes = 0;
	const close = () => {
		if (lines.length === 0 || head === undefined) return;
		parts.push(new Blob([`${JSON.stringify({ ...head, records: lines.length })}\n`, ...lines], { type: file.type }));
		lines = [];
		bytes = 0;
	};
	for await (const line of linesOf(file)) {
		if (head === undefined) {
			head = outboxHeadSchema.parse(JSON.parse(line));
			continue;
		}
		// Base64url and JSON: a sign is a byte. 300 are left for the first line.
		if (bytes + line.length + 1 > maximum - 300) close();
		lines.push(`${line}\n`);
		bytes += line.length + 1;
	}
	close();
	return parts;
}

/** Line by line, so that a month of photos never stands in memory as one text. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
	const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		const pieces = (rest + value).split('\n');
		rest = pieces.pop() ?? '';
		yield* pieces;
	}
	if (rest !== '') yield rest;
}
