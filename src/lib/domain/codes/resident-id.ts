import { daysInMonth } from '../time.ts';

/*
 * Numbers of resident identity cards (公民身份号码), GB 11643: six digits of the place, eight of the birth date, three in
 * order, and a check sign by ISO 7064 MOD 11-2. A wrong number is told and never refused: cards are misread, copied wrong
 * and, rarely, issued wrong.
 */

/** What is odd about a number. `digits`: not 18 signs; `old`: the 15 digits of cards before 2000. */
export type ResidentIdFault =
	| { readonly type: 'digits' }
	| { readonly type: 'old' }
	| { readonly type: 'birth_date' }
	/** The sign that would fit the other seventeen. */
	| { readonly type: 'check_sign'; readonly fits: string };

/** The number as it is compared and kept: no blanks or hyphens, full-width signs made plain, x as X. */
export function writtenResidentId(typed: string): string {
	return typed
		.normalize('NFKC')
		.replaceAll(/[\s\-–—]/g, '')
		.toUpperCase();
}

/** What is wrong with a number as typed; undefined when it can be a real one. */
export function residentIdFault(typed: string): ResidentIdFault | undefined {
	const written = writtenResidentId(typed);
	if (/^\d{15}$/.test(written)) return { type: 'old' };
	if (!/^\d{17}[\dX]$/.test(written)) return { type: 'digits' };
	if (!isBirthDate(Number(written.slice(6, 10)), Number(written.slice(10, 12)), Number(written.slice(12, 14)))) {
		return { type: 'birth_date' };
	}
	const fits = checkSign(written.slice(0, 17));
	return written[17] === fits ? undefined : { type: 'check_sign', fits };
}

/** ISO 7064 MOD 11-2: weights are the powers of two, the sum with the check sign is 1 modulo 11. */
function checkSign(seventeen: string): string {
	let sum = 0;
	for (const digit of seventeen) sum = (sum + Number(digit)) * 2;
	const rest = (((12 - (sum % 11)) % 11) + 11) % 11;
	return rest === 10 ? 'X' : String(rest);
}

function isBirthDate(year: number, month: number, day: number): boolean {
	if (year < 1850 || month < 1 || month > 12 || day < 1) return false;
	return day <= daysInMonth(year, month);
}
