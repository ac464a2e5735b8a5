import { contactAfter, daysOf, elapsedAt, warningDays } from '#lib/domain/access/contact.ts';
import { assertSchema, type ContactNote, type LampkeepDatabase } from '../db/database.ts';
import type { Contact } from '../tablet.ts';
import type { Cipher } from './cipher.ts';

/*
 * How long the registry has been silent, kept twice: in clear, for the lock screen, and sealed, so that whoever can write on
 * the disk cannot make it shorter. Rules: domain/access/contact.ts.
 */

/** Time seen passing is written down at most so often, milliseconds. */
const writtenEvery = 600_000;
/** A contact is written at most so often, milliseconds. */
const contactEvery = 3_600_000;
const dayMilliseconds = 86_400_000;

export class Silence {
	private readonly db: LampkeepDatabase;
	private readonly now: () => number;
	private cipher: Cipher | undefined;
	private note: ContactNote | undefined;
	private writtenElapsed = 0;

	constructor(db: LampkeepDatabase, now: () => number) {
		this.db = db;
		this.now = now;
	}

	/** As the lock screen may know it: what lies in clear. */
	async read(): Promise<Contact> {
		const note = await this.db.meta.get('contact');
		return stateOf(note?.key === 'contact' ? seenAt(note, this.now()) : undefined);
	}

	/**
	 * After unlocking: the sealed note counts, and what lies in clear only where it says more.
	 *
	 * @param expected false where the slot was made before there was such a note: then time begins now. Where it should be there
	 *   and is not, the registry is taken to have been silent for the days after which a tablet warns.
	 */
	async unseal(cipher: Cipher, expected: boolean): Promise<void> {
		const [clear, row] = await Promise.all([this.db.meta.get('contact'), this.db.notes.get('contact')]);
		const inClear = clear?.key === 'contact' ? clear : undefined;
		const sealed = row && (await cipher.openJson<ContactNote>('notes', 'contact', row.sealed));
		const now = this.now();
		const fallback: ContactNote = {
			key: 'contact',
			at: undefined,
			elapsed: expected ? warningDays * dayMilliseconds : 0,
			seen: now
		};
		const note = seenAt(sealed ?? fallback, now);
		const other = inClear && (!sealed || inClear.at === sealed.at) ? seenAt(inClear, now).elapsed : 0;
		this.cipher = cipher;
		this.note = { ...note, elapsed: Math.max(note.elapsed, other) };
		await this.write();
	}

	/** Another tab wrote: its note counts if the registry was heard of later, or more time was seen to pass. */
	async readAgain(): Promise<void> {
		const { cipher, note } = this;
		if (!cipher || !note) return;
		const row = await this.db.notes.get('contact');
		if (!row) return;
		const now = this.now();
		const other = seenAt(await cipher.openJson<ContactNote>('notes', 'contact', row.sealed), now);
		const mine = seenAt(note, now);
		const later = (other.at ?? '') > (mine.at ?? '');
		if (later || (other.at === mine.at && other.elapsed > mine.elapsed)) this.note = other;
	}

	/** While open or resting. */
	get contact(): Contact {
		return stateOf(this.note && seenAt(this.note, this.now()));
	}

	/** Notes the time that passed; true where it was worth writing down. */
	async pass(): Promise<boolean> {
		if (!this.note) return false;
		this.note = seenAt(this.note, this.now());
		if (this.note.elapsed - this.writtenElapsed < writtenEvery) return false;
		await this.write();
		return true;
	}

	/** The registry answered, with its time in ISO 8601. True where that was written. */
	async made(serverTime: string): Promise<boolean> {
		if (!this.cipher) return false;
		const now = this.now();
		const note = this.note && seenAt(this.note, now);
		if (note?.at !== undefined && note.elapsed < contactEvery) return false;
		this.note = { key: 'contact', at: serverTime, elapsed: 0, seen: now };
		await this.write();
		return true;
	}

	/** Forgets the key, not the time. */
	close(): void {
		this.cipher = undefined;
	}

	private async write(): Promise<void> {
		const { cipher, db, note } = this;
		if (!cipher || !note) return;
		const sealed = await cipher.sealJson('notes', 'contact', note);
		await db.transaction('rw', [db.meta, db.notes], async () => {
			await assertSchema(db);
			await db.meta.put(note);
			await db.notes.put({ name: 'contact', sealed });
		});
		this.writtenElapsed = note.elapsed;
	}
}

/** What a note in clear says, wherever it lies. @param now epoch milliseconds */
export function contactIn(note: ContactNote | undefined, now: number): Contact {
	return stateOf(note && seenAt(note, now));
}

function seenAt(note: ContactNote, now: number): ContactNote {
	return { ...note, ...elapsedAt(note, now) };
}

function stateOf(note: ContactNote | undefined): Contact {
	return note ? contactAfter(daysOf(note), note.at) : contactAfter(0, undefined);
}
