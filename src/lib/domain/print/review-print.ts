/**
 * The sheet of an eligibility review: the evidence as it was signed, not as the file may say it now. What still stands to the
 * letter can be told in the words of the hold; what changed since is told from the frozen evidence alone.
 */
import type { Json } from '../canonical-json.ts';
import { decisionsOf } from '../case-file/case-file.ts';
import type { CaseGround } from '../decision/decision.ts';
import { evidenceNow } from '../decision/reviews.ts';
import type { Blocker } from '../hold/blockers.ts';
import type { Condition } from '../hold/conditions.ts';
import type { Contradiction } from '../hold/contradictions.ts';
import type { Clock, EvidencePart } from '../hold/hold.ts';
import { evidenceParts } from '../hold/review.ts';
import type { CivilDate } from '../time.ts';

export interface ReviewPrint {
	/** Undefined where no review is open: the sheet then shows what a reviewer would sign today. */
	readonly openedOn: CivilDate | undefined;
	/** What is hashed: canonical JSON of it, SHA-256. */
	readonly evidence: { readonly [part: string]: Json | undefined };
	/** As signed; undefined where nobody has. */
	readonly snapshot: string | undefined;
	/** The parts in which the file says otherwise now. */
	readonly changed: readonly EvidencePart[];
	/** The conditions as signed; undefined where they changed since. */
	readonly conditions: readonly Condition[] | undefined;
	/** The clocks that certification rests on; undefined where they changed since. */
	readonly clocks: readonly Clock[] | undefined;
	/** What stood in the way as signed; undefined where it changed since. */
	readonly blockers: readonly Blocker[] | undefined;
	/** What did not fit together as signed; undefined where it changed since. */
	readonly contradictions: readonly Contradiction[] | undefined;
	/** Every part but conditions and clocks that stand, as it was frozen. */
	readonly rest: readonly { readonly part: EvidencePart; readonly value: Json }[];
}

/** The newest review of a file that was not sent back, or the evidence of today. */
export function reviewPrint(ground: CaseGround): ReviewPrint {
	const { caseFile, hold } = ground;
	const standing = hold.review;
	const opened = decisionsOf(caseFile, 'review.opened').find(({ payload }) => payload.itemId === standing?.id);
	const evidence: ReviewPrint['evidence'] = opened ? opened.payload.evidence : evidenceNow(ground);
	const changed = (opened && standing?.changed) ?? [];
	const conditions = changed.includes('conditions') ? undefined : hold.conditions;
	const clocks = changed.includes('clocks')
		? undefined
		: hold.clocks.filter(({ id }) => idsIn(evidence['clocks']).includes(id));
	return {
		openedOn: opened?.occurredOn,
		evidence,
		snapshot: opened?.payload.snapshot,
		changed,
		conditions,
		clocks,
		blockers: changed.includes('blockers') ? undefined : hold.blockers,
		contradictions: changed.includes('contradictions') ? undefined : hold.contradictions,
		rest: evidenceParts
			.filter((part) => !(part === 'conditions' && conditions) && !(part === 'clocks' && clocks))
			.map((part) => ({ part, value: evidence[part] ?? null }))
	};
}

function idsIn(part: Json | undefined): readonly string[] {
	if (!Array.isArray(part)) return [];
	return part.flatMap((each: Json) =>
		each !== null && typeof each === 'object' && 'id' in each && typeof each.id === 'string' ? [each.id] : []
	);
}
