import { z } from 'zod';
import type { TabletReading } from '#lib/domain/access/reading.ts';
import type { DeviceId, EntryId, Sha256 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sealedAnswerSchema, type SealedAnswer, type SealedRecord } from '#lib/sync/sealed.ts';
import {
	challengeHeader,
	feedChangedSchema,
	helloAnswerSchema,
	photoStateSchema,
	PROTOCOL_VERSION,
	publicKeySchema,
	pullAnswerSchema,
	pushAnswerSchema,
	readingsAnswerSchema,
	requestText,
	signedStatementSchema,
	wipedAnswerSchema,
	witnessAnswerSchema,
	rosterSchema,
	signatureHeaders,
	type Cursor,
	type Epoch,
	type HelloAnswer,
	type PhotoState,
	type PullAnswer,
	type PushAnswer,
	type ReadingsAnswer,
	type SignedStatement,
	type WipedAnswer,
	type WitnessAnswer
} from '#lib/sync/protocol.ts';
import { pullPath } from '#lib/sync/sync-state.ts';
import type { RosterBrought } from './signed-roster.ts';

/*
 * One exchange with the registry at a time: signed, bounded in time, and believed only as far as its schema goes.
 * What may go wrong comes back as a fault with a name; what to do about it is the engine's business.
 */

/** How one exchange failed. */
export type ExchangeFault =
	/** No network, no server, or the line was cut in the middle of the answer. */
	| { readonly type: 'unreachable' }
	/** Nothing moved for too long. The registry may have done what was asked. */
	| { readonly type: 'timed_out' }
	/** An answer that is not the registry's: half a body, a hotel's sign-in page. */
	| { readonly type: 'unreadable_answer' }
	| { readonly type: 'too_large' }
	/** The feed lives another life than the tablet's cursor (restored from a backup, or never seen before). */
	| { readonly type: 'feed_changed'; readonly epoch: Epoch }
	| { readonly type: 'tablet_refused' }
	| { readonly type: 'program_outdated' }
	/** The registry failed, or asks for patience. `retryAfter` in milliseconds. */
	| { readonly type: 'registry_failed'; readonly status: number; readonly retryAfter?: number };

export type Exchange<T> = Promise<Result<T, ExchangeFault>>;

/** A timer that somebody else's clock runs. */
export interface Timers {
	set(callback: () => void, milliseconds: number): number;
	clear(timer: number): void;
}

export interface RegistryDeps {
	readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
	readonly sign: (text: string) => Promise<string>;
	/** Undefined until the tablet is enrolled. */
	readonly deviceId: () => Promise<DeviceId | undefined>;
	readonly timers: Timers;
	/** The tablet's clock, milliseconds since 1970. */
	readonly now: () => number;
	/** Told of every exchange that moved bytes, for the speed shown. */
	readonly onBytes?: (bytes: number, milliseconds: number) => void;
	/** Told by every hello how far the registry's clock is ahead of the tablet's, milliseconds, at half of the way there and back, and what it says, epoch milliseconds. */
	readonly onClock?: (offset: number, registryTime: number) => void;
	/** Told of every order that an answer carries, before anybody has looked at its signature. */
	readonly onOrder?: (order: SignedStatement) => void;
}

export interface SignedRequest {
	readonly method: string;
	/** With its query. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Uint8Array<ArrayBuffer>;
	readonly signal: AbortSignal;
}

/** An answer whose body has arrived whole. */
export interface Answered {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Uint8Array<ArrayBuffer>;
}

/** Nothing received for so long, milliseconds: the line is dead. GPRS pauses of 10 to 15 s are ordinary. */
const silenceMaximum = 30_000;
/** Slowest sending that is still waited for, bytes per millisecond: half of what GPRS gives. */
const slowestSending = 2;
/** No answer of the registry is larger, bytes: 5,000 entries of 4 kB. */
const answerMaximum = 64_000_000;

const newerProtocolSchema = z.object({ protocol: z.int().min(PROTOCOL_VERSION + 1) });
const wipedPath = '/api/sync/wiped';

const rosterAnswerSchema: z.ZodType<RosterBrought> = z.union([
	z.object({
		roster: rosterSchema,
		sealingKey: publicKeySchema.optional(),
		signedRoster: signedStatementSchema.optional()
	}),
	rosterSchema.transform((roster) => ({ roster }))
]);

export class Registry {
	readonly #deps: RegistryDeps;
	#challenge: string | undefined;

	constructor(deps: RegistryDeps) {
		this.#deps = deps;
	}

	/** Unsigned: the registry's clock, its epoch and the first challenge. */
	async hello(signal: AbortSignal): Exchange<HelloAnswer> {
		const before = this.#deps.now();
		const answer = await this.#exchange({ method: 'GET', path: '/api/sync/hello', signal });
		const hello = this.#read(helloAnswerSchema, answer);
		if (hello.ok) {
			const registryTime = Date.parse(hello.value.serverTime);
			this.#deps.onClock?.(registryTime - (before + this.#deps.now()) / 2, registryTime);
		}
		return hello;
	}

