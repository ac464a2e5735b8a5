import { codeCount, codesOf, isSheet, wholeSheet, type Scanned } from '#lib/domain/handover/codes.ts';
import {
	joinSheet,
	readSheet,
	sheetParts,
	sheetTextMaximum,
	splitSheet,
	type HandoverSheet,
	type ReadSheet,
	type SheetFault
} from '#lib/domain/handover/sheet.ts';
import { err, type Result } from '#lib/domain/result.ts';

/* A hand-over sheet as QR codes and back: what domain/handover says, with the browser's compression and hash. */

/** So many codes a person scans without a sigh; what does not fit is left out, the least important first. */
const codesWanted = 6;

export interface PrintedSheet {
	/** What each code holds, in order. */
	readonly codes: readonly string[];
	/** Bytes of the whole sheet. */
	readonly bytes: number;
	/** Entries that did not fit; the receiving house gets them with the network. */
	readonly leftOut: number;
	readonly hasPortrait: boolean;
}

/** The codes of a sheet. The hand-over itself is always on it. Inverse of `openSheet`. */
export async function printSheet(sheet: HandoverSheet): Promise<PrintedSheet> {
	let printed = sheet;
	let bytes = await packed(printed);
	while (codeCount(bytes.length) > codesWanted && printed.entries.length > 0) {
		printed = { ...printed, entries: printed.entries.slice(0, -1) };
		// Without its photo's entry a portrait belongs to nothing.
		if (printed.portrait && !names(printed, printed.portrait.sha256)) printed = { ...printed, portrait: undefined };
		bytes = await packed(printed);
	}
	return {
		codes: codesOf(bytes, await sha256(bytes)),
		bytes: bytes.length,
		leftOut: sheet.entries.length - printed.entries.length,
		hasPortrait: printed.portrait !== undefined
	};
}

/**
 * The sheet that was scanned.
 *
 * @returns `incomplete` while codes are missing, `damaged` where the codes are not of one sheet, `sheet_invalid` for bytes that
 * are none
 */
export async function openSheet(
	scanned: Scanned
): Promise<Result<ReadSheet, SheetFault | { readonly type: 'incomplete' | 'damaged' }>> {
	const bytes = wholeSheet(scanned);
	if (!bytes) return err({ type: 'incomplete' });
	if (!isSheet(scanned, await sha256(bytes))) return err({ type: 'damaged' });
	const parts = splitSheet(bytes);
	const text = parts && (await inflated(parts.compressed));
	if (!parts || text === undefined) return err({ type: 'damaged' });
	return readSheet({ text, values: parts.values, portrait: parts.portrait });
}

async function packed(sheet: HandoverSheet): Promise<Uint8Array<ArrayBuffer>> {
	const { text, values, portrait } = sheetParts(sheet);
	const compressed = new Response(
		new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
	).arrayBuffer();
	return joinSheet(portrait, values, new Uint8Array(await compressed));
}

/** Undefined for what is no compressed text, or unpacks to more than a sheet can hold. */
async function inflated(compressed: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
	const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let text = '';
	let length = 0;
	try {
		for (;;) {
			const { value, done } = await reader.read();
			if (done) return text + decoder.decode();
			length += value.length;
			if (length > sheetTextMaximum) {
				await reader.cancel();
				return undefined;
			}
			text += decoder.decode(value, { stream: true });
		}
	} catch (cause) {
		// What the streams and the decoder say of bytes that are no deflate, or no UTF-8.
		if (cause instanceof TypeError) return undefined;
		throw cause;
	}
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function names(sheet: HandoverSheet, sha: string): boolean {
	return sheet.entries.some((entry) => JSON.stringify(entry).includes(sha));
}
