import { error } from '@sveltejs/kit';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { filesOf } from '#lib/domain/case-file/case-file.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import { fieldKeys } from '#lib/domain/intake/fields.ts';
import { printedCare, printedFields, printsJustice } from '#lib/domain/print/edition.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { asideEntry } from '#lib/server/entry-log/set-aside.ts';
import { namesOf, scopeOf } from '#lib/server/notices/case-reading.ts';
import { childOf, wallTime, withFullFile } from '../../../../desk.server.ts';
import { seer } from '../../../../aside/aside.server.ts';
import type { PageServerLoad } from './$types';

/*
 * What one entry says that was set aside: for whom its list is (the tablet's own house, or the registry), and who may open the
 * child's file; the opening is written down as one of the file.
 */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = seer(locals, url);
	const childId = childOf(params);
	const id = /^\d{1,15}$/.test(params.n) ? Number(params.n) : undefined;
	const aside = id === undefined ? undefined : await theDatabase().inScope(scopeOf(user), (s) => asideEntry(s, id));
	if (!aside?.parsed) error(404, 'child_unknown');
	const { parsed, receivedAt, reason, proved } = aside;
	return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile }) => {
		const files = filesOf(caseFile).map((file) => file.childId);
		if (!files.includes(parsed.entry.childId)) error(404, 'child_unknown');
		const names = await namesOf(session, [parsed.entry.staffId]);
		const houses = await listInstitutions(session);
		return {
			childId,
			reason,
			receivedAt: wallTime(receivedAt),
			author: { name: names.get(parsed.entry.staffId), proved },
			type: parsed.entry.type,
			occurredOn: parsed.entry.occurredOn,
			recordedAt: wallTime(parsed.entry.recordedAt),
			houses: houses.map(({ id: house, name }) => ({ id: house, name })),
			...saidTo(user.role, parsed)
		};
	});
};

/** As much of an entry as this role reads of a file; `withheld` where that is not all of it. */
function saidTo(role: Role, parsed: ParsedEntry) {
	if (!parsed.known) return { fields: [], parsed, withheld: false };
	const { entry } = parsed;
	if (entry.type === 'intake.recorded') {
		const readable = printedFields('full', role);
		const told = fieldKeys.flatMap((key) => {
			const answer = entry.payload.answers[key];
			return answer === undefined ? [] : [{ key, answer }];
		});
		const fields = told.filter(({ key }) => readable.includes(key));
		return { fields, parsed: undefined, withheld: fields.length < told.length };
	}
	const reads =
		entry.type === 'care.recorded'
			? printedCare('full', role).includes(entry.payload.care.kind)
			: !entry.type.startsWith('flag.') || printsJustice('full', role);
	return reads ? { fields: [], parsed, withheld: false } : { fields: [], parsed: undefined, withheld: true };
}
