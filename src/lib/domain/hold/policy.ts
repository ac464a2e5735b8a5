/**
 * Policies: which clocks run for a child, from which fact, how long, by which calendar, and what must be on file. A policy is
 * data (data/policies.json); a new country is a new entry there. Every rule carries where it comes from and how certain it is.
 */
import { z } from 'zod';
import { documentCodes } from '../document/document.ts';
import { err, ok, type Result } from '../result.ts';
import { civilDateSchema, type CivilDate } from '../time.ts';
import policiesFile from './data/policies.json' with { type: 'json' };

/** How sure we are of a rule: verified = primary text seen; recalled = from memory, treat as unknown. */
export const certainties = ['verified', 'secondary', 'inferred', 'recalled', 'unknown'] as const;
export type Certainty = (typeof certainties)[number];

/** Where a rule comes from. `text` quotes the law; `note` says what is ours. */
export const basisSchema = z.strictObject({
	certainty: z.enum(certainties),
	source: z.string().min(1),
	text: z.string().min(1).optional(),
	note: z.string().min(1).optional()
});
export type Basis = Readonly<z.infer<typeof basisSchema>>;

/** The facts with a civil date that a clock can start from, be met by, or that close a hold. */
export const factTypes = [
	'rescued',
	'police_handover',
	'transfer',
	'notice_published',
	'notice_taken_down',
	'certificate_received',
	'registry_notice_published',
	'application',
	'registration_refused',
	'reunited',
	'adopted',
	'adoption_dissolved',
	'aged_out',
	'deceased',
	'other_basis',
	'entered_in_error',
	'search_requested',
	'police_final_conclusion',
	'temporary_guardianship_start',
	'long_term_guardianship_start',
	'production_before_cwc',
	'cwc_declaration',
	'surrender_deed',
	'advertisement_published',
	'parental_consent_given',
	'abandonment',
	'petition_posted',
	'search_start',
	'commune_posting',
	'last_review',
	'tracing_started'
] as const;
export type FactType = (typeof factTypes)[number];

export const noticeChannels = ['newspaper', 'national_platform'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

export const firstReceivers = ['rescue_station', 'welfare_institution'] as const;
export type FirstReceiver = (typeof firstReceivers)[number];

/**
 * What an open claim does to a clock.
 *   block    the calendar runs on; nothing that needs the clock can be decided while the claim is open
 *   suspend  the clock stands still while the claim is open; its days are added
 *   restart  the clock starts anew from the day the claim was decided
 */
export const claimEffects = ['block', 'suspend', 'restart'] as const;
export type ClaimEffect = (typeof claimEffects)[number];

export const periodUnits = ['days', 'weeks', 'months', 'years'] as const;
export type PeriodUnit = (typeof periodUnits)[number];

/** zh and en, the shape of a `Message`: names that come with the data, so that a new policy needs no new code. */
const titleSchema = z.tuple([z.string().min(1), z.string().min(1)]).readonly();

export const calendarSchema = z.strictObject({
	/** false: the day of the fact is not counted (Civil Code art. 201). */
	countStartDay: z.boolean(),
	/** The corresponding day, or the month's last where there is none (art. 202). */
	monthEnd: z.literal('sameDayOrLastDay'),
	/** Whether a last day that is a rest day moves to the next day that is not (art. 203). */
	roll: z.enum(['none', 'nextNonRestDay']),
	restDays: z.enum(['CN', 'none']),
	basis: basisSchema
});
export type PolicyCalendar = Readonly<z.infer<typeof calendarSchema>>;

const startSchema = z.union([
	z.strictObject({
		fact: z.enum(factTypes),
		/**
		 * one: there is one such fact; two different dates are a dispute and the later counts until it is settled.
		 * last: the fact repeats, the latest counts.
		 * last_of_channels: the first publication on each channel, the later of them.
		 */
		pick: z.enum(['one', 'last', 'last_of_channels']),
		channels: z.array(z.enum(noticeChannels)).min(1).optional(),
		basis: basisSchema
	}),
	/** From the last day of another clock, once that has elapsed. */
	z.strictObject({ afterClock: z.string(), basis: basisSchema }),
	/** From the birth; of an estimated birth the latest day counts. */
	z.strictObject({ birth: z.literal(true), basis: basisSchema })
]);

const appliesIfSchema = z.union([
	z.strictObject({ firstReceiver: z.enum(firstReceivers) }),
	z.strictObject({
		ageAtStart: z.union([
			z.strictObject({ atMostYears: z.int().positive() }),
			z.strictObject({ aboveYears: z.int().positive() })
		])
	})
]);

export const clockRuleSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+$/),
	/** The rule book's number, K1 to K9, where it has one. */
	rule: z.string().regex(/^K\d$/).optional(),
	title: titleSchema,
	/**
	 * waiting, notice, reconsideration, minAge: must elapse in full before something may happen.
	 * deadline: somebody must have acted by its last day.
	 */
	kind: z.enum(['waiting', 'notice', 'reconsideration', 'minAge', 'deadline']),
	start: startSchema,
	appliesIf: appliesIfSchema.optional(),
	amount: z.int().positive().max(1200),
	unit: z.enum(periodUnits),
	/** Id of a clock whose days do not count in this one. */
	excludes: z.string().optional(),
	/** A limit "as a rule": passing it is shown, not enforced. */
	soft: z.boolean().optional(),
	repeats: z.boolean().optional(),
	actor: z.string().min(1),
	/** What ends a deadline: any one of these. */
	metBy: z
		.array(z.union([z.strictObject({ document: z.enum(documentCodes) }), z.strictObject({ fact: z.enum(factTypes) })]))
		.optional(),
	claimEffect: z.enum(claimEffects).optional(),
	claimEffectBasis: basisSchema.optional(),
	basis: basisSchema
});
export type ClockRule = Readonly<z.infer<typeof clockRuleSchema>>;

