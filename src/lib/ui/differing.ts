/** A piece of a text, and whether the other texts beside it say the same there. */
export interface Piece {
	readonly text: string;
	readonly differs: boolean;
}

/**
 * Where texts that stand side by side part and where they come together again: what all begin with and all end with is the
 * same, what lies between differs. Words of letters and digits are never cut.
 */
export function differing(texts: readonly string[]): readonly (readonly Piece[])[] {
	const split = texts.map(piecesOf);
	const shortest = Math.min(...split.map((pieces) => pieces.length));
	const [first = []] = split;
	let head = 0;
	while (head < shortest && split.every((pieces) => pieces[head] === first[head])) head += 1;
	let tail = 0;
	while (
		tail < shortest - head &&
		split.every((pieces) => pieces[pieces.length - 1 - tail] === first[first.length - 1 - tail])
	)
		tail += 1;
	return split.map((pieces) =>
		[
			{ text: pieces.slice(0, head).join(''), differs: false },
			{ text: pieces.slice(head, pieces.length - tail).join(''), differs: true },
			{ text: pieces.slice(pieces.length - tail).join(''), differs: false }
		].filter(({ text }) => text !== '')
	);
}

/** Chinese sign by sign, other words and numbers whole. */
function piecesOf(text: string): readonly string[] {
	return text.match(/\p{Script=Han}|[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}]/gu) ?? [];
}
