import type { CaseGround } from '#lib/domain/decision/decision.ts';
import type { OpenFile } from '#lib/server/access/open-file.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { theDatabase, type Session } from '#lib/server/db/connection.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { registryKnowledge } from '#lib/server/decisions/registry-knowledge.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { namesOf } from '#lib/server/notices/case-reading.ts';
import { rowRules, type RegistryRowRules } from '#lib/server/read-models/child-rows.ts';
import { registryToday } from '../../../desk.server.ts';
import { peopleOf, reviewView, type ReviewView } from './review-view.server.ts';

export interface OpenReview extends ReviewView {
	/** Of people the reader's scope knows, by id. */
	readonly names: Readonly<Record<string, string>>;
	/** Of institutions, by id. */
	readonly houses: Readonly<Record<string, string>>;
}

/** The review of a file that is open already, for the page and for the pane beside the board. */
export async function openReview(
	session: Session,
	user: SignedInUser,
	{ caseFile }: OpenFile
): Promise<{ readonly ground: CaseGround; readonly rules: RegistryRowRules; readonly review: OpenReview }> {
	const rules = await rowRules(session);
	const own = await groundOf(session, caseFile, registryToday());
	// A house sees only claims it works on; that some wait to be screened counts for everybody.
	const registry = await theDatabase().inScope({ kind: 'registry' }, (inRegistry) =>
		registryKnowledge(inRegistry, caseFile.childId)
	);
	const ground = { ...own, registry };
	const view = reviewView(ground, rules, user);
	const institutions = await listInstitutions(session);
	const review = {
		...view,
		names: Object.fromEntries(await namesOf(session, peopleOf(view))),
		houses: Object.fromEntries(institutions.map(({ id, name }) => [id, name]))
	};
	return { ground, rules, review };
}
