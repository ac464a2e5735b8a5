import { expect, it } from 'vitest';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { civilDate } from '#lib/domain/time.ts';
import { locales, translator } from './message.ts';
import { refusalSentence, type Refusal } from './refusals.ts';

const day = civilDate('2026-11-22');

/** Every fault there is, in every form it takes: the compiler asks for the types that are missing. */
const faults: { readonly [T in Refusal['type']]: readonly Extract<Refusal, { type: T }>[] } = {
	not_yours_to_decide: [{ type: 'not_yours_to_decide' }],
	two_persons_needed: [{ type: 'two_persons_needed' }],
	two_institutions_needed: [{ type: 'two_institutions_needed' }],
	reviewer_recorded: [
		{ type: 'reviewer_recorded', what: 'certificate' },
		{ type: 'reviewer_recorded', what: 'start' }
	],
	already_signed: [{ type: 'already_signed' }],
	not_there: (['date', 'flag', 'proposal', 'paper', 'adoption', 'review'] as const).map((what) => ({
		type: 'not_there',
		what
	})),
	date_in_future: [{ type: 'date_in_future', date: day }],
	date_before: [{ type: 'date_before', date: day, earliest: day }],
	child_has_left: [{ type: 'child_has_left' }],
	child_has_not_left: [{ type: 'child_has_not_left' }],
	hold_not_elapsed: [{ type: 'hold_not_elapsed' }],
	not_certified: [{ type: 'not_certified' }],
	not_long_term: [{ type: 'not_long_term' }],
	blocked: [
		{ type: 'blocked', by: ['open_claim', 'police_hold', 'document_missing', 'document_missing'] },
		{ type: 'blocked', by: [] }
	],
	conditions_missing: [{ type: 'conditions_missing', conditions: ['dna_in_database', 'certificate_on_file'] }],
	claims_to_screen: [1, 2].map((count) => ({ type: 'claims_to_screen', count })),
	candidates_to_look_at: [1, 2].map((count) => ({ type: 'candidates_to_look_at', count })),
	evidence_changed: [{ type: 'evidence_changed', parts: ['documents', 'claims'] }],
	document_needed: [{ type: 'document_needed', document: 'DOC-K' }],
	paper_needed: [{ type: 'paper_needed' }],
	step_out_of_order: [
		{ type: 'step_out_of_order', missing: 'assessed' },
		{ type: 'step_out_of_order', missing: 'given_up' }
	],
	clock_running: [
		{ type: 'clock_running', clock: 'registration-notice' },
		{ type: 'clock_running', clock: 'registration-notice', lastDay: day },
		{ type: 'clock_running', clock: 'registration-notice', lastDay: day, provisional: true }
	],
	consent_needed: [{ type: 'consent_needed', matter: 'adoption' }],
	child_said_no: [{ type: 'child_said_no', matter: 'dissolution' }],
	claim_not_decided_so: [{ type: 'claim_not_decided_so' }],
	may_be_of_age: [{ type: 'may_be_of_age' }],
	not_of_age: [{ type: 'not_of_age' }, { type: 'not_of_age', on: day }],
	proposal_open: [{ type: 'proposal_open' }],
	wrong_code: [{ type: 'wrong_code' }],
	file_changed: [{ type: 'file_changed' }],
	child_unknown: [{ type: 'child_unknown' }]
};

it.each(Object.values(faults).flat())('a refusal says what is and the way out, in both languages: %j', (fault) => {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('no policy');
	for (const locale of locales) {
		const sentence = refusalSentence(fault, policy.value, translator(locale));
		expect(sentence).not.toMatch(/[{}]|undefined|_/);
		expect(sentence).toMatch(locale === 'en' ? /[.;]$/ : /。$/);
		// What is, and what to do: one sentence alone leaves a person standing.
		expect(sentence.split(locale === 'en' ? /[.;:,] / : /[。；：，]/).filter(Boolean).length).toBeGreaterThan(1);
	}
});

it('a reason that is given twice is said once', () => {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('no policy');
	const [fault] = faults.blocked;
	if (!fault) throw new Error('no fault');
	expect(refusalSentence(fault, policy.value, translator('zh-CN')).match(/缺文件/g)).toHaveLength(1);
});
