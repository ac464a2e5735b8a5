/**
 * A value as PostgreSQL's text and jsonb can hold it: U+0000 and halves of surrogate pairs become U+FFFD. Entries are
 * kept as canonical JSON, where both are written as escapes, and need none of this.
 */
export function storable<T>(value: T): T {
	if (typeof value === 'string') return value.replace(unstorable, '\ufffd') as T;
	if (Array.isArray(value)) return value.map((item: unknown) => storable(item)) as T;
	if (value !== null && typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value).map(([key, member]) => [storable(key), storable(member as unknown)])
		) as T;
	}
	return value;
}

const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
