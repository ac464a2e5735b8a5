import { error, fail, redirect } from '@sveltejs/kit';
import { purposeSchema, usualPurpose, type Purpose } from '#lib/domain/access/purpose.ts';
import { mayPrint, printParts, type PrintPart } from '#lib/domain/print/edition.ts';
import { numberOfChild } from '#lib/server/access/grants.ts';
import { scopeToRead } from '#lib/server/access/open-file.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { childOf, purposeIn, signedIn } from '../../../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	const parts = printParts.filter((part) => mayPrint(part, user.role));
	if (parts.length === 0) error(404, 'child_unknown');
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, new Date());
	const child = await database.inScope(scope, (session) => numberOfChild(session, childId));
	if (!child) error(404, 'child_unknown');
	const asked = url.searchParams.get('edition') === 'own' ? 'own' : 'file';
	return {
		childId,
		// The number and nothing else: the file is opened on the next page, where the reading is written down.
		caseNumber: child.caseNumber,
		parts,
		part: parts.find((part) => part === asked),
		purpose: purposeIn(url) ?? usualPurpose[user.role]
	};
};

interface ChosenFault {
	readonly part: PrintPart | undefined;
	readonly purpose: Purpose | undefined;
	readonly faults: readonly {
		readonly field: 'part' | 'purpose';
		readonly because: 'partMissing' | 'purposeMissing';
	}[];
}

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const part = printParts.find((known) => known === data.get('part') && mayPrint(known, user.role));
		const purpose = purposeSchema.safeParse(data.get('purpose'));
		if (!part || !purpose.success) {
			return fail<ChosenFault>(400, {
				part,
				purpose: purpose.data,
				faults: [
					...(part ? [] : [{ field: 'part' as const, because: 'partMissing' as const }]),
					...(purpose.success ? [] : [{ field: 'purpose' as const, because: 'purposeMissing' as const }])
				]
			});
		}
		// The child's own copy has one purpose.
		redirect(303, `/desk/child/${childId}/print/${part}?for=${part === 'own' ? 'child_asks' : purpose.data}`);
	}
};
