import { shownName, type ChildRow, type Duty } from '#lib/domain/case-file/child-row.ts';
import { conflicts, custodian, filesOf, items, knownValue, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { traitsOf } from '#lib/domain/duplicate/traits.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { computeHold, holdClockOf, periodOf } from '#lib/domain/hold/hold.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import type { RestDays } from '#lib/domain/hold/rest-days.ts';
import { fieldDefinition, fieldKeys } from '#lib/domain/intake/fields.ts';
import { exitState } from '#lib/domain/leaving/exit-state.ts';
import { addDays, type CivilDate } from '#lib/domain/time.ts';
import type { Roster } from '#lib/sync/protocol.ts';

/** A line of a list from a case file, good enough for the memory vault. */
export function memoryRow(
	caseFile: CaseFile,
	today: CivilDate,
	policy: Policy,
	restDays: RestDays,
	roster: Roster
): ChildRow {
	const given = knownValue(caseFile, 'nameGiven');
	const assigned = knownValue(caseFile, 'nameAssigned');
	const called = knownValue(caseFile, 'nameCalled');
	const shown = shownName(caseFile);
	const birth = knownValue(caseFile, 'birth');
	const kind = (id: string) => {
		const house = roster.institutions.find((institution) => institution.id === id);
		return house === undefined || house.kind === 'registry' ? undefined : house.kind;
	};
	const hold = computeHold(holdFacts(caseFile, today, kind), policy, restDays);
	const holdClock = holdClockOf(hold, policy);
	const period = holdClock && periodOf(holdClock);
	const lastStep = [...caseFile.noticeSteps.values()].at(-1)?.step;
	const portrait = items(caseFile, 'photo')
		.filter((photo) => photo.value.view === 'front')
		.at(-1)?.value.sha256;
	const marks = items(caseFile, 'mark').map((mark) => mark.value.description);
	const conflictCount = conflicts(caseFile).length;
	const submitted = caseFile.submitted.length > 0;

	const duties: Duty[] = [];
	if (!submitted) duties.push({ code: 'finish_intake', dueOn: today });
	if (conflictCount > 0) duties.push({ code: 'settle_conflict', dueOn: undefined });
	if (!portrait) duties.push({ code: 'front_photo', dueOn: today });
	const start = knownValue(caseFile, 'handoverDate');
	if (start && items(caseFile, 'sample').length === 0) duties.push({ code: 'dna_sample', dueOn: addDays(start, 5) });
	for (const clock of hold.clocks) {
		if (clock.status !== 'running' && clock.status !== 'overdue') continue;
		if (clock.id === 'temp-proof') duties.push({ code: 'temp_proof', dueOn: clock.lastDay });
		if (clock.id === 'search-notice') duties.push({ code: 'notice_ends', dueOn: clock.lastDay });
		if (clock.id === 'hold') duties.push({ code: 'hold_ends', dueOn: clock.lastDay });
	}
	const files = filesOf(caseFile).map((file) => file.childId);
	const { left } = exitState(caseFile);
	return {
		childId: caseFile.childId,
		name: shown?.name,
		nameIsAssigned: shown?.key === 'nameAssigned',
		names: [given, assigned, called].filter((name) => name !== undefined),
		pinyin: knownValue(caseFile, 'namePinyin'),
		caseNumber: knownValue(caseFile, 'caseNumber'),
		sex: knownValue(caseFile, 'sex'),
		birthEarliest: birth && (birth.precision === 'exact' ? birth.date : birth.earliest),
		birthLatest: birth && (birth.precision === 'exact' ? birth.date : birth.latest),
		marks: [...marks, knownValue(caseFile, 'features') ?? '', knownValue(caseFile, 'clothing') ?? ''].join(' '),
		portrait,
		custodian: custodian(caseFile),
		holdStart: period?.start,
		holdLastDay: period?.lastDay,
		holdProvisional: period?.provisional ?? false,
		submitted,
		stepsBegun: new Set(fieldKeys.filter((key) => caseFile.fields[key]).map((key) => fieldDefinition(key).step)).size,
		conflictCount,
		unknownEntryCount: caseFile.unknown.size,
		notice: lastStep === 'approved' ? 'published' : lastStep === 'drafted' ? 'draft' : (lastStep ?? 'none'),
		...(left && { exit: { reason: left.exit.reason, on: left.on } }),
		duties: left ? [] : duties,
		...(files.length > 1 && { files }),
		traits: traitsOf(caseFile),
		toldApart: items(caseFile, 'toldApart').map(({ value }) => value.other)
	};
}
