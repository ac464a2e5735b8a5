import '../plain-schemas.ts';
import { expose } from 'comlink';
import { browserPlatform } from './browser-platform.ts';
import { LocalVault } from './vault.ts';

/*
 * The vault's own thread: it alone holds keys and readable records. The name of the worker names the store, so that tests
 * have stores of their own. It makes no request but for its own program.
 */
expose(new LocalVault(browserPlatform(self.name)));