export const conditionIds = [
	'hold_elapsed',
	'notice_elapsed',
	'min_age_reached',
	'dna_in_database',
	'no_open_kin_candidate',
	'no_open_claim',
	'temp_proof_on_file',
	'dna_result_on_file',
	'certificate_on_file',
	'found_report_on_file'
] as const;
export type ConditionId = (typeof conditionIds)[number];

export const conditionRuleSchema = z.strictObject({
	id: z.enum(conditionIds),
	needs: z.discriminatedUnion('kind', [
		z.strictObject({ kind: z.literal('clock_elapsed'), clock: z.string() }),
		z.strictObject({
			kind: z.literal('document'),
			document: z.enum(documentCodes),
			/** What must be recorded of it, beyond that it is there. */
			complete: z.array(z.enum(['number', 'date', 'original'])),
			/** Id of the clock that must have elapsed by the date of the document. */
			notBefore: z.string().optional()
		}),
		z.strictObject({ kind: z.literal('dna_in_database') }),
		z.strictObject({ kind: z.literal('no_open_claim') }),
		z.strictObject({ kind: z.literal('no_open_kin_candidate') })
	]),
	basis: basisSchema
});
export type ConditionRule = Readonly<z.infer<typeof conditionRuleSchema>>;

/** An age the law names, since a day where it is younger than the policy; `earlier` is what was law before, newest first. */
const ageVariantSchema = z.strictObject({
	years: z.int().positive().max(30),
	since: civilDateSchema.optional(),
	basis: basisSchema
});
export type AgeVariant = Readonly<z.infer<typeof ageVariantSchema>>;
export const ageRuleSchema = ageVariantSchema.extend({ earlier: z.array(ageVariantSchema).min(1).optional() });
export type AgeRule = Readonly<z.infer<typeof ageRuleSchema>>;

/**
 * The age that was law on a day: of an adoptee below 14 until 2020-12-31, below 18 since. Before the earliest variant
 * known, that one.
 */
export function ageOn(rule: AgeRule, day: CivilDate): AgeVariant;
export function ageOn(rule: AgeRule | undefined, day: CivilDate): AgeVariant | undefined;
export function ageOn(rule: AgeRule | undefined, day: CivilDate): AgeVariant | undefined {
	if (!rule) return undefined;
	const variants: readonly AgeVariant[] = [rule, ...(rule.earlier ?? [])];
	return variants.find(({ since }) => since === undefined || day >= since) ?? variants.at(-1);
}

const publicationSchema = z.strictObject({
	photo: z.enum(['required', 'allowed', 'forbidden']),
	name: z.enum(['shown', 'withheld']).optional(),
	idNumber: z.enum(['forbidden']).optional(),
	required: z.array(z.string()).optional(),
	medium: z.array(z.string()),
	stopOn: z.array(z.enum(factTypes)),
	basis: basisSchema
});

const heading = {
	id: z.string().regex(/^[A-Z0-9-]+$/),
	title: titleSchema,
	jurisdiction: z.string().min(2),
	effectiveFrom: civilDateSchema.optional(),
	effectiveFromBasis: basisSchema.optional()
};

