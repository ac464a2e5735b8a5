import { z } from 'zod';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { fold, items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import type { ChildRow, DutyCode } from '../case-file/child-row.ts';
import { parseEntry, type Entry, type EntryType, type ParsedEntry } from '../case-file/entry.ts';
import { withVersion, type Version, type Versions } from '../case-file/versions.ts';
import type { EntryId, Sha256 } from '../ids.ts';
import { answersSchema, type Answer, type Answers, type FieldKey } from '../intake/fields.ts';
import { err, ok, type Result } from '../result.ts';
import { joinBytes, packText, unpackText } from './pack-text.ts';

/*
 * The hand-over sheet (移交单): what a house needs to know of a child it receives while neither side has a network. It is
 * printed, or shown on the screen, as QR codes (codes.ts) and travels with the child like its papers; whoever finds it can
 * read it. So it leaves out what a stranger must not learn (docs/adr/0017): the own account, everything medical, every fact
 * by which a family is told from others, claims and halts. It opens nothing at the registry.
 *
 * Two kinds of things are on it, and the receiving screen tells them apart:
 *   entries  as they were signed: `sent`, and others that hold nothing to be left out. Nobody can check the signatures
 *            without the registry, whose copies take their place at the next contact.
 *   said     answers whose entry also holds something to be left out: the sender's word, without a signature.
 */

/** The answers a sheet may say: who the child is, and from when the law counts. None by which a family is recognised. */
export const sheetFields = [
	'nameGiven',
	'nameAssigned',
	'namePinyin',
	'sex',
	'birth',
	'birthMethod',
	'caseNumber',
	'admissionBasis',
	'handoverDate',
	'noticeNumber',
	'noticeDate',
	'issuingBureau'
] as const satisfies readonly FieldKey[];

/** The papers whose dates clocks hang on. */
const sheetPapers: readonly string[] = ['DOC-A', 'DOC-B', 'DOC-D'];

export type SentEntry = Extract<Entry, { type: 'handover.sent' }>;

export interface HandoverSheet {
	/** The hand-over, as it was signed. */
	readonly sent: unknown;
	/** Other entries of the child as they were signed, the most important first. */
	readonly entries: readonly unknown[];
	readonly said: Answers;
	/** The house that hands the child over, in its own words; a roster knows better. */
	readonly by: { readonly name: string; readonly phone?: string | undefined };
	/** Of the photo whose entry the sheet carries. */
	readonly portrait: { readonly sha256: Sha256; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;
}

/** The most a portrait on a sheet may weigh, bytes. */
export const sheetPortraitMaximum = 2000;
/** Text of a sheet after unpacking, bytes: a small code must not grow without end. */
export const sheetTextMaximum = 64 * 1024;

/**
 * What of a file goes onto a sheet, the most important first: `sent` itself, how the child came here, the papers and the
 * notice that clocks start from, that the intake is complete, the portrait's entry.
 *
 * @param asSigned every entry of the child as it was signed
 * @param sent the hand-over that the sheet is about
 */
export function sheetFor(
	file: CaseFile,
	asSigned: readonly unknown[],
	sent: EntryId,
	by: HandoverSheet['by']
): Omit<HandoverSheet, 'portrait'> | undefined {
	const raw = new Map(asSigned.map((entry) => [idOf(entry), entry]));
	const own = raw.get(sent);
	if (own === undefined) return undefined;
	const carried = carriedEntries(file).filter((id) => id !== sent && raw.has(id));
	const told = new Set(
		carried.flatMap((id) => {
			const parsed = file.entries.get(id);
			return parsed?.known && parsed.entry.type === 'intake.recorded' ? Object.keys(parsed.entry.payload.answers) : [];
		})
	);
	const said: Record<string, Answer<unknown>> = {};
	for (const key of sheetFields) {
		const value = knownValue(file, key);
		if (value !== undefined && !told.has(key)) said[key] = { state: 'known', value };
	}
	return { sent: own, entries: carried.map((id) => raw.get(id)), said: said as Answers, by };
}

/** The photo whose small copy the sheet shows: the newest front one that has no words of its own. */
export function sheetPortrait(file: CaseFile): { readonly entryId: EntryId; readonly sha256: Sha256 } | undefined {
	const photo = items(file, 'photo').findLast(({ value }) => value.view === 'front' && value.caption === undefined);
	return photo && { entryId: photo.version.entryId, sha256: photo.value.sha256 };
}

function carriedEntries(file: CaseFile): readonly EntryId[] {
	const handovers = [...items(file, 'handoverSent'), ...items(file, 'handoverReceived')];
	const papers = items(file, 'document').filter(
		({ value }) => sheetPapers.includes(value.code) && value.note === undefined && value.accepted === undefined
	);
	// A notice that was taken down says why, and without that its approval would start a clock: then neither is told.
	const steps = [...file.noticeSteps.values()];
	const approvals = steps.some(({ step }) => step === 'taken_down')
		? []
		: steps.filter(({ step }) => step === 'approved');
	const corrections = [...file.entries.values()].flatMap(({ known, entry }) =>
		known && entry.type === 'intake.recorded' && isSayable(entry.payload.answers) ? [entry.id] : []
	);
	const portrait = sheetPortrait(file);
	return [
		...handovers.map(({ version }) => version.entryId),
		...approvals.map(({ origin }) => origin.entryId),
		...papers.map(({ version }) => version.entryId),
		...file.submitted.slice(0, 1).map(({ entryId }) => entryId),
		...corrections,
		...(portrait ? [portrait.entryId] : [])
	];
}

/**
 * Whether an entry is one that a sheet of ours carries. Whoever makes a sheet up could otherwise close claims or confirm an exit
 * on the screen of the house that scans it. Of a newer version's payload only the type is known.
 */
function isCarriable({ known, entry }: ParsedEntry): boolean {
	if (!known) return carriedTypes.has(entry.type);
	switch (entry.type) {
		case 'intake.recorded':
			return isSayable(entry.payload.answers);
		case 'document.recorded': {
			const { code, note, accepted } = entry.payload.document;
			return sheetPapers.includes(code) && note === undefined && accepted === undefined;
		}
		case 'photo.added':
			return entry.payload.photo.caption === undefined;
		default:
			return carriedTypes.has(entry.type);
	}
}

/** Types of entries that `carriedEntries` finds. */
const carriedTypes: ReadonlySet<string> = new Set<EntryType>([
	'handover.sent',
	'handover.received',
	'notice.approved',
	'document.recorded',
	'intake.submitted',
	'intake.recorded',
	'photo.added'
]);

/** True where everything answered may stand on a sheet. */
function isSayable(answers: Answers): boolean {
	return Object.keys(answers).every((key) => (sheetFields as readonly string[]).includes(key));
}

const contentSchema = z.strictObject({
	s: z.unknown(),
	e: z.array(z.unknown()).max(60),
	a: answersSchema,
	b: z.strictObject({ n: z.string().max(200), p: z.string().max(40).optional() }),
	/** SHA-256 of the photo the portrait is of. */
	f: z
		.string()
		.regex(/^[0-9a-f]{64}$/)
		.optional()
});

/** The parts a sheet is made of, before its text is compressed. */
export interface SheetParts {
	readonly text: string;
	readonly values: Uint8Array;
	readonly portrait: Uint8Array;
}

/** Inverse of `readSheet`. */
export function sheetParts({ sent, entries, said, by, portrait }: HandoverSheet): SheetParts {
	const content = {
		s: sent,
		e: entries,
		a: said,
		b: { n: by.name, ...(by.phone !== undefined && { p: by.phone }) },
		...(portrait && { f: portrait.sha256 })
	};
	return { ...packText(canonicalJson(content as unknown as Json)), portrait: portrait?.bytes ?? new Uint8Array() };
}

/** u16 length of the portrait, u16 length of the values, both, then the compressed text. Inverse of `splitSheet`. */
export function joinSheet(portrait: Uint8Array, values: Uint8Array, compressed: Uint8Array): Uint8Array<ArrayBuffer> {
	return joinBytes([u16(portrait.length), u16(values.length), portrait, values, compressed]);
}

/** Undefined for bytes that are too short for what they say. */
export function splitSheet(
	bytes: Uint8Array<ArrayBuffer>
): { portrait: Uint8Array<ArrayBuffer>; values: Uint8Array; compressed: Uint8Array<ArrayBuffer> } | undefined {
	const [a = 0, b = 0, c = 0, d = 0] = bytes;
	const portraitEnd = 4 + a * 256 + b;
	const valuesEnd = portraitEnd + c * 256 + d;
	if (bytes.length <= valuesEnd) return undefined;
	return {
		portrait: bytes.slice(4, portraitEnd),
		values: bytes.slice(portraitEnd, valuesEnd),
		compressed: bytes.slice(valuesEnd)
	};
}

function u16(length: number): Uint8Array {
	if (length > 0xffff) throw new RangeError('Too long for a sheet');
	return Uint8Array.of(length >> 8, length & 0xff);
}

/** Why the bytes of a whole sheet are none. `path` names the place, in dots. */
export interface SheetFault {
	readonly type: 'sheet_invalid';
	readonly path: string;
}

/** A sheet that was read, with its entries. */
export interface ReadSheet {
	readonly sheet: HandoverSheet;
	readonly sent: SentEntry;
	/** `sent` among them. */
	readonly entries: readonly ParsedEntry[];
}

/** Reads what a sheet says. All entries must be of one child, and the first the hand-over. Inverse of `sheetParts`. */
export function readSheet({ portrait, ...packed }: SheetParts): Result<ReadSheet, SheetFault> {
	const fault = (path: string) => err({ type: 'sheet_invalid', path } as const);
	const json = unpackText(packed);
	const input = json === undefined ? undefined : parsedJson(json);
	const content = contentSchema.safeParse(input);
	if (!content.success) return fault((content.error.issues[0]?.path ?? []).join('.'));
	if (portrait.length > sheetPortraitMaximum) return fault('portrait');
	const { s, e, a, b, f } = content.data;
	return readEntries({
		sent: s,
		entries: e,
		said: a,
		by: { name: b.n, ...(b.p !== undefined && { phone: b.p }) },
		portrait:
			f !== undefined && portrait.length > 0 ? { sha256: f as Sha256, bytes: new Uint8Array(portrait) } : undefined
	});
}

/** The entries of a sheet that was kept. */
export function readEntries(sheet: HandoverSheet): Result<ReadSheet, SheetFault> {
	const fault = (path: string) => err({ type: 'sheet_invalid', path } as const);
	const sent = parseEntry(sheet.sent);
	if (!sent.ok || !sent.value.known || sent.value.entry.type !== 'handover.sent') return fault('sent');
	const { entry } = sent.value;
	const entries: ParsedEntry[] = [sent.value];
	for (const [i, raw] of sheet.entries.entries()) {
		const parsed = parseEntry(raw);
		if (!parsed.ok || parsed.value.entry.childId !== entry.childId || !isCarriable(parsed.value))
			return fault(`entries.${i}`);
		entries.push(parsed.value);
	}
	if (!isSayable(sheet.said)) return fault('said');
	return ok({ sheet, sent: entry, entries });
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * The file of a child that came with a sheet: what this tablet has, and what the sheet carries where the tablet has nothing.
 * Once the hand-over itself is among the entries, they came from the registry, and the sheet says nothing any more.
 */
export function fileWithSheet(entries: readonly ParsedEntry[], { sheet, sent, entries: carried }: ReadSheet): CaseFile {
	if (entries.some(({ entry }) => entry.id === sent.id)) return fold(sent.childId, entries);
	const known = new Set(entries.map(({ entry }) => entry.id));
	const file = fold(sent.childId, [...entries, ...carried.filter(({ entry }) => !known.has(entry.id))]);
	const fields: Record<string, Versions<unknown>> = { ...file.fields };
	const { id: entryId, childId, occurredOn, recordedAt, staffId, institutionId, deviceId } = sent;
	for (const [key, value] of Object.entries(sheet.said)) {
		if (fields[key] !== undefined) continue;
		const version: Version<unknown> = {
			entryId,
			childId,
			occurredOn,
			recordedAt,
			staffId,
			institutionId,
			deviceId,
			value,
			replaces: []
		};
		fields[key] = withVersion(undefined, version);
	}
	return { ...file, fields: fields as CaseFile['fields'] };
}

/** Duties that a file made of a sheet may ask for: for the others it only looks as if something were missing. */
const dutiesOnSheet: readonly DutyCode[] = ['station_handover', 'receive_handover', 'notice_ends', 'hold_ends'];

/** The line of a child of whom the tablet has no more than a sheet. */
export function rowWithSheet(row: ChildRow): ChildRow {
	return { ...row, duties: row.duties.filter(({ code }) => dutiesOnSheet.includes(code)) };
}

/** How a sheet stands to the tablet that scanned it. */
export type SheetStanding =
	| { readonly type: 'ready' }
	/** This house already recorded that it received the child of this hand-over. */
	| { readonly type: 'received'; readonly on: string }
	/** The sheet names another house. */
	| { readonly type: 'other_house' }
	/** The sheet is this house's own. */
	| { readonly type: 'own' }
	/** The sender took the hand-over back, as far as this tablet has heard. */
	| { readonly type: 'withdrawn' };

/**
 * What to tell whoever scanned a sheet. Facts are never refused: all but `own` and `received` may still be recorded.
 *
 * @param file what this tablet knows of the child, if anything
 * @param house this tablet's
 */
export function sheetStanding({ sent }: ReadSheet, file: CaseFile | undefined, house: string): SheetStanding {
	if (sent.institutionId === house) return { type: 'own' };
	const received =
		file &&
		items(file, 'handoverReceived').findLast(
			({ value, version }) =>
				version.institutionId === house && value.from === sent.institutionId && version.occurredOn >= sent.occurredOn
		);
	if (received) return { type: 'received', on: received.version.occurredOn };
	if (
		file?.items.handoverSent.has(sent.payload.itemId) &&
		!items(file, 'handoverSent').some(({ itemId }) => itemId === sent.payload.itemId)
	)
		return { type: 'withdrawn' };
	return sent.payload.handover.to === house ? { type: 'ready' } : { type: 'other_house' };
}

function idOf(raw: unknown): EntryId | undefined {
	return typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string'
		? (raw.id as EntryId)
		: undefined;
}
