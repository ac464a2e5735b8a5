import { publicWords } from '#lib/messages/public.ts';
import type { Message, Translate } from '#lib/messages/message.ts';

/** Code of the table `sex` in a word. */
export function sexWord(code: string): Message {
	if (code === '1') return publicWords.male;
	return code === '2' ? publicWords.female : publicWords.sexUnknown;
}

const views: Readonly<Record<string, Message>> = {
	front: publicWords.photoFront,
	left: publicWords.photoLeft,
	right: publicWords.photoRight,
	mark: publicWords.photoMark,
	belonging: publicWords.photoBelonging,
	clothing: publicWords.photoClothing,
	now: publicWords.photoNow
};

export function viewWord(view: string): Message {
	return views[view] ?? publicWords.photoFront;
}

/** A band of months as people say ages: '36-71' → 3–5 岁. */
export function ageBandWord(t: Translate, band: string): string {
	const [least = 0, most = 0] = band.split('-').map(Number);
	if (most < 12) return t(publicWords.ageUnderOne);
	if (most >= 216) return t(publicWords.ageFrom, { from: least / 12 });
	return t(publicWords.ageYears, { from: least / 12, to: (most + 1) / 12 - 1 });
}
