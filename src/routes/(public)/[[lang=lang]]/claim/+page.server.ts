import { begin } from '../../family/begin.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
	publicNumber: (url.searchParams.get('notice') ?? '').trim().slice(0, 40)
});

export const actions: Actions = { default: (event) => begin(event, 'claim') };
