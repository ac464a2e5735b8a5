/**
 * The decision table of a claim (rule book 3.3) as data: what may be decided from what DNA, the police and the assessment
 * say, and what is still missing. Where no row fits, nothing may be decided and the claim waits.
 */
import type { Basis } from '../hold/policy.ts';
import type { ClaimDecision, Fitness, KinshipResult, PoliceFinding } from './events.ts';

/**
 * Where the child stands when the claim is decided. `left`: of age, back with a family, deceased, gone on another basis;
 * nothing about the child can be decided any more.
 */
export const claimPhases = ['before_certificate', 'after_certificate', 'after_adoption', 'left'] as const;
export type ClaimPhase = (typeof claimPhases)[number];

/** What screening left: `lapsed` where a plausible claim brought no sample in time. */
export const claimStandings = ['unscreened', 'plausible', 'not_plausible', 'lapsed'] as const;
export type ClaimStanding = (typeof claimStandings)[number];

/** Everything the table looks at. `none`: nobody said anything yet. */
export interface OutcomeInput {
	readonly phase: ClaimPhase;
	readonly standing: ClaimStanding;
	readonly kin: KinshipResult | 'none';
	readonly finding: PoliceFinding | 'none';
	readonly fitness: Fitness | 'none';
	/** After an adoption: whether the parents ask for the child back. */
	readonly parentsAsk: 'yes' | 'no' | 'none';
}

/** What somebody must bring before anything can be decided. */
export const stillMissing = [
	'screening',
	'sample',
	'kinship',
	'more_loci',
	'police_finding',
	'fitness',
	'parents_ask'
] as const;
export type StillMissing = (typeof stillMissing)[number];

export interface Row {
	/** Names the row in words, messages and tests. */
	readonly id: RowId;
	/** The values that fit; a key left out takes any. */
	readonly when: { readonly [K in keyof OutcomeInput]?: readonly OutcomeInput[K][] };
	readonly allowed: readonly ClaimDecision[];
	/** What must come first, where nothing is allowed. */
	readonly missing: readonly StillMissing[];
	readonly basis: Basis;
}

const inCare = ['before_certificate', 'after_certificate'] as const;
const taken = ['stolen', 'abducted', 'lost'] as const;
const givenAway = ['sold', 'abandoned'] as const;

/**
 * Exactly one row fits every input: outcome.test.ts goes through all of them. A fraudulent claim is found by people, so
 * every row that has not found kin allows it.
 */
