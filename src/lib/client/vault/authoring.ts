import {
	entryText,
	entryTypes,
	parseEntry,
	signedText,
	type Entry,
	type UnsignedEntry
} from '#lib/domain/case-file/entry.ts';
import type { DeviceId, EntryId, InstitutionId, Sha256, StaffId } from '#lib/domain/ids.ts';
import { uuidTime, uuidV7 } from '#lib/domain/ids.ts';
import type { Fact } from '../tablet.ts';
import { base64url, sha256Hex, utf8, type Bytes } from './bytes.ts';

/** Who writes, on which tablet, with which key. */
export interface Author {
	readonly staffId: StaffId;
	readonly institutionId: InstitutionId;
	readonly deviceId: DeviceId;
	readonly signingKey: CryptoKey;
}

/** Where the tablet's chain of entries stands. */
export interface ChainHead {
	readonly deviceSeq: number;
	/** SHA-256 of the newest entry's text; null before the first. */
	readonly previous: string | null;
}

export interface Clock {
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Minutes east of UTC at that instant. */
	readonly offsetMinutes: (epochMs: number) => number;
}

/** A fact that its own schema refuses: the form that made it has a fault. Names the field. */
export class FactInvalid extends Error {
	override readonly name = 'FactInvalid';
}

/**
 * Makes the entries of facts, in order: id, clock, author, sequence, chain and signature.
 *
 * @param newest the id of the tablet's newest entry. The next ids sort behind it, whatever the clock says by now: of two
 *   answers that contradict each other, a file shows them in the order in which they were given
 * @throws FactInvalid before anything is kept
 */
export async function author(
	facts: readonly Fact[],
	head: ChainHead,
	who: Author,
	{ clock, random }: { clock: Clock; random: (length: number) => Bytes },
	newest: EntryId | undefined
): Promise<{ entries: Entry[]; head: ChainHead }> {
	const payloads = facts.map(checkedPayload);
	const entries: Entry[] = [];
	let { deviceSeq, previous } = head;
	let idTime = newest === undefined ? 0 : uuidTime(newest);
	for (const [i, fact] of facts.entries()) {
		const now = clock.now();
		deviceSeq += 1;
		idTime = Math.max(now, idTime + 1);
		const unsigned = {
			id: uuidV7(idTime, random(10)) as EntryId,
			childId: fact.childId,
			type: fact.type,
			version: entryTypes[fact.type].version,
			replaces: [...fact.replaces],
			occurredOn: fact.occurredOn,
			recordedAt: instantWithOffset(now, clock.offsetMinutes(now)),
			staffId: who.staffId,
			institutionId: who.institutionId,
			deviceId: who.deviceId,
			deviceSeq,
			previous: previous as Sha256 | null,
			payload: payloads[i]
		} as UnsignedEntry;
		const entry: Entry = { ...unsigned, signature: await sign(who.signingKey, signedText(unsigned)) };
		const text = entryText(entry);
		mustBeReadable(entry, utf8(text).length);
		previous = await sha256Hex(text);
		entries.push(entry);
	}
	return { entries, head: { deviceSeq, previous } };
}

/** What the store could not read again, or the registry would not take, must not be called saved. */
function mustBeReadable(entry: Entry, bytes: number): void {
	const read = parseEntry(entry, bytes);
	if (read.ok) return;
	throw new FactInvalid(`${entry.type}: ${'path' in read.error ? read.error.path : ''} ${read.error.type}`);
}

/** ECDSA P-256 with SHA-256 over the text in UTF-8; 64 bytes r‖s as base64url. */
export async function sign(key: CryptoKey, text: string): Promise<string> {
	return base64url(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8(text))));
}

/** The payload as its schema reads it (trimmed, without undefined members): what is signed is what others will read. */
function checkedPayload(fact: Fact): unknown {
	const parsed = entryTypes[fact.type].payload.safeParse(fact.payload);
	if (parsed.success) return JSON.parse(JSON.stringify(parsed.data));
	const issue = parsed.error.issues[0];
	throw new FactInvalid(`${fact.type}: payload.${(issue?.path ?? []).join('.')} ${issue?.message ?? 'invalid'}`);
}

/** `2026-11-22T20:05:33.120+08:00`: the wall clock of the tablet with its offset. */
export function instantWithOffset(epochMs: number, offsetMinutes: number): string {
	const wall = new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, -1);
	const minutes = Math.abs(offsetMinutes);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${wall}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
