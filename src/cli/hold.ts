import { parseArgs } from 'node:util';
import { codeTables } from '#lib/domain/codes/tables.ts';
import { documentCodes, type DocumentCode } from '#lib/domain/document/document.ts';
import { periodOf, type Clock } from '#lib/domain/hold/clock.ts';
import {
	caseFlags,
	claimOutcomes,
	dnaStates,
	type ClaimOutcome,
	type DnaState,
	type HoldClaim,
	type HoldDocument,
	type HoldEvent,
	type HoldFacts
} from '#lib/domain/hold/facts.ts';
import { computeHold, type Hold, type HoldStory } from '#lib/domain/hold/hold.ts';
import {
	claimEffects,
	defaultPolicyId,
	factTypes,
	firstReceivers,
	noticeChannels,
	policyById,
	policySchema,
	type Basis,
	type ClaimEffect,
	type FactType,
	type FirstReceiver,
	type Policy
} from '#lib/domain/hold/policy.ts';
import { policyFor, type ChosenPolicy, type PolicyGround } from '#lib/domain/hold/policy-choice.ts';
import { builtInRules, restDaysUnder, type RulesInForce } from '#lib/domain/hold/rules.ts';
import { civilDateSchema, earliest, latest, partialDateSchema, type CivilDate } from '#lib/domain/time.ts';
import {
	blockerSentence,
	conditionNames,
	conditionSentence,
	contradictionSentence,
	documentNames,
	holdSentences,
	notStartedSentence
} from '#lib/messages/hold.ts';
import { translator } from '#lib/messages/message.ts';
import { reasonSentence } from '#lib/messages/policies.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import { checkText } from '#lib/server/policies/check.ts';
import { fileKinds, type FileKind } from '#lib/server/policies/kinds.ts';
import { z } from 'zod';
import type { CommandContext } from './command.ts';
import { readJsonInput } from './json-input.ts';
import { refusalText, textOfRulesFile } from './rules-text.ts';

export const summary = "one child's hold: clocks, conditions, what blocks";

export const usage = `lampkeep hold [--policies FILE] [--rest-days FILE] [--json] < child.json

  --policies   reckon with a file of policies laid over the program's own, such as one that is to be loaded
  --rest-days  the same with a table of holidays

Standard input: one child. Days are written YYYY-MM-DD.
  today          the day it is in the policy's time zone; moves no date
  policy         id, default "${defaultPolicyId}"; or {"id": …, "claimEffect": "block" | "suspend" | "restart"};
                 or a whole policy in the form of src/lib/domain/hold/data/policies.json
  basis, region  instead of "policy": code of the basis of admission ("04" rescued, "05" believed abandoned …) and six
                 digits of where the house is; the policy follows from both and from the day of the hand-over
  firstReceiver  "rescue_station" or "welfare_institution": who took the child from the police
  events         [{"type", "date", "channel"?, "to"?, "id"?}]. Types:
                 police_handover (with "to": a firstReceiver), rescued, transfer,
                 notice_published and notice_taken_down (channel "newspaper" or "national_platform";
                 a publication without a channel counts for both),
                 dna_collected … dna_in_database, dna_candidate, dna_excluded, dna_confirmed (with the candidate's "id"),
                 certificate_received, registry_notice_published, application, registration_refused,
                 reunited, adopted, adoption_dissolved, aged_out, deceased, other_basis,
                 and the start facts of other policies.
                 "handover" is the police's first hand-over where it is the earliest, else a transfer.
  documents      [{"code": "DOC-A" … "DOC-M", "number"?, "date"?, "issuer"?, "originalSeenBy"?}]
  claims         [{"id"?, "openedOn", "closedOn"?, "outcome"?}]; "filed" and "decided" are understood too.
                 Outcomes: refused, withdrawn, fraudulent, lapsed; kin_confirmed where the parents are found.
  dna            "none", "collected", … "in_database", "candidate", "confirmed", "excluded"; if left out, from the events
  birth          YYYY-MM-DD, or {"y", "m"?, "d"?}, or {"earliest", "latest"}
  flags          any of ${caseFlags.join(', ')}
  unknownEntries true: the case holds entries this program cannot read

Standard output: status with its dates; clocks (start, raw, lastDay, status and how they came about);
conditions and blockers, each with a code, a reason and its source; contradictions. A hold that has elapsed does
not make a child adoptable: the police issue the certificate.

Example
  echo '{"today":"2025-03-10","events":[{"type":"police_handover","date":"2024-02-29"}]}' | npm run -s lampkeep -- hold --json`;

