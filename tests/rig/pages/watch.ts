/*
 * Sees the steps of a save from outside: it stands between the product's code and the platform. At a step that was asked
 * for it calls the rig and waits for an answer that never comes, so that the browser dies exactly there.
 *
 *   sealed      a ciphertext is ready                journalled  bytes were handed to a file
 *   flushed     that file was flushed                written     a row was handed to IndexedDB
 *   committed   IndexedDB says that it committed
 *
 * Whatever would delete a store is told to the rig as well.
 */
export const steps = ['sealed', 'journalled', 'flushed', 'written', 'committed'] as const;
export type Step = (typeof steps)[number];

/** Stop at the n-th time this step comes, counted from now. */
export interface Arm {
	readonly step: Step;
	readonly nth: number;
}

/** The rig's words between page and worker go over this channel. */
export const rigChannel = 'rig';

interface Method {
	(this: unknown, ...given: never[]): unknown;
}

/** Call it in the worker before the vault is made. */
export function watch({ weak }: { readonly weak: boolean }): void {
	let armed: { step: Step; left: number } | undefined;
	const channel = new BroadcastChannel(rigChannel);
	channel.addEventListener('message', ({ data }: MessageEvent<Arm | 'armed'>) => {
		if (data === 'armed') return;
		armed = { step: data.step, left: data.nth };
		channel.postMessage('armed');
	});
	const passed = (step: Step) => {
		if (armed?.step !== step || --armed.left > 0) return;
		armed = undefined;
		call(`/rig/step?step=${step}`);
	};

	around('SubtleCrypto', 'encrypt', async (encrypt) => {
		const sealed = await encrypt();
		passed('sealed');
		return sealed;
	});
	around('FileSystemSyncAccessHandle', 'write', (write) => {
		const written = write();
		passed('journalled');
		return written;
	});
	around('FileSystemSyncAccessHandle', 'flush', (flush) => {
		if (!weak) flush();
		passed('flushed');
	});
	for (const method of ['add', 'put'])
		around('IDBObjectStore', method, (put) => {
			const request = put();
			passed('written');
			return request;
		});
	const begin = IDBDatabase.prototype.transaction;
	IDBDatabase.prototype.transaction = function (stores, mode, options) {
		const transaction = begin.call(this, stores, mode, weak ? { durability: 'relaxed' } : options);
		if (mode === 'readwrite') transaction.addEventListener('complete', () => passed('committed'));
		return transaction;
	};

	for (const [owner, method] of [
		['IDBFactory', 'deleteDatabase'],
		['IDBDatabase', 'deleteObjectStore'],
		['StorageBucketManager', 'delete']
	] as const)
		around(owner, method, (remove, given) => {
			call(`/rig/deleted?what=${owner}.${method}(${encodeURIComponent(String(given[0]))})`);
			return remove();
		});
}

/** Puts `by` around a method of the platform; where this browser has no such thing nothing can call it. */
function around(owner: string, method: string, by: (real: () => unknown, given: readonly unknown[]) => unknown): void {
	const { prototype } = (Reflect.get(globalThis, owner) ?? {}) as { prototype?: Record<string, Method> };
	const real = prototype?.[method];
	if (!prototype || !real) return;
	prototype[method] = function (this: unknown, ...given: never[]) {
		return by(() => real.apply(this, given), given);
	};
}

/** Synchronous on purpose: nothing of this worker goes on before the rig answers. */
function call(path: string): void {
	const request = new XMLHttpRequest();
	request.open('POST', path, false);
	request.send();
}
