import { preparePhoto } from '../photos/prepare-photo.ts';
import { connectSync } from '../sync/connect.ts';
import { connectVault } from '../vault/connect.ts';
import { photosOnWifiOnly } from './preferences.svelte.ts';
import { Tablet, type TabletParts } from './tablet.svelte.ts';

/** What every tablet of this program shares, whatever keeps its records. */
export const browserParts = {
	preparePhoto,
	now: () => Date.now(),
	random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
	// The policies that ship reckon in Chinese time, whatever zone the tablet is set to.
	timeZone: 'Asia/Shanghai'
} satisfies Partial<TabletParts>;

/** The tablet of this browser, started. In development `?vault=memory` gives one that forgets, with invented children. */
export async function connectTablet(address: { readonly search: string }): Promise<Tablet> {
	const tablet = new Tablet(await parts(address));
	await tablet.start();
	return tablet;
}

async function parts(address: { readonly search: string }): Promise<TabletParts> {
	if (import.meta.env.DEV) {
		const asked = new URLSearchParams(address.search);
		if (asked.get('vault') === 'memory') sessionStorage.setItem('lampkeep.vault', address.search);
		const kept = sessionStorage.getItem('lampkeep.vault');
		if (kept !== null) {
			const { memoryParts } = await import('./memory-tablet.ts');
			return memoryParts(browserParts, new URLSearchParams(kept));
		}
	}
	const vault = connectVault();
	const engine = await connectSync(vault, {
		photosOnWifiOnly: () => photosOnWifiOnly(localStorage),
		report: (error) => reportError(error)
	});
	return { ...browserParts, vault, engine };
}
