/*
 * Unified social credit codes (统一社会信用代码), GB 32100: 18 signs without I, O, S, V and Z, the last a check sign. Signs 9 to
 * 17 are the organisation code of GB 11714, which has a check sign of its own. A wrong code is told and never refused: a
 * copy can be wrong, and a house is not kept out for a slip of the pen.
 */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** What is odd about a code. `signs`: not 18 signs of the alphabet. */
export type UsccFault =
	| { readonly type: 'signs' }
	/** Of the organisation code inside, or of the whole; `fits` is the sign that would go with the others. */
	| { readonly type: 'inner_check_sign'; readonly fits: string }
	| { readonly type: 'check_sign'; readonly fits: string };

/** The code as it is compared and kept: no blanks or hyphens, full-width signs made plain, capitals. */
export function writtenUscc(typed: string): string {
	return typed
		.normalize('NFKC')
		.replaceAll(/[\s\-–—]/g, '')
		.toUpperCase();
}

/** What is wrong with a code as typed; undefined when it can be a real one. */
export function usccFault(typed: string): UsccFault | undefined {
	const written = writtenUscc(typed);
	if (written.length !== 18 || [...written].some((sign) => !alphabet.includes(sign))) return { type: 'signs' };
	const fits = checkSign(written.slice(0, 17));
	if (written[17] !== fits) return { type: 'check_sign', fits };
	const innerFits = organisationCheckSign(written.slice(8, 16));
	return written[16] === innerFits ? undefined : { type: 'inner_check_sign', fits: innerFits };
}

/** GB 32100: weights 3^i mod 31, check (31 - sum mod 31) mod 31. */
function checkSign(seventeen: string): string {
	let sum = 0;
	let weight = 1;
	for (const sign of seventeen) {
		sum += alphabet.indexOf(sign) * weight;
		weight = (weight * 3) % 31;
	}
	return alphabet[(31 - (sum % 31)) % 31] ?? '';
}

/** GB 11714: letters count from A = 10, check 11 - sum mod 11, written X for 10 and 0 for 11. */
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

function organisationCheckSign(eight: string): string {
	let sum = 0;
	for (const [at, weight] of organisationWeights.entries()) sum += Number.parseInt(eight[at] ?? '0', 36) * weight;
	const rest = 11 - (sum % 11);
	return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}
