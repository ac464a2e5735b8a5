import { custodian, items, type CaseFile } from '../case-file/case-file.ts';
import type { ReadChild } from './grant.ts';

/** Who has the child and who awaits it, out of its file. */
export function readChildOf(caseFile: CaseFile): ReadChild {
	const here = custodian(caseFile);
	const received = new Set(items(caseFile, 'handoverReceived').map(({ version }) => version.institutionId));
	const arrivingAt = items(caseFile, 'handoverSent')
		.map(({ value }) => value.to)
		.filter((house) => house !== here && !received.has(house));
	return { childId: caseFile.childId, custodian: here, arrivingAt: [...new Set(arrivingAt)] };
}
