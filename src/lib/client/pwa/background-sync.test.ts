import { expect, test, vi } from 'vitest';
import { askToBeWoken, onWoken, wakeMessage, wakeTag } from './background-sync.ts';

const workersWith = (registration: object | undefined) =>
	({ getRegistration: async () => registration }) as unknown as ServiceWorkerContainer;

test('the browser is asked to wake the program where it can, and nothing happens where it cannot', async () => {
	const register = vi.fn(async () => undefined);
	await askToBeWoken(workersWith({ sync: { register } }));
	expect(register).toHaveBeenCalledExactlyOnceWith(wakeTag);
	await askToBeWoken(workersWith({}));
	await askToBeWoken(workersWith(undefined));
	await askToBeWoken(undefined);
});

test('a person who forbade background work is not bothered; a mistake of ours is not hidden', async () => {
	const refusing = (error: Error) => workersWith({ sync: { register: () => Promise.reject(error) } });
	await askToBeWoken(refusing(new DOMException('forbidden', 'NotAllowedError')));
	await expect(askToBeWoken(refusing(new RangeError('ours')))).rejects.toThrow('ours');
});

test('a page hears that it was woken, and nothing else, until it stops listening', () => {
	const target = new EventTarget();
	const wake = vi.fn();
	const end = onWoken(target as unknown as ServiceWorkerContainer, wake);
	const say = (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data }));
	say({ type: 'something else' });
	say('lampkeep-wake');
	expect(wake).not.toHaveBeenCalled();
	say(wakeMessage);
	end();
	say(wakeMessage);
	expect(wake).toHaveBeenCalledTimes(1);
});
