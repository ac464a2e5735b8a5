import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entryText, entryTypes, envelopeSchema, isEntryType, parseEntry, signedText } from '#lib/domain/case-file/entry.ts';
import { tabletReadingSchema } from '#lib/domain/access/reading.ts';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { looseContentSchema } from '#lib/domain/loose/loose.ts';
import * as protocol from '#lib/sync/protocol.ts';
import * as sealed from '#lib/sync/sealed.ts';
import * as statements from '#lib/sync/statements.ts';

/*
 * Entries that were shipped once are read for ever. A golden file is never edited; a changed shape gets a new version, a
 * new golden file and a line in upcast.ts. The keys whose signatures they carry were thrown away after they were made.
 */
const folder = join(import.meta.dirname, 'entries');
const goldenFiles = readdirSync(folder);
const authorKeys = readFileSync(join(import.meta.dirname, 'author-key.txt'), 'utf8').trim().split('\n');

describe('golden entries', () => {
	it('there is one for every type and version of entry', () => {
		const expected = Object.entries(entryTypes).map(([type, { version }]) => `${type}.${version}.json`);
		expect(goldenFiles).toEqual(expect.arrayContaining(expected));
	});

	it.each(goldenFiles)('%s is read, and its signed text and spelling are what they were', (file) => {
		const text = readFileSync(join(folder, file), 'utf8').trim();
		const parsed = parseEntry(JSON.parse(text));
		if (!parsed.ok) throw new Error(`${file} is refused: ${JSON.stringify(parsed.error)}`);
		expect(parsed.value.known).toBe(true);
		expect(entryText(parsed.value.entry)).toBe(text);
		const signature = Buffer.from(parsed.value.entry.signature, 'base64url');
		const signed = Buffer.from(signedText(parsed.value.entry));
		const verified = authorKeys.filter((author) =>
			verify('sha256', signed, { key: publicKey(author), dsaEncoding: 'ieee-p1363' as const }, signature)
		);
		expect(verified).toHaveLength(1);
	});

	it('an entry of a newer version is kept as unknown, not refused', () => {
		const entry = JSON.parse(readFileSync(join(folder, 'intake.recorded.1.json'), 'utf8')) as { version: number };
		const parsed = parseEntry({ ...entry, version: 999 });
		expect(parsed).toMatchObject({ ok: true, value: { known: false } });
	});
});

/**
 * The tripwire: SHA-256 of the JSON schema of everything that is stored or sent. If this test fails, a shape changed: raise
 * its version (entry.ts, or PROTOCOL_VERSION with its history), add the old shape to upcast.ts and a golden file, then
 * write the new hash here.
 */
const shapes: Record<string, string> = JSON.parse(readFileSync(join(import.meta.dirname, 'shapes.json'), 'utf8')) as Record<string, string>;

describe('the shapes of entries and messages', () => {
	const now = new Map<string, string>([
		['envelope', hashOf(envelopeSchema)],
		['tabletReading', hashOf(tabletReadingSchema)],
		['looseContent', hashOf(looseContentSchema)],
		...Object.entries(statements).flatMap(([name, schema]): [string, string][] =>
			schema instanceof z.ZodType ? [[`statement.${name}`, hashOf(schema)]] : []
		),
		...Object.entries(entryTypes).map(([type, { version, payload }]): [string, string] => [`${type}@${version}`, hashOf(payload)]),
		...Object.entries({ ...protocol, ...sealed }).flatMap(([name, schema]): [string, string][] =>
			schema instanceof z.ZodType ? [[`${name}@${protocol.PROTOCOL_VERSION}`, hashOf(schema)]] : []
		)
	]);

	it.each([...now])('%s is what its version says', (name, hash) => {
		expect({ name, hash }).toEqual({ name, hash: shapes[name] });
	});

	it('golden entry types are all still known', () => {
		for (const file of goldenFiles) expect(isEntryType(file.split('.').slice(0, 2).join('.'))).toBe(true);
	});
});

function hashOf(schema: z.ZodType): string {
	const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
	return createHash('sha256').update(canonicalJson(json as unknown as Json)).digest('hex').slice(0, 16);
}

/** A raw P-256 point as a key. */
function publicKey(point: string) {
	const bytes = Buffer.from(point, 'base64url');
	const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((half) => half.toString('base64url'));
	return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
}
