import { connectTablet } from '#lib/client/state/connect.ts';
import { Preferences } from '#lib/client/state/preferences.svelte.ts';

/** The institution app lives in the browser alone: its records never pass through a server's templates. */
export const ssr = false;

export async function load() {
	return { tablet: await connectTablet(window.location), preferences: new Preferences(window.localStorage) };
}
