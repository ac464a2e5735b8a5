import { expect, test } from 'vitest';
import { usccFault, writtenUscc } from './uscc.ts';

test.each(['9144030071526726XG', '914403001922038216', '91330100799655058B', '91350100M000100Y43'])(
	'the code %s of a real organisation is right',
	(code) => {
		expect(usccFault(code)).toBeUndefined();
	}
);

test('a code is read with blanks, small letters and full-width signs', () => {
	expect(writtenUscc('９１４４０３００ 7152-6726xg')).toBe('9144030071526726XG');
	expect(usccFault('９１４４０３００ 7152-6726xg')).toBeUndefined();
});

test('one wrong sign is always noticed, whichever it is', () => {
	const right = '91350100M000100Y43';
	for (let at = 0; at < right.length; at++) {
		for (const sign of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
			if (sign === right[at]) continue;
			expect(usccFault(right.slice(0, at) + sign + right.slice(at + 1))).toBeDefined();
		}
	}
});

test('what is wrong is told: the sign that would fit, or signs no code has', () => {
	expect(usccFault('9144030071526726XH')).toEqual({ type: 'check_sign', fits: 'G' });
	expect(usccFault('9144030071526726X')).toEqual({ type: 'signs' });
	// I, O, S, V and Z are read as digits by mistake, and in no code.
	expect(usccFault('9I44030071526726XG')).toEqual({ type: 'signs' });
});

test('an organisation code inside whose own check sign is wrong is noticed, though the whole adds up', () => {
	expect(usccFault('91440300715267261R')).toEqual({ type: 'inner_check_sign', fits: 'X' });
});