/** A policy that stands alone. */
export const policySchema = z
	.strictObject({
		...heading,
		/** Set on a policy made by laying an overlay over its base. */
		overlayOf: z.string().optional(),
		/** IANA name: where the wall calendar hangs that says which day it is. Missing for policies without a country. */
		timeZone: z.string().optional(),
		appliesTo: z.array(z.string()).min(1),
		calendar: calendarSchema,
		/** The clock the hold's status is told from; a policy without one has deadlines only. */
		holdClock: z.string().optional(),
		clocks: z.array(clockRuleSchema).min(1),
		conditions: z.array(conditionRuleSchema),
		ages: z.strictObject({ adult: ageRuleSchema.optional(), consent: ageRuleSchema.optional() }).optional(),
		publication: publicationSchema.optional(),
		notes: z.array(z.string())
	})
	.superRefine((policy, context) => {
		for (const fault of faultsIn(policy)) context.addIssue({ code: 'custom', message: fault });
	});
export type Policy = Readonly<z.infer<typeof policySchema>>;

/** A province's additions to another policy: its clocks join the base's, and replace those of the same id. */
export const overlaySchema = z.strictObject({
	...heading,
	overlayOf: z.string(),
	clocks: z.array(clockRuleSchema).min(1),
	conditions: z.array(conditionRuleSchema).optional()
});
export type PolicyOverlay = Readonly<z.infer<typeof overlaySchema>>;

export const policyFileSchema = z.strictObject({
	schema: z.literal('lampkeep-policies/1'),
	policies: z.array(z.union([overlaySchema, policySchema]))
});
export type PolicyFile = Readonly<z.infer<typeof policyFileSchema>>;

export type PolicyFileProblem =
	| {
			readonly type: 'not_a_policy_file';
			readonly problems: readonly { readonly at: string; readonly message: string }[];
	  }
	| { readonly type: 'policy_twice'; readonly id: string }
	| { readonly type: 'overlay_without_base'; readonly id: string; readonly overlayOf: string };

/** Reads a policy file (parsed JSON) and lays every overlay over its base. The order of the file is kept. */
export function readPolicies(file: unknown): Result<readonly Policy[], PolicyFileProblem> {
	const parsed = parsePolicyFile(file);
	return parsed.ok ? layPolicies(parsed.value) : parsed;
}

/** The file as it is, overlays beside their bases. Every fault is told with its place, such as `policies.2.clocks.0.unit`. */
export function parsePolicyFile(file: unknown): Result<PolicyFile, PolicyFileProblem> {
	const parsed = policyFileSchema.safeParse(file);
	if (parsed.success) return ok(parsed.data);
	const problems = parsed.error.issues.flatMap((issue) => {
		// Of a union zod says only that nothing fits; what the entry wants to be tells which of its faults are meant.
		const entry = issue.code === 'invalid_union' ? entryAt(file, issue.path) : undefined;
		const schema = entry !== undefined && 'overlayOf' in entry && !('calendar' in entry) ? overlaySchema : policySchema;
		const inside = entry === undefined ? undefined : schema.safeParse(entry).error;
		const at = (path: readonly PropertyKey[]) => [...issue.path, ...path].join('.');
		if (!inside) return [{ at: at([]), message: issue.message }];
		return inside.issues.map((each) => ({ at: at(each.path), message: each.message }));
	});
	return err({ type: 'not_a_policy_file', problems });
}

/** Lays every overlay of a file over its base. */
export function layPolicies(file: PolicyFile): Result<readonly Policy[], PolicyFileProblem> {
	const entries = file.policies;
	const policies: Policy[] = [];
	for (const [index, entry] of entries.entries()) {
		if (entries.findIndex((other) => other.id === entry.id) !== index)
			return err({ type: 'policy_twice', id: entry.id });
		if (!isOverlay(entry)) {
			policies.push(entry);
			continue;
		}
		const base = entries.find((other) => other.id === entry.overlayOf);
		if (!base || isOverlay(base)) {
			return err({ type: 'overlay_without_base', id: entry.id, overlayOf: entry.overlayOf });
		}
		policies.push(laidOver(base, entry));
	}
	return ok(policies);
}

