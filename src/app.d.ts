/// <reference types="vite-plugin-pwa/info" />
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';

declare global {
	namespace App {
		interface Locals {
			/** The person at a desk, from the session cookie; absent on public pages and for tablets. */
			user?: SignedInUser;
		}
		interface Error {
			message: string;
			code?: string;
		}
	}
}

export {};
