import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { workedExamples } from './worked-examples.ts';

describe('the worked examples of the rule book', () => {
	it.each(workedExamples)('$number: $title', ({ reckon, expected }) => {
		expect(reckon()).toEqual(expected);
	});

	it('are seventeen', () => {
		expect(workedExamples.map((example) => example.number)).toEqual(Array.from({ length: 17 }, (_, i) => i + 1));
	});

	it.each(['UTC', 'Asia/Shanghai', 'America/New_York'])(
		'come out the same on a machine that lives in %s',
		async (zone) => {
			const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', reckonElsewhere], {
				env: { ...process.env, TZ: zone },
				cwd: fileURLToPath(new URL('../../../../', import.meta.url))
			});
			const answer = JSON.parse(stdout) as { midnight: string; reckoned: unknown[] };
			expect(answer.midnight).toBe(midnightIn[zone]);
			expect(answer.reckoned).toEqual(workedExamples.map((example) => example.expected));
		},
		30_000
	);
});

/** The hour on the machine's wall at midnight UTC: proof that the child process does live in that zone. */
const midnightIn: Record<string, string> = { UTC: '0', 'Asia/Shanghai': '8', 'America/New_York': '19' };

const reckonElsewhere = `
	import(${JSON.stringify(new URL('./worked-examples.ts', import.meta.url).href)}).then(({ workedExamples }) => {
		const reckoned = workedExamples.map((example) => example.reckon());
		console.log(JSON.stringify({ midnight: String(new Date('2024-01-15T00:00:00Z').getHours()), reckoned }));
	});
`;
