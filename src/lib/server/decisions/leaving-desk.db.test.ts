import { expect, test, vi } from 'vitest';
import { exitReasons, type Exit, type ExitReason } from '#lib/domain/leaving/exit.ts';
import { adopterSchema, type Adopter } from '#lib/domain/leaving/adopter.ts';
import type { ClaimId, ItemId } from '#lib/domain/ids.ts';
import { decisionsOf, items } from '#lib/domain/case-file/case-file.ts';
import { openAdoption } from '#lib/domain/decision/adoption.ts';
import { noticeOr404 } from '../../../routes/(public)/[[lang=lang]]/notice/[number]/notice.server.ts';
import { caseOffice, registryScope, signedIn, type CaseOffice } from '../../../../tests/support/case-office.ts';
import {
	certifiedChild,
	childToBeAdopted,
	day,
	receivedChild,
	type LeavingStory
} from '../../../../tests/support/leaving-story.ts';
import { childId, houseId } from '../../../../tests/support/notice-story.ts';
import { readAudit } from '../audit/audit.ts';
import type { NoticeBoard } from '../notices/board.ts';
import { listChildren, readCase } from '../notices/case-reading.ts';
import { adopterById } from './adopters.ts';
import { decideAboutChild } from './case-desk.ts';
import { matchAdopter, recordConsent, recordStep } from './leaving-desk.ts';

// The public's pages read the board of this process; here it is the one of the test's own registry.
const current = vi.hoisted((): { board?: NoticeBoard } => ({}));
vi.mock('../notices/the-notices.ts', () => ({ theBoard: () => current.board }));

const claimId = '00000000-0000-7000-8000-00000000f001' as ClaimId;
const publicNumber = 'LK-5016-0148';

/** Each reason with a file that is ready for it. */
const ready: Readonly<Record<ExitReason, () => { told: LeavingStory; exit: Exit }>> = {
	reunited: () => {
		const told = receivedChild();
		told.claim('reunite', '2025-12-01', '2026-02-10');
		told.paper({ code: 'DOC-K', number: '云公送〔2026〕1号', date: day('2026-02-20'), issuer: '云岭县公安局' });
		return { told: told.on('2026-03-02'), exit: { reason: 'reunited', code: '04', papers: [], claimId } };
	},
	adopted: () => {
		const { told, adoption } = childToBeAdopted();
		told.paper({ code: 'DOC-J', number: '收字〔2026〕11号', date: day('2026-03-03'), issuer: '云岭县民政局' });
		return { told: told.on('2026-03-04'), exit: { reason: 'adopted', code: '01', papers: [], adoption } };
	},
	other_guardian: () => {
		const told = receivedChild();
		const paper = told.paper({ code: 'OTHER', title: '监护权裁定', date: day('2025-11-18') });
		return { told, exit: { reason: 'other_guardian', code: '99', papers: [paper] } };
	},
	aged_out: () => ({
		told: receivedChild().on('2039-06-01'),
		exit: { reason: 'aged_out', code: '09', papers: [] }
	}),
	deceased: () => {
		const told = receivedChild();
		const paper = told.paper({ code: 'OTHER', title: '死亡医学证明', date: day('2025-11-18') });
		return { told, exit: { reason: 'deceased', code: '06', papers: [paper] } };
	},
	entered_in_error: () => ({
		told: receivedChild(),
		exit: { reason: 'entered_in_error', code: '08', papers: [], note: '与另一份档案重复' }
	})
};

async function officeOf(told: LeavingStory): Promise<CaseOffice> {
	return caseOffice(told.story.entries, told.today);
}

/** The public's own road to a notice: what it answers. */
async function publicAnswer(place: CaseOffice): Promise<number> {
	current.board = place.board;
	try {
		await noticeOr404(publicNumber, new URL(`http://localhost/notice/${publicNumber}`));
		return 200;
	} catch (thrown) {
		if (thrown !== null && typeof thrown === 'object' && 'status' in thrown) return Number(thrown.status);
		throw thrown;
	}
}

