import { describe, expect, test } from 'vitest';
import { claimDecisions, fitnesses, kinshipResults, policeFindings, type ClaimDecision } from './events.ts';
import {
	claimPhases,
	claimStandings,
	decisionFor,
	decisionTable,
	findsKin,
	rowsFor,
	type Outcome,
	type OutcomeInput
} from './outcome.ts';

const asked: OutcomeInput = {
	phase: 'before_certificate',
	standing: 'plausible',
	kin: 'none',
	finding: 'none',
	fitness: 'none',
	parentsAsk: 'none'
};
const outcome = (more: Partial<OutcomeInput>): Outcome => decisionFor({ ...asked, ...more });
const inCare = ['before_certificate', 'after_certificate'] as const;
const taken = ['stolen', 'abducted', 'lost'] as const;
const givenAway = ['sold', 'abandoned'] as const;

/** Every input there is: 4 phases × 4 standings × 4 × 7 × 4 × 3. */
const everyInput: readonly OutcomeInput[] = claimPhases.flatMap((phase) =>
	claimStandings.flatMap((standing) =>
		([...kinshipResults, 'none'] as const).flatMap((kin) =>
			([...policeFindings, 'none'] as const).flatMap((finding) =>
				([...fitnesses, 'none'] as const).flatMap((fitness) =>
					(['yes', 'no', 'none'] as const).map((parentsAsk) => ({
						phase,
						standing,
						kin,
						finding,
						fitness,
						parentsAsk
					}))
				)
			)
		)
	)
);

describe('the rows of the decision table (rule book 3.3)', () => {
	test('before the certificate, DNA excludes: refuse; whatever the police found', () => {
		for (const phase of inCare)
			for (const finding of [...policeFindings, 'none'] as const)
				expect(outcome({ phase, kin: 'excluded', finding }).allowed).toEqual(['refuse', 'fraudulent']);
	});

	test.each(taken)('before the certificate, kin confirmed, the child was %s, the parents are fit: home', (finding) => {
		expect(outcome({ kin: 'confirmed', finding, fitness: 'fit' })).toMatchObject({
			row: 'taken_fit',
			allowed: ['reunite'],
			missing: []
		});
	});

	test.each(taken)(
		'before the certificate, kin confirmed, the child was %s, the parents are unfit: stays in care',
		(finding) => {
			expect(outcome({ kin: 'confirmed', finding, fitness: 'unfit' }).allowed).toEqual(['stay_in_care']);
		}
	);

	test.each(givenAway)(
		'before the certificate, kin confirmed, the child was %s: prosecution, fit or not',
		(finding) => {
			for (const fitness of [...fitnesses, 'none'] as const)
				expect(outcome({ kin: 'confirmed', finding, fitness }).allowed).toEqual(['prosecute']);
		}
	);

	test('after the certificate and before registration the same rows count: the certificate is void for use', () => {
		for (const input of everyInput.filter(({ phase }) => phase === 'before_certificate'))
			expect(decisionFor({ ...input, phase: 'after_certificate' })).toEqual(decisionFor(input));
	});

	test.each(taken)('after adoption, the child was %s, the parents are fit and ask: dissolve', (finding) => {
		const input = { phase: 'after_adoption', kin: 'confirmed', finding, fitness: 'fit', parentsAsk: 'yes' } as const;
		expect(outcome(input).allowed).toEqual(['dissolve']);
	});

	test.each(givenAway)('after adoption, the child was %s: the adoption stands, asked for or not', (finding) => {
		for (const parentsAsk of ['yes', 'no', 'none'] as const)
			for (const fitness of [...fitnesses, 'none'] as const)
				expect(outcome({ phase: 'after_adoption', kin: 'confirmed', finding, fitness, parentsAsk }).allowed).toEqual([
					'adoption_stands'
				]);
	});

	test('in every phase an inconclusive result decides nothing: more loci or a new sample', () => {
		for (const phase of claimPhases)
			for (const finding of [...policeFindings, 'none'] as const)
				expect(outcome({ phase, kin: 'inconclusive', finding, fitness: 'fit', parentsAsk: 'yes' })).toMatchObject({
					allowed: ['fraudulent'],
					missing: ['more_loci']
				});
	});
});

