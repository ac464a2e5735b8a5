import type { TabletReading } from '#lib/domain/access/reading.ts';
import type { DeviceId, EntryId, ReadingId, Sha256 } from '#lib/domain/ids.ts';
import {
	challengeHeader,
	photoStateHeader,
	cursorAt,
	cursorPosition,
	PROTOCOL_VERSION,
	pushRequestSchema,
	readingsRequestSchema,
	requestText,
	signatureHeaders,
	wipedRequestSchema,
	witnessRequestSchema,
	type Cursor,
	type Epoch,
	type PullAnswer,
	type Receipt,
	type Roster,
	type SignedStatement
} from '#lib/sync/protocol.ts';
import { afterReceipts, needsPush, type OwnDelivery } from '#lib/sync/sync-state.ts';
import { sealedRequestSchema, type SealedKind, type SealedOutcome, type SealedRecord } from '#lib/sync/sealed.ts';
import type { Outbox, VaultStatus } from '../tablet.ts';
import { base64url } from '../vault/bytes.ts';
import type { SyncChannel, SyncVault } from './engine.ts';
import type { RosterGround, RosterMark } from './signed-roster.ts';
import type { Timers } from './registry.ts';
import { uploadsPath } from './upload-photo.ts';

/*
 * A registry, a vault and a browser for tests of the sync engine: in memory, and with the faults of the field built in.
 */

export const deviceId = '018f0000-0000-7000-8000-00000000d001' as DeviceId;
export const roster: Roster = {
	version: 1,
	institutionId: '018f0000-0000-7000-8000-0000000000a1' as Roster['institutionId'],
	institutions: [],
	staff: []
};

/** The n-th epoch. */
export function epochOf(n: number): Epoch {
	return `018f0000-0000-4000-8000-${String(n).padStart(12, '0')}` as Epoch;
}