export async function run(context: CommandContext): Promise<void> {
	const { values } = parseArgs({
		args: [...context.args],
		options: { policies: { type: 'string' }, 'rest-days': { type: 'string' } }
	});
	const rules = await rulesFromFiles({ policies: values.policies, rest_days: values['rest-days'] });
	context.answer(reckonHold(await context.input(), rules));
}

/** JSON in, JSON out. @throws OperatorError naming the field that does not fit */
export function holdCommand(stdinText: string, rules: RulesInForce = builtInRules): string {
	return JSON.stringify(reckonHold(stdinText, rules));
}

async function rulesFromFiles(paths: Readonly<Record<FileKind, string | undefined>>): Promise<RulesInForce> {
	let rules = builtInRules;
	for (const kind of fileKinds) {
		const path = paths[kind];
		if (path === undefined) continue;
		const checked = checkText(kind, await textOfRulesFile(path), rules, { allowGaps: true });
		if (!checked.ok) throw new OperatorError(refusalText(path, checked.error));
		rules = checked.value.rules;
	}
	return rules;
}

// ---------------------------------------------------------------- the input

const day = civilDateSchema;

/** Steps of the sample's way, told as events. */
const dnaSteps = [
	'dna_collected',
	'dna_sealed',
	'dna_dispatched',
	'dna_received',
	'dna_typed',
	'dna_in_database'
] as const;
const dnaFindings = ['dna_candidate', 'dna_excluded', 'dna_confirmed'] as const;

/** Other words for the same fact, as people and papers use them. */
const eventSynonyms: Readonly<Record<string, string>> = {
	rescue: 'rescued',
	first_handover: 'police_handover',
	first_handover_to_rescue_station_or_welfare_institution: 'police_handover',
	transferred: 'transfer',
	search_notice_published: 'notice_published',
	dna_sampled: 'dna_collected',
	kin_candidate: 'dna_candidate',
	kin_excluded: 'dna_excluded',
	kin_confirmed: 'dna_confirmed',
	died: 'deceased'
};

const eventTypes = [
	...factTypes,
	...dnaSteps,
	...dnaFindings,
	'handover',
	'notice_newspaper',
	'notice_platform'
] as const;

const channelSynonyms: Readonly<Record<string, string>> = { platform: 'national_platform', paper: 'newspaper' };
const receiverSynonyms: Readonly<Record<string, string>> = {
	station: 'rescue_station',
	institution: 'welfare_institution',
	child_welfare_institution: 'welfare_institution'
};

const outcomeSynonyms: Readonly<Record<string, ClaimOutcome>> = {
	refuse: 'refused',
	reject: 'refused',
	rejected: 'refused',
	denied: 'refused',
	excluded: 'refused',
	withdraw: 'withdrawn',
	fraud: 'fraudulent',
	reunite: 'kin_confirmed',
	reunited: 'kin_confirmed',
	confirmed: 'kin_confirmed',
	accepted: 'kin_confirmed',
	adoption_stands: 'kin_confirmed',
	dissolve: 'kin_confirmed'
};

/** One of the words, written with blanks, hyphens or capitals as you like; a list of the words where it is none. */
function oneOf<const Word extends string>(words: readonly Word[], synonyms: Readonly<Record<string, string>> = {}) {
	return z
		.string({ error: `must be one of: ${words.join(', ')}` })
		.transform((text) => {
			const word = text
				.trim()
				.replace(/([a-z])([A-Z])/g, '$1_$2')
				.toLowerCase()
				.replace(/[\s-]+/g, '_');
			return synonyms[word] ?? word;
		})
		.pipe(z.enum(words, { error: `must be one of: ${words.join(', ')}` }));
}

/** Absent and null are the same. */
function perhaps<Schema extends z.ZodType>(schema: Schema) {
	return schema.nullish().transform((value): z.infer<Schema> | undefined => value ?? undefined);
}

const documentCode = z
	.string({ error: 'must be DOC-A to DOC-M' })
	.transform((text) =>
		text
			.trim()
			.toUpperCase()
			.replace(/^(DOC[\s_-]?)?([A-M])$/, 'DOC-$2')
	)
	.pipe(z.enum(documentCodes, { error: 'must be DOC-A to DOC-M' }));

const identifier = z.union([z.string(), z.int()]).transform(String);

