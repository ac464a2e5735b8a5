import { decidesRequests } from '../access/request.ts';
import type { CareKind } from '../care/care.ts';
import { readableBy, readableFields, type Role } from '../disclosure/roles.ts';
import type { DocumentCode } from '../document/document.ts';
import type { FieldKey } from '../intake/fields.ts';
import type { PhotoView } from '../photo/photo.ts';

/*
 * What of a file is printed for whom. `full` is the archive's own copy, as far as the person who prints it reads the file.
 * `own` is for the child itself, who may see its file (个人信息保护法 45; 未成年人网络保护条例 34) and nothing of other people in
 * it: no suspect, no family that claimed, no adopter, no other child, no official by name. What people wrote in free words
 * may tell of others; no program can see that, so it stays out, and the page says so.
 */
export const editions = ['full', 'own'] as const;
export type Edition = (typeof editions)[number];

/** What can be printed: the file in either edition, or a part of the full one on a sheet of its own. */
export const printParts = ['file', 'own', 'summary', 'review', 'papers'] as const;
export type PrintPart = (typeof printParts)[number];

export function editionOf(part: PrintPart): Edition {
	return part === 'own' ? 'own' : 'full';
}

/**
 * Who prints what: whoever reads files prints them, as far as the role reads; the child's own copy is made by those who
 * answer requests, who also read it through before it is given away (条例 34).
 */
export function mayPrint(part: PrintPart, role: Role): boolean {
	if (part === 'own') return decidesRequests(role);
	return readableBy[role].includes('institution');
}

/** Fields that name or tell of somebody else than the child. */
const ofOthers: readonly FieldKey[] = [
	'handedOverBy',
	'receivedBy',
	'witnessOne',
	'witnessTwo',
	'policeOfficer',
	'policePhone',
	'suspectLink',
	'siblings',
	'interviewer',
	'adultPresent'
];

/** Words of care workers and officials about what happened; others may be in them. */
const freeWords: readonly FieldKey[] = ['healthFirstCheck', 'urgentNeeds'];

/** Papers that name an adopter. */
const papersOfAdoption: readonly DocumentCode[] = ['DOC-G', 'DOC-H', 'DOC-J'];

export function printedFields(edition: Edition, role: Role): readonly FieldKey[] {
	const readable = readableFields(role);
	if (edition === 'full') return readable;
	return readable.filter((key) => !ofOthers.includes(key) && !freeWords.includes(key));
}

/** Health and growth are for who reads medical records (domain/care); visits and incidents tell of others. */
export function printedCare(edition: Edition, role: Role): readonly CareKind[] {
	const medical: readonly CareKind[] = readableBy[role].includes('restricted:medical') ? ['health', 'growth'] : [];
	if (edition === 'own') return [...medical.filter((kind) => kind === 'growth'), 'vaccination', 'schooling'];
	return [...medical, 'daily', 'vaccination', 'schooling', 'incident', 'visit', 'placement'];
}

/** Pictures of pages are counted beside their paper, never printed small: they show names and numbers. */
export const printedPhotos: readonly PhotoView[] = ['front', 'left', 'right', 'now', 'mark', 'clothing', 'belonging'];

export function printsPaper(edition: Edition, code: DocumentCode): boolean {
	return edition === 'full' || (code !== 'OTHER' && !papersOfAdoption.includes(code));
}

/** Halts, and the reasons people gave, are justice's. */
export function printsJustice(edition: Edition, role: Role): boolean {
	return edition === 'full' && readableBy[role].includes('restricted:justice');
}
