import { expect, test } from 'vitest';
import { isOnMobileNetwork } from './connect.ts';

test('a tablet that says it is on a mobile network, or is to save data, is on one', () => {
	expect(isOnMobileNetwork({ connection: { type: 'cellular' } })).toBe(true);
	expect(isOnMobileNetwork({ connection: { type: 'wifi', saveData: true } })).toBe(true);
});

test('a tablet on Wi-Fi, or one that does not say, is not', () => {
	expect(isOnMobileNetwork({ connection: { type: 'wifi', saveData: false } })).toBe(false);
	expect(isOnMobileNetwork({ connection: { effectiveType: '4g' } })).toBe(false);
	expect(isOnMobileNetwork({})).toBe(false);
});
