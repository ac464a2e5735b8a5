import {
	checkPolicies,
	checkRestDays,
	type FileCheck,
	type PolicyFault,
	type PolicyRemark,
	type RestDayFault,
	type RestDayRemark
} from '#lib/domain/hold/file-check.ts';
import type { PolicyFile } from '#lib/domain/hold/policy.ts';
import type { RestDayTable } from '#lib/domain/hold/rest-days.ts';
import { rulesWith, type RulesInForce } from '#lib/domain/hold/rules.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { FileKind } from './kinds.ts';

/** Bytes of a file: the program's own policies have 24 kB. */
export const fileBytesMaximum = 512_000;

export type RulesFault =
	PolicyFault | RestDayFault | { readonly type: 'too_large'; readonly maximum: number } | NotJson;
export type RulesRemark = PolicyRemark | RestDayRemark;
/** `detail` says where the text stops being JSON; it may quote a few of its signs. */
interface NotJson {
	readonly type: 'not_json';
	readonly detail: string;
}

/** A file that may be loaded, and the rules as they would be with it. */
export interface CheckedFile {
	readonly kind: FileKind;
	readonly file: PolicyFile | RestDayTable;
	readonly remarks: readonly RulesRemark[];
	readonly rules: RulesInForce;
}

export interface RefusedFile {
	readonly faults: readonly RulesFault[];
	readonly remarks: readonly RulesRemark[];
}

export function validatePolicyFile(
	file: unknown,
	inForce: RulesInForce
): FileCheck<PolicyFile, PolicyFault, PolicyRemark> {
	return checkPolicies(file, inForce);
}

export function validateRestDays(
	file: unknown,
	inForce: RulesInForce,
	options: { readonly allowGaps: boolean }
): FileCheck<RestDayTable, RestDayFault, RestDayRemark> {
	return checkRestDays(file, inForce.restDayTable, options);
}

/** Reads a text, says what is wrong with it, and lays it over the rules in force. Nothing is stored. */
export function checkText(
	kind: FileKind,
	text: string,
	inForce: RulesInForce,
	options: { readonly allowGaps: boolean } = { allowGaps: false }
): Result<CheckedFile, RefusedFile> {
	if (Buffer.byteLength(text) > fileBytesMaximum)
		return err({ faults: [{ type: 'too_large', maximum: fileBytesMaximum }], remarks: [] });
	let json: unknown;
	try {
		json = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		return err({ faults: [{ type: 'not_json', detail: error instanceof Error ? error.message : '' }], remarks: [] });
	}
	return checkFile(kind, json, inForce, options);
}

export function checkFile(
	kind: FileKind,
	json: unknown,
	inForce: RulesInForce,
	options: { readonly allowGaps: boolean }
): Result<CheckedFile, RefusedFile> {
	const { file, faults, remarks } =
		kind === 'policies' ? validatePolicyFile(json, inForce) : validateRestDays(json, inForce, options);
	if (file === undefined || faults.length > 0) return err({ faults, remarks });
	const rules = rulesOver(kind, file, inForce);
	return ok({ kind, file, remarks, rules });
}

/** A checked file laid over the rules in force. */
function rulesOver(kind: FileKind, file: PolicyFile | RestDayTable, inForce: RulesInForce): RulesInForce {
	const made = rulesWith({
		policies: kind === 'policies' ? [inForce.policyFile, file] : [inForce.policyFile],
		restDays: kind === 'rest_days' ? [inForce.restDayTable, file] : [inForce.restDayTable]
	});
	if (!made.ok) throw new Error(`a file without faults cannot be laid: ${JSON.stringify(made.error)}`);
	return made.value;
}
