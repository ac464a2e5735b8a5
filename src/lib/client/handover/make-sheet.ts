import { sheetFor, sheetPortrait } from '#lib/domain/handover/sheet.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { OpenChild } from '../state/open-child.svelte.ts';
import type { StorageFault } from '../tablet.ts';
import { printSheet, type PrintedSheet } from './sheet-codes.ts';
import { sheetPortraitOf } from './sheet-portrait.ts';

/** The sheet of a hand-over that this house recorded, as codes. `sheet_missing`: no such entry here. */
export async function makeSheet(
	child: OpenChild,
	sent: EntryId
): Promise<Result<PrintedSheet, StorageFault | { readonly type: 'sheet_missing' }>> {
	const { tablet, file, childId } = child;
	const asSigned = await tablet.vault.signedEntries(childId);
	if (!asSigned.ok) return asSigned;
	const house = tablet.roster?.institutions.find(({ id }) => id === tablet.institutionId);
	const sheet = sheetFor(file, asSigned.value, sent, {
		name: house?.name ?? '',
		...(house?.phone !== undefined && { phone: house.phone })
	});
	if (!sheet) return err({ type: 'sheet_missing' });
	const photo = sheetPortrait(file);
	const thumbnail = photo && (await tablet.vault.photo(photo.sha256, 'thumbnail'));
	const bytes = thumbnail && (await sheetPortraitOf(thumbnail));
	return ok(await printSheet({ ...sheet, portrait: photo && bytes && { sha256: photo.sha256, bytes } }));
}
