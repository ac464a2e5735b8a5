import type { ParamMatcher } from '@sveltejs/kit';

/** Chinese has no prefix, English has /en. */
export const match = ((param): param is 'en' => param === 'en') satisfies ParamMatcher;
