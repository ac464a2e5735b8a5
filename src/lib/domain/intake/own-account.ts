import { live, type Version } from '../case-file/versions.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import type { EntryId } from '../ids.ts';
import type { CivilDate } from '../time.ts';
import type { Answer } from './fields.ts';

/*
 * What the child said stays as it was said. The field `ownAccount` holds everything said so far; whoever writes down more
 * adds to it. Each time is told apart here by its entry: when, to whom, and the words that were new. A wording that a
 * later one left out is shown beside it, never under it.
 */

/** What the child said at one time. */
export interface Saying {
	readonly words: string;
	/** The day it was said, where the entry says one; else the day the entry is about. */
	readonly saidOn: CivilDate;
	/** Who wrote it down, where the entry says so. */
	readonly heardBy: string | undefined;
	readonly version: Version<Answer<string>>;
	/** False where a later wording of the account no longer holds these words. */
	readonly stands: boolean;
}

/** Between two sayings in the field. */
const gap = '\n\n';
/** As much as the field takes. */
export const ownAccountMaximum = 20_000;

/** Everything the child was ever noted to have said, in the order of the days it was said on. */
export function sayingsOf(caseFile: CaseFile): readonly Saying[] {
	const versions = caseFile.fields.ownAccount ?? [];
	const texts = new Map(versions.flatMap((version) => textOf(version).map((text) => [version.entryId, text] as const)));
	const standing = live(versions).flatMap(textOf);
	const sayings = versions.flatMap((version): readonly Saying[] =>
		textOf(version).flatMap((text) => {
			const words = newIn(text, earlier(version, versions, texts));
			if (words === '') return [];
			const { saidOn, heardBy } = besides(caseFile, version);
			return [{ words, saidOn, heardBy, version, stands: standing.some((whole) => whole.includes(words)) }];
		})
	);
	return sayings.sort(
		(a, b) =>
			compare(a.saidOn, b.saidOn) ||
			compare(a.version.recordedAt, b.version.recordedAt) ||
			compare(a.version.entryId, b.version.entryId)
	);
}

/**
 * The account with what the child said now: nothing of what stood there is lost, also where two tablets wrote at the same
 * time. Without new words it is what both wrote, one after the other.
 *
 * @param seen the versions on the screen, which the new entry replaces
 */
export function withSaying(seen: readonly Version<Answer<unknown>>[], said: string): string {
	const parts: string[] = [];
	for (const text of [...seen].sort((a, b) => compare(a.recordedAt, b.recordedAt)).flatMap(textOf)) {
		for (const part of partsOf(text)) if (!parts.includes(part)) parts.push(part);
	}
	return [...parts, said.trim()].filter((part) => part !== '').join(gap);
}

function textOf({ value }: Version<Answer<unknown>>): readonly string[] {
	return value.state === 'known' && typeof value.value === 'string' && value.value.trim() !== ''
		? [value.value.trim()]
		: [];
}

/** What this version, and those it stands on, replaced: their words are not new in it. */
function earlier(
	version: Version<Answer<unknown>>,
	versions: readonly Version<Answer<unknown>>[],
	texts: ReadonlyMap<EntryId, string>
): readonly string[] {
	const before = new Set<EntryId>();
	const add = (ids: readonly EntryId[]) => {
		for (const id of ids) {
			if (before.has(id) || id === version.entryId) continue;
			before.add(id);
			add(versions.find((other) => other.entryId === id)?.replaces ?? []);
		}
	};
	add(version.replaces);
	return [...before].flatMap((id) => texts.get(id) ?? []);
}

/**
 * The parts of a text that no earlier text had. What somebody wrote on at the end of a part is new from there on; a word
 * that happens to stand inside another saying is not taken for one.
 */
function newIn(text: string, before: readonly string[]): string {
	const known = new Set(before.flatMap(partsOf));
	const beginnings = [...known].sort((a, b) => b.length - a.length);
	return partsOf(text)
		.filter((part) => !known.has(part))
		.map((part) => part.slice(beginnings.find((beginning) => part.startsWith(beginning))?.length ?? 0).trim())
		.join(gap);
}

function partsOf(text: string): readonly string[] {
	return text.split(/\n\s*\n/).map((part) => part.trim());
}

function besides(
	caseFile: CaseFile,
	version: Version<Answer<unknown>>
): { readonly saidOn: CivilDate; readonly heardBy: string | undefined } {
	const parsed = caseFile.entries.get(version.entryId);
	const answers = parsed?.known && parsed.entry.type === 'intake.recorded' ? parsed.entry.payload.answers : {};
	const { ownAccountDate: date, interviewer } = answers;
	return {
		saidOn: date?.state === 'known' ? date.value : version.occurredOn,
		heardBy: interviewer?.state === 'known' ? interviewer.value : undefined
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
