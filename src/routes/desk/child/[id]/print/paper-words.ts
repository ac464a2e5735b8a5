/** What a file holds, as lines of the printed page: everything that was recorded, since paper has no "more". */
import type { Care } from '#lib/domain/care/care.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import type { Consent } from '#lib/domain/consent/consent.ts';
import { periodOf, type Clock } from '#lib/domain/hold/hold.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import type { CodeTableId } from '#lib/domain/intake/fields.ts';
import type { Belonging, Mark } from '#lib/domain/photo/photo.ts';
import type { CasePrint } from '#lib/domain/print/case-print.ts';
import { inGroups } from '#lib/domain/print/groups.ts';
import type { Sample } from '#lib/domain/sample/sample.ts';
import { careForm, markForm, sampleForm, sampleNames } from '#lib/messages/care.ts';
import { consentAnswerNames, consentMatterNames } from '#lib/messages/decisions.ts';
import { forms } from '#lib/messages/fields.ts';
import { inBrackets, semicolon, translator, type Message } from '#lib/messages/message.ts';
import { takeDownWords } from '#lib/messages/notice.ts';
import { arithmeticSentence } from '#lib/messages/policies.ts';
import { printWords } from '#lib/messages/print.ts';

/** What is printed is in Chinese, whatever the desk is read in: an official file has one language, and one wording to compare. */
export const zh = translator('zh-CN');

export function careLine(care: Care): string {
	switch (care.kind) {
		case 'daily':
			return care.note;
		case 'health':
			return joined(
				care.finding,
				labelled(careForm.temperature, measured(care.temperature, forms.celsius)),
				labelled(careForm.treatment, care.treatment),
				labelled(careForm.place, care.place)
			);
		case 'growth':
			return joined(
				labelled(careForm.height, measured(care.height, forms.cm)),
				labelled(careForm.weight, measured(care.weight, forms.kg)),
				labelled(careForm.headSize, measured(care.headSize, forms.cm))
			);
		case 'vaccination':
			return joined(
				coded('vaccine', care.vaccine),
				care.vaccineName,
				labelled(careForm.dose, care.dose?.toString()),
				labelled(careForm.batch, care.batch),
				care.place
			);
		case 'schooling':
			return joined(coded('schoolStage', care.stage), care.school, care.grade, care.note);
		case 'incident':
			return joined(coded('incidentKind', care.incident), care.description, labelled(careForm.action, care.action));
		case 'visit':
			return joined(coded('visitorRelation', care.relation), care.visitor, care.note);
		case 'placement':
			return joined(coded('placement', care.placement), care.place, care.note);
	}
}

export function sampleLine({ step, kit, by, place, sealNumber }: Sample): string {
	return joined(
		zh(sampleNames[step]),
		labelled(sampleForm.kit, kit),
		by,
		place,
		labelled(sampleForm.sealNumber, sealNumber)
	);
}

export function markLine({ kind, site, side, size, description }: Mark): string {
	return joined(
		coded('markKind', kind),
		side ? zh(inBrackets, { what: coded('bodySite', site), more: zh(markForm[side]) }) : coded('bodySite', site),
		labelled(markForm.size, measured(size, forms.cm)),
		description
	);
}

export function belongingLine({ description, sealNumber, keptAt }: Belonging): string {
	return joined(
		description,
		sealNumber && zh(printWords.sealed, { number: sealNumber }),
		keptAt && zh(printWords.keptAt, { place: keptAt })
	);
}

export function consentLine({ matter, answer, words, language, heardBy, adultPresent }: Consent): string {
	return joined(
		zh(inBrackets, { what: zh(consentMatterNames[matter]), more: zh(consentAnswerNames[answer]) }),
		`“${words}”`,
		language,
		heardBy && zh(printWords.heardBy, { name: heardBy }),
		adultPresent && zh(printWords.adultPresent, { name: adultPresent })
	);
}

export function handoverLine(
	{ side, house, on, officer, words }: CasePrint['handovers'][number],
	houseName: (id: string) => string
): string {
	const said = zh(side === 'sent' ? printWords.handedTo : printWords.receivedBy, { date: on, house: houseName(house) });
	return joined(said, officer, ...words);
}

export function noticeLine({ number, on, down }: CasePrint['notices'][number]): string {
	const up = zh(printWords.noticeUp, { date: on, number });
	if (!down) return up;
	return joined(up, zh(printWords.noticeDown, { date: down.on, reason: zh(takeDownWords[down.reason]) }));
}

/** How the last day of a clock came about, one sentence a step. */
export function arithmetic(clock: Clock, policy: Policy): readonly string[] {
	return (periodOf(clock)?.steps ?? []).map((step) => arithmeticSentence(step, policy, zh));
}

/** What is typed on the registry's server to check a sheet; the same in every language. */
export function verifyCommand(snapshot: string): string {
	return `lampkeep verify --snapshot "${inGroups(snapshot)}"`;
}

/** The name of a code; a code that no table knows is printed as it is, never hidden. */
function coded(table: CodeTableId, code: string): string {
	const name = codeName(table, code);
	return name ? zh(name) : code;
}

function labelled(label: Message, value: string | undefined): string | undefined {
	return value && `${zh(label)} ${value}`;
}

function measured(value: number | undefined, unit: Message): string | undefined {
	return value === undefined ? undefined : `${value} ${zh(unit)}`;
}

/** What is said in two boxes with the same words (a vaccine and its product) is printed once. */
function joined(...parts: readonly (string | undefined)[]): string {
	return [...new Set(parts.filter(Boolean))].join(zh(semicolon));
}
