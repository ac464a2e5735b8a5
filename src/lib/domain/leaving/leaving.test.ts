import { describe, expect, test } from 'vitest';
import {
	actor,
	administrator,
	adoptedChild,
	certifiedChild,
	childToBeAdopted,
	day,
	officer,
	receivedChild,
	secondOfficer,
	supervisor,
	type LeavingStory
} from '../../../../tests/support/leaving-story.ts';
import { childRow } from '../case-file/child-row.ts';
import { judgeConsent } from '../consent/judge-consent.ts';
import type { ClaimId } from '../ids.ts';
import { builtInRules } from '../hold/rules.ts';
import { adopterSchema } from './adopter.ts';
import { exitReasons, type Exit, type ExitReason } from './exit.ts';
import { exitState } from './exit-state.ts';
import { judgeMatch } from './judge-match.ts';
import { exitNeeds } from './needs.ts';
import { openAdoption } from '../decision/adoption.ts';

const couple = adopterSchema.parse({
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
const adopterId = '00000000-0000-4000-8000-0000000000ad';

function match(told: LeavingStory, changes: Partial<typeof couple> = {}, by = officer) {
	return judgeMatch(told.ground, by, { adopter: { ...couple, ...changes }, adopterId, on: told.today }, told.means);
}

describe('the match with an adopter', () => {
	test('asks the file first: a child in temporary guardianship is matched with nobody', () => {
		expect(match(receivedChild())).toEqual({ ok: false, error: { type: 'not_long_term' } });
	});

	test('then the law: a buyer is refused, with the article, and nothing is written', () => {
		expect(match(certifiedChild(), { relatedToBuyer: true })).toMatchObject({
			error: { type: 'adopter_unfit', faults: [{ type: 'related_to_buyer' }] }
		});
	});

	test('then what does not fit together, which takes a reason', () => {
		const odd = { idNumber: '110105194912310021' };
		expect(match(certifiedChild(), odd)).toMatchObject({ error: { type: 'adopter_odd' } });
		expect(match(certifiedChild(), { ...odd, oddReason: '户口本如此，公安已更正' }).ok).toBe(true);
	});

	test('and says nothing of who adopts in the file: an id, no name', () => {
		const judged = match(certifiedChild());
		if (!judged.ok) throw new Error(JSON.stringify(judged.error));
		expect(JSON.stringify(judged.value)).not.toMatch(/周明|林芳|1985/);
		expect(judged.value).toMatchObject([{ type: 'adoption.recorded', payload: { adoption: { adopterId } } }]);
	});

	test('is not for supervisors: who has the child in care does not choose its parents alone', () => {
		expect(match(certifiedChild(), {}, supervisor)).toMatchObject({ error: { type: 'not_yours_to_decide' } });
	});
});

/** Proposes a leaving with whatever the file has for it. */
function propose(told: LeavingStory, reason: ExitReason, more: Partial<Exit> = {}) {
	const [paper] = [...told.story.caseFile.items.document.keys()];
	const adoption = openAdoption(told.story.caseFile);
	const claim = [...told.story.caseFile.decisions.values()].find(
		(entry) => entry.type === 'claim.closed' && entry.payload.decision !== undefined
	);
	const exit: Exit = {
		reason,
		papers: reason === 'deceased' || reason === 'other_guardian' ? (paper ? [paper] : []) : [],
		...(reason === 'adopted' && adoption && { adoption }),
		...(reason === 'reunited' && claim?.type === 'claim.closed' && { claimId: claim.payload.claimId }),
		...more
	};
	return told.tries(supervisor, { command: 'propose_exit', exit, on: told.today });
}

function withReturn(told: LeavingStory): LeavingStory {
	told.claim('reunite', '2025-12-01', '2026-02-10');
	told.paper({ code: 'DOC-K', number: '云公送〔2026〕1号', date: day('2026-02-20'), issuer: '云岭县公安局' });
	return told.on('2026-03-02');
}

/** Everything there for the registration of an adoption. */
function ready(on = '2026-03-04', registered = '2026-03-03'): LeavingStory {
	const { told } = childToBeAdopted();
	told.paper({ code: 'DOC-J', number: '收字〔2026〕11号', date: day(registered), issuer: '云岭县民政局' });
	return told.on(on);
}

/** Files at many points of their way; those "ready but" lack one thing and no other. */
const files: readonly (readonly [string, () => LeavingStory])[] = [
	['just received', () => receivedChild()],
	['certified', () => certifiedChild()],
	['with a claim decided for home', () => withReturn(receivedChild())],
	[
		'with a claim decided for home but no DOC-K',
		() => {
			const told = receivedChild();
			told.claim('reunite', '2025-12-01', '2026-02-10');
			return told.on('2026-03-02');
		}
	],
	[
		'with DOC-K but a claim that was refused',
		() => {
			const told = receivedChild();
			told.claim('refuse', '2025-12-01', '2026-02-10');
			told.paper({ code: 'DOC-K', number: '云公送〔2026〕1号', date: day('2026-02-20'), issuer: '云岭县公安局' });
			return told.on('2026-03-02');
		}
	],
	[
		'with a claim decided for home and another still open',
		() => {
			const told = withReturn(receivedChild());
			const other = '00000000-0000-7000-8000-00000000f002' as ClaimId;
			told.story.tell('claim.opened', { claimId: other, number: 'RL-0000-0002' }, { on: '2026-02-25' });
			return told;
		}
	],
	[
		'with a claim decided for home and one nobody screened',
		() => {
			const told = withReturn(receivedChild());
			told.registry = { unscreenedClaims: 1, openCandidates: 0 };
			return told;
		}
	],
	['ready to be registered', () => ready()],
	['ready but for the registry’s notice, still running', () => ready('2026-01-05', '2026-01-04')],
	['ready but for the certificate of adoption', () => childToBeAdopted().told.on('2026-03-02')],
	[
		'ready but for a claim nobody screened',
		() => {
			const told = ready();
			told.registry = { unscreenedClaims: 1, openCandidates: 0 };
			return told;
		}
	],
	[
		'ready but for a candidate nobody looked at',
		() => {
			const told = ready();
			told.registry = { unscreenedClaims: 0, openCandidates: 2 };
			return told;
		}
	],
	[
		'ready, but halted by the police',
		() => {
			const told = ready();
			told.does(supervisor, { command: 'raise_flag', flag: { flag: 'police_hold', reason: '来电' } });
			return told;
		}
	],
	['ready, but of eight and never asked', () => ready('2029-04-01')],
	[
		'ready, but the adoption was given up',
		() => {
			const told = ready();
			const adoption = openAdoption(told.story.caseFile);
			told.does(officer, {
				...{ command: 'record_adoption_step', step: 'given_up', adoption, adopterId },
				...{ papers: [], on: told.today }
			});
			return told;
		}
	],
	[
		'in long-term guardianship by a court, nothing certified',
		() => {
			const told = receivedChild();
			const paper = told.paper({ code: 'OTHER', title: '民事判决书', date: day('2025-11-18') });
			told.does(officer, { command: 'change_guardianship', ground: 'court', paper });
			return told;
		}
	],
	['grown up for certain', () => receivedChild().on('2039-06-01')],
	['perhaps grown up', () => receivedChild().on('2039-04-01')]
];

describe('the checklist says what the decision says', () => {
	test.each(files)('of a child %s', (_, file) => {
		for (const reason of exitReasons) {
			const told = file();
			const needs = exitNeeds(told.ground, reason);
			const judged = propose(told, reason);
			const missing = needs.filter(({ met }) => !met);
			expect({ reason, allowed: judged.ok, missing: missing.map(({ need }) => need) }).toEqual({
				reason,
				allowed: missing.length === 0,
				missing: missing.map(({ need }) => need)
			});
		}
	});

	test('and the files above make every reason possible in one and impossible in another', () => {
		const seen = new Map<ExitReason, Set<boolean>>();
		for (const [, file] of files) {
			for (const reason of exitReasons) {
				const met = exitNeeds(file().ground, reason).every((need) => need.met);
				seen.set(reason, (seen.get(reason) ?? new Set()).add(met));
			}
		}
		// Every file here holds papers; a death without any is asked for its paper in the next test.
		for (const reason of exitReasons.filter((each) => each !== 'deceased')) expect(seen.get(reason)?.size).toBe(2);
	});

	test('a death or another guardian needs a paper chosen, whatever is on file', () => {
		for (const reason of ['deceased', 'other_guardian'] as const)
			expect(propose(receivedChild(), reason, { papers: [] })).toMatchObject({ error: { type: 'paper_needed' } });
	});
});

describe('after an adoption', () => {
	test('parents found by a decided claim: dissolved at the registry, then home, and the file says reunited', () => {
		const { told, adoption } = adoptedChild();
		expect(exitState(told.story.caseFile).left?.exit.reason).toBe('adopted');
		told.claim('dissolve', '2026-04-01', '2026-06-10');
		told.on('2026-06-21');
		// The certificate of the adoption proves no end of it.
		const early = { command: 'record_adoption_step', adoption, step: 'dissolved', adopterId } as const;
		expect(told.tries(officer, { ...early, papers: [], on: day('2026-06-20') })).toMatchObject({
			error: { type: 'document_needed', document: 'DOC-J' }
		});
		told.paper({ code: 'DOC-J', number: '解字〔2026〕1号', date: day('2026-06-19'), issuer: '云岭县民政局' });
		told.paper({ code: 'DOC-K', number: '云公送〔2026〕3号', date: day('2026-06-20'), issuer: '云岭县公安局' });
		told.on('2026-06-21');
		const dissolve = {
			...({ command: 'record_adoption_step', adoption, step: 'dissolved', adopterId } as const),
			...{ papers: [], on: day('2026-06-20') }
		};
		expect(told.tries(officer, dissolve).ok).toBe(true);
		told.does(officer, dissolve);
		expect(exitState(told.story.caseFile).left).toBeUndefined();
		const claimId = '00000000-0000-7000-8000-00000000f001' as ClaimId;
		const [proposal] = told.does(administrator, {
			command: 'propose_exit',
			exit: { reason: 'reunited', code: '04', claimId, papers: [] },
			on: day('2026-06-21')
		});
		if (!proposal) throw new Error('no proposal');
		expect(told.tries(administrator, { command: 'confirm_exit', proposal })).toMatchObject({
			error: { type: 'two_persons_needed' }
		});
		told.does(officer, { command: 'confirm_exit', proposal });
		expect(exitState(told.story.caseFile).left?.exit.reason).toBe('reunited');
		expect(told.ground.hold).toMatchObject({ status: 'closed', reason: 'reunited' });
	});

	test('without a claim decided so nobody dissolves it, however the parents plead', () => {
		const { told, adoption } = adoptedChild();
		told.paper({ code: 'DOC-J', number: '解字〔2026〕1号', date: day('2026-06-19'), issuer: '云岭县民政局' });
		told.on('2026-06-21');
		expect(
			told.tries(officer, {
				...{ command: 'record_adoption_step', adoption, step: 'dissolved', adopterId },
				...{ papers: [], on: told.today }
			})
		).toMatchObject({ error: { type: 'claim_not_decided_so' } });
	});

	test('a child of eight is asked before it is dissolved, and a no is respected', () => {
		const { told, adoption } = adoptedChild();
		told.claim('dissolve', '2029-04-01', '2029-06-10');
		told.paper({ code: 'DOC-J', number: '解字〔2029〕1号', date: day('2029-06-19'), issuer: '云岭县民政局' });
		told.on('2029-06-21');
		const dissolve = {
			...({ command: 'record_adoption_step', adoption, step: 'dissolved', adopterId } as const),
			...{ papers: [], on: told.today }
		};
		expect(told.tries(officer, dissolve)).toMatchObject({ error: { type: 'consent_needed', matter: 'dissolution' } });
		const say = (answer: 'yes' | 'no' | 'not_understood', words: string) => {
			const judged = judgeConsent(
				told.ground,
				supervisor,
				{ matter: 'dissolution', answer, words, heardBy: '陈国华' },
				told.today,
				told.means
			);
			if (!judged.ok) throw new Error('refused');
			told.tells(supervisor, judged.value);
		};
		say('not_understood', '我不知道');
		expect(told.tries(officer, dissolve)).toMatchObject({ error: { type: 'consent_needed' } });
		say('no', '我想和现在的爸爸妈妈在一起');
		expect(told.tries(officer, dissolve)).toMatchObject({ error: { type: 'child_said_no' } });
		say('yes', '我想回去');
		expect(told.tries(officer, dissolve).ok).toBe(true);
	});
});

describe('a leaving takes two persons', () => {
	test('who proposed it cannot confirm it, a care worker can do neither, and a withdrawn one is gone', () => {
		const told = withReturn(receivedChild());
		const exit: Exit = {
			...{ reason: 'reunited', code: '04', papers: [] },
			claimId: '00000000-0000-7000-8000-00000000f001' as ClaimId
		};
		const nurse = actor('c', 'care_worker');
		expect(told.tries(nurse, { command: 'propose_exit', exit, on: told.today })).toMatchObject({
			error: { type: 'not_yours_to_decide' }
		});
		const [proposal] = told.does(supervisor, { command: 'propose_exit', exit, on: told.today });
		if (!proposal) throw new Error('no proposal');
		expect(told.tries(supervisor, { command: 'confirm_exit', proposal })).toMatchObject({
			error: { type: 'two_persons_needed' }
		});
		told.does(secondOfficer, { command: 'withdraw_exit', proposal, reason: '日期写错' });
		expect(exitState(told.story.caseFile)).toEqual({ proposed: undefined, left: undefined });
		expect(told.tries(administrator, { command: 'confirm_exit', proposal })).toMatchObject({
			error: { type: 'not_there', what: 'proposal' }
		});
	});

	test('a code that is another reason’s is refused', () => {
		expect(propose(withReturn(receivedChild()), 'reunited', { code: '06' })).toMatchObject({
			error: { type: 'wrong_code' }
		});
	});
});

test('a child that has left has nothing due any more', () => {
	const { told } = adoptedChild();
	const rules = { rules: { ...builtInRules, policies: [told.ground.policy] } };
	expect(childRow(told.story.caseFile, rules).duties).toEqual([]);
});
