import { inGroups } from '#lib/domain/print/groups.ts';
import { translator } from '#lib/messages/message.ts';
import { printWords as words } from '#lib/messages/print.ts';
import type { PrintRecord } from './print-log.ts';

export interface PageFoot {
	readonly record: PrintRecord;
	readonly caseNumber: string | undefined;
	/** Who printed it and when, in words. */
	readonly by: string;
	readonly demo: boolean;
}

/**
 * The margins of every page as a style sheet: margin boxes are the one way a browser has to count pages, and they hold only
 * what a style sheet says. It is a file of its own because the content policy of our pages allows no style inside them.
 */
export function pageFootCss({ record, caseNumber, by, demo }: PageFoot): string {
	// What is printed is in Chinese, whatever the desk is read in.
	const t = translator('zh-CN');
	const title = t(record.part === 'own' ? words.ownTitle : words.fileTitle);
	const head = [title, caseNumber].filter((part) => part !== undefined).join('　');
	const keep = t(record.part === 'own' ? words.keepSafe : words.secret);
	const secret = [...(demo ? [t(words.demo)] : []), keep].join('　');
	const snapshot = record.snapshot
		? t(words.footSnapshot, { snapshot: inGroups(record.snapshot) })
		: t(words.noSnapshot);
	const made = [
		by,
		t(words.footVersion, { version: record.version }),
		t(words.footRecord, { record: record.number })
	].join('　');
	const [before = '', between = '', after = ''] = t(words.pageCount, { page: '\0', pages: '\0' }).split('\0');
	const count = `${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)}`;
	return `@page {
	@top-left { content: ${quoted(head)}; }
	@top-right { content: ${quoted(secret)}; }
	@bottom-left { content: ${quoted(snapshot)} "\\a " ${quoted(made)}; }
	@bottom-right { content: ${count}; }
}
`;
}

/** A text as a string of CSS; whatever could end the string or the sheet is written by its number. */
export function quoted(text: string): string {
	const safe = text.replaceAll(/["\\<>&\p{Cc}\u2028\u2029]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `);
	return `"${safe}"`;
}
