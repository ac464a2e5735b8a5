import { expect, test } from 'vitest';
import { told } from './server-log.ts';

/** As `pg` throws it: everything PostgreSQL says is a property of the error. */
function databaseError(code: string, message: string, more: object): Error {
	return Object.assign(new Error(message), { code, ...more });
}

test('what PostgreSQL says of a row it refused is not logged, what operators need is', () => {
	const line = JSON.stringify(
		told(
			databaseError('23514', 'new row for relation "entries" violates check constraint "entries_device_seq_check"', {
				detail: 'Failing row contains (…, {"nameGiven":"小禾"}).',
				where: 'COPY entries, line 1: "小禾"',
				table: 'entries',
				constraint: 'entries_device_seq_check'
			})
		)
	);
	expect(line).not.toContain('小禾');
	expect(line).toContain('entries_device_seq_check');
	expect(line).toContain('23514');
	expect(line).toContain('server-log.test.ts');
});

test('a message that quotes what was sent is left out, also where it is the cause of another error', () => {
	const quoting = databaseError('22P02', 'invalid input syntax for type uuid: "小禾"', {});
	const unreadable = (() => {
		try {
			return JSON.parse('{"nameGiven":小禾}') as unknown;
		} catch (error) {
			return error;
		}
	})();
	for (const cause of [quoting, unreadable]) {
		const line = JSON.stringify(told(new Error('A notice does not follow its file', { cause })));
		expect(line).not.toContain('小禾');
		expect(line).toContain('A notice does not follow its file');
	}
	expect(told('小禾')).toEqual({ type: 'string' });
});
