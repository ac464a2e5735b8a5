/**
 * What one step of `npm test` came to.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {Tally & { name: string, seconds: number }} Row
 */

/**
 * @param {any} report vitest's JSON report, null when there is none
 * @param {number} code vitest's exit code
 * @returns {Tally} a file that could not be loaded counts as one failed test: nobody knows how many it holds
 */
export function vitestTally(report, code) {
	/** @type {{ status: string, assertionResults: unknown[] }[]} */
	const files = report?.testResults ?? [];
	const unloadable = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
	return withCode(
		{
			passed: report?.numPassedTests ?? 0,
			failed: (report?.numFailedTests ?? 0) + unloadable,
			skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
		},
		code
	);
}

/**
 * @param {any} report Playwright's JSON report, null when there is none
 * @param {number} code Playwright's exit code
 * @returns {Tally} a test that passed only when repeated counts as failed
 */
export function playwrightTally(report, code) {
	const stats = report?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
	return withCode({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }, code);
}

/**
 * A table of the steps, and a last line that programs read: `N passed, M failed`.
 *
 * @param {Row[]} rows
 */
export function summary(rows) {
	const width = Math.max(...rows.map((row) => row.name.length), 4);
	const line = (/** @type {string[]} */ [name = '', ...figures]) =>
		`${name.padEnd(width)}${figures.map((figure) => figure.padStart(9)).join('')}`;
	const total = (/** @type {keyof Tally} */ key) => rows.reduce((sum, row) => sum + row[key], 0);
	return [
		line(['step', 'passed', 'failed', 'skipped', 'seconds']),
		...rows.map((row) =>
			line([row.name, String(row.passed), String(row.failed), String(row.skipped), row.seconds.toFixed(1)])
		),
		'',
		`${total('passed')} passed, ${total('failed')} failed`
	].join('\n');
}

/**
 * A run that failed without a failing test (it crashed, found no tests, or an error arose outside a test) is one failure;
 * one that passed without a single test proves nothing and is one too.
 *
 * @param {Tally} tally
 * @param {number} code
 * @returns {Tally}
 */
function withCode(tally, code) {
	const unexplained = tally.failed === 0 && (code !== 0 || tally.passed === 0);
	return unexplained ? { ...tally, failed: 1 } : tally;
}
