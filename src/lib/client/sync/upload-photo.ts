import type { FileReader, HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import type { Sha256 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { photoStateHeader, photoStateSchema, type PhotoState } from '#lib/sync/protocol.ts';
import { faultOf, type ExchangeFault, type Registry } from './registry.ts';

/*
 * One photo on its way by tus (https://tus.io/protocols/resumable-upload), in pieces, over the registry's signed requests.
 *
 * Where to go on after a cut or a killed browser is asked of the registry, which names an upload by the photo's SHA-256:
 * its photo state says how much has arrived, and the address follows from the name. So nothing is kept on the tablet for
 * resuming, neither in localStorage nor elsewhere, and a tablet that was wiped goes on with what others began.
 *
 * A photo of one piece travels with its announcement, and the answer to the last piece says what became of it: one way
 * there and back instead of three, each of which is a second on a bad line.
 */

/** Where uploads are made; the upload of a photo lies at `<uploadsPath>/<sha256>`. */
export const uploadsPath = '/api/photos/uploads';

/** One piece: a photo over a 2G line outlasts the line, 256 kB mostly do not (docs: STACK, 6). */
export const pieceBytes = 256 * 1024;

export interface Upload {
	readonly sha256: Sha256;
	readonly mediaType: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** The registry has a part of it already. */
	readonly begun: boolean;
	/** Called with the bytes that have arrived at the registry. */
	readonly onArrived: (bytes: number) => void;
	readonly signal: AbortSignal;
}

/**
 * Sends what is missing of the photo.
 *
 * @returns what the registry says became of it; undefined where it only says that all of it arrived (an older one): that is
 * no receipt yet, ask for its state
 */
export async function uploadPhoto(
	registry: Registry,
	upload: Upload
): Promise<Result<PhotoState | undefined, ExchangeFault>> {
	const { Upload: TusUpload } = await import('tus-js-client');
	const { sha256, mediaType, bytes, begun, onArrived, signal } = upload;
	const stack = new SignedStack(registry, signal);
	return new Promise((resolve, reject) => {
		const tus = new TusUpload(new Blob([bytes], { type: mediaType }), {
			endpoint: uploadsPath,
			uploadUrl: begun ? `${uploadsPath}/${sha256}` : null,
			metadata: { sha256, filetype: mediaType },
			chunkSize: pieceBytes,
			uploadDataDuringCreation: true,
			// The engine tries again, with the same pause for everything.
			retryDelays: null,
			storeFingerprintForResuming: false,
			fingerprint: () => Promise.resolve(sha256),
			httpStack: stack,
			fileReader: wholeInMemory,
			onChunkComplete: (_size, arrived) => onArrived(arrived),
			onSuccess: () => resolve(ok(stack.state)),
			onError: (error) => {
				if (signal.aborted) reject(signal.reason as unknown);
				else if (stack.fault !== undefined) resolve(err(stack.fault));
				else reject(error);
			}
		});
		tus.start();
	});
}

/** The same in every environment: tus-js-client would take another reader in Node. */
const wholeInMemory: FileReader = {
	openFile: (input: Blob) =>
		Promise.resolve({
			size: input.size,
			slice: (start: number, end: number) =>
				Promise.resolve({ value: input.slice(start, end), done: end >= input.size }),
			close: () => undefined
		})
};

/** What tus asks of the network, answered by the registry's signed requests; remembers how the last one failed. */
class SignedStack implements HttpStack {
	fault: ExchangeFault | undefined;
	/** What became of the photo, as the last answer says. */
	state: PhotoState | undefined;
	readonly #registry: Registry;
	readonly #signal: AbortSignal;

	constructor(registry: Registry, signal: AbortSignal) {
		this.#registry = registry;
		this.#signal = signal;
	}

	getName(): string {
		return 'lampkeep';
	}

	createRequest(method: string, url: string): HttpRequest {
		const headers: Record<string, string> = {};
		// Only the path counts: a registry behind a proxy may name itself by another host, and ours is the one we are on.
		const { pathname, search } = new URL(url, 'https://registry.invalid');
		const path = pathname + search;
		return {
			getMethod: () => method,
			getURL: () => url,
			setHeader: (name, value) => {
				headers[name.toLowerCase()] = value;
			},
			getHeader: (name) => headers[name.toLowerCase()],
			setProgressHandler: () => undefined,
			send: async (body: Blob | null | undefined) => {
				const content = body ? new Uint8Array(await body.arrayBuffer()) : undefined;
				const answer = await this.#registry.send({
					method,
					path,
					headers,
					...(content === undefined ? {} : { body: content }),
					signal: this.#signal
				});
				if (!answer.ok) {
					this.fault = answer.error;
					throw new Error(`The registry did not answer: ${answer.error.type}`);
				}
				this.fault = faultOf(answer.value);
				this.state = this.fault === undefined ? stateIn(answer.value.headers) : undefined;
				return responseOf(answer.value);
			},
			abort: () => Promise.resolve(),
			getUnderlyingObject: () => undefined
		};
	}
}

/** Undefined where nothing readable is said of it: the state is asked for then. */
function stateIn(headers: Headers): PhotoState | undefined {
	const header = headers.get(photoStateHeader);
	if (header === null) return undefined;
	try {
		return photoStateSchema.safeParse(JSON.parse(decodeURIComponent(header))).data;
	} catch (error) {
		// The two errors of reading such a header; anything else is a mistake of ours.
		if (error instanceof SyntaxError || error instanceof URIError) return undefined;
		throw error;
	}
}

function responseOf({ status, headers, body }: { status: number; headers: Headers; body: Uint8Array }): HttpResponse {
	return {
		getStatus: () => status,
		getHeader: (name) => headers.get(name) ?? undefined,
		getBody: () => new TextDecoder().decode(body),
		getUnderlyingObject: () => undefined
	};
}
