import { items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { everPublished } from '#lib/domain/notice/notice-state.ts';
import type { NoticeDraft } from '#lib/domain/notice/notice.ts';
import type { ChildId, EntryId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';

/** One thing about a child that was public once (SECURITY T2): in a claim it counts as nothing. */
export interface PublishedFact {
	readonly draftId: EntryId;
	/** A field of the notice (`features`, `clothing` …), or `photo.` with the view of a photo that was shown. */
	readonly field: string;
	readonly words: string;
	readonly publishedOn: CivilDate;
}

/**
 * Keeps what the notices of a child ever showed. Told again it changes nothing: a fact once public stays so, also when the
 * notice is gone, the photo withdrawn or the draft replaced.
 */
export async function keepPublishedFacts(session: Session, caseFile: CaseFile): Promise<void> {
	for (const fact of publishedFactsOf(caseFile)) {
		await session.query(
			`INSERT INTO published_facts (child_id, draft_id, field, words, published_on) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (child_id, draft_id, field) DO NOTHING`,
			[caseFile.childId, fact.draftId, fact.field, fact.words, fact.publishedOn]
		);
	}
}

/** What was ever public about a child, oldest first. */
export async function readPublishedFacts(session: Session, childId: ChildId): Promise<readonly PublishedFact[]> {
	const { rows } = await session.query<PublishedFact>(
		`SELECT draft_id AS "draftId", field, words, published_on AS "publishedOn" FROM published_facts
		WHERE child_id = $1 ORDER BY published_on, draft_id, field`,
		[childId]
	);
	return rows;
}

function publishedFactsOf(caseFile: CaseFile): readonly PublishedFact[] {
	return everPublished(caseFile).flatMap(({ entryId, draft, publishedOn }) =>
		[...Object.entries(draft.shown), ...photosShown(caseFile, draft)].map(([field, words]) => ({
			draftId: entryId,
			field,
			words,
			publishedOn
		}))
	);
}

/** A photo tells what it shows: where it is of a mark or a belonging, the words of that are told too. */
function photosShown(caseFile: CaseFile, draft: NoticeDraft): readonly (readonly [string, string])[] {
	const told = new Map<string, string[]>();
	for (const { itemId, value: photo } of items(caseFile, 'photo')) {
		if (!draft.photos.includes(itemId)) continue;
		const of = [
			...items(caseFile, 'mark').map((mark) => ({ itemId: mark.itemId, words: mark.value.description })),
			...items(caseFile, 'belonging').map((thing) => ({ itemId: thing.itemId, words: thing.value.description }))
		].find((thing) => thing.itemId === photo.of);
		const words = [photo.caption, of?.words].filter((part) => part).join(' ');
		const field = `photo.${photo.view}`;
		told.set(field, [...(told.get(field) ?? []), ...(words === '' ? [] : [words])]);
	}
	return [...told].map(([field, words]) => [field, words.join('；')]);
}
