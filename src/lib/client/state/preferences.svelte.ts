import { createContext } from 'svelte';
import { locales, type Locale } from '#lib/messages/message.ts';

/** Where a browser keeps small things; `localStorage` in the app. Nothing about a child ever goes in. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** Language and type size of this tablet, kept per tablet and not per person: they are needed before anyone unlocks. */
export class Preferences {
	readonly #shelf: Shelf;
	#locale = $state<Locale>('zh-CN');
	#large = $state(false);
	#demo = $state(false);
	#wifiOnly = $state(true);

	constructor(shelf: Shelf) {
		this.#shelf = shelf;
		this.#locale = locales.find((locale) => locale === shelf.getItem('lampkeep.locale')) ?? 'zh-CN';
		this.#large = shelf.getItem('lampkeep.large') === 'yes';
		this.#wifiOnly = photosOnWifiOnly(shelf);
		this.#demo = shelf.getItem('lampkeep.demo') === 'yes';
	}

	get locale(): Locale {
		return this.#locale;
	}

	set locale(locale: Locale) {
		this.#locale = locale;
		this.#shelf.setItem('lampkeep.locale', locale);
	}

	get large(): boolean {
		return this.#large;
	}

	set large(large: boolean) {
		this.#large = large;
		this.#shelf.setItem('lampkeep.large', large ? 'yes' : 'no');
	}

	/** Photos wait for Wi-Fi; text never does. */
	get wifiOnly(): boolean {
		return this.#wifiOnly;
	}

	set wifiOnly(wifiOnly: boolean) {
		this.#wifiOnly = wifiOnly;
		this.#shelf.setItem('lampkeep.photos-wifi-only', wifiOnly ? 'yes' : 'no');
	}

	/** Whether the registry last said it is a demo: remembered, so that the stripe also stands there without network. */
	get demo(): boolean {
		return this.#demo;
	}

	set demo(demo: boolean) {
		this.#demo = demo;
		this.#shelf.setItem('lampkeep.demo', demo ? 'yes' : 'no');
	}
}

/** As the sync engine asks before every photo: true until somebody chose otherwise. */
export function photosOnWifiOnly(shelf: Shelf): boolean {
	return shelf.getItem('lampkeep.photos-wifi-only') !== 'no';
}

/** The preferences of this page, set once by the app's layout. */
export const [usePreferences, setPreferences] = createContext<Preferences>();
