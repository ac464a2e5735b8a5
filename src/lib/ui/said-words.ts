import { codeName } from '#lib/domain/codes/tables.ts';
import { placePath } from '#lib/domain/codes/places.ts';
import type { Said } from '#lib/domain/matching/comparison.ts';
import { latest, type CivilDate } from '#lib/domain/time.ts';
import { candidates as words, nameKindNames, siblingOrderNames } from '#lib/messages/candidates.ts';
import { markForm } from '#lib/messages/care.ts';
import { inBrackets, type Message, type Translate } from '#lib/messages/message.ts';

/** One value of a comparison as one line; codes with their names, the words of a family as they are. */
export function saidWords(said: Said, t: Translate): string {
	switch (said.kind) {
		case 'words':
			return said.text;
		case 'name': {
			const kind = nameKindNames[said.as];
			return kind ? t(inBrackets, { what: said.text, more: t(kind) }) : said.text;
		}
		case 'code': {
			if (said.table === 'bloodGroup') return t(words.bloodGroupOf, { group: said.code });
			const name = codeName(said.table, said.code);
			return name ? t(name) : said.code;
		}
		case 'days': {
			const by = said.by === undefined ? undefined : basisWords[said.by];
			const days = daysWords(said.from, said.to, t);
			return by ? t(inBrackets, { what: days, more: t(by) }) : days;
		}
		case 'place': {
			const { code, revision, text } = said.place;
			const path = code === undefined ? [] : placePath(code, revision);
			const named = path.join('');
			if (named === '') return text;
			// 四川会理 beside 四川省凉山州会理县: the words of whoever said it are kept where they differ.
			return text === '' || text.replace(/\s+/gu, '') === named ? named : t(inBrackets, { what: named, more: text });
		}
		case 'mark': {
			const { kind, site, side, words: told } = said.mark;
			const names = [
				kind === undefined ? undefined : codeName('markKind', kind),
				site === undefined ? undefined : codeName('bodySite', site),
				side === undefined ? undefined : sideNames[side]
			].flatMap((name) => (name ? [t(name)] : []));
			const coded = names.join(' · ');
			if (told === '') return coded;
			return coded === '' ? told : t(inBrackets, { what: told, more: coded });
		}
		case 'height':
			return t(words.heightOn, { cm: said.cm, days: daysWords(said.from, said.to, t) });
		case 'order':
			return t(siblingOrderNames[said.order]);
		case 'parentsBlood':
			return t(words.parentsBlood, { one: said.groups[0], other: said.groups[1] });
	}
}

/** `2018-07-09`, `2018-07`, `2018`, or both ends. */
export function daysWords(from: CivilDate, to: CivilDate, t: Translate): string {
	if (from === to) return from;
	const [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
	if (from.endsWith('-01') && to === latest({ y, m })) return from.slice(0, 7);
	if (from.endsWith('-01-01') && to === latest({ y })) return from.slice(0, 4);
	return t(words.range, { from, to });
}

const sideNames: Readonly<Record<string, Message>> = {
	left: markForm.left,
	right: markForm.right,
	middle: markForm.middle,
	both: markForm.both
};

const basisWords: Readonly<Record<string, Message>> = {
	estimate: words.estimated,
	age: words.byAge,
	lost: words.bornByThen
};
