import { expect, test } from 'vitest';
import { easyPin } from './easy-pin.ts';

test('a PIN of one digit or of a run is too easy', () => {
	for (const pin of ['000000', '777777', '123456', '987654']) expect([pin, easyPin(pin)]).toEqual([pin, true]);
	for (const pin of ['135790', '112233', '246802', '102030']) expect([pin, easyPin(pin)]).toEqual([pin, false]);
});
