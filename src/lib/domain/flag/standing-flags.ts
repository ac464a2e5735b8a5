import { decisionsOf, type CaseFile } from '../case-file/case-file.ts';
import type { ItemId, StaffId } from '../ids.ts';
import type { CivilDate } from '../time.ts';
import type { Flag } from './flag.ts';

export interface StandingFlag {
	readonly itemId: ItemId;
	readonly flag: Flag;
	readonly raisedOn: CivilDate;
	readonly raisedBy: StaffId;
}

/** The flags that nobody cleared, in the order they were raised. A clearing counts only for the raising it replaces. */
export function standingFlags(caseFile: CaseFile): readonly StandingFlag[] {
	const clearings = decisionsOf(caseFile, 'flag.cleared');
	return decisionsOf(caseFile, 'flag.raised')
		.filter(
			(raised) =>
				!clearings.some(
					(cleared) => cleared.payload.itemId === raised.payload.itemId && cleared.replaces.includes(raised.id)
				)
		)
		.map(({ payload, occurredOn, staffId }) => ({
			itemId: payload.itemId,
			flag: payload.flag,
			raisedOn: occurredOn,
			raisedBy: staffId
		}));
}