/** One file out of several: a later file's policy replaces an earlier one's of the same id in its place, new ones follow. */
export function mergePolicyFiles(files: readonly PolicyFile[]): PolicyFile {
	const byId = new Map<string, PolicyFile['policies'][number]>();
	for (const file of files) for (const entry of file.policies) byId.set(entry.id, entry);
	return { schema: 'lampkeep-policies/1', policies: [...byId.values()] };
}

/** The file that comes with the program. */
export const builtInPolicyFile: PolicyFile = builtInFile();

/** The policies that come with the program, overlays laid over their bases. */
export const policies: readonly Policy[] = builtIn();

/** The policy of a rescued trafficked child where nothing else is said. */
export const defaultPolicyId = 'CN-2015-159';

export interface UnknownPolicy {
	readonly type: 'unknown_policy';
	readonly id: string;
	readonly known: readonly string[];
}

export function policyById(id: string, among: readonly Policy[] = policies): Result<Policy, UnknownPolicy> {
	const policy = among.find((candidate) => candidate.id === id);
	return policy ? ok(policy) : err({ type: 'unknown_policy', id, known: among.map((candidate) => candidate.id) });
}

function builtInFile(): PolicyFile {
	const read = parsePolicyFile(policiesFile);
	if (!read.ok) throw new Error(`data/policies.json: ${JSON.stringify(read.error)}`);
	return read.value;
}

function builtIn(): readonly Policy[] {
	const laid = layPolicies(builtInPolicyFile);
	if (!laid.ok) throw new Error(`data/policies.json: ${JSON.stringify(laid.error)}`);
	return laid.value;
}

function entryAt(file: unknown, [list, index]: readonly PropertyKey[]): object | undefined {
	if (list !== 'policies' || typeof index !== 'number' || typeof file !== 'object' || file === null) return undefined;
	const policies: unknown = Reflect.get(file, 'policies');
	const entry: unknown = Array.isArray(policies) ? policies[index] : undefined;
	return typeof entry === 'object' && entry !== null ? entry : undefined;
}

export function isOverlay(entry: Policy | PolicyOverlay): entry is PolicyOverlay {
	return !('calendar' in entry);
}

function laidOver(base: Policy, overlay: PolicyOverlay): Policy {
	const { conditions = [], clocks, ...head } = overlay;
	const replaced = new Set(clocks.map((clock) => clock.id));
	const replacedConditions = new Set(conditions.map((condition) => condition.id));
	return {
		...base,
		...head,
		clocks: [...base.clocks.filter((clock) => !replaced.has(clock.id)), ...clocks],
		conditions: [...base.conditions.filter((condition) => !replacedConditions.has(condition.id)), ...conditions]
	};
}

/** References that lead nowhere: the one fault a schema cannot see. A clock may only lean on clocks above it. */
function faultsIn(policy: {
	readonly holdClock?: string | undefined;
	readonly clocks: readonly z.infer<typeof clockRuleSchema>[];
	readonly conditions: readonly z.infer<typeof conditionRuleSchema>[];
}): string[] {
	const faults: string[] = [];
	const above = new Set<string>();
	for (const clock of policy.clocks) {
		if (above.has(clock.id)) faults.push(`clock ${clock.id} is there twice`);
		if ('afterClock' in clock.start && !above.has(clock.start.afterClock)) {
			faults.push(`clock ${clock.id} starts after ${clock.start.afterClock}, which is not a clock above it`);
		}
		if (clock.excludes !== undefined && !above.has(clock.excludes)) {
			faults.push(`clock ${clock.id} excludes ${clock.excludes}, which is not a clock above it`);
		}
		if ('pick' in clock.start && (clock.start.pick === 'last_of_channels') !== (clock.start.channels !== undefined)) {
			faults.push(`clock ${clock.id} needs channels if and only if it picks last_of_channels`);
		}
		above.add(clock.id);
	}
	// A clock that some children do not have cannot be what every child waits for.
	const everyChilds = new Set(policy.clocks.filter((clock) => !clock.appliesIf).map((clock) => clock.id));
	if (policy.holdClock !== undefined && !everyChilds.has(policy.holdClock)) {
		faults.push(`holdClock ${policy.holdClock} is not a clock that applies to every child`);
	}
	for (const { id, needs } of policy.conditions) {
		const clock =
			needs.kind === 'clock_elapsed' ? needs.clock : needs.kind === 'document' ? needs.notBefore : undefined;
		if (clock !== undefined && !everyChilds.has(clock)) {
			faults.push(`condition ${id} names ${clock}, which is not a clock that applies to every child`);
		}
	}
	return faults;
}
