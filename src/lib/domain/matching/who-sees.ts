import { readableBy, readsStatements, type Role } from '../disclosure/roles.ts';
import { fieldDefinition, type FieldKey } from '../intake/fields.ts';
import type { Contribution } from './comparison.ts';
import type { MatchField } from './weights.ts';

/** A contribution as a role may see it: the verdict always, the values only where the role reads the fields behind them. */
export interface ShownContribution extends Contribution {
	/** The values of both sides are kept back. */
	readonly hidden: boolean;
}

/** The fields of the record that stand behind what is compared. */
export const sourcesOf: Readonly<Record<MatchField, readonly FieldKey[]>> = {
	sex: ['sex'],
	birth: ['birth'],
	lost: ['dateTaken'],
	sequence: ['dateRescued', 'handoverDate'],
	place: ['placeTaken'],
	names: ['nameGiven', 'nameAssigned', 'nameCalled', 'namePinyin'],
	marks: ['features'],
	siblings: ['siblings', 'ownAccount'],
	speech: ['language', 'accent'],
	bloodGroup: ['bloodGroup'],
	height: ['height'],
	clothing: ['clothing']
};

/**
 * What a role reads of a candidate: half of it is what a family said, so nothing is for whoever does not read statements. A
 * blood group is medical on both sides; what stands beside a hidden value could give
 * it away and is hidden with it.
 */
export function shownTo(role: Role, contributions: readonly Contribution[]): readonly ShownContribution[] {
	return contributions.map((contribution) => {
		const isReadable =
			readsStatements.includes(role) &&
			sourcesOf[contribution.field].every((key) => readableBy[role].includes(fieldDefinition(key).disclosure));
		if (isReadable) return { ...contribution, hidden: false };
		const { field, verdict, weight } = contribution;
		return { field, verdict, weight, because: { child: [], family: [] }, hidden: true };
	});
}
