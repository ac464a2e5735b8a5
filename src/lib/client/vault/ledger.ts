import type { TabletReading } from '#lib/domain/access/reading.ts';
import type { EntryType } from '#lib/domain/case-file/entry.ts';
import type { ChildId, EntryId, ItemId, ReadingId, Sha256 } from '#lib/domain/ids.ts';
import {
	cursorSchema,
	epochSchema,
	witnessMaximum,
	type Cursor,
	type Epoch,
	type QuarantineReason,
	type SignedStatement
} from '#lib/sync/protocol.ts';
import type { OwnDelivery } from '#lib/sync/sync-state.ts';
import { fromColumns, toColumns, type Columns } from '../db/columns.ts';
import type { Delivery } from '../tablet.ts';
import { fromBase64url } from './bytes.ts';
import type { KeptSheet } from './kept-sheets.ts';

/*
 * The bookkeeping of sending: what this tablet wrote and how far each thing is on its way. Invariants:
 *   1. Only a receipt, or an entry seen in the feed, of the epoch that the ledger stands in makes a thing `registered`.
 *   2. A new epoch makes every own thing `waiting` again and deletes nothing.
 *   3. An own entry never leaves the ledger: a registry restored from a backup is given everything again (SECURITY.md 4 asks
 *      for 90 days at least). About 200 bytes an entry.
 */

export interface OwnEntry {
	readonly id: EntryId;
	readonly childId: ChildId;
	readonly type: EntryType;
	readonly itemId: ItemId | undefined;
	readonly deviceSeq: number;
	readonly recordedAt: string;
	/** Bytes of its JSON text. */
	readonly bytes: number;
	readonly delivery: OwnDelivery;
}

export interface OwnPhoto {
	readonly sha256: Sha256;
	readonly childId: ChildId;
	readonly itemId: ItemId;
	readonly mediaType: string;
	readonly bytes: number;
	readonly recordedAt: string;
	readonly delivery: Delivery;
	/** Number of its record in the journal, where there is one. */
	readonly journal?: number;
	/** The original was given up for room: the registry has it. */
	readonly dropped?: boolean;
}

/** How a thing of the ledger changed. Each lies in the log as part of a record. */
export type LedgerChange =
	| { readonly kind: 'written'; readonly entries: readonly OwnEntry[] }
	| { readonly kind: 'photoKept'; readonly photo: OwnPhoto }
	| { readonly kind: 'receipts'; readonly epoch: Epoch; readonly deliveries: readonly Told[] }
	| { readonly kind: 'photoDelivery'; readonly sha256: Sha256; readonly delivery: Delivery }
	/** `seen`: own entries that the page brought back. */
	| {
			readonly kind: 'pulled';
			readonly epoch: Epoch;
			readonly cursor: Cursor;
			readonly unreadable: number;
			readonly seen: readonly Told[];
			/** Children whose hand-over the page brought: their sheets have nothing more to say. */
			readonly arrived?: readonly ChildId[];
			/** How far the feed goes, as the registry signed it with this page. */
			readonly treeHead?: SignedStatement | undefined;
	  }
	/** A child came with a hand-over sheet. */
	| { readonly kind: 'sheetKept'; readonly sheet: KeptSheet }
	| { readonly kind: 'startedAgain'; readonly epoch: Epoch }
	/** The tablet lost records: it reads from the start, and what it knows of its own entries stays. */
	| { readonly kind: 'readAgain' }
	/** Own entries that came back from the journal or from the feed; what is known of them already stays. */
	| { readonly kind: 'restored'; readonly entries: readonly OwnEntry[] }
	| { readonly kind: 'photosDropped'; readonly hashes: readonly Sha256[] }
	/** A full file was opened. */
	| { readonly kind: 'read'; readonly reading: TabletReading }
	/** The registry has these readings. */
	| { readonly kind: 'readingsTold'; readonly ids: readonly ReadingId[] }
	/** A person put what the registry had set aside out of sight, or back. */
	| { readonly kind: 'putAway'; readonly ids: readonly string[]; readonly away: boolean }
	/** The registry was shown these tree heads. `forgot`: of one of them it knew nothing any more. */
	| {
			readonly kind: 'witnessed';
			readonly signatures: readonly string[];
			readonly at: string;
			readonly forgot: boolean;
	  }
	/** A person lets what the registry had set aside wait again. */
	| { readonly kind: 'sendAgain'; readonly ids: readonly string[] };

