/**
 * What a leaving needs, all of it and not only what is missing first: the checklist a desk shows before anybody decides.
 * The decision itself is judged by ../decision/exits.ts; that the two never say different things is tested.
 */
import { items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import { claimsOnFile, openClaimsOnFile } from '../claim/on-file.ts';
import type { ConsentAnswer, ConsentMatter } from '../consent/consent.ts';
import { consentFault, guardianshipGround, mayBeOfAge, openAdoption } from '../decision/adoption.ts';
import type { CaseGround } from '../decision/decision.ts';
import { documentFault } from '../decision/exits.ts';
import type { DocumentCode } from '../document/document.ts';
import type { BlockerCode } from '../hold/blockers.ts';
import type { ClaimId } from '../ids.ts';
import { addYears, type CivilDate } from '../time.ts';
import type { AdoptionStep } from './adoption.ts';
import { adoptionSteps } from './exit-state.ts';
import type { ExitReason } from './exit.ts';

export type LeavingNeed = { readonly met: boolean } & (
	| { readonly need: 'claim_home'; readonly claims: readonly { readonly id: ClaimId; readonly number: string }[] }
	| { readonly need: 'no_open_claim' }
	| { readonly need: 'claims_screened'; readonly count: number }
	| { readonly need: 'candidates_seen'; readonly count: number }
	/** On file with number and date; `complete` false where its kind alone is asked. */
	| { readonly need: 'document'; readonly document: DocumentCode; readonly complete: boolean }
	| { readonly need: 'paper' }
	| { readonly need: 'long_term' }
	| { readonly need: 'certified' }
	| { readonly need: 'not_blocked'; readonly by: readonly BlockerCode[] }
	| { readonly need: 'step'; readonly step: AdoptionStep }
	| { readonly need: 'clock'; readonly clock: string; readonly lastDay?: CivilDate | undefined }
	| {
			readonly need: 'consent';
			readonly matter: Extract<ConsentMatter, 'adoption' | 'dissolution'>;
			readonly said?: ConsentAnswer | undefined;
	  }
	| { readonly need: 'under_age' }
	| { readonly need: 'of_age'; readonly on?: CivilDate | undefined }
);

/** What this child needs to leave so, on `today`. A paper that is chosen in the form counts as there when any is on file. */
export function exitNeeds(ground: CaseGround, reason: ExitReason): readonly LeavingNeed[] {
	const { caseFile, registry, policy, today } = ground;
	const openClaims = openClaimsOnFile(caseFile).length;
	const noOpenClaim: LeavingNeed = { need: 'no_open_claim', met: openClaims === 0 };
	const screened: LeavingNeed = {
		need: 'claims_screened',
		met: registry.unscreenedClaims === 0,
		count: registry.unscreenedClaims
	};
	const paper: LeavingNeed = { need: 'paper', met: items(caseFile, 'document').length > 0 };
	switch (reason) {
		case 'reunited': {
			const home = claimsOnFile(caseFile)
				.filter(({ decision }) => decision === 'reunite' || decision === 'dissolve')
				.map(({ id, number }) => ({ id, number }));
			return [
				{ need: 'claim_home', met: home.length > 0, claims: home },
				noOpenClaim,
				screened,
				{
					need: 'document',
					document: 'DOC-K',
					complete: true,
					met: documentFault(caseFile, 'DOC-K') === undefined
				}
			];
		}
		case 'adopted':
			return [...placementNeeds(ground), ...registrationNeeds(ground)];
		case 'aged_out': {
			const years = policy.ages?.adult?.years;
			const birth = knownValue(caseFile, 'birth');
			const on =
				birth === undefined || years === undefined
					? undefined
					: addYears(birth.precision === 'exact' ? birth.date : birth.latest, years);
			return [{ need: 'of_age', on, met: on !== undefined && today >= on }];
		}
		case 'other_guardian':
			return [noOpenClaim, screened, paper];
		case 'deceased':
			return [paper];
		case 'entered_in_error':
			return [noOpenClaim, screened];
	}
}

/** What every step on the way to an adoption asks anew. */
export function placementNeeds({ caseFile, hold, registry }: CaseGround): readonly LeavingNeed[] {
	const ground = guardianshipGround(caseFile);
	const blockers = hold.blockers.map(({ code }) => code);
	const stopping =
		ground === 'certified' || ground === undefined
			? blockers.filter((code) => code !== 'maybe_of_age')
			: blockers.filter((code) => stopAlways.includes(code));
	return [
		{ need: 'under_age', met: !blockers.includes('maybe_of_age') },
		...(ground === 'certified' || ground === undefined
			? [{ need: 'certified', met: hold.status === 'certified' } as const]
			: []),
		{ need: 'long_term', met: ground !== undefined },
		{ need: 'claims_screened', met: registry.unscreenedClaims === 0, count: registry.unscreenedClaims },
		{ need: 'candidates_seen', met: registry.openCandidates === 0, count: registry.openCandidates },
		{ need: 'not_blocked', met: stopping.length === 0, by: stopping }
	];
}

/** What stops a placement also where a court or the parents' death stands in for the certificate. */
const stopAlways: readonly BlockerCode[] = [
	'open_claim',
	'open_kin_candidate',
	'police_hold',
	'court_case',
	'duplicate_suspected',
	'unknown_entries'
];

function registrationNeeds({ caseFile, hold, policy, today }: CaseGround): readonly LeavingNeed[] {
	const adoption = openAdoption(caseFile);
	const done = adoptionSteps(caseFile).filter((step) => step.adoption === adoption);
	const notice = hold.clocks.find(({ id }) => id === 'registration-notice');
	const steps = (['matched', 'assessed', 'agreement', 'registry_notice'] as const).map((step): LeavingNeed => ({
		need: 'step',
		step,
		met: adoption !== undefined && done.some((each) => each.step === step)
	}));
	const papers = (['DOC-H', 'DOC-G', 'DOC-J'] as const).map((document): LeavingNeed => ({
		need: 'document',
		document,
		complete: false,
		met: items(caseFile, 'document').some(({ value }) => value.code === document)
	}));
	return [
		...steps,
		...papers,
		...(notice
			? [
					{
						need: 'clock',
						clock: notice.id,
						...('lastDay' in notice && { lastDay: notice.lastDay }),
						met: notice.status === 'elapsed'
					} as const
				]
			: []),
		...consentNeeds(caseFile, policy, 'adoption', today)
	];
}

/** The child's consent, where the child may be old enough to be asked. */
export function consentNeeds(
	caseFile: CaseFile,
	policy: CaseGround['policy'],
	matter: 'adoption' | 'dissolution',
	on: CivilDate
): readonly LeavingNeed[] {
	const years = policy.ages?.consent?.years;
	if (years === undefined || !mayBeOfAge(caseFile, years, on)) return [];
	const said = items(caseFile, 'consent')
		.filter(({ value }) => value.matter === matter)
		.at(-1)?.value.answer;
	return [{ need: 'consent', matter, said, met: consentFault(caseFile, policy, matter, on) === undefined }];
}
