import type { DeskEntry } from '#lib/domain/decision/decision.ts';
import { seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { judgeDocument, withdrawPaper, type PaperFault, type PaperGiven } from '#lib/domain/document/judge-document.ts';
import type { ChildId, EntryId, ItemId } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { listInstitutions } from '../accounts/institutions.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { numberElsewhere } from '../read-models/document-numbers.ts';
import { actorOf, decided, meansOf, type CaseDecisionFault, type CaseDesk } from './case-desk.ts';

export type PaperDeskFault = CaseDecisionFault | PaperFault;

/**
 * Files a paper or a correction of one. Its number is looked for in every file of the registry under this file's lock; two
 * desks that file one number at the same moment are told by the next look at either file, not here.
 */
export async function filePaper(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	given: PaperGiven
): Promise<Result<readonly EntryId[], PaperDeskFault>> {
	return decided<PaperFault>(desk, user, childId, expected, async (ground, session) => {
		const reader = seesEveryHouse.includes(user.role) ? 'everything' : user.institutionId;
		const elsewhere = await numberElsewhere(session, childId, given.document.number, reader);
		const houses = (await listInstitutions(session)).map(({ name }) => name);
		return judgeDocument(ground, actorOf(user), given, elsewhere, houses, meansOf(desk));
	});
}

/** Takes a paper, or one picture of it, off the lists. */
export async function withdrawDocument(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	itemId: ItemId,
	reason: string
): Promise<Result<readonly EntryId[], PaperDeskFault>> {
	return decided<PaperFault>(desk, user, childId, expected, (ground): Result<readonly DeskEntry[], PaperFault> =>
		withdrawPaper(ground, actorOf(user), itemId, reason)
	);
}
