import { isActionFailure, isRedirect, type Cookies } from '@sveltejs/kit';
import type { Locale } from '#lib/messages/message.ts';

/*
 * Pages' loads and actions called as SvelteKit calls them, without a server between: a browser with a jar of cookies and an
 * address, and what came back.
 */

/** What an action or a load answered. */
export interface Answered {
	readonly status: number;
	readonly location?: string;
	/** What the page is drawn with: of a load its data, of an action what the form says again. */
	readonly data?: unknown;
}

interface RouteEvent {
	readonly request: Request;
	readonly url: URL;
	readonly params: Record<string, string>;
	readonly cookies: Cookies;
	readonly locals: App.Locals;
	readonly getClientAddress: () => string;
	readonly setHeaders: () => void;
}

export class TestBrowser {
	readonly jar = new Map<string, string>();
	readonly #address: string;
	readonly #locale: Locale;
	readonly #user: App.Locals['user'];

	/** @param user who is signed in at a desk, if somebody is */
	constructor(address: string, locale: Locale = 'zh-CN', user?: App.Locals['user']) {
		this.#address = address;
		this.#locale = locale;
		this.#user = user;
	}

	/** Sends a form to an action. A value that is bytes is a file; of a list each is a box of that name. */
	async post(
		action: unknown,
		path: string,
		boxes: Readonly<Record<string, string | readonly string[] | Uint8Array<ArrayBuffer>>>,
		params: Record<string, string> = {}
	): Promise<Answered> {
		const body = new FormData();
		for (const [name, value] of Object.entries(boxes)) {
			if (value instanceof Uint8Array) body.append(name, new File([value], 'photo.jpg'));
			else for (const each of [value].flat()) body.append(name, each);
		}
		return this.#answered(action, new Request(`https://registry.example${path}`, { method: 'POST', body }), params);
	}

	async open(load: unknown, path: string, params: Record<string, string> = {}): Promise<Answered> {
		return this.#answered(load, new Request(`https://registry.example${path}`), params);
	}

	async #answered(handler: unknown, request: Request, params: Record<string, string>): Promise<Answered> {
		const event: RouteEvent = {
			request,
			url: new URL(request.url),
			params,
			cookies: this.#cookies(),
			locals: { locale: this.#locale, largeType: false, ...(this.#user && { user: this.#user }) },
			getClientAddress: () => this.#address,
			setHeaders: () => undefined
		};
		try {
			const answer = await (handler as (event: RouteEvent) => unknown)(event);
			return isActionFailure(answer) ? { status: answer.status, data: answer.data } : { status: 200, data: answer };
		} catch (thrown) {
			if (isRedirect(thrown)) return { status: thrown.status, location: thrown.location };
			throw thrown;
		}
	}

	#cookies(): Cookies {
		const jar = this.jar;
		return {
			get: (name) => jar.get(name),
			getAll: () => [...jar].map(([name, value]) => ({ name, value })),
			set: (name, value) => void jar.set(name, value),
			delete: (name) => void jar.delete(name),
			serialize: () => ''
		};
	}
}
