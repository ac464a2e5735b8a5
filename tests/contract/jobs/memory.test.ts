import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ClaimId } from '#lib/domain/ids.ts';
import { MemoryQueue } from '#lib/server/jobs/memory-queue.ts';
import { queueCases } from './cases.ts';

describe('the fake queue', () => {
	queueCases(async () => {
		const queue = new MemoryQueue();
		let now = Date.now();
		return {
			queue,
			settle: async () => void (await queue.runDue(new Date(now))),
			passPauses: async () => void (now += 3_000_000),
			failed: async () => queue.failed.map(({ name }) => name)
		};
	});

	test('can lose the end of a run, as a server that dies does: the job runs again', async () => {
		const queue = new MemoryQueue();
		let runs = 0;
		await queue.work('claims.link', async () => void runs++);
		queue.loseNextEnds('claims.link', 1);
		await queue.send('claims.link', { claimId: randomUUID() as ClaimId });
		await queue.runDue(new Date());
		await queue.runDue(new Date());
		await queue.runDue(new Date());
		expect(runs).toBe(2);
	});

	test('can refuse what is sent, and fail runs', async () => {
		const queue = new MemoryQueue();
		queue.failNextSends(1);
		const job = { claimId: randomUUID() as ClaimId };
		await expect(queue.send('claims.link', job)).rejects.toThrow();
		await queue.send('claims.link', job);
		let runs = 0;
		await queue.work('claims.link', async () => void runs++);
		queue.failNextRuns('claims.link', 1);
		await queue.runDue(new Date());
		expect(runs).toBe(0);
		await queue.runDue(new Date(Date.now() + 60_000));
		expect(runs).toBe(1);
	});
});