/** The n-th entry of a tablet. */
export function entryIdOf(n: number): EntryId {
	return `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId;
}

/** A signing pair as the registry has one. */
export interface Signer {
	/** P-256 point, base64url. */
	readonly key: string;
	readonly signs: (text: string) => Promise<string>;
}

export async function signer(): Promise<Signer> {
	const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
	const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
	return {
		key: base64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
		signs: async (text) =>
			base64url(new Uint8Array(await crypto.subtle.sign(algorithm, pair.privateKey, new TextEncoder().encode(text))))
	};
}

/** 64 hex digits that name the n-th position, as a chain's hash would. */
function hashOf(n: number, epoch: Epoch): string {
	return (epoch.slice(-4) + n.toString(16)).padStart(64, '0');
}

export interface Asked {
	readonly method: string;
	readonly path: string;
	/** Entries of a push. */
	readonly entries?: number;
	/** Bytes of a photo's piece, and where they begin. */
	readonly piece?: { readonly offset: number; readonly bytes: number };
}

interface StoredPhoto {
	bytes: Uint8Array<ArrayBuffer>;
	size: number;
}

export class FakeRegistry {
	epoch = epochOf(1);
	/** The feed: position n at index n - 1. */
	feed: { id: EntryId; entry: unknown }[] = [];
	readonly asked: Asked[] = [];
	readonly photos = new Map<Sha256, StoredPhoto>();
	readonly refusedPhotos = new Map<Sha256, string>();
	/** Photos over which it fails (503), whatever it is sent of them. */
	readonly photoStumbles = new Set<Sha256>();
	/** Photos that have arrived and are still being read. */
	readonly unreadPhotos = new Set<Sha256>();
	readonly thumbnails = new Map<Sha256, Uint8Array<ArrayBuffer>>();
	/** Readings it was told, by id. */
	readonly readings = new Map<ReadingId, TabletReading>();
	/** Readings it cannot read. */
	readonly unreadableReadings = new Set<ReadingId>();
	/** A registry of before readings were told. */
	knowsReadings = true;

	/** A registry of before the last piece of a photo was answered with what became of it. */
	tellsPhotoStates = true;

	/** Its clock minus the tablet's, milliseconds. */
	clockAhead = 0;
	pageSize = 5_000;
	/** A push of more entries is answered 413. */
	pushMaximum = 500;
	/** Entries that are set aside, and entries over which the registry stumbles (500). */
	readonly poison = new Set<EntryId>();
	readonly stumbles = new Set<EntryId>();
	/** Entries for which the answer has no receipt. */
	readonly unanswered = new Set<EntryId>();
	/** The network is down. */
	down = false;
	tabletRefused = false;
	/** What a closed tablet is told; it may still push and hand in what is sealed. */
	order: SignedStatement | undefined;
	/** What it answers to a tablet that asks for the roster. */
	rosterAnswer: object = roster;
	/** Tree heads it was shown, the texts of those it has forgotten, and whether it is new enough to look. */
	readonly witnessed: SignedStatement[] = [];
	readonly forgotten = new Set<string>();
	knowsWitnesses = true;
	/** What closed tablets said: how many records they could not send. */
	readonly wiped: number[] = [];
	/** Numbers of sealed records that it cannot open, and those over which it stumbles (500). */
	readonly unreadable = new Set<number>();
	readonly sealedStumbles = new Set<number>();
	/** A push of more sealed records is answered 413. */
	sealedMaximum = 200;
	#failing = 0;
	#losing = 0;
	#halving = 0;
	#hanging = 0;
	#piecesUntilCut = Number.POSITIVE_INFINITY;
	#hungUp: (() => void)[] = [];
	#challenges = new Set<string>();
	#issued = 0;
	readonly #now: () => number;

	constructor(now: () => number) {
		this.#now = now;
	}

	/** The next pushes are answered 503 and do nothing. */
	failNextPushes(count: number): void {
		this.#failing = count;
	}

	/** The next pushes are done, and their answers are lost on the way. */
	loseNextPushAnswers(count: number): void {
		this.#losing = count;
	}

	/** The next pushes are done, and half of the answer arrives. */
	halveNextPushAnswers(count: number): void {
		this.#halving = count;
	}

	/** The next pushes get no answer, ever. */
	hangNextPushes(count: number): void {
		this.#hanging = count;
	}

	/** The line breaks after so many pieces of photos. */
	cutAfterPieces(count: number): void {
		this.#piecesUntilCut = count;
	}

	/** Restored from a backup that knows the first entries only: a new life begins. */
	restore(entriesKept: number): void {
		this.feed = this.feed.slice(0, entriesKept);
		this.epoch = epochOf(Number(this.epoch.slice(-12)) + 1);
	}

	/** Entries of other tablets of the house. */
	receive(...ids: EntryId[]): void {
		for (const id of ids) this.feed.push({ id, entry: { id } });
	}

	/** Started anew: no challenge it gave out before is good. */
	restart(): void {
		this.#challenges.clear();
	}

	countOf(path: string): number {
		return this.asked.filter((asked) => asked.path.startsWith(path)).length;
	}

	readonly fetch = async (path: string, init: RequestInit): Promise<Response> => {
		if (this.down) throw new TypeError('Failed to fetch');
		if (init.signal?.aborted === true) throw new DOMException('Aborted', 'AbortError');
		const method = init.method ?? 'GET';
		const url = new URL(path, 'http://registry.test');
		const headers = new Headers(init.headers);
		const body = init.body instanceof Uint8Array ? Uint8Array.from(init.body) : new Uint8Array();
		if (url.pathname === '/api/sync/hello') {
			this.asked.push({ method, path });
			return this.#json({ serverTime: new Date(this.#now() + this.clockAhead).toISOString() });
		}
		if (this.tabletRefused && url.pathname !== '/api/sync/readings') return this.#json({}, 403);
		if (!(await this.#signed(method, path, headers, body))) return this.#json({}, 401);
		if (url.pathname === '/api/sync/push') return this.#push(path, await unzipped(body), init.signal ?? undefined);
		if (url.pathname === '/api/sync/sealed') return this.#sealed(path, await unzipped(body));
		if (url.pathname === '/api/sync/witness') {
			const { treeHeads } = witnessRequestSchema.parse(JSON.parse(await unzipped(body)));
			this.witnessed.push(...treeHeads);
			return this.knowsWitnesses
				? this.#json({ heads: treeHeads.map(({ text }) => (this.forgotten.has(text) ? 'forgotten' : 'holds')) })
				: this.#json({}, 404);
		}
		if (url.pathname === '/api/sync/wiped') {
			this.wiped.push(wipedRequestSchema.parse(JSON.parse(await unzipped(body))).left);
			return this.#json({ wipedAt: '2026-11-22T08:00:00.000Z' });
		}
		if (this.order !== undefined && url.pathname !== '/api/sync/readings')
			return this.#json({ error: 'device_revoked' }, 403);
		this.asked.push({ method, path, ...pieceOf(method, headers, body) });
		if (url.pathname === '/api/sync/pull') return this.#pull(url.searchParams);
		if (url.pathname === '/api/sync/roster') return this.#json(this.rosterAnswer);
		if (url.pathname === '/api/sync/readings' && this.knowsReadings) return this.#readings(await unzipped(body));
		if (url.pathname.startsWith(uploadsPath)) return this.#upload(method, url.pathname, headers, body);
		const [, , , sha256, what] = url.pathname.split('/') as [string, string, string, Sha256, string];
		if (what === 'state') return this.#photoState(sha256);
		const thumbnail = this.thumbnails.get(sha256);
		if (what === 'thumbnail' && thumbnail !== undefined) {
			return new Response(thumbnail, {
				headers: { 'content-type': 'image/jpeg', [challengeHeader]: this.#challenge() }
			});
		}
		return this.#json({}, 404);
	};

	/** A challenge is good until the registry is started anew. */
	async #signed(method: string, path: string, headers: Headers, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
		const challenge = headers.get(signatureHeaders.challenge) ?? '';
		const bodyHash = await hexOf(body);
		if (headers.get(signatureHeaders.bodyHash) !== bodyHash) return false;
		if (
			headers.get(signatureHeaders.signature) !== (await sign(requestText(method, path, challenge, deviceId, bodyHash)))
		) {
			return false;
		}
		return this.#challenges.has(challenge);
	}

	async #push(path: string, text: string, signal: AbortSignal | undefined): Promise<Response> {
		const { entries } = pushRequestSchema.parse(JSON.parse(text));
		this.asked.push({ method: 'POST', path, entries: entries.length });
		if (this.#hanging > 0) {
			this.#hanging -= 1;
			return hung(signal);
		}
		if (this.#failing > 0) {
			this.#failing -= 1;
			return this.#json({}, 503);
		}
		if (entries.length > this.pushMaximum) return this.#json({}, 413);
		const ids = entries.map((entry) => (entry as { id: EntryId }).id);
		if (ids.some((id) => this.stumbles.has(id))) return this.#json({}, 500);
		const receipts: Receipt[] = [];
		for (const [index, id] of ids.entries()) {
			if (this.poison.has(id)) {
				receipts.push({
					outcome: 'quarantined',
					index,
					reason: { type: 'unreadable', path: 'payload', problem: 'poison' }
				});
				continue;
			}
			const receipt = this.#taken(id, entries[index]);
			if (!this.unanswered.has(id)) receipts.push(receipt);
		}
		if (this.#losing > 0) {
			this.#losing -= 1;
			throw new TypeError('network error');
		}
		const answer = JSON.stringify({ ...this.#head(), ...this.#told(), durable: true, receipts });
		if (this.#halving > 0) {
			this.#halving -= 1;
			return new Response(answer.slice(0, answer.length / 2), { headers: { 'content-type': 'application/json' } });
		}
		return new Response(answer, { headers: { 'content-type': 'application/json' } });
	}

	#sealed(path: string, text: string): Response {
		const records = sealedRequestSchema.parse(JSON.parse(text)).records;
		this.asked.push({ method: 'POST', path, entries: records.length });
		if (this.#failing > 0) {
			this.#failing -= 1;
			return this.#json({}, 503);
		}
		if (records.length > this.sealedMaximum) return this.#json({}, 413);
		if (records.some(({ number }) => this.sealedStumbles.has(number))) return this.#json({}, 500);
		const outcomes = records.map(({ number, kind, body }): SealedOutcome => {
			if (this.unreadable.has(number)) return { number, outcome: 'unreadable', problem: 'does_not_open' };
			if (kind === 'photo') {
				this.photos.set(body as Sha256, { bytes: new Uint8Array(1), size: 1 });
				const photo = { status: 'stored', receivedAt: '2026-11-22T08:00:00.000Z', receipt: 'P0000001' } as const;
				return { number, outcome: 'taken', photo };
			}
			return {
				number,
				outcome: 'taken',
				receipts: (JSON.parse(body) as EntryId[]).map((id) => this.#taken(id, { id }))
			};
		});
		if (this.#losing > 0) {
			this.#losing -= 1;
			throw new TypeError('network error');
		}
		return this.#json({ durable: true, outcomes });
	}

	/** The receipt of an entry, now or before. */
	#taken(id: EntryId, entry: unknown): Receipt {
		const known = this.feed.findIndex((other) => other.id === id);
		if (known < 0) this.feed.push({ id, entry });
		const position = known < 0 ? this.feed.length : known + 1;
		return {
			outcome: known < 0 ? 'accepted' : 'duplicate',
			id,
			position,
			receivedAt: '2026-11-22T08:00:00.000Z',
			receipt: position.toString(16).toUpperCase().padStart(8, '0')
		};
	}

	#readings(text: string): Response {
		const { readings } = readingsRequestSchema.parse(JSON.parse(text));
		const list = readings as TabletReading[];
		const good = list.filter(({ id }) => !this.unreadableReadings.has(id));
		for (const reading of good) this.readings.set(reading.id, reading);
		if (this.#losing > 0) {
			this.#losing -= 1;
			throw new TypeError('network error');
		}
		const refused = list.flatMap(({ id }, index) =>
			this.unreadableReadings.has(id) ? [{ index, path: 'at', problem: 'invalid' }] : []
		);
		return this.#json({ durable: true, kept: good.map(({ id }) => id), refused });
	}

	#pull(question: URLSearchParams): Response {
		const after = question.get('after') as Cursor;
		const from = cursorPosition(after);
		if (after !== 'start' && after !== cursorAt(from, hashOf(from, this.epoch))) {
			return this.#json({ error: 'feed_changed' }, 409);
		}
		const page = this.feed.slice(from, from + Math.min(this.pageSize, Number(question.get('limit'))));
		const to = from + page.length;
		return this.#json({
			after,
			next: cursorAt(to, hashOf(to, this.epoch)),
			more: to < this.feed.length,
			head: this.feed.length,
			entries: page.map(({ entry }, i) => ({ position: from + i + 1, receivedAt: '2026-11-22T08:00:00.000Z', entry }))
		});
	}

	#photoState(sha256: Sha256): Response {
		return this.#json(this.#stateOf(sha256));
	}

	#stateOf(sha256: Sha256) {
		const photo = this.photos.get(sha256);
		const reason = this.refusedPhotos.get(sha256);
		if (reason !== undefined) return { sha256, state: { status: 'refused', reason } };
		if (photo === undefined) return { sha256, state: { status: 'missing' } };
		if (photo.bytes.length < photo.size || this.unreadPhotos.has(sha256))
			return { sha256, state: { status: 'partial', offset: photo.bytes.length } };
		return { sha256, state: { status: 'stored', receivedAt: '2026-11-22T08:00:00.000Z', receipt: 'P0000001' } };
	}

	/** The part of tus 1.0.0 that tus-js-client uses: creation, HEAD, PATCH. */
	#upload(method: string, path: string, headers: Headers, body: Uint8Array): Response {
		const tus: Record<string, string> = { 'tus-resumable': '1.0.0', [challengeHeader]: this.#challenge() };
		let sha256 = path.slice(uploadsPath.length + 1) as Sha256;
		if (body.length > 0 && this.#piecesUntilCut-- === 0) {
			this.#piecesUntilCut = Number.POSITIVE_INFINITY;
			throw new TypeError('network error');
		}
		if (method === 'POST') {
			const named = /(?:^|,)sha256 ([^,]+)/.exec(headers.get('upload-metadata') ?? '')?.[1] ?? '';
			sha256 = atob(named) as Sha256;
			this.photos.set(sha256, { bytes: new Uint8Array(), size: Number(headers.get('upload-length')) });
			tus['location'] = `http://inside:3000${uploadsPath}/${sha256}`;
		}
		const photo = this.photos.get(sha256);
		if (photo === undefined) return new Response(null, { status: 404, headers: tus });
		if (method === 'PATCH' && Number(headers.get('upload-offset')) !== photo.bytes.length)
			return new Response(null, { status: 409, headers: tus });
		if (this.photoStumbles.has(sha256)) return this.#json({ error: 'busy' }, 503);
		const longer = new Uint8Array(photo.bytes.length + body.length);
		longer.set(photo.bytes);
		longer.set(body, photo.bytes.length);
		photo.bytes = longer;
		const offset = { 'upload-offset': String(photo.bytes.length), 'upload-length': String(photo.size) };
		const state = this.#stateOf(sha256);
		const told: Record<string, string> =
			this.tellsPhotoStates && state.state.status !== 'partial'
				? { [photoStateHeader]: encodeURIComponent(JSON.stringify({ ...this.#head(), ...state })) }
				: {};
		const status = { POST: 201, PATCH: 204, HEAD: 200 }[method] ?? 405;
		return new Response(null, { status, headers: { ...tus, ...offset, ...told } });
	}

	#head() {
		return { protocol: PROTOCOL_VERSION, epoch: this.epoch, challenge: this.#challenge() };
	}

	#told() {
		return this.order === undefined ? {} : { order: this.order };
	}

	#challenge(): string {
		const challenge = `challenge-${this.#issued++}`;
		this.#challenges.add(challenge);
		return challenge;
	}

	#json(content: object, status = 200): Response {
		return new Response(JSON.stringify({ ...this.#head(), ...this.#told(), ...content }), {
			status,
			headers: { 'content-type': 'application/json' }
		});
	}
}

