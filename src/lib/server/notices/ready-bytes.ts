import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { canonicalSearch } from './public-query.ts';

/*
 * Finished answers of the public pages (docs/adr/0007-public-pages-as-ready-bytes.md). A page is drawn once, compressed
 * once, and then only written: millions of readers cost what a bare server costs.
 *
 *        request ── not public, not GET, with a cookie ──────────────────────────► framework
 *           │
 *           ├── fresh ─────────────────────────► the bytes
 *           ├── stale, somebody draws it ──────► the bytes, a last time
 *           ├── missing, somebody draws it ────► waits for that drawing
 *           └── stale or missing, nobody does ─► framework draws it; the bytes are kept
 *
 *  1. Nothing drawn before an `invalidate` is kept or served after it: a notice taken down is gone at once.
 *  2. Nothing is kept that is not the same for everybody: no cookie in, no cookie out, `cache-control: public` only.
 *  3. At most `bytesMaximum` are kept; what was not asked for longest goes first.
 */
export interface ReadyBytesOptions {
	/** Bytes of all kept answers together. */
	readonly bytesMaximum?: number;
	/** Milliseconds an answer counts as new; afterwards it is drawn again on the next request. */
	readonly freshFor?: number;
	/** Milliseconds after which an answer is not even shown while it is drawn again. */
	readonly staleFor?: number;
	/** Milliseconds, monotonic. */
	readonly now?: () => number;
	/**
	 * Takes a request anew that waited for a drawing which came to nothing, e.g. by handing it to the server's listener
	 * once more. Without it such a request is answered 503, "try again".
	 */
	readonly again?: (request: IncomingMessage, response: ServerResponse) => void;
}

type Encoding = 'br' | 'gzip' | 'identity';

/** One encoding of an answer, ready to be written: nothing of it is put together while a reader waits. */
interface Form {
	readonly body: Buffer;
	/** Names one sequence of bytes: each encoding has its own. */
	readonly etag: string;
	/** Name, value, name, value …, as `writeHead` writes fastest. */
	readonly head: readonly string[];
	/** The same without what speaks of a body, for 304. */
	readonly bareHead: readonly string[];
}

interface KeptAnswer {
	readonly status: number;
	readonly forms: Readonly<Record<Encoding, Form>>;
	/** Compressed forms exist: the answer varies by what a client accepts. */
	readonly compressed: boolean;
	readonly drawnAt: number;
	readonly size: number;
}

/** Whoever asks for a page while it is being drawn. */
type Waiting = (answer: KeptAnswer | undefined) => void;

const keptStatuses = new Set([200, 404, 410]);
/** Set anew for each connection or each answer; they are no part of what is kept. */
const ownHeaders = new Set([
	'connection',
	'keep-alive',
	'transfer-encoding',
	'date',
	'content-length',
	'etag',
	'content-encoding',
	'vary'
]);
/** Bodies smaller than one packet gain nothing by compression. */
const compressionMinimum = 1_000;
/** Keeping an answer costs about this much beside its bytes. */
const overhead = 1_000;

export class ReadyBytes {
	readonly #bytesMaximum: number;
	readonly #freshFor: number;
	readonly #staleFor: number;
	readonly #now: () => number;
	/** In the order of the last use, the oldest first. */
	readonly #answers = new Map<string, KeptAnswer>();
	readonly #drawing = new Map<string, Waiting[]>();
	readonly #again: (request: IncomingMessage, response: ServerResponse) => void;
	#size = 0;
	#generation = 0;

	constructor(options: ReadyBytesOptions = {}) {
		this.#bytesMaximum = options.bytesMaximum ?? 64_000_000;
		this.#freshFor = options.freshFor ?? 10_000;
		this.#staleFor = options.staleFor ?? 20_000;
		this.#now = options.now ?? (() => performance.now());
		this.#again = options.again ?? ((_, response) => busy(response));
	}

	/** Bytes kept at the moment. */
	get size(): number {
		return this.#size;
	}

