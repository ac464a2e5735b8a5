import type { SaidFact } from '#lib/domain/claim/screening.ts';
import type {
	FamilyDate,
	FamilyMark,
	FamilyStatement,
	IdentityKind,
	PaperKind,
	Relation,
	ReportedAnswer,
	Sibling,
	Topic
} from '#lib/domain/claim/statement.ts';
import { provinceOf } from '#lib/domain/codes/provinces.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import type { Place } from '#lib/domain/intake/fields.ts';
import { claimBoxes as words } from '#lib/messages/claim.ts';
import { inBrackets, partComma, translator, type Locale, type Message, type Translate } from '#lib/messages/message.ts';
import { daysWords } from './said-words.ts';

/** One answer as it is read once more: what was asked, and what the family said. */
export interface ToldAnswer {
	readonly label: string;
	readonly value: string;
}

/** The answers of a topic in the words of the pages, those that were given alone. */
export function toldAnswers(locale: Locale, statement: FamilyStatement, topic: Topic): readonly ToldAnswer[] {
	const t = translator(locale);
	const chinese = locale === 'zh-CN';
	const named = (table: CodedTable, code: string | undefined) => nameOfCode(table, code, chinese);
	switch (topic) {
		case 'which': {
			const which = statement.which;
			return rows([
				[t(words.publicNumber), which?.publicNumber],
				[t(words.noNumber), which?.noNumber && '✓'],
				[t(words.whichWords), which?.words]
			]);
		}
		case 'child': {
			const child = statement.child;
			return rows([
				[t(words.milk), child?.names?.milk],
				[t(words.given), child?.names?.given],
				[t(words.school), child?.names?.school],
				[t(words.otherName), child?.names?.other],
				[t(words.sex), child?.sex && t(sexes[child.sex])],
				[t(words.birth), child?.birth && dateWords(t, child.birth)],
				[t(words.ageAtLoss), child?.ageAtLoss && ageWords(t, child.ageAtLoss)],
				[t(words.bloodGroup), named('bloodGroup', child?.bloodGroup)]
			]);
		}
		case 'loss': {
			const loss = statement.loss;
			return rows([
				[t(words.lossDate), loss?.date && dateWords(t, loss.date)],
				[t(words.lossPlace), loss?.place && placeWords(loss.place, chinese)],
				[t(words.how), loss?.how],
				[t(words.reported), loss?.reported && t(reported[loss.reported])],
				[t(words.policeStation), loss?.policeStation],
				[t(words.caseNumber), loss?.caseNumber]
			]);
		}
		case 'looks': {
			const looks = statement.looks;
			const height = looks?.height && about(t, `${looks.height.cm} ${t(words.cm)}`, looks.height.approx);
			return rows([
				[t(words.height), height],
				[t(words.features), looks?.features],
				...(looks?.marks ?? []).map((mark, index): Row => [
					`${t(words.marks)} ${index + 1}`,
					markWords(t, mark, named)
				]),
				[t(words.clothing), looks?.clothing],
				[t(words.belongings), looks?.belongings],
				[t(words.speech), looks?.speech],
				[t(words.habits), looks?.habits]
			]);
		}
		case 'family': {
			const family = statement.family;
			return rows([
				[t(words.fatherName), family?.fatherName],
				[t(words.motherName), family?.motherName],
				...(family?.siblings ?? []).map((sibling): Row => [t(words.siblings), siblingWords(t, sibling)]),
				[t(words.homeThen), family?.homeThen && placeWords(family.homeThen, chinese)],
				[t(words.livesNow), family?.livesNow]
			]);
		}
		case 'papers':
			return rows([[t(words.paperWords), statement.papers?.words]]);
		case 'you': {
			const you = statement.you;
			const relation = you?.relation && t(relations[you.relation]);
			return rows([
				[t(words.name), you?.name],
				[t(words.relation), [relation, you?.relationWords].filter((part) => part).join(t(partComma))],
				[t(words.phone), you?.phone],
				[t(words.otherContact), you?.otherContact],
				[you?.identity ? t(identityKinds[you.identity.kind]) : '', you?.identity?.number],
				[t(words.identityReason), you?.identity?.confirmed?.reason],
				[t(words.language), you?.language],
				[
					t(words.second),
					[you?.second?.name, you?.second?.relation, you?.second?.phone].filter((part) => part).join(t(partComma))
				]
			]);
		}
	}
}

/** One thing a family said, as it stands beside the child's file. */
export function saidFactWords(locale: Locale, fact: SaidFact): string {
	const t = translator(locale);
	const chinese = locale === 'zh-CN';
	switch (fact.kind) {
		case 'words':
			return fact.words;
		case 'sex':
			return fact.code === '1' || fact.code === '2' ? t(sexes[fact.code]) : t(words.sexUnsure);
		case 'date':
			return dateWords(t, fact.date);
		case 'place':
			return placeWords(fact.place, chinese);
		case 'mark':
			return markWords(t, fact.mark, (table, code) => nameOfCode(table, code, chinese));
		case 'sibling':
			return siblingWords(t, fact.sibling);
	}
}

