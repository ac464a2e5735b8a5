import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import {
	fileWithSheet,
	readEntries,
	rowWithSheet,
	type HandoverSheet,
	type ReadSheet
} from '#lib/domain/handover/sheet.ts';
import type { ChildId, EntryId, Sha256 } from '#lib/domain/ids.ts';
import { base64url, fromBase64url } from './bytes.ts';

/*
 * Hand-over sheets that children came with, until the registry brings the same entries. They lie in the bookkeeping and not
 * among the records: nothing of another house is ever sent as if this tablet had written it, and what the registry
 * brings needs no making room. One sheet a child; a later one takes the earlier one's place.
 */

/** As it lies sealed: JSON. */
export interface KeptSheet {
	readonly childId: ChildId;
	readonly sentId: EntryId;
	readonly sheet: Omit<HandoverSheet, 'portrait'>;
	readonly portrait?: { readonly sha256: Sha256; readonly base64url: string };
}

export function keptSheet({ sheet: { portrait, ...sheet }, sent }: ReadSheet): KeptSheet {
	return {
		childId: sent.childId,
		sentId: sent.id,
		sheet,
		...(portrait && { portrait: { sha256: portrait.sha256, base64url: base64url(portrait.bytes) } })
	};
}

/** Inverse of `keptSheet`; undefined where this program no longer reads what another kept. */
export function readKept({ sheet, portrait }: KeptSheet): ReadSheet | undefined {
	const read = readEntries({
		...sheet,
		portrait: portrait && { sha256: portrait.sha256, bytes: fromBase64url(portrait.base64url) }
	});
	return read.ok ? read.value : undefined;
}

/** The sheet where it still has something to say beside the entries: the registry has not brought the hand-over. */
export function standingSheet(entries: readonly ParsedEntry[], kept: KeptSheet | undefined): ReadSheet | undefined {
	if (!kept || entries.some(({ entry }) => entry.id === kept.sentId)) return undefined;
	return readKept(kept);
}

/** The line of a child from its sheet while that stands; undefined where it does not. */
export function rowWithKept(
	entries: readonly ParsedEntry[],
	kept: KeptSheet | undefined,
	makeRow: (file: CaseFile) => ChildRow
): ChildRow | undefined {
	const sheet = standingSheet(entries, kept);
	return sheet && rowWithSheet(makeRow(fileWithSheet(entries, sheet)));
}
