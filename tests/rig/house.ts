import type { TestRegistry } from '../e2e/support/registry.ts';

/** A house with one care worker, by the operator's commands; answers how to get a one-time code for one more tablet. */
export async function foundHouse(registry: TestRegistry, name: string): Promise<() => Promise<string>> {
	const { id: institution } = await registry.command<{ id: string }>([
		...['institution', 'add', '--name', name, '--kind', 'welfare_institution', '--region', '530600']
	]);
	const { id: staff } = await registry.command<{ id: string }>([
		...['user', 'add', '--institution', institution, '--name', '李秀兰', '--role', 'care_worker']
	]);
	return async () => (await registry.command<{ code: string }>(['enrol-code', '--staff', staff])).code;
}