	/** The next request begins with a hello. */
	forgetChallenge(): void {
		this.#challenge = undefined;
	}

	/** @param entries the JSON of each, as the vault gave it */
	async push(
		entries: readonly { readonly id: EntryId; readonly text: string }[],
		signal: AbortSignal
	): Exchange<PushAnswer> {
		const deviceId = await this.#deps.deviceId();
		if (deviceId === undefined) return err({ type: 'tablet_refused' });
		// Put together as text: parsing every entry to print it again would cost the tablet time and could change it.
		const json = `{"protocol":${PROTOCOL_VERSION},"deviceId":${JSON.stringify(deviceId)},"entries":[${entries.map(({ text }) => text).join(',')}]}`;
		const answer = await this.send({
			method: 'POST',
			path: '/api/sync/push',
			headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
			body: await gzip(json),
			signal
		});
		return this.#read(pushAnswerSchema, answer);
	}

	async pull(after: Cursor, epoch: Epoch, limit: number, signal: AbortSignal): Exchange<PullAnswer> {
		const answer = await this.send({ method: 'GET', path: pullPath(after, epoch, limit), signal });
		return this.#read(pullAnswerSchema, answer);
	}

	/** Which full files were opened here. */
	async tellReadings(readings: readonly TabletReading[], signal: AbortSignal): Exchange<ReadingsAnswer> {
		return this.#tell('/api/sync/readings', { readings }, readingsAnswerSchema, signal);
	}

	/** Records of the journal as they lie on the disk; the registry alone opens them. */
	async sendSealed(records: readonly SealedRecord[], signal: AbortSignal): Exchange<SealedAnswer> {
		return this.#tell('/api/sync/sealed', { records }, sealedAnswerSchema, signal);
	}

	/** What the registry once signed of the house's feed. */
	async showTreeHeads(treeHeads: readonly SignedStatement[], signal: AbortSignal): Exchange<WitnessAnswer> {
		return this.#tell('/api/sync/witness', { treeHeads }, witnessAnswerSchema, signal);
	}

	/** A closed tablet has erased itself. The answer makes the browser forget the rest (`Clear-Site-Data`). */
	async tellWiped(left: number, signal: AbortSignal): Exchange<WipedAnswer> {
		return this.#tell(wipedPath, { left }, wipedAnswerSchema, signal);
	}

	async roster(signal: AbortSignal): Exchange<RosterBrought> {
		return this.#read(rosterAnswerSchema, await this.send({ method: 'GET', path: '/api/sync/roster', signal }));
	}

	async photoState(sha256: Sha256, signal: AbortSignal): Exchange<PhotoState> {
		const answer = await this.send({ method: 'GET', path: `/api/photos/${sha256}/state`, signal });
		return this.#read(photoStateSchema, answer);
	}

	/** The picture for lists; undefined where the registry has none. */
	async thumbnail(sha256: Sha256, signal: AbortSignal): Exchange<Uint8Array<ArrayBuffer> | undefined> {
		const answer = await this.send({ method: 'GET', path: `/api/photos/${sha256}/thumbnail`, signal });
		if (!answer.ok) return answer;
		if (answer.value.status === 404 || answer.value.status === 410) return ok(undefined);
		const fault = faultOf(answer.value);
		if (fault !== undefined) return err(fault);
		const type = answer.value.headers.get('content-type') ?? '';
		if (!/^image\/(jpeg|webp)\b/.test(type) || answer.value.body.length === 0)
			return err({ type: 'unreadable_answer' });
		return ok(answer.value.body);
	}

	/**
	 * A request signed with the tablet's key over method, path, challenge and the hash of the bytes as they travel. A
	 * challenge that has grown old is asked for once more; a second refusal is meant.
	 */
	async send(request: SignedRequest): Exchange<Answered> {
		for (let attempt = 0; ; attempt++) {
			if (this.#challenge === undefined) {
				const hello = await this.hello(request.signal);
				if (!hello.ok) return hello;
			}
			const headers = await this.#signature(request);
			if (headers === undefined) return err({ type: 'tablet_refused' });
			const answer = await this.#exchange({ ...request, headers: { ...request.headers, ...headers } });
			// The next attempt begins with a hello: it tells for 200 bytes whether the line is back.
			if (!answer.ok) {
				this.#challenge = undefined;
				return answer;
			}
			this.#challenge = answer.value.headers.get(challengeHeader) ?? this.#challenge;
			if (answer.value.status !== 401 || attempt > 0) return answer;
			this.#challenge = undefined;
		}
	}

