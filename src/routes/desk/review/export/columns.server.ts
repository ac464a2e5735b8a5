import { daysBetween, type CivilDate } from '#lib/domain/time.ts';
import { exitReasonNames } from '#lib/messages/decisions.ts';
import { listComma, type Translate } from '#lib/messages/message.ts';
import { blockerNames } from '#lib/messages/refusals.ts';
import { exportColumns as words, stageNames } from '#lib/messages/review.ts';
import type { BoardLine } from '#lib/server/eligibility/board.ts';
import type { Column } from '#lib/server/export/safe-cells.ts';

/** The columns of the exported board. Claimed and blocked are said in columns of their own: no row reads as free by omission. */
export function boardColumns(today: CivilDate, t: Translate): readonly Column<BoardLine>[] {
	return [
		{ heading: t(words.caseNumber), value: ({ caseNumber }) => caseNumber, width: 16 },
		{ heading: t(words.name), value: ({ name }) => name, width: 12 },
		{ heading: t(words.house), value: ({ houseName }) => houseName, width: 24 },
		{ heading: t(words.stage), value: ({ stage }) => t(stageNames[stage]), width: 18 },
		{ heading: t(words.met), value: ({ met }) => met, width: 10 },
		{ heading: t(words.conditions), value: ({ conditions }) => conditions, width: 10 },
		{ heading: t(words.holdStart), value: ({ holdStart }) => holdStart, width: 12 },
		{
			heading: t(words.lastDay),
			value: ({ holdStart, holdLastDay }) => holdLastDay ?? (holdStart === null ? '' : t(words.lastDayMoves)),
			width: 14
		},
		{ heading: t(words.provisional), value: ({ holdProvisional }) => (holdProvisional ? t(words.yes) : ''), width: 8 },
		{ heading: t(words.claimed), value: ({ claimSince }) => (claimSince === null ? '' : t(words.yes)), width: 10 },
		{ heading: t(words.claimSince), value: ({ claimSince }) => claimSince, width: 12 },
		{ heading: t(words.unscreened), value: ({ unscreened }) => unscreened, width: 12 },
		{ heading: t(words.blocked), value: ({ blockers }) => (blockers.length > 0 ? t(words.yes) : ''), width: 8 },
		{
			heading: t(words.blockers),
			value: ({ blockers }) => blockers.map((code) => t(blockerNames[code])).join(t(listComma)),
			width: 40
		},
		{ heading: t(words.since), value: ({ since }) => since, width: 12 },
		{
			heading: t(words.waits),
			value: ({ since }) => (since === null ? '' : Math.max(0, daysBetween(since, today))),
			width: 10
		},
		{ heading: t(words.signedOn), value: ({ signedOn }) => signedOn, width: 12 },
		{ heading: t(words.changed), value: ({ changed }) => (changed ? t(words.yes) : ''), width: 12 },
		{ heading: t(words.returnedOn), value: ({ returnedOn }) => returnedOn, width: 12 },
		{ heading: t(words.leftOn), value: ({ leftOn }) => leftOn, width: 12 },
		{
			heading: t(words.leftReason),
			value: ({ leftReason }) => (leftReason === null ? '' : t(exitReasonNames[leftReason])),
			width: 18
		},
		{ heading: t(words.asOf), value: () => today, width: 12 }
	];
}
