import pg from 'pg';

/*
 * How PostgreSQL's values become ours. node-postgres would make a Date of a civil date, at midnight of the server's own
 * time zone: one zone further west it is the day before. So nothing here ever becomes a Date.
 */
type Parse = (text: string) => unknown;

const oid = {
	int8: 20,
	int8Array: 1016,
	date: 1082,
	dateArray: 1182,
	timestamp: 1114,
	timestampArray: 1115,
	timestamptz: 1184,
	timestamptzArray: 1185
} as const;

/** text[], which the table of types that node-postgres exports leaves out. */
const textArray: number = 1009;

const own = new Map<number, Parse>([
	[oid.int8, safeInteger],
	[oid.int8Array, arrayOf(safeInteger)],
	[oid.date, civilDate],
	[oid.dateArray, arrayOf(civilDate)],
	[oid.timestamp, unchanged],
	[oid.timestampArray, arrayOf(unchanged)],
	[oid.timestamptz, instant],
	[oid.timestamptzArray, arrayOf(instant)]
]);

/** The `types.getTypeParser` of every connection. Relies on TimeZone=UTC and DateStyle=ISO. */
export function parseValue(type: number, format: 'text' | 'binary' = 'text'): Parse {
	const parse = format === 'text' ? own.get(type) : undefined;
	return parse ?? (pg.types.getTypeParser(type, format) as Parse);
}

function safeInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is larger than a number can hold exactly`);
	return value;
}

function civilDate(text: string): string {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`"${text}" is not a date from year 1 to 9999`);
	return text;
}

/** '2026-11-22 04:00:00.123+00' → '2026-11-22T04:00:00.123Z': the form of toISOString, so what went in comes out. */
function instant(text: string): string {
	const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/.exec(text);
	if (match === null) throw new RangeError(`"${text}" is not an instant in UTC`);
	const micros = (match[3] ?? '').padEnd(6, '0');
	return `${match[1]}T${match[2]}.${micros.endsWith('000') ? micros.slice(0, 3) : micros}Z`;
}

function unchanged(text: string): string {
	return text;
}

function arrayOf(parse: Parse): Parse {
	const asTexts = pg.types.getTypeParser(textArray) as (text: string) => (string | null)[];
	return (text) => asTexts(text).map((item) => (item === null ? null : parse(item)));
}