function pieceOf(method: string, headers: Headers, body: Uint8Array): Pick<Asked, 'piece'> {
	if (headers.get('content-type') !== 'application/offset+octet-stream') return {};
	return { piece: { offset: method === 'PATCH' ? Number(headers.get('upload-offset')) : 0, bytes: body.length } };
}

function hung(signal: AbortSignal | undefined): Promise<never> {
	return new Promise((_, reject) => {
		signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
	});
}

async function unzipped(body: Uint8Array<ArrayBuffer>): Promise<string> {
	return new Response(new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

export async function hexOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Stands for the tablet's key: only the same text gives the same signature. */
async function sign(text: string): Promise<string> {
	return hexOf(new TextEncoder().encode(`key:${text}`));
}

/** A vault without secrets or disk that keeps the vault's promises to the engine. */
export class FakeVault implements SyncVault {
	open = true;
	enrolled = true;
	/** Nothing more can be kept. */
	full = false;
	readonly own = new Map<EntryId, { text: string; delivery: OwnDelivery }>();
	/** How often the entry at a position was applied, per epoch. */
	readonly applied = new Map<string, number>();
	readonly ownPhotos = new Map<
		Sha256,
		{ bytes: Uint8Array<ArrayBuffer>; delivery: 'waiting' | 'registered' | 'refused' }
	>();
	readonly readings = new Map<ReadingId, TabletReading>();
	readonly missing = new Set<Sha256>();
	readonly kept = new Map<Sha256, Uint8Array<ArrayBuffer>>();
	keptRoster: Roster | undefined;
	position: { epoch: Epoch | undefined; cursor: Cursor } = { epoch: undefined, cursor: 'start' };
	startsAgain = 0;
	/** The journal: what was saved, as the registry may open it, by number. */
	readonly sealed = new Map<number, SealedRecord & { settled?: SealedOutcome }>();
	keptRegistryKey: string | undefined;

	record(...ids: EntryId[]): void {
		for (const id of ids) {
			this.own.set(id, { text: JSON.stringify({ id, note: 'x'.repeat(50) }), delivery: { state: 'waiting' } });
			this.#seal('entries', JSON.stringify([id]));
		}
	}

	#seal(kind: SealedRecord['kind'], body: string): void {
		const number = this.sealed.size + 1;
		this.sealed.set(number, { number, kind, enc: '', key: '', body });
	}

	async outbox(): Promise<Outbox> {
		const waiting = this.#unsettled();
		return {
			records: waiting.length,
			bytes: waiting.reduce((sum, { body }) => sum + body.length, 0),
			oldestAt: undefined,
			onlyWhenOpen: 0,
			journal: 'kept'
		};
	}

	/** What the registry could not read waits on; what was sent in the open since has its receipt there. */
	#unsettled() {
		return [...this.sealed.values()].filter(({ kind, body, settled }) => {
			if (settled?.outcome === 'taken') return false;
			return kind === 'photo' || (JSON.parse(body) as EntryId[]).some((id) => this.state(id) === 'waiting');
		});
	}

	async nextSealed(limit: number, bytes: number, kinds: readonly SealedKind[] = ['entries', 'photo', 'loose']) {
		const next: SealedRecord[] = [];
		let total = 0;
		for (const { settled: _, ...record } of this.#unsettled().filter(({ kind }) => kinds.includes(kind))) {
			if (next.length >= limit || (next.length > 0 && total + record.body.length > bytes)) break;
			next.push(record);
			total += record.body.length;
		}
		return next;
	}

	async sealedSettled(_epoch: Epoch, outcomes: readonly SealedOutcome[]) {
		for (const outcome of outcomes) {
			const record = this.sealed.get(outcome.number);
			if (record) record.settled = outcome;
		}
	}

	async wipe() {
		const left = this.#unsettled().length;
		this.sealed.clear();
		this.own.clear();
		this.ownPhotos.clear();
		this.enrolled = false;
		return { left };
	}

	async registryKey() {
		return this.keptRegistryKey;
	}

	async addPhoto(bytes: Uint8Array<ArrayBuffer>): Promise<Sha256> {
		const sha256 = (await hexOf(bytes)) as Sha256;
		this.ownPhotos.set(sha256, { bytes, delivery: 'waiting' });
		this.#seal('photo', sha256);
		return sha256;
	}

	/** Files were opened, the first of them longest ago. */
	read(count: number): ReadingId[] {
		const ids = Array.from(
			{ length: count },
			(_, n) => `018f0000-0000-7000-9000-${String(n).padStart(12, '0')}` as ReadingId
		);
		for (const id of ids)
			this.readings.set(id, {
				id,
				childId: deviceId as never,
				staffId: deviceId as never,
				at: '2026-11-20T21:30:00+08:00',
				purpose: 'care'
			});
		return ids;
	}

	state(id: EntryId): OwnDelivery['state'] | undefined {
		return this.own.get(id)?.delivery.state;
	}

	waiting(): EntryId[] {
		return [...this.own].filter(([, { delivery }]) => needsPush(delivery, this.position.epoch)).map(([id]) => id);
	}

	async status(): Promise<VaultStatus> {
		if (!this.enrolled) return { status: 'not_enrolled' };
		const contact = { stage: 'normal', days: 0, daysLeft: 21, at: undefined } as const;
		return this.open
			? {
					status: 'open',
					staff: { staffId: deviceId as never, name: '', role: '', ways: [], needsCode: false },
					institutionId: roster.institutionId,
					contact
				}
			: { status: 'locked', institutionName: '', staff: [], contact };
	}

	signRequest = sign;

	async syncPosition() {
		return this.position;
	}

	async nextEntries(limit: number, bytes: number) {
		const next: { id: EntryId; text: string }[] = [];
		let total = 0;
		for (const id of this.waiting()) {
			const text = this.own.get(id)?.text ?? '';
			if (next.length >= limit || (next.length > 0 && total + text.length > bytes)) break;
			next.push({ id, text });
			total += text.length;
		}
		return next;
	}

	async applyReceipts(epoch: Epoch, receipts: readonly unknown[], sent: readonly EntryId[]) {
		if (epoch !== this.position.epoch) return;
		for (const [id, delivery] of afterReceipts(epoch, receipts as Receipt[], sent)) {
			const own = this.own.get(id);
			if (own) own.delivery = delivery;
		}
	}

	async applyPull(answer: unknown) {
		if (this.full) throw Object.assign(new Error('storage_full'), { name: 'storage_full' });
		const page = answer as PullAnswer;
		const position = cursorPosition(this.position.cursor);
		if (page.epoch !== this.position.epoch || page.after !== this.position.cursor) return { applied: false, position };
		for (const entry of page.entries) {
			const key = `${page.epoch}/${entry.position}`;
			this.applied.set(key, (this.applied.get(key) ?? 0) + 1);
		}
		this.position = { epoch: page.epoch, cursor: page.next };
		return { applied: true, position: cursorPosition(page.next) };
	}

	async startAgain(epoch: Epoch) {
		this.startsAgain += 1;
		this.position = { epoch, cursor: 'start' };
	}

	toShow: readonly SignedStatement[] = [];
	forgot: boolean | undefined;

	async treeHeadsToShow() {
		return this.toShow;
	}

	async treeHeadsShown(shown: readonly SignedStatement[], forgot: boolean) {
		this.toShow = this.toShow.filter((head) => !shown.includes(head));
		this.forgot = forgot;
	}

	async nextReadings(limit: number) {
		return [...this.readings.values()].slice(0, limit);
	}

	async readingsTold(ids: readonly ReadingId[]) {
		for (const id of ids) this.readings.delete(id);
	}

	async nextPhotos(limit: number) {
		return [...this.ownPhotos]
			.filter(([, { delivery }]) => delivery === 'waiting')
			.slice(0, limit)
			.map(([sha256, { bytes }]) => ({
				sha256,
				bytes: bytes.length,
				childId: deviceId as never,
				mediaType: 'image/jpeg'
			}));
	}

	/** Photos that cannot be opened any more. */
	readonly spoiltPhotos = new Set<Sha256>();

	async photo(sha256: Sha256) {
		if (this.spoiltPhotos.has(sha256)) throw new Error('The photo cannot be opened');
		return this.ownPhotos.get(sha256)?.bytes;
	}

	async photoRegistered(sha256: Sha256) {
		const photo = this.ownPhotos.get(sha256);
		if (photo) photo.delivery = 'registered';
	}

	async photoRefused(sha256: Sha256) {
		const photo = this.ownPhotos.get(sha256);
		if (photo) photo.delivery = 'refused';
	}

	async missingThumbnails(limit: number) {
		return [...this.missing].slice(0, limit);
	}

	async keepThumbnail(sha256: Sha256, bytes: Uint8Array<ArrayBuffer>) {
		this.missing.delete(sha256);
		this.kept.set(sha256, bytes);
	}

	keptSealingKey: { readonly key: string; readonly signed: boolean } | undefined;

	async keepSealingKey(key: string, signed = false) {
		this.keptSealingKey = { key, signed };
	}

	rosterMark: RosterMark | undefined;

	async rosterGround(): Promise<RosterGround> {
		return { registryKey: await this.registryKey(), house: roster.institutionId, last: this.rosterMark };
	}

	async keepRoster(kept: Roster, mark?: RosterMark) {
		this.keptRoster = kept;
		this.rosterMark = mark ?? this.rosterMark;
	}

	/** When the registry was said to have answered. */
	readonly contacts: string[] = [];

	async contactMade(serverTime: string) {
		this.contacts.push(serverTime);
	}

	async usage() {
		const photos = [...this.ownPhotos.values()].filter(({ delivery }) => delivery === 'waiting');
		const waiting = this.waiting();
		return {
			recordBytes: 0,
			photoBytes: 0,
			waitingEntries: waiting.length,
			waitingPhotos: photos.length,
			waitingPhotoBytes: 0,
			waitingBytes:
				waiting.reduce((sum, id) => sum + (this.own.get(id)?.text.length ?? 0), 0) +
				photos.reduce((sum, { bytes }) => sum + bytes.length, 0),
			quarantined: 0,
			photosNotKept: 0
		};
	}
}