	async #tell<T>(path: string, content: object, schema: z.ZodType<T>, signal: AbortSignal): Exchange<T> {
		const deviceId = await this.#deps.deviceId();
		if (deviceId === undefined) return err({ type: 'tablet_refused' });
		const answer = await this.send({
			method: 'POST',
			path,
			headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
			body: await gzip(JSON.stringify({ protocol: PROTOCOL_VERSION, deviceId, ...content })),
			signal
		});
		return this.#read(schema, answer);
	}

	async #signature({ method, path, body }: SignedRequest): Promise<Record<string, string> | undefined> {
		const deviceId = await this.#deps.deviceId();
		if (deviceId === undefined || this.#challenge === undefined) return undefined;
		const bodyHash = await sha256Hex(body ?? new Uint8Array());
		return {
			[signatureHeaders.device]: deviceId,
			[signatureHeaders.challenge]: this.#challenge,
			[signatureHeaders.bodyHash]: bodyHash,
			[signatureHeaders.signature]: await this.#deps.sign(
				requestText(method, path, this.#challenge, deviceId, bodyHash)
			)
		};
	}

	async #exchange({ method, path, headers, body, signal }: SignedRequest): Exchange<Answered> {
		const { fetch, timers, now, onBytes } = this.#deps;
		const started = now();
		let silent = false;
		// By hand: AbortSignal.any came with Chromium 116, and tablets with 111 are in use.
		const line = new AbortController();
		const cut = () => line.abort();
		const giveUp = () => {
			silent = true;
			line.abort();
		};
		signal.addEventListener('abort', cut);
		if (signal.aborted) cut();
		let timer = timers.set(giveUp, silenceMaximum + (body?.length ?? 0) / slowestSending);
		try {
			const response = await fetch(path, {
				method,
				headers: { ...headers },
				...(body === undefined ? {} : { body }),
				signal: line.signal,
				// Only a request that carries credentials may be answered with an order to clear the site (Clear-Site-Data).
				credentials: path === wipedPath ? 'same-origin' : 'omit',
				cache: 'no-store',
				redirect: 'error'
			});
			const chunks: Uint8Array[] = [];
			let length = 0;
			const reader = response.body?.getReader();
			for (;;) {
				timers.clear(timer);
				timer = timers.set(giveUp, silenceMaximum);
				const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
				if (done) break;
				chunks.push(value);
				length += value.length;
				if (length > answerMaximum) return err({ type: 'unreadable_answer' });
			}
			onBytes?.(length + (body?.length ?? 0), now() - started);
			return ok({ status: response.status, headers: response.headers, body: joined(chunks, length) });
		} catch (error) {
			if (signal.aborted) throw error;
			if (silent) return err({ type: 'timed_out' });
			// The one error of fetch and of its body for every broken line; anything else is a mistake of ours.
			if (error instanceof TypeError) return err({ type: 'unreachable' });
			throw error;
		} finally {
			timers.clear(timer);
			signal.removeEventListener('abort', cut);
		}
	}

	#read<T>(schema: z.ZodType<T>, answer: Result<Answered, ExchangeFault>): Result<T, ExchangeFault> {
		if (!answer.ok) return answer;
		const json = jsonOf(answer.value.body);
		// Before anything else: a newer registry refuses what it no longer understands in many ways.
		if (newerProtocolSchema.safeParse(json).success) return err({ type: 'program_outdated' });
		const told = orderSchema.safeParse(json);
		if (told.success) this.#deps.onOrder?.(told.data.order);
		const fault = faultOf(answer.value);
		if (fault !== undefined) return err(fault);
		const parsed = schema.safeParse(json);
		if (!parsed.success) return err({ type: 'unreadable_answer' });
		const head = challengeSchema.safeParse(json);
		if (head.success) this.#challenge = head.data.challenge;
		return ok(parsed.data);
	}
}

const orderSchema = z.object({ order: signedStatementSchema });
const challengeSchema = z.object({ challenge: z.string() });

/** What an answer other than 2xx means. */
export function faultOf({ status, headers, body }: Answered): ExchangeFault | undefined {
	if (status >= 200 && status < 300) return undefined;
	if (status === 413) return { type: 'too_large' };
	if (status === 426) return { type: 'program_outdated' };
	if (status === 401 || status === 403) return { type: 'tablet_refused' };
	if (status === 409) {
		const changed = feedChangedSchema.safeParse(jsonOf(body));
		if (changed.success) return { type: 'feed_changed', epoch: changed.data.epoch };
	}
	const seconds = Number(headers.get('retry-after') ?? Number.NaN);
	return { type: 'registry_failed', status, ...(seconds > 0 ? { retryAfter: seconds * 1000 } : {}) };
}

/** The body as JSON; undefined where it is none, which no schema accepts. */
function jsonOf(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(body)) as unknown;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
	const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}
