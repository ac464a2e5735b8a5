import { builtInRules, rulesWith, type LoadedFiles, type RulesInForce } from '#lib/domain/hold/rules.ts';
import type { RosterRules } from '#lib/sync/protocol.ts';

/** The rules this tablet reckons by. */
export interface TabletRules {
	readonly rules: RulesInForce;
	/** The registry's rules, or a part of them, need a newer program; without them the dates here may differ from the registry's. */
	readonly unreadable: boolean;
}

/**
 * The registry's rules laid over those of the program, by the domain's own readers. What they refuse is left out, the
 * policies and the rest days each by itself: the tablet goes on by the rules it came with, and says so.
 */
export function rulesOnTablet(sent: RosterRules | undefined): TabletRules {
	if (sent === undefined) return { rules: builtInRules, unreadable: false };
	if (last?.sha256 === sent.sha256) return last.read;
	const read = readRules({
		policies: sent.policies === undefined ? [] : [sent.policies],
		restDays: sent.restDays === undefined ? [] : [sent.restDays]
	});
	last = { sha256: sent.sha256, read };
	return read;
}

/** Every line of the list asks; the answer changes a few times a year. The vault has compared hash and content. */
let last: { readonly sha256: string; readonly read: TabletRules } | undefined;

function readRules(files: LoadedFiles): TabletRules {
	const read = rulesWith(files);
	if (read.ok) return { rules: read.value, unreadable: false };
	const rest = read.error.kind === 'policies' ? { ...files, policies: [] } : { ...files, restDays: [] };
	return { ...readRules(rest), unreadable: true };
}