/** A clock moved by hand, with the timers on it. */
export class HandClock implements Timers {
	time = Date.parse('2026-11-22T08:00:00Z');
	#next = 1;
	readonly #timers = new Map<number, { at: number; callback: () => void }>();

	readonly now = (): number => this.time;

	set(callback: () => void, milliseconds: number): number {
		this.#timers.set(this.#next, { at: this.time + milliseconds, callback });
		return this.#next++;
	}

	clear(timer: number): void {
		this.#timers.delete(timer);
	}

	/** How long until the next timer rings, milliseconds; undefined where none is set. */
	get next(): number | undefined {
		const times = [...this.#timers.values()].map(({ at }) => at);
		return times.length === 0 ? undefined : Math.min(...times) - this.time;
	}

	advance(milliseconds: number): void {
		this.time += milliseconds;
		for (const [timer, { at, callback }] of [...this.#timers].sort(([, a], [, b]) => a.at - b.at)) {
			if (at > this.time) continue;
			this.#timers.delete(timer);
			callback();
		}
	}
}

/** Web Locks of one name, for tabs in one process. */
export class FakeLocks {
	#queue: { run: () => Promise<void> }[] = [];
	#held = false;

	readonly request = (async (_name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
		new Promise<void>((resolve, reject) => {
			const waiting = {
				run: async () => {
					await callback({ name: _name, mode: 'exclusive' });
				}
			};
			options.signal?.addEventListener('abort', () => {
				if (!this.#queue.includes(waiting)) return;
				this.#queue = this.#queue.filter((other) => other !== waiting);
				reject(new DOMException('Aborted', 'AbortError'));
			});
			const run = waiting.run;
			waiting.run = () => run().then(resolve, reject);
			this.#queue.push(waiting);
			this.#grant();
		})) as LockManager['request'];

	#grant(): void {
		const next = this.#held ? undefined : this.#queue.shift();
		if (next === undefined) return;
		this.#held = true;
		void next.run().finally(() => {
			this.#held = false;
			this.#grant();
		});
	}
}

/** The broadcast channel of several tabs. */
export class FakeChannels {
	readonly #tabs: Set<(message: unknown) => void>[] = [];

	tab(): SyncChannel {
		const own = new Set<(message: unknown) => void>();
		this.#tabs.push(own);
		return {
			post: (message) => {
				const sent: unknown = structuredClone(message);
				for (const tab of this.#tabs) if (tab !== own) for (const listener of tab) listener(sent);
			},
			listen: (listener) => {
				own.add(listener);
				return () => own.delete(listener);
			}
		};
	}
}