/** How an own entry stands now. */
export interface Told {
	readonly id: EntryId;
	readonly delivery: OwnDelivery;
}

/** As it lies sealed among the notes. */
export interface LedgerNote {
	/** The log record up to which this note speaks. */
	readonly at: number;
	readonly epoch: string | undefined;
	readonly cursor: string;
	readonly unreadable: number;
	readonly entries: Columns;
	readonly photos: Columns;
	/** Missing in notes of older programs. */
	readonly readings?: Columns;
	/** Missing in notes of older programs. */
	readonly sheets?: readonly KeptSheet[];
	/** Missing in notes of older programs, as are the next three. */
	readonly putAway?: readonly string[];
	readonly treeHead?: SignedStatement | undefined;
	readonly toShow?: readonly SignedStatement[];
	readonly gaveBackAt?: string | undefined;
}

export class Ledger {
	epoch: Epoch | undefined;
	cursor: Cursor = 'start';
	/** Pulled entries that could not be read; kept in the store as they came. */
	unreadable = 0;
	readonly entries = new Map<EntryId, OwnEntry>();
	readonly photos = new Map<Sha256, OwnPhoto>();
	/** Who opened which file, not yet told to the registry; forgotten once it is. */
	readonly readings = new Map<ReadingId, TabletReading>();
	/** Hand-over sheets of children of whom the registry has not brought the hand-over yet. */
	readonly sheets = new Map<ChildId, KeptSheet>();
	/** Entries and photos out of sight: they were set aside, and a person saw to it. */
	readonly putAway = new Set<string>();
	/** The newest that the registry signed of this house's feed, in the present epoch. */
	treeHead: SignedStatement | undefined;
	/** Those of lives that ended: to be shown to the registry, which may have forgotten them. */
	toShow: readonly SignedStatement[] = [];
	/** When the registry last turned out to have forgotten something that this tablet knew. */
	gaveBackAt: string | undefined;

	apply(change: LedgerChange): void {
		switch (change.kind) {
			case 'written':
				for (const entry of change.entries) this.entries.set(entry.id, entry);
				return;
			case 'photoKept':
				this.photos.set(change.photo.sha256, change.photo);
				return;
			case 'receipts':
				this.epoch ??= change.epoch;
				if (change.epoch === this.epoch) this.note(change.deliveries);
				return;
			case 'photoDelivery': {
				const photo = this.photos.get(change.sha256);
				if (photo) this.photos.set(change.sha256, { ...photo, delivery: change.delivery });
				return;
			}
			case 'pulled':
				this.epoch = change.epoch;
				this.cursor = change.cursor;
				this.unreadable += change.unreadable;
				this.treeHead = change.treeHead ?? this.treeHead;
				this.note(change.seen);
				for (const childId of change.arrived ?? []) this.sheets.delete(childId);
				return;
			case 'sheetKept':
				this.sheets.set(change.sheet.childId, change.sheet);
				return;
			case 'startedAgain':
				if (this.treeHead) this.toShow = [...this.toShow, this.treeHead].slice(-witnessMaximum);
				this.treeHead = undefined;
				this.epoch = change.epoch;
				this.cursor = 'start';
				this.unreadable = 0;
				for (const [id, entry] of this.entries) this.entries.set(id, { ...entry, delivery: { state: 'waiting' } });
				// What was dropped cannot be sent again: it must not wait for ever.
				for (const [sha256, photo] of this.photos)
					if (!photo.dropped) this.photos.set(sha256, { ...photo, delivery: { state: 'waiting' } });
				return;
			case 'readAgain':
				this.cursor = 'start';
				this.unreadable = 0;
				return;
			case 'restored':
				for (const entry of change.entries) if (!this.entries.has(entry.id)) this.entries.set(entry.id, entry);
				return;
			case 'photosDropped':
				for (const sha256 of change.hashes) {
					const photo = this.photos.get(sha256);
					if (photo) this.photos.set(sha256, { ...photo, dropped: true });
				}
				return;
			case 'read':
				this.readings.set(change.reading.id, change.reading);
				return;
			case 'readingsTold':
				for (const id of change.ids) this.readings.delete(id);
				return;
			case 'witnessed':
				this.toShow = this.toShow.filter(({ signature }) => !change.signatures.includes(signature));
				if (change.forgot) this.gaveBackAt = change.at;
				return;
			case 'putAway':
				for (const id of change.ids) {
					if (change.away) this.putAway.add(id);
					else this.putAway.delete(id);
				}
				return;
			case 'sendAgain':
				for (const id of change.ids) this.waitAgain(id);
		}
	}

