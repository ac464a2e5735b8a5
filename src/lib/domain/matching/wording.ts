/** The pairs of neighbouring signs of a text, white space and punctuation left out: 红色胎记 has 红色, 色胎, 胎记. */
export function bigrams(text: string): ReadonlySet<string> {
	const signs = [
		...text
			.normalize('NFKC')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, '')
	];
	if (signs.length === 1) return new Set(signs);
	const pairs = new Set<string>();
	for (let i = 0; i + 1 < signs.length; i++) pairs.add(`${signs[i]}${signs[i + 1]}`);
	return pairs;
}

/** Dice's coefficient of two sets of bigrams: 0 nothing in common, 1 the same. Two empty texts have nothing in common. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	if (a.size === 0 || b.size === 0) return 0;
	const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
	let common = 0;
	for (const pair of fewer) if (more.has(pair)) common++;
	return (2 * common) / (a.size + b.size);
}

/** Made when it is first asked for, and kept: of a hundred thousand descriptions hardly one is ever compared by its words. */
export function later<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}
