import { error, fail, redirect } from '@sveltejs/kit';
import { childIdSchema } from '#lib/domain/ids.ts';
import { childNumbered } from '#lib/server/claims/child-numbered.ts';
import { workClaim, type ClaimDeskFault } from '#lib/server/claims/desk.ts';
import { theClaimDesk } from '#lib/server/claims/the-claim-desk.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { readCandidate } from '#lib/server/matching/candidates.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { formTitles } from '#lib/messages/claims-desk.ts';
import { typedTexts } from '../../child/[id]/leaving/typed.server.ts';
import { versionIn } from '../../child/[id]/version.server.ts';
import { purposeIn } from '../../desk.server.ts';
import { claimOf, claimWorker } from '../claims.server.ts';
import {
	readForm,
	type ClaimFormAnswer,
	type FormFault,
	type FormName,
	type ReadForm,
	type TypedForm
} from './forms.server.ts';
import { claimPage } from './view.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const formNames = Object.keys(formTitles) as readonly FormName[];
const dones = [...formNames, 'screen_blocks'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = claimWorker(locals, url);
	const page = await claimPage(user, claimOf(params), url, new Date());
	return {
		...page,
		purpose: purposeIn(url),
		done: dones.find((done) => done === url.searchParams.get('done'))
	};
};

export const actions: Actions = {
	link: (event) => work(event, 'link'),
	unlink: (event) => work(event, 'unlink'),
	screen: (event) => work(event, 'screen'),
	ask: (event) => work(event, 'ask'),
	noteEvidence: (event) => work(event, 'noteEvidence'),
	recordSample: (event) => work(event, 'recordSample'),
	appeal: (event) => work(event, 'appeal'),
	restore: (event) => work(event, 'restore'),
	reportKinship: (event) => work(event, 'reportKinship'),
	recordPoliceFinding: (event) => work(event, 'recordPoliceFinding'),
	assessFitness: (event) => work(event, 'assessFitness'),
	recordParentsAsk: (event) => work(event, 'recordParentsAsk'),
	proposeDecision: (event) => work(event, 'proposeDecision'),
	signDecision: (event) => work(event, 'signDecision'),
	returnDecision: (event) => work(event, 'returnDecision'),
	withdraw: (event) => work(event, 'withdraw')
};

/** What was judged on the child's file is taken only if that file is still what it was. */
const seenWithFile: readonly string[] = ['screen', 'proposeDecision', 'signDecision'];

async function work({ locals, params, url, request }: RequestEvent, form: FormName) {
	const user = claimWorker(locals, url);
	const claimId = claimOf(params);
	const data = await request.formData();
	const typed = { texts: typedTexts(data), ticked: data.getAll('topic').filter((topic) => typeof topic === 'string') };
	const { commands, faults } =
		form === 'link'
			? await theDatabase().inScope(scopeOf(user), (session) => readLink(session, claimId, typed))
			: readForm(form, typed);
	if (faults.length > 0) return fail<ClaimFormAnswer>(400, { in: form, ...typed, faults });

	const desk = await theClaimDesk();
	let version = versionIn(data);
	let isChildless = false;
	for (const command of commands) {
		const caseExpected = seenWithFile.includes(command.type) ? versionIn(data, 'caseVersion') : undefined;
		const done = await workClaim(desk, user, claimId, version, command, caseExpected);
		if (!done.ok) return refused(form, typed, done.error);
		version = done.value.version;
		isChildless = done.value.claim.childId === undefined;
	}
	// A house sees no claim that is about none of its children: the page would be gone.
	if (isChildless && scopeOf(user).kind === 'institution') redirect(303, `/desk/claims?done=${form}`);
	const blocks = form === 'screen' && typed.texts['verdict'] === 'plausible';
	const purpose = purposeIn(url);
	const query = new URLSearchParams({ done: blocks ? 'screen_blocks' : form, ...(purpose && { for: purpose }) });
	redirect(303, `/desk/claims/${claimId}?${query}`);
}

/** A link by a number that was typed, or to a child the comparison found. */
async function readLink(
	session: Parameters<typeof childNumbered>[0],
	claimId: ReturnType<typeof claimOf>,
	{ texts }: TypedForm
): Promise<ReadForm> {
	const wrong = (because: FormFault['because']): ReadForm => ({ commands: [], faults: [{ field: 'number', because }] });
	const candidate = childIdSchema.safeParse(texts['child']);
	if (candidate.success) {
		const found = await readCandidate(session, candidate.data, claimId);
		if (!found) return wrong('linkUnknown');
		return { commands: [{ type: 'link', childId: candidate.data, because: 'candidate' }], faults: [] };
	}
	const child = await childNumbered(session, texts['number'] ?? '');
	if (child === 'none') return wrong('linkNeeded');
	if (child === 'unknown') return wrong('linkUnknown');
	if (child === 'many') return wrong('linkMany');
	return { commands: [{ type: 'link', childId: child.childId, because: 'desk' }], faults: [] };
}

function refused(form: FormName, typed: TypedForm, fault: ClaimDeskFault) {
	if (fault.type === 'claim_unknown') error(404, 'claim_unknown');
	const lacksReason = fault.type === 'reason_needed';
	const isStale = fault.type === 'claim_changed' || fault.type === 'file_changed';
	return fail<ClaimFormAnswer>(isStale ? 409 : 400, {
		in: form,
		...typed,
		faults: lacksReason ? [{ field: 'note', because: 'noteNeeded' }] : [],
		...(!lacksReason && { refusal: fault })
	});
}
