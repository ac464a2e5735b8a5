import { canonicalJson, type Json } from '../canonical-json.ts';
import type { Contribution } from './comparison.ts';
import { matchFields, type MatchField } from './weights.ts';

/**
 * The fields in which a pair is another one than it was when somebody looked at it: a value of either side is different,
 * and the field could be compared then or can be now. A house that writes down what the child wore brings nothing back
 * where the family never spoke of clothes.
 */
export function changedFields(before: readonly Contribution[], after: readonly Contribution[]): readonly MatchField[] {
	const of = (list: readonly Contribution[], field: MatchField) => list.find((each) => each.field === field);
	return matchFields.filter((field) => {
		const [then, now] = [of(before, field), of(after, field)];
		const compared = [then, now].some((each) => each !== undefined && each.verdict !== 'unknown');
		return compared && textOf(then) !== textOf(now);
	});
}

function textOf(contribution: Contribution | undefined): string {
	return canonicalJson((contribution?.because ?? { child: [], family: [] }) as Json);
}