	/**
	 * Answers the request, or lets it pass to the framework and keeps what the framework answers.
	 *
	 * @returns true when the request is answered (or will be, by the drawing it waits for)
	 */
	handle(request: IncomingMessage, response: ServerResponse): boolean {
		const key = keyOf(request);
		if (key === undefined) return false;
		// The framework sees what the key says: two spellings of one page cannot be drawn differently.
		request.url = key;
		const kept = this.#answers.get(key);
		const age = kept ? this.#now() - kept.drawnAt : Infinity;
		const waiting = this.#drawing.get(key);
		if (kept && (age < this.#freshFor || (waiting && age < this.#staleFor))) {
			this.#answers.delete(key);
			this.#answers.set(key, kept);
			send(request, response, kept);
			return true;
		}
		if (waiting) {
			waiting.push((answer) => (answer ? send(request, response, answer) : this.#again(request, response)));
			return true;
		}
		this.#drawing.set(key, []);
		this.#record(key, request, response);
		return false;
	}

	/** The notices changed: nothing drawn until now is shown any more. */
	invalidate(): void {
		this.#generation += 1;
		this.#answers.clear();
		this.#size = 0;
		// Who waits for an old drawing must not get it.
		const waiting = [...this.#drawing.values()].flat();
		this.#drawing.clear();
		for (const tell of waiting) tell(undefined);
	}

	/** Collects what the framework writes; the client gets it when it is whole. */
	#record(key: string, request: IncomingMessage, response: ServerResponse): void {
		const generation = this.#generation;
		const pieces: Buffer[] = [];
		const own = { writeHead: response.writeHead, write: response.write, end: response.end };
		let settled = false;

		const settle = (answer: KeptAnswer | undefined) => {
			if (settled) return;
			settled = true;
			if (generation !== this.#generation) return;
			const waiting = this.#drawing.get(key) ?? [];
			this.#drawing.delete(key);
			if (answer) this.#keep(key, answer);
			for (const tell of waiting) tell(answer);
		};

		const writeHead = (
			status: number,
			...rest: readonly (string | OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined)[]
		) => {
			response.statusCode = status;
			const headers = rest.find((part) => typeof part === 'object');
			if (headers && !Array.isArray(headers)) {
				for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
			}
			return response;
		};
		const collect = (chunk: unknown, encoding: unknown) => {
			if (typeof chunk === 'string')
				pieces.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
			else if (chunk instanceof Uint8Array) pieces.push(Buffer.from(chunk));
		};
		const write = (chunk: unknown, encoding?: unknown, done?: unknown) => {
			collect(chunk, encoding);
			const told = [encoding, done].find((part) => typeof part === 'function');
			if (typeof told === 'function') told();
			return true;
		};
		const end = (chunk?: unknown, encoding?: unknown, done?: unknown) => {
			collect(chunk, encoding);
			Object.assign(response, own);
			const told = [chunk, encoding, done].find((part) => typeof part === 'function');
			if (typeof told === 'function') response.once('finish', () => told());
			const body = Buffer.concat(pieces);
			const answer = request.method === 'GET' ? answerOf(response, body, this.#now()) : undefined;
			settle(answer);
			if (answer) send(request, response, answer);
			else response.end(body);
			return response;
		};
		Object.assign(response, { writeHead, write, end });
		// A client that went away, or a framework that failed: nobody may wait for ever.
		response.once('close', () => settle(undefined));
	}

	#keep(key: string, answer: KeptAnswer): void {
		const old = this.#answers.get(key);
		if (old) {
			this.#answers.delete(key);
			this.#size -= old.size;
		}
		if (answer.size > this.#bytesMaximum / 4) return;
		this.#answers.set(key, answer);
		this.#size += answer.size;
		for (const [oldest, { size }] of this.#answers) {
			if (this.#size <= this.#bytesMaximum) break;
			this.#answers.delete(oldest);
			this.#size -= size;
		}
	}
}

/** Paths that are the same for everybody. Anything else is the framework's, untouched. */
const publicPath =
	/^\/(?:en)?$|^(?:\/en)?\/(?:give-blood|about|notice\/[A-Za-z0-9-]{1,20}(?:\/poster)?)$|^\/photo\/[A-Za-z0-9_-]{22}(?:\.s)?\.jpg$/;

/** Spellings already worked out, of the addresses asked for; bounded, since anybody may ask for anything. */
const spellings = new Map<string, string>();
const spellingsMaximum = 5_000;

/** The page's one spelling, or undefined where the request is none of ours. */
function keyOf(request: IncomingMessage): string | undefined {
	const { url } = request;
	if (request.method !== 'GET' || url === undefined) return undefined;
	const { cookie, authorization, range } = request.headers;
	if (cookie !== undefined || authorization !== undefined || range !== undefined) return undefined;
	const known = spellings.get(url);
	if (known !== undefined) return known;
	const at = url.indexOf('?');
	const path = at === -1 ? url : url.slice(0, at);
	if (!publicPath.test(path)) return undefined;
	const spelling = at === -1 ? path : path + canonicalSearch(url.slice(at));
	if (spellings.size < spellingsMaximum) spellings.set(url, spelling);
	return spelling;
}

function answerOf(response: ServerResponse, body: Buffer, now: number): KeptAnswer | undefined {
	const headers = response.getHeaders();
	const cacheControl = String(headers['cache-control'] ?? '');
	if (!keptStatuses.has(response.statusCode) || !/\bpublic\b/.test(cacheControl)) return undefined;
	if (headers['set-cookie'] !== undefined || headers['content-encoding'] !== undefined) return undefined;
	const type = String(headers['content-type'] ?? '');
	const compressed = /^(text\/|image\/svg|application\/json)/.test(type) && body.length >= compressionMinimum;
	const bodies = compressed
		? {
				identity: body,
				gzip: gzipSync(body, { level: 7 }),
				// Quality 6: 2 ms for a page of 40 kB; 11 would take 60 ms for 3 % less.
				br: brotliCompressSync(body, {
					params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
				})
			}
		: { identity: body, gzip: body, br: body };
	const kept: string[] = compressed ? ['vary', 'accept-encoding'] : [];
	for (const [name, value] of Object.entries(headers)) {
		if (value === undefined || ownHeaders.has(name)) continue;
		for (const each of Array.isArray(value) ? value : [value]) kept.push(name, String(each));
	}
	const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
	const form = (encoding: Encoding): Form => {
		const etag = encoding === 'identity' || !compressed ? `"${hash}"` : `"${hash}-${encoding}"`;
		const bareHead = [...kept, 'etag', etag];
		const coding = encoding === 'identity' || !compressed ? [] : ['content-encoding', encoding];
		const head = [...bareHead, ...coding, 'content-length', String(bodies[encoding].length)];
		return { body: bodies[encoding], etag, head, bareHead };
	};
	return {
		status: response.statusCode,
		forms: { identity: form('identity'), gzip: form('gzip'), br: form('br') },
		compressed,
		drawnAt: now,
		size: body.length + (compressed ? bodies.gzip.length + bodies.br.length : 0) + overhead
	};
}

function send(request: IncomingMessage, response: ServerResponse, answer: KeptAnswer): void {
	if (response.destroyed) return;
	for (const name of response.getHeaderNames()) response.removeHeader(name);
	const { body, etag, head, bareHead } =
		answer.forms[answer.compressed ? bestEncoding(request.headers['accept-encoding']) : 'identity'];
	if (answer.status === 200 && namesTag(request.headers['if-none-match'], etag)) {
		response.writeHead(304, [...bareHead]).end();
		return;
	}
	response.writeHead(answer.status, [...head]).end(body);
}

/** The drawing failed or became out of date while this request waited for it. */
function busy(response: ServerResponse): void {
	if (response.destroyed) return;
	response.writeHead(503, {
		'retry-after': '1',
		'cache-control': 'no-store',
		'content-type': 'text/plain; charset=utf-8'
	});
	response.end('请再试一次 · Please try again\n');
}

/** Browsers send a handful of different headers; each is read once. Bounded, since anybody may send anything. */
const encodings = new Map<string, Encoding>();
const encodingsMaximum = 200;

function bestEncoding(accepted: string | string[] | undefined): Encoding {
	const text = String(accepted ?? '');
	const known = encodings.get(text);
	if (known) return known;
	const best = readEncodings(text);
	if (encodings.size < encodingsMaximum) encodings.set(text, best);
	return best;
}

function readEncodings(text: string): Encoding {
	const names = new Set(
		text
			.split(',')
			.map((part) => part.trim().toLowerCase())
			.filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
			.map((part) => part.split(';')[0])
	);
	if (names.has('br')) return 'br';
	return names.has('gzip') ? 'gzip' : 'identity';
}

function namesTag(header: string | undefined, etag: string): boolean {
	if (header === undefined) return false;
	return header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*');
}
