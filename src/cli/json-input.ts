import { OperatorError } from '#lib/server/operator-error.ts';
import type { z } from 'zod';

/**
 * Reads standard input as JSON of a schema.
 *
 * @param command named in the sentence, for the way out: `lampkeep <command> --help`
 * @throws OperatorError naming the first field that does not fit
 */
export function readJsonInput<Schema extends z.ZodType>(
	command: string,
	text: string,
	schema: Schema
): z.infer<Schema> {
	const wayOut = `\`lampkeep ${command} --help\` shows the form.`;
	const json = text.replace(/^\uFEFF/, '');
	if (json.trim() === '') throw new OperatorError(`Standard input is empty: pipe JSON into it. ${wayOut}`);
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		throw new OperatorError(`Standard input is not JSON: ${detail}. ${wayOut}`);
	}
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new OperatorError(`${firstProblem(parsed.error)} ${wayOut}`);
}

/** `claims[0].openedOn: …` */
export function fieldName(path: readonly PropertyKey[]): string {
	const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
	return name.replace(/^\./, '') || 'standard input';
}

function firstProblem(error: z.ZodError): string {
	const [issue] = error.issues;
	if (!issue) return 'The input does not fit.';
	const message = sentenceOf(issue);
	const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
	return `${fieldName(issue.path)}: ${message}${more}.`;
}

function sentenceOf(issue: z.core.$ZodIssue): string {
	if (issue.message === 'not_a_civil_date') return 'must be a day that exists, written YYYY-MM-DD';
	if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing';
	return issue.message;
}
