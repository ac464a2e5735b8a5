import { conflicts, custodian, items, knownValue, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';

// STAND-IN until domain/case-file/child-row.ts has `childRow`; removed then.
export function childRow(caseFile: CaseFile): ChildRow {
	const given = knownValue(caseFile, 'nameGiven');
	const assigned = knownValue(caseFile, 'nameAssigned');
	const called = knownValue(caseFile, 'nameCalled');
	const birth = knownValue(caseFile, 'birth');
	return {
		childId: caseFile.childId,
		name: given ?? assigned ?? called,
		nameIsAssigned: given === undefined && assigned !== undefined,
		names: [given, assigned, called].filter((name) => name !== undefined),
		pinyin: knownValue(caseFile, 'namePinyin'),
		caseNumber: knownValue(caseFile, 'caseNumber'),
		sex: knownValue(caseFile, 'sex'),
		birthEarliest: birth?.precision === 'exact' ? birth.date : birth?.earliest,
		birthLatest: birth?.precision === 'exact' ? birth.date : birth?.latest,
		marks: [knownValue(caseFile, 'features') ?? '', ...items(caseFile, 'mark').map(({ value }) => value.description)].join('\n'),
		portrait: items(caseFile, 'photo').filter(({ value }) => value.view === 'front').at(-1)?.value.sha256,
		custodian: custodian(caseFile),
		holdStart: knownValue(caseFile, 'handoverDate'),
		holdLastDay: undefined,
		holdProvisional: false,
		submitted: caseFile.submitted.length > 0,
		stepsBegun: 1,
		conflictCount: conflicts(caseFile).length,
		unknownEntryCount: caseFile.unknown.size,
		notice: 'none',
		duties: []
	};
}
