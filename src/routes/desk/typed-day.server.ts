import { fromParts, type CivilDate } from '#lib/domain/time.ts';

/** What stands in a box for a day: nothing, a day, or what is no day. */
export type TypedDay =
	| { readonly state: 'empty' }
	| { readonly state: 'good'; readonly date: CivilDate }
	/** `form`: cannot be read; `day`: can be read, but the calendar has no such day. */
	| { readonly state: 'wrong'; readonly because: 'form' | 'day' };

/**
 * Reads a day as people type or paste it: 2026-03-24, 2026.3.24, 2026/3/24, 2026年3月24日, 20260324. Year first; nothing is
 * guessed about an order.
 */
export function typedDay(text: string): TypedDay {
	const written = text.normalize('NFKC').trim();
	if (written === '') return { state: 'empty' };
	const parts =
		/^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(written) ??
		/^(\d{4})(\d{2})(\d{2})$/.exec(written);
	if (!parts) return { state: 'wrong', because: 'form' };
	const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
	try {
		return { state: 'good', date: fromParts(year, month, day) };
	} catch {
		return { state: 'wrong', because: 'day' };
	}
}
