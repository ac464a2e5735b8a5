import type { ReadingCount, ReadingLine } from '#lib/server/access/readings.ts';
import type { GrantLine } from '#lib/server/access/grants.ts';
import type { Column } from '#lib/server/export/safe-cells.ts';
import { sheetOf, type XlsxSheet } from '#lib/server/export/xlsx.ts';
import {
	access,
	basisNames,
	exportWords as words,
	placeNames,
	purposeNames,
	readingKindNames
} from '#lib/messages/access.ts';
import { purposes } from '#lib/domain/access/purpose.ts';
import type { Translate } from '#lib/messages/message.ts';
import { wallTime } from '../../desk.server.ts';

/* The tables of the yearly export. Names of people who read, never of a child. */

export function readingColumns(t: Translate): readonly Column<ReadingLine>[] {
	return [
		{ heading: t(words.receivedAt), value: ({ receivedAt }) => wallTime(receivedAt), width: 18 },
		{ heading: t(words.readAt), value: ({ at }) => wallTime(at), width: 18 },
		{ heading: t(words.reader), value: ({ name }) => name, width: 14 },
		{ heading: t(words.readerId), value: ({ staffId }) => staffId, width: 38 },
		{ heading: t(words.readerHouse), value: ({ houseName }) => houseName, width: 24 },
		{ heading: t(words.caseNumber), value: ({ caseNumber }) => caseNumber, width: 16 },
		{ heading: t(words.childId), value: ({ childId }) => childId, width: 38 },
		{ heading: t(words.what), value: ({ what }) => t(readingKindNames[what]), width: 12 },
		{ heading: t(words.purpose), value: ({ purpose }) => t(purposeNames[purpose]), width: 16 },
		{ heading: t(words.basis), value: ({ basis }) => t(basisNames[basis.basis]), width: 18 },
		{ heading: t(words.grantId), value: ({ basis }) => (basis.basis === 'grant' ? basis.grantId : ''), width: 38 },
		{ heading: t(words.reason), value: ({ basis }) => (basis.basis === 'reason' ? basis.reason : ''), width: 40 },
		{ heading: t(words.place), value: ({ place }) => t(placeNames[place]), width: 10 },
		{ heading: t(words.device), value: ({ deviceName }) => deviceName, width: 14 },
		{ heading: t(words.deviceClosed), value: ({ deviceClosed }) => (deviceClosed ? t(words.yes) : ''), width: 12 }
	];
}

export interface YearOfAccess {
	readonly readings: readonly ReadingLine[];
	readonly counts: readonly ReadingCount[];
	readonly grants: readonly GrantLine[];
}

export function sheetsOf({ readings, counts, grants }: YearOfAccess, t: Translate): readonly XlsxSheet[] {
	return [
		sheetOf(t(words.sheetReadings), readingColumns(t), readings),
		sheetOf(t(words.sheetGrants), grantColumns(t), grants),
		sheetOf(t(words.sheetPeople), personColumns(t), counts),
		sheetOf(t(words.sheetPurposes), purposeColumns(t), byPurpose(counts))
	];
}

function grantColumns(t: Translate): readonly Column<GrantLine>[] {
	return [
		{ heading: t(words.grantId), value: ({ grant }) => grant.id, width: 38 },
		{ heading: t(words.grantee), value: ({ name }) => name, width: 14 },
		{ heading: t(words.readerId), value: ({ grant }) => grant.staffId, width: 38 },
		{ heading: t(words.readerHouse), value: ({ houseName }) => houseName, width: 24 },
		{ heading: t(words.about), value: (line) => aboutWords(line, t), width: 28 },
		{ heading: t(words.purpose), value: ({ grant }) => t(purposeNames[grant.purpose]), width: 16 },
		{ heading: t(words.from), value: ({ grant }) => grant.from, width: 12 },
		{ heading: t(words.until), value: ({ grant }) => grant.until, width: 12 },
		{ heading: t(words.revokedOn), value: ({ grant }) => grant.revokedOn, width: 12 },
		{
			heading: t(words.givenBy),
			value: ({ grant, givenBy }) => (grant.grantedBy === undefined ? t(access.byAccount) : givenBy),
			width: 18
		}
	];
}

function aboutWords({ grant, about }: GrantLine, t: Translate): string {
	switch (grant.scope.kind) {
		case 'child':
			return about ? t(access.aboutChild, { number: about }) : grant.scope.childId;
		case 'house':
			return t(access.aboutHouse, { house: about ?? grant.scope.institutionId });
		case 'every_house':
			return t(access.aboutEvery);
	}
}

function personColumns(t: Translate): readonly Column<ReadingCount>[] {
	return [
		{ heading: t(words.readerHouse), value: ({ houseName }) => houseName, width: 24 },
		{ heading: t(words.reader), value: ({ name }) => name, width: 14 },
		{ heading: t(words.readerId), value: ({ staffId }) => staffId, width: 38 },
		{ heading: t(words.purpose), value: ({ purpose }) => t(purposeNames[purpose]), width: 16 },
		{ heading: t(words.readings), value: ({ readings }) => readings, width: 10 },
		{ heading: t(words.children), value: ({ children }) => children, width: 10 },
		{ heading: t(words.uncovered), value: ({ uncovered }) => uncovered, width: 14 }
	];
}

interface PurposeCount {
	readonly purpose: ReadingCount['purpose'];
	readonly readings: number;
	readonly uncovered: number;
}

function byPurpose(counts: readonly ReadingCount[]): readonly PurposeCount[] {
	return purposes.map((purpose) => {
		const own = counts.filter((count) => count.purpose === purpose);
		return {
			purpose,
			readings: own.reduce((sum, { readings }) => sum + readings, 0),
			uncovered: own.reduce((sum, { uncovered }) => sum + uncovered, 0)
		};
	});
}

function purposeColumns(t: Translate): readonly Column<PurposeCount>[] {
	return [
		{ heading: t(words.purpose), value: ({ purpose }) => t(purposeNames[purpose]), width: 16 },
		{ heading: t(words.readings), value: ({ readings }) => readings, width: 10 },
		{ heading: t(words.uncovered), value: ({ uncovered }) => uncovered, width: 14 }
	];
}