export const decisionTable = [
	{
		id: 'unscreened',
		when: { kin: ['none'], standing: ['unscreened'] },
		allowed: ['fraudulent'],
		missing: ['screening'],
		basis: { certainty: 'inferred', source: 'rule book 5: received → screened' }
	},
	{
		id: 'not_plausible',
		when: { kin: ['none'], standing: ['not_plausible'] },
		allowed: ['refuse', 'fraudulent'],
		missing: [],
		basis: { certainty: 'inferred', source: 'rule book 5; SECURITY T4: plausibility gate' }
	},
	{
		id: 'plausible',
		when: { kin: ['none'], standing: ['plausible'] },
		allowed: ['fraudulent'],
		missing: ['sample', 'kinship'],
		basis: { certainty: 'inferred', source: 'rule book 5: sampling → kinship_result' }
	},
	{
		id: 'no_sample_in_time',
		when: { kin: ['none'], standing: ['lapsed'] },
		allowed: ['refuse', 'fraudulent'],
		missing: [],
		basis: { certainty: 'inferred', source: 'SECURITY T4: a sample due in 30 days, else the block lapses' }
	},
	{
		id: 'inconclusive',
		when: { kin: ['inconclusive'] },
		allowed: ['fraudulent'],
		missing: ['more_loci'],
		basis: { certainty: 'inferred', source: 'rule book 3.3: any, inconclusive; 12: more loci or a new sample' }
	},
	{
		id: 'excluded',
		when: { kin: ['excluded'] },
		allowed: ['refuse', 'fraudulent'],
		missing: [],
		basis: { certainty: 'inferred', source: 'rule book 3.3: excluded → reject; clock unchanged' }
	},
	{
		id: 'left',
		when: { phase: ['left'], kin: ['confirmed'] },
		allowed: ['tell_family'],
		missing: [],
		basis: {
			certainty: 'inferred',
			source: 'rule book 5: nothing is decided about a child who has left; 1.5 kin data stay'
		}
	},
	{
		id: 'finding_unknown',
		when: { phase: [...inCare, 'after_adoption'], kin: ['confirmed'], finding: ['none', 'unknown'] },
		allowed: [],
		missing: ['police_finding'],
		basis: { certainty: 'inferred', source: 'rule book 3.3: every row after "confirmed" asks for the police finding' }
	},
	{
		id: 'fitness_pending',
		when: { phase: [...inCare], kin: ['confirmed'], finding: [...taken], fitness: ['none', 'pending'] },
		allowed: [],
		missing: ['fitness'],
		basis: { certainty: 'inferred', source: 'rule book 3.3: fit / unfit / pending' }
	},
	{
		id: 'taken_fit',
		when: { phase: [...inCare], kin: ['confirmed'], finding: [...taken], fitness: ['fit'] },
		allowed: ['reunite'],
		missing: [],
		basis: { certainty: 'secondary', source: 'rule book 3.3; S1', text: '应当及时送还' }
	},
	{
		id: 'taken_unfit',
		when: { phase: [...inCare], kin: ['confirmed'], finding: [...taken], fitness: ['unfit'] },
		allowed: ['stay_in_care'],
		missing: [],
		basis: {
			certainty: 'inferred',
			source: 'rule book 3.3; 未成年人保护法 93(2): temporary guardianship while reassessed'
		}
	},
	{
		id: 'given_away',
		when: { phase: [...inCare], kin: ['confirmed'], finding: [...givenAway] },
		allowed: ['prosecute'],
		missing: [],
		basis: { certainty: 'inferred', source: 'rule book 3.3; Civil Code 36; 未成年人保护法 94(4), 95; never by DOC-C' }
	},
	{
		id: 'adopted_given_away',
		when: { phase: ['after_adoption'], kin: ['confirmed'], finding: [...givenAway] },
		allowed: ['adoption_stands'],
		missing: [],
		basis: { certainty: 'secondary', source: 'rule book 3.3; S6, S7: the adoption stands, prosecution' }
	},
	{
		id: 'adopted_ask_unknown',
		when: { phase: ['after_adoption'], kin: ['confirmed'], finding: [...taken], parentsAsk: ['none'] },
		allowed: [],
		missing: ['parents_ask'],
		basis: { certainty: 'secondary', source: 'rule book 3.3; S2: "and parents ask"' }
	},
	{
		id: 'adopted_not_asked',
		when: { phase: ['after_adoption'], kin: ['confirmed'], finding: [...taken], parentsAsk: ['no'] },
		allowed: ['adoption_stands'],
		missing: [],
		basis: { certainty: 'inferred', source: 'rule book 3.3; S2: an adoption is dissolved only where the parents ask' }
	},
	{
		id: 'adopted_fitness_pending',
		when: {
			phase: ['after_adoption'],
			kin: ['confirmed'],
			finding: [...taken],
			parentsAsk: ['yes'],
			fitness: ['none', 'pending']
		},
		allowed: [],
		missing: ['fitness'],
		basis: { certainty: 'secondary', source: 'rule book 3.3; S2: "fit, and parents ask"' }
	},
	{
		id: 'adopted_fit_ask',
		when: {
			phase: ['after_adoption'],
			kin: ['confirmed'],
			finding: [...taken],
			parentsAsk: ['yes'],
			fitness: ['fit']
		},
		allowed: ['dissolve'],
		missing: [],
		basis: { certainty: 'secondary', source: 'rule book 3.3; S2; Civil Code 1117, 1118' }
	},
	{
		id: 'adopted_unfit_ask',
		when: {
			phase: ['after_adoption'],
			kin: ['confirmed'],
			finding: [...taken],
			parentsAsk: ['yes'],
			fitness: ['unfit']
		},
		allowed: ['adoption_stands'],
		missing: [],
		basis: {
			certainty: 'inferred',
			source: 'rule book 3.3 dissolves for fit parents alone; the child stays, the parents can be assessed again'
		}
	}
] as const satisfies readonly RowShape[];

interface RowShape extends Omit<Row, 'id'> {
	readonly id: string;
}
export type RowId = (typeof decisionTable)[number]['id'];

export interface Outcome {
	readonly row: RowId;
	/** Decisions a person may propose now; empty: nothing but waiting. */
	readonly allowed: readonly ClaimDecision[];
	/** What is still missing for an outcome. */
	readonly missing: readonly StillMissing[];
	readonly basis: Basis;
}

/** What may be decided now, and by which row. */
export function decisionFor(input: OutcomeInput): Outcome {
	const row = rowsFor(input)[0];
	if (!row) throw new Error(`the decision table has no row for ${JSON.stringify(input)}`);
	return { row: row.id, allowed: row.allowed, missing: row.missing, basis: row.basis };
}

/** The rows that fit; always exactly one, which the tests hold. */
export function rowsFor(input: OutcomeInput): readonly Row[] {
	return decisionTable.filter((row: Row) => fits(row, input));
}

function fits({ when }: Row, input: OutcomeInput): boolean {
	return inputKeys.every((key) => {
		const accepted: readonly string[] | undefined = when[key];
		return accepted === undefined || accepted.includes(input[key]);
	});
}

const inputKeys = ['phase', 'standing', 'kin', 'finding', 'fitness', 'parentsAsk'] as const;

/** Decisions after which the parents are known: the certificate that nobody can be found will never be true again. */
export const findsKin: readonly ClaimDecision[] = [
	'reunite',
	'stay_in_care',
	'prosecute',
	'dissolve',
	'adoption_stands',
	'tell_family'
];

/**
 * Decisions that move a child, undo an adoption or leave it standing, or call a family frauds: signed by two persons of two
 * institutions where two have people who may sign (SECURITY T5; ASVS 2.3.5). A refusal needs none: it rests on DNA that no
 * house can enter, or ends no block.
 */
export const needsTwoInstitutions: readonly ClaimDecision[] = [
	'reunite',
	'prosecute',
	'dissolve',
	'adoption_stands',
	'fraudulent'
];

/** Unfit is not for ever: after these the parents can be assessed again, and a new decision may follow. */
export const canBeReassessed: readonly ClaimDecision[] = ['stay_in_care', 'adoption_stands'];
