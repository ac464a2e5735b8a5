import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { certifiedChild, day, receivedChild } from '../../../../tests/support/leaving-story.ts';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { reviewPrint } from './review-print.ts';

const hashOf = (evidence: object) =>
	createHash('sha256')
		.update(canonicalJson(evidence as Json))
		.digest('hex');

describe('the sheet of a review', () => {
	test('shows the evidence that gives the snapshot both signed, its conditions and its clocks', () => {
		const sheet = reviewPrint(certifiedChild().ground);
		expect(hashOf(sheet.evidence)).toBe(sheet.snapshot);
		expect(sheet.changed).toEqual([]);
		expect(sheet.conditions?.every(({ status }) => status === 'met')).toBe(true);
		expect(sheet.clocks?.map(({ id }) => id)).toContain('hold');
		expect(sheet.rest.map(({ part }) => part)).not.toContain('conditions');
	});

	test('shows what was signed where the file says otherwise now, and names the parts', () => {
		const told = certifiedChild();
		const before = reviewPrint(told.ground);
		told.paper({ code: 'DOC-E', number: '云公鉴〔2025〕4号之二', date: day('2025-02-11') });
		const sheet = reviewPrint(told.ground);
		expect(sheet.changed).toContain('documents');
		expect(sheet.evidence).toEqual(before.evidence);
		expect(sheet.snapshot).toBe(before.snapshot);
		expect(JSON.stringify(sheet.rest)).not.toContain('之二');
	});

	test('tells conditions that changed since from the frozen evidence alone', () => {
		const told = certifiedChild();
		told.claim('refuse', '2025-11-25', '2025-12-20');
		const sheet = reviewPrint(told.ground);
		expect(sheet.changed).toContain('conditions');
		expect(sheet.conditions).toBeUndefined();
		expect(sheet.rest.find(({ part }) => part === 'conditions')?.value).toEqual(sheet.evidence['conditions']);
	});

	test('of a child nobody reviewed shows the evidence of today, and no snapshot as if it were signed', () => {
		const sheet = reviewPrint(receivedChild().ground);
		expect(sheet.openedOn).toBeUndefined();
		expect(sheet.snapshot).toBeUndefined();
		expect(sheet.evidence['schema']).toBe('lampkeep-evidence/1');
		expect(sheet.conditions?.some(({ status }) => status === 'missing')).toBe(true);
	});
});