const eventInput = z.object(
	{
		type: oneOf(eventTypes, eventSynonyms),
		date: day,
		channel: perhaps(oneOf(noticeChannels, channelSynonyms)),
		to: perhaps(oneOf(firstReceivers, receiverSynonyms)),
		id: perhaps(identifier)
	},
	{ error: 'must be an object with type and date' }
);

const documentInput = z.object(
	{
		code: documentCode,
		number: perhaps(identifier),
		date: perhaps(day),
		issuer: perhaps(z.string()),
		/** A name; `true` where the name is not at hand. */
		originalSeenBy: perhaps(z.union([z.string(), z.boolean()])),
		originalSeen: perhaps(z.boolean()),
		id: perhaps(identifier)
	},
	{ error: 'must be an object with a code' }
);

const claimInput = z
	.object(
		{
			id: perhaps(identifier),
			openedOn: perhaps(day),
			opened: perhaps(day),
			filedOn: perhaps(day),
			filed: perhaps(day),
			closedOn: perhaps(day),
			closed: perhaps(day),
			decidedOn: perhaps(day),
			decided: perhaps(day),
			outcome: perhaps(oneOf(claimOutcomes, outcomeSynonyms))
		},
		{ error: 'must be an object with openedOn' }
	)
	.transform((claim, context) => {
		const openedOn = claim.openedOn ?? claim.opened ?? claim.filedOn ?? claim.filed;
		const closedOn = claim.closedOn ?? claim.closed ?? claim.decidedOn ?? claim.decided;
		if (openedOn === undefined) {
			context.addIssue({ code: 'custom', path: ['openedOn'], message: 'is missing: the day the claim was opened' });
			return z.NEVER;
		}
		if (claim.outcome !== undefined && closedOn === undefined) {
			context.addIssue({
				code: 'custom',
				path: ['closedOn'],
				message: 'is missing: a claim with an outcome has a day it was decided'
			});
			return z.NEVER;
		}
		return { id: claim.id, openedOn, closedOn, outcome: claim.outcome };
	});

const birthInput = z.union(
	[
		day.transform((date) => ({ earliest: date, latest: date })),
		partialDateSchema.transform((date) => ({ earliest: earliest(date), latest: latest(date) })),
		z
			.object({ earliest: day, latest: day })
			.refine((birth) => birth.earliest <= birth.latest, { error: 'earliest must not be after latest' })
	],
	{ error: 'must be YYYY-MM-DD, {"y", "m", "d"} or {"earliest", "latest"}' }
);

const effect = z.enum(claimEffects, { error: 'must be "block", "suspend" or "restart"' });
const policyInput = z.union([z.string(), policySchema, z.object({ id: z.string(), claimEffect: perhaps(effect) })], {
	error: 'must be the id of a policy, {"id", "claimEffect"}, or a whole policy'
});

const listOf = <Schema extends z.ZodType>(schema: Schema) =>
	perhaps(z.array(schema, { error: 'must be a list' })).transform((list) => list ?? []);

const childInput = z.object(
	{
		policy: perhaps(policyInput),
		policyId: perhaps(z.string()),
		claimEffect: perhaps(effect),
		basis: perhaps(
			z.enum(
				codeTables.admissionBasis.map(({ code }) => code),
				{ error: `must be one of: ${codeTables.admissionBasis.map(({ code }) => code).join(', ')}` }
			)
		),
		region: perhaps(z.string().regex(/^\d{6}$/, { error: 'must have six digits, such as 310104' })),
		today: day,
		firstReceiver: perhaps(oneOf(firstReceivers, receiverSynonyms)),
		events: listOf(eventInput),
		documents: listOf(documentInput),
		claims: listOf(claimInput),
		dna: perhaps(
			z.union([oneOf(dnaStates), z.object({ state: oneOf(dnaStates), openCandidates: perhaps(z.array(identifier)) })])
		),
		birth: perhaps(birthInput),
		flags: listOf(oneOf(caseFlags)),
		unknownEntries: perhaps(z.boolean())
	},
	{ error: 'must be an object: {"today": …, "events": […], "documents": […], "claims": […]}' }
);
type ChildInput = z.infer<typeof childInput>;
type EventInput = z.infer<typeof eventInput>;

