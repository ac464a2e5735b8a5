import { expect, test } from 'vitest';
import { playwrightTally, summary, vitestTally } from './tally.mjs';

test('the last line of npm test adds up every step', () => {
	const text = summary([
		{ name: 'lint: eslint', passed: 1, failed: 0, skipped: 0, seconds: 5.84 },
		{ name: 'vitest', passed: 840, failed: 2, skipped: 1, seconds: 61 }
	]);
	expect(text.split('\n')).toEqual([
		'step           passed   failed  skipped  seconds',
		'lint: eslint        1        0        0      5.8',
		'vitest            840        2        1     61.0',
		'',
		'841 passed, 2 failed'
	]);
});

test('counts what the test programs report', () => {
	const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
	expect(vitestTally(vitest, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
	const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } };
	expect(playwrightTally(playwright, 1)).toEqual({ passed: 4, failed: 2, skipped: 2 });
});

test('a test file that could not be loaded is a failure of its own', () => {
	const testResults = [
		{ status: 'failed', assertionResults: [] },
		{ status: 'failed', assertionResults: [{ status: 'failed' }] },
		{ status: 'passed', assertionResults: [{ status: 'passed' }] }
	];
	expect(vitestTally({ numPassedTests: 1, numFailedTests: 1, testResults }, 1)).toEqual({
		passed: 1,
		failed: 2,
		skipped: 0
	});
});

test('a run that broke off, or found no tests, is a failure', () => {
	expect(vitestTally(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
	expect(vitestTally({ numPassedTests: 5, numFailedTests: 0 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
	expect(playwrightTally({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }, 0).failed).toBe(1);
});
