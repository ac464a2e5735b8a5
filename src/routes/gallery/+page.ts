import { dev } from '$app/environment';
import { error } from '@sveltejs/kit';

export const ssr = false;

/** For those who build: in the product there is no such page. */
export function load() {
	if (!dev) error(404);
}