/** The policy that is named, or the one that follows from basis and region, with why. */
function policyOf(input: ChildInput, rules: RulesInForce): { readonly policy: Policy; readonly chosen?: ChosenPolicy } {
	const named = input.policy ?? input.policyId;
	if (named === undefined && (input.basis !== undefined || input.region !== undefined)) {
		const chosen = policyFor(groundOf(input), rules);
		return { policy: withEffect(chosen.policy, input.claimEffect), chosen };
	}
	const wanted = named ?? defaultPolicyId;
	const id = typeof wanted === 'string' ? wanted : wanted.id;
	if (typeof wanted !== 'string' && 'clocks' in wanted) return { policy: withEffect(wanted, input.claimEffect) };
	const found = policyById(id, rules.policies);
	if (!found.ok) {
		throw new OperatorError(`policy: there is no policy "${id}"; use one of ${found.error.known.join(', ')}.`);
	}
	const ownEffect = typeof wanted === 'string' ? undefined : wanted.claimEffect;
	return { policy: withEffect(found.value, ownEffect ?? input.claimEffect) };
}

function groundOf(input: ChildInput): PolicyGround {
	const handovers = input.events
		.map(withPlainType(input.events))
		.filter(({ type }) => type === 'police_handover')
		.map(({ date }) => date)
		.sort();
	return {
		basis: input.basis === undefined ? undefined : { code: input.basis },
		region: input.region,
		startedOn: handovers.at(-1),
		temporaryCareNotice: input.documents.some(({ code }) => code === 'DOC-A')
	};
}

function withEffect(policy: Policy, claimEffect: ClaimEffect | undefined): Policy {
	if (claimEffect === undefined) return policy;
	const clocks = policy.clocks.map((rule) => (rule.id === policy.holdClock ? { ...rule, claimEffect } : rule));
	return { ...policy, clocks };
}

function factsOf(input: ChildInput): HoldFacts {
	const events = input.events.map(withPlainType(input.events));
	return {
		today: input.today,
		firstReceiver: input.firstReceiver ?? firstReceiverIn(events),
		events: events.flatMap(holdEvents),
		documents: input.documents.map((document): HoldDocument => ({
			code: document.code,
			number: document.number,
			date: document.date,
			issuer: document.issuer,
			originalSeenBy: originalSeenBy(document),
			id: document.id
		})),
		claims: input.claims.map((claim, index): HoldClaim => ({ ...claim, id: claim.id ?? `claim-${index + 1}` })),
		dna: dnaOf(input),
		birth: input.birth,
		flags: input.flags,
		unknownEntries: input.unknownEntries ?? false
	};
}

function originalSeenBy(document: z.infer<typeof documentInput>): string | undefined {
	const { originalSeenBy: by, originalSeen } = document;
	if (typeof by === 'string') return by;
	return by === true || originalSeen === true ? 'seen' : undefined;
}

/** `handover` says who took the child, not that it was the first: the earliest was the police's, the others moved the child. */
function withPlainType(all: readonly EventInput[]): (event: EventInput) => EventInput {
	const handovers = all.filter(({ type }) => type === 'handover' || type === 'police_handover');
	const first = handovers.map(({ date }) => date).sort()[0];
	return (event) => {
		if (event.type !== 'handover') return event;
		return { ...event, type: event.date === first ? 'police_handover' : 'transfer' };
	};
}

function firstReceiverIn(events: readonly EventInput[]): FirstReceiver | undefined {
	return events.find(({ type, to }) => type === 'police_handover' && to !== undefined)?.to;
}

function holdEvents({ type, date, channel, id }: EventInput): HoldEvent[] {
	switch (type) {
		case 'notice_published':
			return (channel === undefined ? noticeChannels : [channel]).map((each) => ({ type, date, channel: each, id }));
		case 'notice_newspaper':
			return [{ type: 'notice_published', date, channel: 'newspaper', id }];
		case 'notice_platform':
			return [{ type: 'notice_published', date, channel: 'national_platform', id }];
		case 'notice_taken_down':
			return [{ type, date, channel, id }];
		default:
			return isFact(type) ? [{ type, date, id }] : [];
	}
}

function isFact(type: EventInput['type']): type is FactType {
	return factTypes.some((fact) => fact === type);
}

function dnaOf(input: ChildInput): HoldFacts['dna'] {
	if (typeof input.dna === 'string') return { state: input.dna };
	if (input.dna) return input.dna;
	const happened = (type: EventInput['type']) => input.events.filter((event) => event.type === type);
	const farthest = dnaSteps.findLast((step) => happened(step).length > 0);
	let state: DnaState = farthest === undefined ? 'none' : stateAfter[farthest];
	const excluded = happened('dna_excluded');
	const openCandidates = happened('dna_candidate')
		.filter((candidate) => !excluded.some((event) => event.id === undefined || event.id === candidate.id))
		.map((candidate, index) => candidate.id ?? `candidate-${index + 1}`);
	if (excluded.length > 0) state = 'excluded';
	if (openCandidates.length > 0) state = 'candidate';
	if (happened('dna_confirmed').length > 0) state = 'confirmed';
	return { state, openCandidates };
}

