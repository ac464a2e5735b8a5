import { dev } from '$app/environment';
import { connectTablet } from '#lib/client/state/connect.ts';
import { Preferences } from '#lib/client/state/preferences.svelte.ts';
import { ProgramWatch } from '#lib/client/state/program.svelte.ts';
import { registerProgram } from '#lib/client/pwa/register.ts';

/** The institution app lives in the browser alone: its records never pass through a server's templates. */
export const ssr = false;

export async function load() {
	const preferences = new Preferences(window.localStorage);
	// In development there is no service worker, and every change of the program would wait for it.
	const program = new ProgramWatch(dev ? undefined : registerProgram((error) => window.reportError(error)));
	return { tablet: await connectTablet(window.location), preferences, program };
}
