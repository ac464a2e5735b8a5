import { entryText, type Entry } from '#lib/domain/case-file/entry.ts';
import {
	framePhoto,
	sealedEntriesSchema,
	sealedPhotoHeadSchema,
	unframePhoto,
	type SealedKind
} from '#lib/sync/sealed.ts';
import type { ChainHead } from './authoring.ts';
import { base64url, textOf, utf8, type Bytes } from './bytes.ts';
import { RecordDamaged, type Cipher } from './cipher.ts';
import { Journal, JournalMoved, type JournalRecord } from './journal.ts';
import type { JournalDisk } from './journal-disk.ts';
import type { OwnPhoto } from './ledger.ts';
import { fromBase64url, openBody, sealBody, sealKey } from './outbox-seal.ts';

/*
 * Between the vault and its journal: seals what is saved for both who may open it, and opens the tablet's copy again. The
 * caller holds the write lock.
 */

/** Who seals: all of it is in memory only while the vault is open. */
export interface Sealer {
	readonly cipher: Cipher;
	readonly deviceId: string;
	/** The registry's; undefined while the tablet has not heard it. */
	readonly sealingKey: string | undefined;
	readonly random: (length: number) => Bytes;
}

/** Seals one save into the journal and flushes it. @returns its number */
export async function keepEntries(
	journal: Journal,
	sealer: Sealer,
	texts: readonly string[],
	chain: { readonly first: number; readonly head: ChainHead },
	at: string,
	floor: number
): Promise<number> {
	const plaintext = utf8(JSON.stringify({ entries: texts }));
	return keep(journal, sealer, 'entries', plaintext, at, floor, {
		seq: [chain.first, chain.head.deviceSeq],
		previous: chain.head.previous ?? undefined
	});
}

/** The same for a photo's original. */
export async function keepPhoto(
	journal: Journal,
	sealer: Sealer,
	photo: OwnPhoto,
	bytes: Bytes,
	floor: number
): Promise<number> {
	const { sha256, childId, itemId, mediaType } = photo;
	const head = utf8(JSON.stringify({ sha256, childId, itemId, mediaType }));
	return keep(journal, sealer, 'photo', framePhoto(head, bytes), photo.recordedAt, floor, {
		seq: undefined,
		previous: undefined
	});
}

async function keep(
	journal: Journal,
	sealer: Sealer,
	kind: 'entries' | 'photo',
	plaintext: Bytes,
	at: string,
	floor: number,
	chain: Pick<JournalRecord, 'seq' | 'previous'>
): Promise<number> {
	for (let attempt = 1; ; attempt++) {
		const number = Math.max(journal.next, floor);
		const place = { deviceId: sealer.deviceId, number, kind };
		const { recordKey, body } = await sealBody(plaintext, place, sealer.random);
		const own = base64url(await sealer.cipher.seal('journal', number, recordKey));
		const copy = await copyFor(sealer, recordKey, number, kind);
		recordKey.fill(0);
		try {
			await journal.keep({ number, kind, at, own, copy, ...chain, body });
			return number;
		} catch (cause) {
			if (!(cause instanceof JournalMoved) || attempt === 10) throw cause;
		}
	}
}

/** A sealing key that is none keeps nothing from being saved: the tablet's copy is there, and a right key may come. */
async function copyFor(
	{ sealingKey, deviceId }: Pick<Sealer, 'sealingKey' | 'deviceId'>,
	recordKey: Bytes,
	number: number,
	kind: SealedKind
): Promise<JournalRecord['copy']> {
	if (sealingKey === undefined) return undefined;
	return { ...(await sealKey(recordKey, { deviceId, number, kind }, sealingKey)), to: sealingKey };
}

/** Seals to the registry what was saved before its key, or this key, was known. */
export async function addCopies(journal: Journal, sealer: Sealer): Promise<void> {
	const copies: { n: number; copy: NonNullable<JournalRecord['copy']> }[] = [];
	for (const record of journal.records) {
		if (sealer.sealingKey === undefined || record.copy?.to === sealer.sealingKey) continue;
		const recordKey = await recordKeyOf(record, sealer.cipher);
		const copy = recordKey && (await copyFor(sealer, recordKey, record.number, record.kind));
		if (copy) copies.push({ n: record.number, copy });
	}
	await journal.addCopies(copies);
}

/** The entries of one record as they were signed; undefined where it does not open. */
export async function entriesIn(
	journal: Journal,
	record: JournalRecord,
	{ cipher, deviceId }: Pick<Sealer, 'cipher' | 'deviceId'>
): Promise<readonly unknown[] | undefined> {
	const plaintext = await opened(journal, record, cipher, deviceId);
	if (!plaintext) return undefined;
	const { entries } = sealedEntriesSchema.parse(JSON.parse(textOf(plaintext)));
	return entries.map((text): unknown => JSON.parse(text));
}

/** The photo of one record; undefined where it does not open. Inverse of `keepPhoto`. */
export async function photoIn(
	journal: Journal,
	record: JournalRecord,
	{ cipher, deviceId }: Pick<Sealer, 'cipher' | 'deviceId'>
): Promise<{ photo: OwnPhoto; bytes: Bytes } | undefined> {
	const plaintext = await opened(journal, record, cipher, deviceId);
	const parts = plaintext && unframePhoto(plaintext);
	if (!parts) return undefined;
	const head = sealedPhotoHeadSchema.parse(JSON.parse(textOf(parts.head)));
	const bytes = parts.bytes.slice();
	return {
		photo: { ...head, bytes: bytes.length, recordedAt: record.at, delivery: { state: 'waiting' } },
		bytes
	};
}

async function opened(
	journal: Journal,
	record: JournalRecord,
	cipher: Cipher,
	deviceId: string
): Promise<Bytes | undefined> {
	const [recordKey, body] = [await recordKeyOf(record, cipher), await journal.bodyOf(record)];
	if (!recordKey || !body) return undefined;
	return openBody(recordKey, body, { deviceId, number: record.number, kind: record.kind });
}

async function recordKeyOf(record: JournalRecord, cipher: Cipher): Promise<Bytes | undefined> {
	try {
		return await cipher.open('journal', record.number, fromBase64url(record.own));
	} catch (cause) {
		if (cause instanceof RecordDamaged) return undefined;
		throw cause;
	}
}

export function textsOf(entries: readonly Entry[]): string[] {
	return entries.map(entryText);
}

/**
 * One file of everything that waits and that the registry can open. Read piece by piece: a month of photos does not fit in
 * memory, and a Blob of many does.
 */
export function exportOf(journal: Journal, deviceId: string, at: string): Promise<Blob> {
	return journal.reading(() => linesOf(journal, deviceId, at));
}

async function linesOf(journal: Journal, deviceId: string, at: string): Promise<Blob> {
	const sendable = journal.records.filter(({ copy }) => copy);
	const head = { is: 'lampkeep-outbox', version: 1, deviceId, at, records: sendable.length };
	const parts: Blob[] = [new Blob([`${JSON.stringify(head)}\n`])];
	for (const record of sendable) {
		const body = await journal.bodyOf(record);
		if (!body || !record.copy) continue;
		const { number, kind, copy } = record;
		const line = { number, kind, enc: copy.enc, key: copy.key, body: base64url(body) };
		parts.push(new Blob([`${JSON.stringify(line)}\n`]));
	}
	return new Blob(parts, { type: 'application/x-ndjson' });
}

/** Where the files are, and the journal in them. */
export interface Safe {
	readonly disk: JournalDisk;
	readonly journal: Journal;
}
