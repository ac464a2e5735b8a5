import { policyOf } from '#lib/domain/case-file/child-hold.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import type { RowRules } from '#lib/domain/case-file/child-row.ts';
import type { CaseGround } from '#lib/domain/decision/decision.ts';
import { certifiableIf, type Supposition, type WhatIf } from '#lib/domain/eligibility/what-if.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { typedDay } from '../../../typed-day.server.ts';

export const suppositions = [
	'certificateOn',
	'claimsClosedOn',
	'noticePublishedOn',
	'tempProofOn',
	'dnaInDatabaseOn',
	'dnaResultOn',
	'startConfirmedOn'
] as const satisfies readonly (keyof Supposition)[];
export type SuppositionName = (typeof suppositions)[number];

export interface WhatIfAnswer {
	/** Which boxes there are: only for what is still missing. */
	readonly boxes: readonly SuppositionName[];
	/** What was typed, by box. */
	readonly texts: Readonly<Record<string, string>>;
	readonly faults: readonly { readonly field: SuppositionName; readonly because: 'dateForm' | 'dateMissing' }[];
	/** Undefined where nothing was asked, or what was asked cannot be read. */
	readonly result?: WhatIf | undefined;
}

/** What the address asks: `?certificateOn=2026-03-24`. Nothing is written by it. */
export function whatIf(ground: CaseGround, rules: RowRules, url: URL): WhatIfAnswer {
	const { caseFile, hold, policy, today } = ground;
	const facts = holdFacts(caseFile, today, rules.kindOfHouse);
	const open = new Set(hold.conditions.filter(({ status }) => status !== 'met').map(({ id }) => id));
	const lacks: Readonly<Record<SuppositionName, boolean>> = {
		certificateOn: open.has('certificate_on_file'),
		claimsClosedOn: hold.blockers.some(({ code }) => code === 'open_claim'),
		noticePublishedOn: hold.blockers.some(({ code }) => code === 'notice_not_published'),
		tempProofOn: open.has('temp_proof_on_file'),
		dnaInDatabaseOn: open.has('dna_in_database'),
		dnaResultOn: open.has('dna_result_on_file'),
		startConfirmedOn: facts.startConfirmed === false
	};
	const boxes = suppositions.filter((name) => lacks[name]);
	const asked = suppositions.filter((name) => url.searchParams.has(name));
	const texts = Object.fromEntries(asked.map((name) => [name, (url.searchParams.get(name) ?? '').slice(0, 40)]));
	const faults: WhatIfAnswer['faults'][number][] = [];
	const supposition: { [name in SuppositionName]?: CivilDate } = {};
	for (const name of asked) {
		const day = typedDay(texts[name] ?? '');
		if (day.state === 'good') supposition[name] = day.date;
		if (day.state === 'wrong')
			faults.push({ field: name, because: day.because === 'form' ? 'dateForm' : 'dateMissing' });
	}
	if (asked.length === 0 || faults.length > 0) return { boxes, texts, faults };
	const { restDays } = policyOf(caseFile, rules);
	return { boxes, texts, faults, result: certifiableIf(facts, policy, restDays, supposition) };
}
