/** A long number in groups of four, as it is printed and read out: `3f2a 91c0 …`. */
export function inGroups(digits: string): string {
	return digits.match(/.{1,4}/g)?.join(' ') ?? '';
}