const stateAfter: Readonly<Record<(typeof dnaSteps)[number], DnaState>> = {
	dna_collected: 'collected',
	dna_sealed: 'sealed',
	dna_dispatched: 'dispatched',
	dna_received: 'received',
	dna_typed: 'typed',
	dna_in_database: 'in_database'
};

// ---------------------------------------------------------------- the answer

const english = translator('en');

function reckonHold(stdinText: string, rules: RulesInForce): unknown {
	const input = readJsonInput('hold', stdinText, childInput);
	const { policy, chosen } = policyOf(input, rules);
	const hold = computeHold(factsOf(input), policy, restDaysUnder(rules, policy.calendar));
	return {
		policy: policy.id,
		policyTitle: english(policy.title),
		...(chosen && {
			policyBecause: { ...chosen.because, reason: reasonSentence(chosen, english) },
			policiesNotYetInForce: chosen.notYetInForce
		}),
		today: hold.today,
		...storyOf(hold, policy),
		clocks: hold.clocks.map((clock) => clockAnswer(clock, policy)),
		conditions: hold.conditions.map(({ id, status, because, basis }) => ({
			id,
			name: english(conditionNames[id]),
			status,
			reason: conditionSentence(because, policy, english),
			...because,
			...source(basis)
		})),
		blockers: hold.blockers.map((blocker) => {
			const { basis, ...facts } = blocker;
			return {
				...facts,
				code: facts.code === 'document_missing' ? `document_missing:${facts.document}` : facts.code,
				reason: blockerSentence(blocker, policy, english),
				...source(basis)
			};
		}),
		contradictions: hold.contradictions.map((contradiction) => ({
			...contradiction,
			reason: contradictionSentence(contradiction, english)
		})),
		note: english(holdSentences.elapsedIsNotAdoptable)
	};
}

function storyOf(hold: Hold, policy: Policy): object {
	switch (hold.status) {
		case 'not_started':
			return { status: hold.status, reason: notStartedSentence(hold.because, policy, english) };
		case 'running':
		case 'elapsed':
			return { status: hold.status, ...days(hold) };
		case 'certified': {
			const { code, number, date } = hold.certificate;
			return { status: hold.status, ...days(hold), certificate: { code, name: documentName(code), number, date } };
		}
		case 'closed':
			return { status: hold.status, closedBecause: hold.reason, closedOn: hold.on };
	}
}

function days(story: Extract<HoldStory, { lastDay: CivilDate }>) {
	const { start, lastDay, openFrom, provisional, daysPassed, daysLeft, halted } = story;
	return { start, lastDay, openFrom, provisional, daysPassed, daysLeft, ...(halted && { halted }) };
}

function documentName(code: DocumentCode): string {
	return english(documentNames[code]);
}

/** Every clock has the same keys; what is not known is null. */
function clockAnswer(clock: Clock, policy: Policy): unknown {
	const period = periodOf(clock);
	const { rule } = clock;
	return {
		id: clock.id,
		rule: rule.rule ?? null,
		name: english(rule.title),
		kind: rule.kind,
		actor: rule.actor,
		status: clock.status,
		start: period?.start ?? null,
		startFrom: period?.startFrom ?? null,
		raw: period?.raw ?? null,
		lastDay: period?.lastDay ?? null,
		openFrom: period?.openFrom ?? null,
		provisional: period?.provisional ?? false,
		daysPassed: period?.daysPassed ?? null,
		daysLeft: period?.daysLeft ?? null,
		...(clock.status === 'not_started' && {
			code: clock.because.code,
			reason: notStartedSentence(clock.because, policy, english)
		}),
		...(clock.status === 'running' && clock.heldBy.length > 0 && { heldBy: clock.heldBy }),
		...(clock.status === 'met' && { metOn: clock.metOn ?? null, late: clock.late }),
		steps: period?.steps ?? [],
		...source(rule.basis)
	};
}

function source(basis: Basis) {
	const { certainty, source: from, text, note } = basis;
	return {
		source: from,
		certainty,
		...(text !== undefined && { quoted: text }),
		...(note !== undefined && { sourceNote: note })
	};
}
