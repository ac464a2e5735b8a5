import '../../../src/lib/client/plain-schemas.ts';
import { expose } from 'comlink';
import { warmParameters } from '../../../src/lib/client/vault/argon.ts';
import { browserPlatform } from '../../../src/lib/client/vault/browser-platform.ts';
import { LocalVault } from '../../../src/lib/client/vault/vault.ts';
import { watch } from './watch.ts';

/*
 * The product's vault as its own worker runs it, with the steps of a save in sight (watch.ts). The name of the worker is
 * the name of the store, then what the rig wants, parted by `;`:
 *   weak        forgets to ask the disk for durability: the rig must see what that loses
 *   clock=<ms>  the tablet's clock is so far off
 * Argon2id costs what it costs for a PIN, through the platform's own door: a rig unlocks hundreds of times.
 */
const [store = '', ...wishes] = self.name.split(';');
watch({ weak: wishes.includes('weak') });
const clockError = Number(wishes.find((wish) => wish.startsWith('clock='))?.slice('clock='.length) ?? 0);
const platform = browserPlatform(store);
expose(
	new LocalVault({
		...platform,
		parameters: { cold: warmParameters, warm: warmParameters },
		clock: { ...platform.clock, now: () => platform.clock.now() + clockError }
	})
);