test.each(exitReasons)('the notice is gone from the public the moment a child has left: %s', async (reason) => {
	const { told, exit } = ready[reason]();
	const place = await officeOf(told);
	// Who has come of age is public no more, before anybody records it.
	const ofAge = reason === 'aged_out';
	expect(await publicAnswer(place)).toBe(ofAge ? 410 : 200);
	expect((await place.board.snapshot()).photoTokens.size).toBe(ofAge ? 0 : 1);

	const [proposal] = await place.does(signedIn('a'), { command: 'propose_exit', exit, on: told.today });
	if (!proposal) throw new Error('no proposal');
	// A proposal alone takes nothing down: it is one person's.
	expect(await publicAnswer(place)).toBe(ofAge ? 410 : 200);
	await place.does(signedIn('b'), { command: 'confirm_exit', proposal });

	expect(await publicAnswer(place)).toBe(410);
	const after = await place.board.snapshot();
	expect(after.byNumber.has(publicNumber)).toBe(false);
	expect(after.withdrawn.has(publicNumber)).toBe(true);
	expect(after.photoTokens.size).toBe(0);
	const listed = (care: 'in_care' | 'left') =>
		place.database.inScope({ kind: 'institution', institutionId: houseId }, (session) =>
			listChildren(session, { words: '', notice: '', house: '', care }, 10)
		);
	expect((await listed('in_care')).total).toBe(0);
	expect((await listed('left')).children[0]?.row).toMatchObject({
		exit: { reason, on: told.today },
		notice: 'taken_down',
		duties: []
	});
});

test('who proposed a leaving cannot confirm it, and the notice stays until another does', async () => {
	const { told, exit } = ready.deceased();
	const place = await officeOf(told);
	const [proposal] = await place.does(signedIn('a'), { command: 'propose_exit', exit, on: told.today });
	if (!proposal) throw new Error('no proposal');
	const again = await decideAboutChild(place.desk, signedIn('a'), childId, await place.version(), {
		command: 'confirm_exit',
		proposal
	});
	expect(again).toMatchObject({ ok: false, error: { type: 'two_persons_needed' } });
	expect(await publicAnswer(place)).toBe(200);
});

const couple: Adopter = adopterSchema.parse({
	name: '周明',
	birth: '1985-06-01',
	sex: '1',
	marital: 'married',
	children: 0,
	spouse: { name: '林芳', birth: '1987-02-11', sex: '2' },
	domestic: true,
	kin: false,
	relatedToBuyer: false,
	able: true,
	healthy: true,
	unblemished: true,
	checkedBy: '何文静'
});

test('who adopts is kept by the registry alone: in no entry, no log, no house’s sight', async () => {
	const place = await officeOf(certifiedChild());
	const matched = await matchAdopter(place.desk, signedIn('f'), childId, await place.version(), {
		adopter: couple,
		on: day('2025-11-20')
	});
	expect(matched.ok).toBe(true);
	const { rows: entries } = await place.database.inScope(registryScope, (session) =>
		session.query<{ body: string }>('SELECT body FROM entries')
	);
	expect(entries.some(({ body }) => /周明|林芳|1985-06-01/.test(body))).toBe(false);
	const [line] = await place.database.inScope(registryScope, (session) => readAudit(session, 1));
	expect(line).toMatchObject({ action: 'adoption.recorded', details: { step: 'matched' } });
	const count = (scope: Parameters<typeof place.database.inScope>[0]) =>
		place.database.inScope(scope, async (session) => {
			const { rows } = await session.query<{ n: number }>('SELECT count(*) AS n FROM adopters');
			return rows[0]?.n;
		});
	expect(await count(registryScope)).toBe(1);
	expect(await count({ kind: 'institution', institutionId: houseId })).toBe(0);
	expect(await count({ kind: 'public' })).toBe(0);
	const found = await place.database.inScope(registryScope, (session) => readCase(session, childId));
	const adopterId = found && decisionsOf(found.caseFile, 'adoption.recorded')[0]?.payload.adoption.adopterId;
	const kept = await place.database.inScope(registryScope, (session) => adopterById(session, childId, adopterId ?? ''));
	expect(kept).toEqual(couple);
});

