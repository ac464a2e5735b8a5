/** Values that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The one spelling of a value that is signed and hashed: keys sorted by UTF-16 code unit, no white space, numbers and
 * strings as JSON.stringify writes them (the rules of RFC 8785, JSON Canonicalization Scheme). Keys whose value is
 * undefined are left out, as JSON does.
 */
export function canonicalJson(value: Json): string {
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	if (isList(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
	const members: string[] = [];
	for (const key of Object.keys(value).sort()) {
		const member = value[key];
		if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
	}
	return `{${members.join(',')}}`;
}

// Array.isArray does not narrow a readonly array out of a union.
function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}
