import { describe, expect, test } from 'vitest';
import { decisionTypes, entryTypes, isDecision } from '#lib/domain/case-file/entry.ts';
import { deviceIdSchema, institutionIdSchema } from '#lib/domain/ids.ts';
import { readItem } from './receive.ts';

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const sender = { deviceId: deviceIdSchema.parse(id(4)), institutionId: institutionIdSchema.parse(id(3)) };

/** An entry as this tablet would push it, whoever wrote its program. */
function pushed(type: string, version: number, payload: object = {}): unknown {
	return {
		...{ id: id(1), childId: id(2), type, version, payload, replaces: [], occurredOn: '2026-11-22' },
		...{ recordedAt: '2026-11-22T08:00:00+08:00', staffId: id(5), institutionId: id(3), deviceId: id(4) },
		...{ deviceSeq: 1, previous: null, signature: 'A'.repeat(86) }
	};
}

const read = (item: unknown) => {
	const answer = readItem(item, 0, sender, () => [{ publicKey: 'key', removedAt: undefined }]);
	return answer.ok ? 'taken' : answer.error.reason.type;
};

describe('a tablet brings no decision', () => {
	test.each(decisionTypes)('%s is set aside, in this version and in any newer one', (type) => {
		expect(read(pushed(type, entryTypes[type].version + 1))).toBe('decision_not_here');
		expect(['decision_not_here', 'unreadable']).toContain(read(pushed(type, entryTypes[type].version)));
	});

	test('however well it is formed', () => {
		expect(read(pushed('exit.confirmed', 1, { proposal: id(9) }))).toBe('decision_not_here');
		expect(read(pushed('date.confirmed', 1, { field: 'handoverDate', confirmed: id(9) }))).toBe('decision_not_here');
	});

	test('nor one that only a newer registry will know: it would count after the upgrade', () => {
		for (const type of ['exit.approved', 'claim.reopened', 'review.waived', 'adoption.confirmed', 'notice.renewed'])
			expect(read(pushed(type, 1)), type).toBe('decision_not_here');
	});

	test('facts are taken, those of newer programs among them', () => {
		const facts = Object.keys(entryTypes).filter((type) => !isDecision(type));
		for (const type of [...facts, 'care.planned', 'future.told']) expect(read(pushed(type, 900)), type).toBe('taken');
	});
});
