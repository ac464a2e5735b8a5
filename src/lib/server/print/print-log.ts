import { z } from 'zod';
import { printParts, type PrintPart } from '#lib/domain/print/edition.ts';
import { sha256Schema, type ChildId, type Sha256 } from '#lib/domain/ids.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';

/*
 * Every print is a line of the audit, and the foot of every page names that line: a sheet found in a corridor leads to who
 * printed it, when, and from which version of the file. What stands at the foot is read back from the line, so that paper
 * and log cannot differ.
 */

export interface NewPrint {
	readonly part: PrintPart;
	/** The count of entries of the file it was made from. */
	readonly version: number;
	/** The newest snapshot that reviewers signed. */
	readonly snapshot: Sha256 | undefined;
}

export interface PrintRecord extends NewPrint {
	/** The number of the audit's line. */
	readonly number: number;
	readonly at: string;
}

/** Writes down that somebody opened a part of a file for printing. */
export async function logPrint(
	session: Session,
	user: SignedInUser,
	childId: ChildId,
	{ part, version, snapshot }: NewPrint
): Promise<number> {
	return writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: 'child.printed',
		childId,
		details: { edition: part === 'own' ? 'own' : 'full', part, version, ...(snapshot && { snapshot }) }
	});
}

const rowSchema = z.object({
	number: z.number(),
	at: z.string(),
	details: z.object({ part: z.enum(printParts), version: z.number(), snapshot: sha256Schema.optional() })
});

/** A print of this child that this person made; undefined for everybody else's. */
export async function printRecord(
	session: Session,
	user: SignedInUser,
	childId: ChildId,
	number: number
): Promise<PrintRecord | undefined> {
	const { rows } = await session.query(
		`SELECT id AS number, at, details FROM audit_events
		WHERE id = $1 AND child_id = $2 AND user_id = $3 AND action = 'child.printed'`,
		[number, childId, user.id]
	);
	if (rows.length === 0) return undefined;
	const { details, ...line } = rowSchema.parse(rows[0]);
	return { ...line, part: details.part, version: details.version, snapshot: details.snapshot };
}
