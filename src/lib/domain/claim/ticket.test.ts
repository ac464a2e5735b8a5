import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimNumber, claimSecret, claimTicket, readSecret, readTicket, writtenSecret } from './ticket.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('a ticket reads back as people type it, with and without its two letters', () => {
	fc.assert(
		fc.property(bytes(5), (random) => {
			const ticket = claimTicket(random);
			expect(ticket).toMatch(/^RJ-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
			expect(readTicket(ticket)).toBe(ticket);
			expect(readTicket(ticket.toLowerCase().replaceAll('-', ' '))).toBe(ticket);
			expect(readTicket(ticket.slice(3))).toBe(ticket);
		})
	);
});

test('a ticket whose own signs begin with RJ is not shortened', () => {
	const ticket = ticketBeginning('RJ');
	expect(readTicket(ticket.slice(3))).toBe(ticket);
	expect(readTicket(ticket)).toBe(ticket);
});

test('a claim’s number is no ticket, and one wrong sign is noticed', () => {
	const random = new Uint8Array([1, 2, 3, 4, 5]);
	expect(readTicket(claimNumber(random))).toBeUndefined();
	const ticket = claimTicket(random);
	expect(readTicket(ticket.slice(0, -1) + (ticket.endsWith('A') ? 'B' : 'A'))).toBeUndefined();
});

test('a secret is twenty digits in groups of four, and reads back with blanks, hyphens and full-width digits', () => {
	fc.assert(
		fc.property(bytes(16), (random) => {
			const secret = claimSecret(random);
			expect(secret).toMatch(/^\d{20}$/);
			expect(writtenSecret(secret)).toMatch(/^\d{4} \d{4} \d{4} \d{4} \d{4}$/);
			expect(readSecret(writtenSecret(secret))).toBe(secret);
			expect(readSecret(secret.replaceAll(/(\d{4})/g, '$1-').slice(0, -1))).toBe(secret);
		})
	);
	expect(readSecret('４821 0937 5526 1180 7342')).toBe('48210937552611807342');
	expect(readSecret('4821 0937 5526 1180 734')).toBeUndefined();
	expect(readSecret('')).toBeUndefined();
});

/** A ticket whose first two signs are these: the first ten of its bits are the last ten of the random ones. */
function ticketBeginning(signs: string): string {
	for (let n = 0; n < 1024; n++) {
		const ticket = claimTicket(new Uint8Array([5, 6, 7, n >> 8, n & 255]));
		if (ticket.startsWith(`RJ-${signs}`)) return ticket;
	}
	throw new Error(`no ticket begins with ${signs}`);
}
