/**
 * A value that JSON.parse made, as JSON text again, however deep it is nested: what is set aside is kept as it came, and
 * JSON.stringify ends with a RangeError on nesting that JSON.parse still reads. Iterative, so that depth costs no stack.
 */
export function rawText(value: unknown): string {
	const parts: string[] = [];
	// What is still to be written: texts as they are, values to be opened. Last in, first out.
	const rest: ({ text: string } | { value: unknown })[] = [{ value }];
	for (let next = rest.pop(); next; next = rest.pop()) {
		if ('text' in next) parts.push(next.text);
		else if (Array.isArray(next.value)) {
			rest.push({ text: ']' });
			for (let i = next.value.length - 1; i >= 0; i--) {
				rest.push({ value: next.value[i] });
				if (i > 0) rest.push({ text: ',' });
			}
			rest.push({ text: '[' });
		} else if (next.value !== null && typeof next.value === 'object') {
			const members = Object.entries(next.value).filter(([, member]) => member !== undefined);
			rest.push({ text: '}' });
			for (let i = members.length - 1; i >= 0; i--) {
				const [key, member] = members[i] ?? ['', null];
				rest.push({ value: member }, { text: `${i > 0 ? ',' : ''}${JSON.stringify(key)}:` });
			}
			rest.push({ text: '{' });
		} else parts.push(JSON.stringify(next.value) ?? 'null');
	}
	return parts.join('');
}

/** Bytes of a text in UTF-8. The pure layers have no TextEncoder. */
export function utf8Length(text: string): number {
	let bytes = text.length;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		// A pair of surrogates is two units and four bytes, any other unit above 0x7ff one unit and three bytes.
		if (unit > 0x7ff) bytes += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
		else if (unit > 0x7f) bytes += 1;
	}
	return bytes;
}