describe('combinations the table does not name', () => {
	test('kin confirmed and the police have not found yet how the child came away: nothing but waiting', () => {
		for (const phase of [...inCare, 'after_adoption'] as const)
			for (const finding of ['unknown', 'none'] as const)
				expect(outcome({ phase, kin: 'confirmed', finding, fitness: 'fit', parentsAsk: 'yes' })).toMatchObject({
					allowed: [],
					missing: ['police_finding']
				});
	});

	test.each(taken)('kin confirmed, %s, fitness pending or not assessed: nothing but waiting', (finding) => {
		for (const fitness of ['pending', 'none'] as const) {
			expect(outcome({ kin: 'confirmed', finding, fitness })).toMatchObject({ allowed: [], missing: ['fitness'] });
			expect(outcome({ phase: 'after_adoption', kin: 'confirmed', finding, fitness, parentsAsk: 'yes' })).toMatchObject(
				{ allowed: [], missing: ['fitness'] }
			);
		}
	});

	test('after adoption, taken from fit parents who were not asked yet: they are asked first', () => {
		expect(outcome({ phase: 'after_adoption', kin: 'confirmed', finding: 'stolen', fitness: 'fit' })).toMatchObject({
			allowed: [],
			missing: ['parents_ask']
		});
	});

	test('after adoption, taken, and the parents do not ask for the child back: the adoption stands', () => {
		for (const fitness of [...fitnesses, 'none'] as const)
			expect(
				outcome({ phase: 'after_adoption', kin: 'confirmed', finding: 'lost', fitness, parentsAsk: 'no' }).allowed
			).toEqual(['adoption_stands']);
	});

	test('after adoption, taken, the parents ask and are unfit: the adoption stands', () => {
		expect(
			outcome({
				phase: 'after_adoption',
				kin: 'confirmed',
				finding: 'abducted',
				fitness: 'unfit',
				parentsAsk: 'yes'
			}).allowed
		).toEqual(['adoption_stands']);
	});

	test('the child is of age, back home or deceased, and kin is confirmed: the family is told, nothing else', () => {
		for (const finding of [...policeFindings, 'none'] as const)
			expect(outcome({ phase: 'left', kin: 'confirmed', finding, fitness: 'fit' }).allowed).toEqual(['tell_family']);
	});

	test('found plausible and no DNA yet: nothing can be refused', () => {
		expect(outcome({})).toMatchObject({ allowed: ['fraudulent'], missing: ['sample', 'kinship'] });
	});

	test('not screened yet: nothing can be refused', () => {
		expect(outcome({ standing: 'unscreened' })).toMatchObject({ allowed: ['fraudulent'], missing: ['screening'] });
	});

	test.each(['not_plausible', 'lapsed'] as const)('%s and no DNA: two persons may refuse', (standing) => {
		expect(outcome({ standing }).allowed).toEqual(['refuse', 'fraudulent']);
	});
});

describe('over every input there is', () => {
	test('exactly one row fits', () => {
		expect(everyInput).toHaveLength(4 * 4 * 4 * 7 * 4 * 3);
		for (const input of everyInput) expect(rowsFor(input), JSON.stringify(input)).toHaveLength(1);
	});

	test('every row fits some input, and every decision is allowed by some row', () => {
		const used = new Set(everyInput.map((input) => decisionFor(input).row));
		expect([...used].sort()).toEqual(decisionTable.map(({ id }) => id).sort());
		const allowed = new Set(everyInput.flatMap((input) => decisionFor(input).allowed));
		expect([...allowed].sort()).toEqual([...claimDecisions].sort());
	});

	test('a child goes home only with kin confirmed, taken from fit parents, while in care', () => {
		for (const input of everyInput.filter((each) => decisionFor(each).allowed.includes('reunite'))) {
			expect(input).toMatchObject({ kin: 'confirmed', fitness: 'fit' });
			expect(taken).toContain(input.finding);
			expect(inCare).toContain(input.phase);
		}
	});

	test('confirmed kin is never refused and never called fraudulent', () => {
		for (const input of everyInput.filter(({ kin }) => kin === 'confirmed')) {
			expect(decisionFor(input).allowed).not.toContain('refuse');
			expect(decisionFor(input).allowed).not.toContain('fraudulent');
		}
	});

	test('never two outcomes that contradict each other', () => {
		for (const input of everyInput) {
			const { allowed } = decisionFor(input);
			const withKin = allowed.filter((decision) => findsKin.includes(decision));
			expect(withKin.length, JSON.stringify(input)).toBeLessThanOrEqual(1);
			if (withKin.length > 0) expect(allowed).toEqual(withKin);
		}
	});

	test('only an adoption can be dissolved or stand', () => {
		const ofAdoption: readonly ClaimDecision[] = ['dissolve', 'adoption_stands'];
		for (const input of everyInput) {
			const { allowed } = decisionFor(input);
			if (allowed.some((decision) => ofAdoption.includes(decision))) expect(input.phase).toBe('after_adoption');
		}
	});

	test('what may be decided with kin has nothing missing; where nothing may be decided something is named', () => {
		for (const input of everyInput) {
			const { allowed, missing } = decisionFor(input);
			if (allowed.some((decision) => decision !== 'fraudulent')) expect(missing).toEqual([]);
			else expect(missing.length).toBeGreaterThan(0);
		}
	});
});
