import { begin } from '../../family/begin.server.ts';
import type { Actions } from './$types';

export const actions: Actions = { default: (event) => begin(event, 'report') };
