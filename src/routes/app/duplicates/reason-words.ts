import { newestPlaceRevision, placePath } from '#lib/domain/codes/places.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import type { LikenessReason } from '#lib/domain/duplicate/likeness.ts';
import { likenessReasons } from '#lib/messages/duplicate.ts';
import type { Translate } from '#lib/messages/message.ts';

/** One reason why two files look alike, as words. */
export function reasonWords(reason: LikenessReason, t: Translate): string {
	switch (reason.code) {
		case 'same_number':
		case 'same_paper':
			return t(likenessReasons[reason.code], { number: reason.number });
		case 'same_name':
			return t(likenessReasons[reason.code], { name: reason.name });
		case 'same_sound':
			return t(likenessReasons[reason.code], { name: reason.name, other: reason.other });
		case 'shared_sign':
			return t(likenessReasons[reason.code], { sign: reason.sign });
		case 'same_mark':
		case 'near_mark':
			return t(likenessReasons[reason.code], { mark: markWords(reason.mark, t) });
		case 'same_words':
			return t(likenessReasons[reason.code], { words: reason.words });
		case 'same_place':
		case 'near_place':
			return t(likenessReasons[reason.code], { place: placeWords(reason.place) });
		case 'same_portrait':
		case 'same_birth':
		case 'near_birth':
		case 'same_rescue':
		case 'other_sex':
		case 'other_birth':
		case 'other_marks':
		case 'other_place':
		case 'other_rescue':
		case 'other_name':
			return t(likenessReasons[reason.code]);
	}
}

/** True where a reason speaks against the two being one. */
export function speaksAgainst({ code }: LikenessReason): boolean {
	return code.startsWith('other_');
}

function markWords(key: string, t: Translate): string {
	const [kind = '', site = ''] = key.split('/');
	const names = [codeName('bodySite', site), codeName('markKind', kind)];
	return names.flatMap((name) => (name ? [t(name)] : [])).join(' ');
}

function placeWords(code: string): string {
	return placePath(code, newestPlaceRevision).join('') || code;
}
