import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** Addresses that lead nowhere get a page of this site, in their language. */
export const load: PageLoad = () => error(404, 'not_found');
