import { printed } from '../print.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => printed(event, 'review');
