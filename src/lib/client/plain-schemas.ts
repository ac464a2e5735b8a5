import { config } from 'zod';

/*
 * zod would make a faster reader for each object out of text (`new Function`), and tries at the first schema whether it may.
 * Our policies forbid it everywhere: told so beforehand, it does not try, and nothing is reported that is nobody's attack.
 * Import this before anything that makes a schema: hooks.client.ts for pages, first in every worker.
 */
config({ jitless: true });
