import { readFile, stat } from 'node:fs/promises';
import { translator } from '#lib/messages/message.ts';
import { faultSentence } from '#lib/messages/policies.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import { fileBytesMaximum, type RefusedFile } from '#lib/server/policies/check.ts';

/* A rules file as commands read it; apart from the database, so that `lampkeep hold` need not wait for its client. */

const english = translator('en');

/** @throws OperatorError when it cannot be read, is too large or no text */
export async function textOfRulesFile(path: string): Promise<string> {
	try {
		const { size } = await stat(path);
		if (size > fileBytesMaximum)
			throw new OperatorError(faultSentence({ type: 'too_large', maximum: fileBytesMaximum }, english));
		return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
	} catch (error) {
		if (error instanceof TypeError) throw new OperatorError(`The file ${path} is not UTF-8 text.`);
		if (error instanceof Error && 'code' in error && typeof error.code === 'string')
			throw new OperatorError(`The file ${path} cannot be read (${error.code}).`);
		throw error;
	}
}

export function refusalText(path: string, { faults }: Pick<RefusedFile, 'faults'>): string {
	return [`${path} cannot be used:`, ...faults.map((fault) => `  ${faultSentence(fault, english)}`)].join('\n');
}
