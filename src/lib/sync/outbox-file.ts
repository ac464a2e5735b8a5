import { z } from 'zod';
import { deviceIdSchema, type DeviceId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/*
 * The file in which a tablet without a network carries out what is unsent (`Vault.exportUnsent`): a line of JSON that tells
 * what it is, then a line for each sealed record. Only the registry opens what is inside.
 */

/** The most such a file may weigh, bytes: what the desk takes at once. A tablet makes several where that is not enough. */
export const outboxFileMaximum = 15_000_000;

/** The first line. */
export const outboxHeadSchema = z.object({
	is: z.literal('lampkeep-outbox'),
	version: z.int().min(1),
	deviceId: deviceIdSchema,
	/** The tablet's clock. */
	at: z.string().max(40),
	records: z.int().min(0)
});

export interface OutboxFile {
	readonly deviceId: DeviceId;
	readonly at: string;
	/** As they stand there; each is judged by itself when it is opened. A line that is no JSON is kept as its text. */
	readonly records: readonly unknown[];
	/** Records the first line promised and that are not there: the copying was cut off. */
	readonly missing: number;
}

export type OutboxFileFault =
	{ readonly type: 'not_an_outbox' } | { readonly type: 'newer_version'; readonly version: number };

/** Reads the file's text. A file that was cut off in the middle still gives the records before the cut. */
export function readOutboxFile(text: string): Result<OutboxFile, OutboxFileFault> {
	const [first = '', ...lines] = text.split('\n');
	const head = outboxHeadSchema.safeParse(jsonOf(first));
	if (!head.success) return err({ type: 'not_an_outbox' });
	const { version, deviceId, at, records: promised } = head.data;
	if (version > 1) return err({ type: 'newer_version', version });
	const records = lines.filter((line) => line.trim() !== '').map((line) => jsonOf(line) ?? line);
	// The last line of a file that was cut off is half a record.
	if (records.length > 0 && typeof records.at(-1) === 'string' && !text.endsWith('\n')) records.pop();
	return ok({ deviceId, at, records, missing: Math.max(0, promised - records.length) });
}

function jsonOf(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
