/*
 * Trusted Types: no text becomes code in this program. Pages and workers say `require-trusted-types-for 'script'`, so a
 * string handed to `new Worker`, to the registration of the service worker, to innerHTML or to eval is refused. The only
 * strings that may be addresses of programs pass here; Svelte's own policy covers its templates.
 */

interface ScriptAddressPolicy {
	createScriptURL(address: string): unknown;
}
interface TrustedTypesFactory {
	createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptAddressPolicy;
}

/** The policy's name in every `trusted-types` list: svelte.config.js, server/auth/file-policy.ts. */
const policyName = 'lampkeep';

let policy: ScriptAddressPolicy | undefined;

/**
 * The address of a program of this build, fit for `new Worker` and for registering the service worker.
 *
 * @param address as the build gives it: of this origin, without query or fragment that could carry something else
 * @returns in browsers with Trusted Types a TrustedScriptURL, which every such place takes for a string; elsewhere the text
 * @throws TypeError where the address is another origin's, or is no http address (`data:`, `blob:`)
 */
export function ownProgram(address: string): string {
	const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypesFactory };
	if (trustedTypes === undefined) return checked(address);
	policy ??= trustedTypes.createPolicy(policyName, { createScriptURL: checked });
	return policy.createScriptURL(address) as string;
}

function checked(address: string): string {
	const { href, origin } = globalThis.location;
	if (new URL(address, href).origin !== origin) throw new TypeError(`Not a program of this build: ${address}`);
	return address;
}