test('a match that the law forbids writes neither the step nor who it was', async () => {
	const place = await officeOf(certifiedChild());
	const version = await place.version();
	const refused = await matchAdopter(place.desk, signedIn('f'), childId, version, {
		adopter: { ...couple, relatedToBuyer: true },
		on: day('2025-11-20')
	});
	expect(refused).toMatchObject({ ok: false, error: { type: 'adopter_unfit' } });
	expect(await place.version()).toBe(version);
	const { rows } = await place.database.inScope(registryScope, (session) => session.query('SELECT id FROM adopters'));
	expect(rows).toEqual([]);
});

test('no road leads to an adoption whose adopter nobody examined', async () => {
	const place = await officeOf(certifiedChild());
	const tried = await decideAboutChild(place.desk, signedIn('f'), childId, await place.version(), {
		...{ command: 'record_adoption_step', step: 'matched', adopterId: '00000000-0000-4000-8000-0000000000ad' },
		...{ papers: [], on: day('2025-11-20') }
	});
	expect(tried).toMatchObject({ ok: false, error: { type: 'not_there', what: 'adoption' } });
});

test('a step follows the match: who adopts is not named again, and a stale screen is told', async () => {
	const place = await officeOf(certifiedChild());
	const seen = await place.version();
	await matchAdopter(place.desk, signedIn('f'), childId, seen, { adopter: couple, on: day('2025-11-20') });
	const found = await place.database.inScope(registryScope, (session) => readCase(session, childId));
	const adoption = found && openAdoption(found.caseFile);
	if (!adoption) throw new Error('no adoption');
	const assessed = { adoption, step: 'assessed', papers: [], on: day('2025-11-20') } as const;
	expect(await recordStep(place.desk, signedIn('f'), childId, seen, assessed)).toMatchObject({
		error: { type: 'file_changed' }
	});
	const version = await place.version();
	expect(await recordStep(place.desk, signedIn('f'), childId, version, assessed)).toMatchObject({
		error: { type: 'document_needed', document: 'DOC-H' }
	});
	const nowhere = {
		...assessed,
		step: 'given_up',
		adoption: '00000000-0000-7000-9000-00000000dead' as ItemId
	} as const;
	expect(await recordStep(place.desk, signedIn('f'), childId, version, nowhere)).toMatchObject({
		error: { type: 'not_there', what: 'adoption' }
	});
	expect(await recordStep(place.desk, signedIn('a'), childId, version, assessed)).toMatchObject({
		error: { type: 'not_yours_to_decide' }
	});
	const given = await recordStep(place.desk, signedIn('f'), childId, version, { ...assessed, step: 'given_up' });
	expect(given.ok).toBe(true);
	const grown = await place.database.inScope(registryScope, (session) => readCase(session, childId));
	const ids =
		grown && decisionsOf(grown.caseFile, 'adoption.recorded').map(({ payload }) => payload.adoption.adopterId);
	expect(new Set(ids).size).toBe(1);
});

test('the child’s own words are written down verbatim, and reach the file', async () => {
	const place = await officeOf(receivedChild());
	const said = await recordConsent(place.desk, signedIn('a'), childId, await place.version(), {
		consent: { matter: 'reunion', answer: 'yes', words: '我想妈妈', heardBy: '陈国华' },
		on: day('2025-11-19')
	});
	expect(said.ok).toBe(true);
	const found = await place.database.inScope(registryScope, (session) => readCase(session, childId));
	expect(found && items(found.caseFile, 'consent').map(({ value }) => value.words)).toEqual(['我想妈妈']);
	const refused = await recordConsent(place.desk, signedIn('p'), childId, await place.version(), {
		consent: { matter: 'reunion', answer: 'yes', words: '我想妈妈', heardBy: '民警' },
		on: day('2025-11-19')
	});
	expect(refused).toMatchObject({ error: { type: 'not_yours_to_decide' } });
});
