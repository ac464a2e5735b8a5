import { error } from '@sveltejs/kit';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { knownValue } from '#lib/domain/case-file/case-file.ts';
import type { CaseGround } from '#lib/domain/decision/decision.ts';
import { casePrint } from '#lib/domain/print/case-print.ts';
import { editionOf, mayPrint, type PrintPart } from '#lib/domain/print/edition.ts';
import { reviewPrint } from '#lib/domain/print/review-print.ts';
import { sha256Schema } from '#lib/domain/ids.ts';
import type { Purpose } from '#lib/domain/access/purpose.ts';
import { roleNames } from '#lib/messages/accounts.ts';
import { translator } from '#lib/messages/message.ts';
import { printWords } from '#lib/messages/print.ts';
import { scopeToRead } from '#lib/server/access/open-file.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { theDatabase, type Session } from '#lib/server/db/connection.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { namesOf, scopeOf } from '#lib/server/notices/case-reading.ts';
import { logPrint, printRecord } from '#lib/server/print/print-log.ts';
import { sha256Of } from '#lib/server/sha256.ts';
import { childOf, registryToday, signedIn, wallTime, withFullFile } from '../../../desk.server.ts';

interface Opened {
	readonly locals: App.Locals;
	readonly params: { readonly id: string };
	readonly url: URL;
}

/** What every sheet is drawn from. */
export type PrintedPage = Awaited<ReturnType<typeof printed>>;

/**
 * Opens a part of a file for printing: a reading written down each time, and a line of the audit with edition and part, which
 * the foot of every page names.
 *
 * @throws 404 for a part this person may not print, as for a child that is not there
 */
export async function printed({ locals, params, url }: Opened, part: PrintPart) {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!mayPrint(part, user.role)) error(404, 'child_unknown');
	const edition = editionOf(part);
	// The child's own copy is made because the child asks, whatever this person opened the file for before.
	const opening = { what: 'print' as const, ...(part === 'own' && { purpose: 'child_asks' as Purpose }) };
	const pictures = scopeOf(user).kind === (await scopeToRead(theDatabase(), user, childId, new Date())).kind;
	return withFullFile(user, childId, url, opening, async (session, { caseFile, version }) => {
		const ground = await groundOf(session, caseFile, registryToday());
		const print = casePrint(ground, user.role, edition);
		const snapshot = sha256Schema.safeParse(print.snapshot).data;
		const number = await logPrint(session, user, childId, { part, version, snapshot });
		const record = await printRecord(session, user, childId, number);
		if (!record) throw new Error(`the print ${number} is not in the log`);
		return {
			childId,
			part,
			print,
			policy: ground.policy,
			caseNumber: knownValue(caseFile, 'caseNumber'),
			/** The pictures are let out to the child's own houses and the registry alone. */
			pictures,
			record,
			by: printedBy(user, part, wallTime(record.at)),
			houses: await housesOf(session),
			people:
				edition === 'own'
					? {}
					: Object.fromEntries(
							await namesOf(
								session,
								print.reviews.flatMap(({ signatures }) => signatures.map(({ staffId }) => staffId))
							)
						),
			review: part === 'review' ? sheetOf(ground) : undefined
		};
	});
}

/** Who printed it, as it stands at the foot of the pages. */
export function printedBy(user: SignedInUser, part: PrintPart, time: string): string {
	const t = translator('zh-CN');
	const house = user.institutionName;
	if (part === 'own') return t(printWords.printedAt, { time, house });
	return t(printWords.printedBy, { time, name: user.name, role: t(roleNames[user.role]), house });
}

function sheetOf(ground: CaseGround) {
	const sheet = reviewPrint(ground);
	return { ...sheet, hash: sha256Of(canonicalJson(sheet.evidence as Json)) };
}

async function housesOf(session: Session): Promise<Readonly<Record<string, string>>> {
	const { rows } = await session.query<{ id: string; name: string }>('SELECT id, name FROM institutions');
	return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