	/** The small portrait that a sheet brought of this photo. */
	sheetPortrait(sha256: Sha256): Uint8Array<ArrayBuffer> | undefined {
		const kept = [...this.sheets.values()].find(({ portrait }) => portrait?.sha256 === sha256);
		return kept?.portrait && fromBase64url(kept.portrait.base64url);
	}

	/** Own entries that the registry has not acknowledged and not set aside, oldest first. */
	waiting(): readonly OwnEntry[] {
		return [...this.entries.values()]
			.filter((entry) => entry.delivery.state === 'waiting')
			.sort((a, b) => a.deviceSeq - b.deviceSeq);
	}

	/** The own entry that was written last. */
	get newest(): OwnEntry | undefined {
		let newest: OwnEntry | undefined;
		for (const entry of this.entries.values()) if (!newest || entry.deviceSeq > newest.deviceSeq) newest = entry;
		return newest;
	}

	waitingPhotos(): readonly OwnPhoto[] {
		return [...this.photos.values()].filter((photo) => photo.delivery.state === 'waiting');
	}

	private note(told: readonly Told[]): void {
		for (const { id, delivery } of told) {
			const entry = this.entries.get(id);
			if (entry) this.entries.set(id, { ...entry, delivery });
		}
	}

	/** Only what was set aside: a receipt in hand is never given up. */
	private waitAgain(id: string): void {
		this.putAway.delete(id);
		const entry = this.entries.get(id as EntryId);
		if (entry?.delivery.state === 'quarantined')
			this.entries.set(entry.id, { ...entry, delivery: { state: 'waiting' } });
		const photo = this.photos.get(id as Sha256);
		if (photo?.delivery.state === 'quarantined')
			this.photos.set(photo.sha256, { ...photo, delivery: { state: 'waiting' } });
	}

	/** Inverse of `restore`. */
	toNote(at: number): LedgerNote {
		return {
			at,
			epoch: this.epoch,
			cursor: this.cursor,
			unreadable: this.unreadable,
			entries: toColumns([...this.entries.values()]),
			photos: toColumns([...this.photos.values()]),
			readings: toColumns([...this.readings.values()]),
			sheets: [...this.sheets.values()],
			putAway: [...this.putAway],
			treeHead: this.treeHead,
			toShow: this.toShow,
			gaveBackAt: this.gaveBackAt
		};
	}

	restore(note: LedgerNote): void {
		this.epoch = note.epoch === undefined ? undefined : epochSchema.parse(note.epoch);
		this.cursor = cursorSchema.parse(note.cursor);
		this.unreadable = note.unreadable;
		for (const entry of fromColumns<OwnEntry>(note.entries)) this.entries.set(entry.id, entry);
		for (const photo of fromColumns<OwnPhoto>(note.photos)) this.photos.set(photo.sha256, photo);
		for (const reading of note.readings ? fromColumns<TabletReading>(note.readings) : [])
			this.readings.set(reading.id, reading);
		for (const sheet of note.sheets ?? []) this.sheets.set(sheet.childId, sheet);
		for (const id of note.putAway ?? []) this.putAway.add(id);
		this.treeHead = note.treeHead;
		this.toShow = note.toShow ?? [];
		this.gaveBackAt = note.gaveBackAt;
	}
}

/** An own entry's standing as the screens see it. One that was only seen in the feed has no receipt to show. */
export function shown(delivery: OwnDelivery): Delivery {
	switch (delivery.state) {
		case 'waiting':
			return delivery;
		case 'registered':
			return registered(delivery.receivedAt, delivery.receipt ?? '');
		case 'quarantined':
			return setAside(delivery.reason);
	}
}

export function registered(receivedAt: string, receipt: string): Delivery {
	return { state: 'registered', receivedAt, receipt };
}

export function setAside(reason: QuarantineReason): Delivery {
	return { state: 'quarantined', reason };
}
