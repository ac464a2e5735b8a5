import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { scanCode, type Scanned, type ScanOutcome } from '#lib/domain/handover/codes.ts';
import { fileWithSheet, sheetStanding, type ReadSheet, type SheetStanding } from '#lib/domain/handover/sheet.ts';
import { fold } from '#lib/domain/case-file/case-file.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Result } from '#lib/domain/result.ts';
import { openSheet } from '../handover/sheet-codes.ts';
import type { Fact, Saved, StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';

/** What is wrong with what was scanned; the words are in the messages (area `receiving`). */
export type ReceivingFault =
	| { readonly type: Exclude<ScanOutcome['type'], 'first' | 'more' | 'again'> }
	| { readonly type: 'sheet_invalid'; readonly path: string }
	| StorageFault;

/** A hand-over sheet on its way into this tablet: codes, then the sheet, then the child. */
export class Receiving {
	readonly #tablet: Tablet;
	scanned = $state.raw<Scanned | undefined>();
	fault = $state.raw<ReceivingFault | undefined>();
	/** The whole sheet, and how it stands to this tablet. */
	sheet = $state.raw<ReadSheet | undefined>();
	standing = $state.raw<SheetStanding | undefined>();
	/** The child as the sheet and this tablet tell it. */
	file = $state.raw<CaseFile | undefined>();

	constructor(tablet: Tablet) {
		this.#tablet = tablet;
	}

	/** The codes that are still missing, from 1. */
	get missing(): readonly number[] {
		const { scanned } = this;
		if (!scanned) return [];
		return Array.from({ length: scanned.total }, (_, i) => i + 1).filter((n) => !scanned.pieces.has(n - 1));
	}

	/** Takes what a picture showed. The same code comes many times a second: a fault stands until another code comes. */
	async take(texts: readonly string[]): Promise<void> {
		if (this.sheet) return;
		let grew = false;
		for (const text of texts) {
			const outcome = scanCode(this.scanned, text);
			switch (outcome.type) {
				case 'first':
				case 'more':
					this.scanned = outcome.scanned;
					this.fault = undefined;
					grew = true;
					break;
				case 'again':
					break;
				case 'other_sheet':
				case 'not_a_sheet':
				case 'newer_program':
				case 'damaged':
					// A picture of a whole sheet may show something else beside it.
					if (!grew) this.fault = { type: outcome.type };
			}
		}
		if (grew && this.missing.length === 0) await this.#read();
	}

	startAgain(): void {
		this.scanned = undefined;
		this.fault = undefined;
		this.sheet = undefined;
		this.standing = undefined;
		this.file = undefined;
	}

	async #read(): Promise<void> {
		const { scanned } = this;
		if (!scanned) return;
		const opened = await openSheet(scanned);
		if (this.scanned !== scanned) return;
		if (!opened.ok) {
			if (opened.error.type === 'incomplete') return;
			this.scanned = undefined;
			this.fault = opened.error.type === 'sheet_invalid' ? opened.error : { type: 'damaged' };
			return;
		}
		const sheet = opened.value;
		const known = await this.#tablet.vault.open(sheet.sent.childId);
		// After thirty days without the registry files are closed, and a child is received all the same: by the sheet alone.
		if (!known.ok && known.error.type !== 'reading_locked') {
			this.fault = known.error;
			return;
		}
		const file = known.ok ? known.value : undefined;
		const entries = (file?.entries ?? [])
			.filter(({ delivery }) => delivery.state !== 'carried')
			.map(({ parsed }) => parsed);
		this.file = fileWithSheet(entries, sheet);
		this.standing = sheetStanding(sheet, file && fold(sheet.sent.childId, entries), this.#tablet.institutionId ?? '');
		this.sheet = sheet;
	}

	/** Records that the child is here, and keeps the sheet with it. */
	async receive(on: CivilDate, condition: string): Promise<Result<Saved, StorageFault> | undefined> {
		const { sheet } = this;
		if (!sheet) return undefined;
		const fact: Fact = {
			type: 'handover.received',
			childId: sheet.sent.childId,
			occurredOn: on,
			replaces: [],
			payload: {
				itemId: this.#tablet.newItemId(),
				handover: { from: sheet.sent.institutionId, ...(condition !== '' && { condition }) }
			}
		};
		return this.#tablet.vault.record([fact], sheet);
	}
}
