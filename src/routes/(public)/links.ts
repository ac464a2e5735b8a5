import type { Locale } from '#lib/messages/message.ts';

/** How a public page is read: in which language, in which size. Both live in the address, so that caches tell them apart. */
export interface Reading {
	readonly locale: Locale;
	readonly largeType: boolean;
}

/**
 * The address of a public page in the same language and size.
 *
 * @param path from the root, without language: '/', '/about'
 */
export function publicLink(reading: Reading, path: string, parameters: Readonly<Record<string, string>> = {}): string {
	const prefixed = reading.locale === 'en' ? `/en${path === '/' ? '' : path}` : path;
	const search = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''));
	if (reading.largeType) search.set('type', 'large');
	const query = search.toString();
	return query === '' ? prefixed : `${prefixed}?${query}`;
}