export function paperWord(t: Translate, kind: PaperKind): string {
	return t(papers[kind]);
}

/** Every kind of paper with its word, for a list to choose from. */
export function paperWords(t: Translate): readonly { readonly value: PaperKind; readonly label: string }[] {
	return (Object.keys(papers) as PaperKind[]).map((value) => ({ value, label: paperWord(t, value) }));
}

type CodedTable = 'bloodGroup' | 'markKind' | 'bodySite';

function nameOfCode(table: CodedTable, code: string | undefined, chinese: boolean): string | undefined {
	return code === undefined ? undefined : (codeName(table, code)?.[chinese ? 0 : 1] ?? code);
}

type Row = readonly [label: string, value: string | undefined];

function rows(all: readonly Row[]): readonly ToldAnswer[] {
	return all.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

function dateWords(t: Translate, date: FamilyDate): string {
	const number = [
		date.y === undefined ? '' : t(words.toldYear, { y: date.y }),
		date.m === undefined ? '' : t(date.leap ? words.toldLeapMonth : words.toldMonth, { m: date.m }),
		date.d === undefined ? '' : t(words.toldDay, { d: date.d })
	]
		.filter((part) => part !== '')
		.join(' ');
	// With the solar day beside it the family can check it, and a desk compare it with the file.
	const lunar =
		date.days && date.m !== undefined
			? t(words.lunarWithSolar, { days: daysWords(date.days.earliest, date.days.latest, t) })
			: t(words.lunarShort);
	const inCalendar = number !== '' && date.calendar === 'lunar' ? t(inBrackets, { what: number, more: lunar }) : number;
	return [about(t, inCalendar, date.approx), date.text].filter((part) => part).join(t(partComma));
}

function ageWords(
	t: Translate,
	age: { years?: number | undefined; months?: number | undefined; approx?: true | undefined }
): string {
	const number = [
		age.years === undefined ? '' : `${age.years} ${t(words.years)}`,
		age.months === undefined ? '' : `${age.months} ${t(words.months)}`
	]
		.filter((part) => part !== '')
		.join(' ');
	return about(t, number, age.approx);
}

function about(t: Translate, what: string, approx: true | undefined): string {
	return what !== '' && approx ? t(inBrackets, { what, more: t(words.approxShort) }) : what;
}

function placeWords(place: Place, chinese: boolean): string {
	const province = place.code === undefined ? undefined : provinceOf(place.code)?.name[chinese ? 0 : 1];
	return [province, place.text].filter((part) => part).join(' ');
}

function markWords(
	t: Translate,
	mark: FamilyMark,
	named: (table: 'markKind' | 'bodySite', code: string | undefined) => string | undefined
): string {
	const side = mark.side && t(sides[mark.side]);
	return [named('markKind', mark.kind), named('bodySite', mark.site), side, mark.words]
		.filter((part) => part)
		.join(t(partComma));
}

function siblingWords(t: Translate, sibling: Sibling): string {
	const order = sibling.order === 'unsure' ? undefined : t(orders[sibling.order]);
	return [sibling.name, order, sibling.words].filter((part) => part).join(t(partComma));
}

const sexes: Readonly<Record<'0' | '1' | '2' | '9', Message>> = {
	'0': words.sexUnsure,
	'1': words.boy,
	'2': words.girl,
	'9': words.sexUnsure
};
const reported: Readonly<Record<ReportedAnswer, Message>> = {
	both: words.reportedBoth,
	reported_only: words.reportedOnly,
	neither: words.reportedNeither,
	unsure: words.reportedUnsure
};
const sides: Readonly<Record<'left' | 'right' | 'middle' | 'both', Message>> = {
	left: words.left,
	right: words.right,
	middle: words.middle,
	both: words.bothSides
};
const orders: Readonly<Record<'older' | 'younger' | 'twin', Message>> = {
	older: words.older,
	younger: words.younger,
	twin: words.twin
};
const relations: Readonly<Record<Relation, Message>> = {
	father: words.father,
	mother: words.mother,
	grandparent: words.grandparent,
	sibling: words.relationSibling,
	other: words.relationOther
};
const identityKinds: Readonly<Record<IdentityKind, Message>> = {
	resident_id: words.residentId,
	passport: words.passport,
	travel_permit: words.travelPermit,
	other: words.identityOther
};
const papers: Readonly<Record<PaperKind, Message>> = {
	child_photo: words.paperChild,
	household_book: words.paperHousehold,
	birth_certificate: words.paperBirth,
	identity_document: words.paperIdentity,
	police_receipt: words.paperPolice,
	other: words.paperOther
};
