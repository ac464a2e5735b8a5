import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ClaimId } from '#lib/domain/ids.ts';
import type { JobName } from '#lib/server/jobs/jobs.ts';
import type { JobQueue } from '#lib/server/jobs/queue.ts';

/** A queue under test, and how to wait for it. */
export interface QueueUnderTest {
	readonly queue: JobQueue;
	/** Does what is due now, until nothing is left. */
	settle(): Promise<void>;
	/** Lets the pauses before the next tries pass. */
	passPauses(): Promise<void>;
	failed(): Promise<readonly JobName[]>;
}

/** What every queue keeps to: the one in PostgreSQL and the fake. */
export function queueCases(open: () => Promise<QueueUnderTest>): void {
	const claim = () => ({ claimId: randomUUID() as ClaimId });

	test('does what it was sent, with the payload it was sent with', async () => {
		const { queue, settle } = await open();
		const seen: unknown[] = [];
		await queue.work('claims.link', async (payload, run) => void seen.push([payload, run.attempt, run.last]));
		const [first, second] = [claim(), claim()];
		await queue.send('claims.link', first);
		await queue.send('claims.link', second);
		await settle();
		expect(seen).toEqual([
			[first, 1, false],
			[second, 1, false]
		]);
	});

	test('refuses a payload that is not the job’s, before it is kept', async () => {
		const { queue } = await open();
		const wrong = { claimId: 'no id' as ClaimId };
		await expect(queue.send('claims.link', wrong)).rejects.toThrow();
		await expect(queue.send('claims.link', { ...claim(), name: '小禾' } as never)).rejects.toThrow();
	});

	test('does not begin before its time', async () => {
		const { queue, settle } = await open();
		const seen: string[] = [];
		await queue.work('inbox.deliver', async ({ messageId }) => void seen.push(messageId));
		await queue.send('inbox.deliver', { messageId: randomUUID() }, { startAfter: new Date(Date.now() + 3_600_000) });
		const now = randomUUID();
		await queue.send('inbox.deliver', { messageId: now });
		await settle();
		expect(seen).toEqual([now]);
	});

	test('a key keeps an equal job from waiting twice, and no key never does', async () => {
		const { queue, settle } = await open();
		const candidate = { side: 'child', id: randomUUID() } as const;
		await queue.send('candidates.compare', candidate, { singletonKey: candidate.id });
		await queue.send('candidates.compare', candidate, { singletonKey: candidate.id });
		await queue.send('candidates.compare', candidate);
		await queue.send('candidates.compare', candidate);
		let runs = 0;
		await queue.work('candidates.compare', async () => void runs++);
		await settle();
		expect(runs).toBe(3);
	});

	test('tries again after a failure, and tells the handler which try it is', async () => {
		const { queue, settle, passPauses, failed } = await open();
		const attempts: number[] = [];
		await queue.work('claims.link', async (_, { attempt }) => {
			attempts.push(attempt);
			if (attempt < 3) throw new Error('not yet');
		});
		await queue.send('claims.link', claim());
		for (let pauses = 0; pauses < 3; pauses++) {
			await settle();
			await passPauses();
		}
		await settle();
		expect(attempts).toEqual([1, 2, 3]);
		expect(await failed()).toEqual([]);
	});

	test('what fails every time is given up after its last try, and stays in sight', async () => {
		const { queue, settle, passPauses, failed } = await open();
		const last: boolean[] = [];
		await queue.work('access.expire', async (_, run) => {
			last.push(run.last);
			throw new Error('never');
		});
		await queue.send('access.expire', {});
		for (let pauses = 0; pauses < 5; pauses++) {
			await settle();
			await passPauses();
		}
		expect(last).toEqual([false, false, false, true]);
		expect(await failed()).toEqual(['access.expire']);
	});

	test('a job nobody here does waits for somebody who does', async () => {
		const { queue, settle, failed } = await open();
		await queue.send('policies.recompute', {});
		await settle();
		expect(await failed()).toEqual([]);
		let runs = 0;
		await queue.work('policies.recompute', async () => void runs++);
		await settle();
		expect(runs).toBe(1);
	});
}
