import { join } from 'node:path';
import { deviceIdSchema, institutionIdSchema, staffIdSchema } from '../src/lib/domain/ids.ts';
import {
	cursorAt,
	epochSchema,
	PROTOCOL_VERSION,
	pullEntriesMaximum,
	type EnrolAnswer
} from '../src/lib/sync/protocol.ts';
import { entriesOfChildren, newIntakes, type House } from './children.ts';
import { outFolder, pagesFolder, root } from './build-pages.ts';
import { listen, type Listening } from './listening.ts';
import { sendFile } from './static-files.ts';

/*
 * What the tablet's pages are served from: the built app where the registry would serve it, the bench's page beside it, and
 * a feed of invented children in the registry's own words. No registry runs: the tablet is off line, as in the field.
 */
const house: House = {
	institutionId: institutionIdSchema.parse('0b8a1f7e-3333-4333-8333-333333333333'),
	staffId: staffIdSchema.parse('0b8a1f7e-5555-4555-8555-555555555555'),
	deviceId: deviceIdSchema.parse('0b8a1f7e-7777-4777-8777-777777777777')
};
const epoch = epochSchema.parse('0b8a1f7e-1111-4111-8111-111111111111');
const receivedAt = '2026-11-02T02:00:00.000Z';

/** How many new intakes the page may ask for. */
const spareIntakes = 40;

const enrolment: EnrolAnswer = {
	protocol: PROTOCOL_VERSION,
	epoch,
	challenge: 'challenge',
	serverTime: receivedAt,
	staffId: house.staffId,
	registryPublicKey: 'A'.repeat(87),
	roster: {
		version: 1,
		institutionId: house.institutionId,
		institutions: [{ id: house.institutionId, name: '云岭县儿童福利院', kind: 'welfare_institution' }],
		staff: [{ id: house.staffId, name: '李秀兰', role: 'care_worker' }]
	}
};

/**
 * @param children on the tablet
 * @returns the server; its origin has the page at /bench/tablet.html and the app at /app
 */
export function serveTablet(children: number, port: number): Promise<Listening> {
	const feed = new Feed(children);
	return listen((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const json = (value: string) => response.writeHead(200, { 'content-type': 'application/json' }).end(value);
		const answer = async () => {
			// An empty page of this host: it has the renderer that every later page of the host runs in.
			if (pathname === '/bench/nothing')
				return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>-</title>');
			if (pathname === '/bench/data/enrolment') return json(JSON.stringify(enrolment));
			if (pathname === '/bench/data/intakes') return json(JSON.stringify(newIntakes(children, spareIntakes)));
			if (pathname === '/bench/data/next') return json(feed.next());
			if (pathname.startsWith('/api/')) return response.writeHead(503).end();
			if (
				pathname.startsWith('/bench/') &&
				(await sendFile(pagesFolder, pathname.slice('/bench'.length), request, response))
			)
				return;
			if (await sendFile(join(root, 'build', 'client'), pathname, request, response)) return;
			// As the service worker answers every page of the app.
			if (
				/^\/app(\/|$)/.test(pathname) &&
				(await sendFile(join(root, 'build', 'prerendered', 'app'), 'shell.html', request, response))
			)
				return;
			response.writeHead(404).end();
		};
		answer().catch((error: unknown) => {
			console.error(error);
			response.destroy();
		});
	}, port);
}

/** The registry's feed, page by page in order. */
class Feed {
	readonly #entries: ReturnType<typeof entriesOfChildren>;
	#position = 0;

	constructor(children: number) {
		this.#entries = entriesOfChildren(children, house);
	}

	/** The next page as JSON of a PullAnswer; a page without entries when all have been told. */
	next(): string {
		const after = this.#position;
		const entries: unknown[] = [];
		while (entries.length < pullEntriesMaximum) {
			const { done, value } = this.#entries.next();
			if (done) break;
			this.#position += 1;
			const entry = {
				...value,
				deviceSeq: this.#position,
				previous: this.#position === 1 ? null : hashAt(this.#position - 1),
				// In form only: tablets trust the registry for signatures.
				signature: 'A'.repeat(86)
			};
			entries.push({ position: this.#position, receivedAt, entry });
		}
		return JSON.stringify({
			protocol: PROTOCOL_VERSION,
			epoch,
			challenge: 'challenge',
			after: cursorAt(after, hashAt(after)),
			next: cursorAt(this.#position, hashAt(this.#position)),
			more: entries.length === pullEntriesMaximum,
			head: this.#position,
			entries
		});
	}
}

function hashAt(position: number): string {
	return position.toString(16).padStart(64, '0');
}

export const latestFile = join(outFolder, 'latest.json');
