import { z } from 'zod';
import { base64url, textOf, utf8, type Bytes } from './bytes.ts';
import { within, writeWhole, type JournalDisk } from './journal-disk.ts';
import { frame, readFrames } from './journal-frame.ts';
import { fromBase64url } from './outbox-seal.ts';

/*
 * What the tablet is, outside the database: enough to unlock, to sign requests and to go on where the database is gone. As
 * in the database, nothing in it is readable about a child, and no key in it opens a record.
 *
 * Two files are written by turns, each one frame with a number that grows: a crash leaves the older one whole.
 */

/** A row of the database that is no secret and no child: slots, the schema, what is counted. Bytes are kept as such. */
export type PlainRow = Readonly<Record<string, unknown>>;

export interface TabletFile {
	readonly deviceId: string;
	readonly institutionId: string;
	readonly institutionName: string;
	readonly publicKey: string;
	/** Whose orders the tablet believes. */
	readonly registryPublicKey: string | undefined;
	/** PKCS #8, base64url; missing on a tablet enrolled by a program that did not keep it. */
	readonly privateKey: string | undefined;
	readonly slots: readonly PlainRow[];
	/** Rows of `meta` other than the device and the head of the log. */
	readonly meta: readonly PlainRow[];
	/** The database in use: the first, or the bucket another was begun in because the first did not open. */
	readonly life: string | undefined;
}

const names = ['tablet-0', 'tablet-1'] as const;
const frameType = 9;
const headSchema = z.object({ generation: z.int() });
const rowSchema = z.record(z.string(), z.unknown());
const fileSchema = z.object({
	deviceId: z.string(),
	institutionId: z.string(),
	institutionName: z.string(),
	publicKey: z.string(),
	registryPublicKey: z.string().optional(),
	privateKey: z.string().optional(),
	slots: z.array(rowSchema),
	meta: z.array(rowSchema),
	life: z.string().optional()
});

/** The newest whole one; undefined where this tablet is not enrolled, or both are damaged. Inverse of `writeTablet`. */
export async function readTablet(disk: JournalDisk): Promise<TabletFile | undefined> {
	return (await copies(disk)).at(-1)?.tablet;
}

/** Writes over the older copy. Does nothing where the newest says the same. */
export async function writeTablet(disk: JournalDisk, tablet: TabletFile): Promise<void> {
	const found = await copies(disk);
	const text = JSON.stringify(tablet, bytesToText);
	const newest = found.at(-1);
	if (newest?.text === text) return;
	const name = names.find((candidate) => candidate !== newest?.name) ?? names[0];
	const bytes = frame(frameType, { generation: (newest?.generation ?? 0) + 1 }, utf8(text));
	for (const missing of names) if (!newest) await within(disk, missing, true, (file) => file.flush());
	await within(disk, name, true, (file) => {
		writeWhole(file, bytes);
	});
}

async function copies(disk: JournalDisk) {
	const found: { name: string; generation: number; text: string; tablet: TabletFile }[] = [];
	for (const name of names) {
		const bytes = await within(disk, name, false, (file) => file.read(0, file.size()));
		const [only] = bytes ? readFrames(bytes).frames : [];
		if (!only || only.type !== frameType) continue;
		const head = headSchema.safeParse(only.head);
		const text = textOf(only.body);
		const tablet = fileSchema.safeParse(JSON.parse(text, textToBytes));
		if (head.success && tablet.success)
			found.push({
				name,
				text,
				generation: head.data.generation,
				tablet: { privateKey: undefined, registryPublicKey: undefined, life: undefined, ...tablet.data }
			});
	}
	return found.sort((a, b) => a.generation - b.generation);
}

const bytesMark = '$bytes';

function bytesToText(_key: string, value: unknown): unknown {
	return value instanceof Uint8Array ? { [bytesMark]: base64url(value) } : value;
}

function textToBytes(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !(bytesMark in value)) return value;
	const text = value[bytesMark];
	const bytes: Bytes | undefined = typeof text === 'string' ? fromBase64url(text) : undefined;
	return bytes ?? value;
}
