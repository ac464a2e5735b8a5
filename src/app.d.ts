/// <reference types="vite-plugin-pwa/info" />
import type { Locale } from '#lib/messages/message.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';

declare global {
	namespace App {
		interface Locals {
			/** The language of the answer: by path on public pages, by choice at the desk. */
			locale: Locale;
			/** Larger letters (大字版), by `?type=large` on public pages. */
			largeType: boolean;
			/** The person at a desk, from the session cookie; absent on public pages and for tablets. */
			user?: SignedInUser;
		}
		/** What was done on the page before, said once on the next; gone when the page is loaded anew. */
		interface PageState {
			said?: 'merged' | 'apartSaved';
		}
		interface Error {
			message: string;
			code?: string;
		}
	}
}

export {};
