import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/*
 * A bad line between tablets and registry, made of bytes: it knows nothing of HTTP but that a client speaks first and a
 * server answers. Chance decides for every piece a client sends; the figures of `Weather` are probabilities.
 *
 *   cut        the connection dies before the piece goes out
 *   loseAnswer the request goes through, and the connection dies when the answer begins to come
 *   duplicate  the request reaches the registry once more, over a connection of its own
 *   halfOpen   nothing goes through in either direction any more, and nobody is told
 *   delay      the piece waits up to `delayMaximum` ms
 *   trickle    the piece goes out in bits of a few hundred bytes
 */
export interface Weather {
	readonly cut: number;
	readonly loseAnswer: number;
	readonly duplicate: number;
	readonly halfOpen: number;
	readonly delay: number;
	readonly trickle: number;
}

export const calm: Weather = { cut: 0, loseAnswer: 0, duplicate: 0, halfOpen: 0, delay: 0, trickle: 0 };

const delayMaximum = 2_000;
const bit = 300;

export class ChaosProxy {
	weather: Weather = calm;
	/** How often each happened. */
	readonly happened: Record<keyof Weather, number> = {
		...{ cut: 0, loseAnswer: 0, duplicate: 0, halfOpen: 0, delay: 0, trickle: 0 }
	};
	readonly #target: number;
	readonly #random: () => number;
	readonly #server = createServer((client) => this.#meet(client));
	readonly #sockets = new Set<Socket>();
	readonly #halfOpen = new Set<() => void>();

	private constructor(target: number, random: () => number) {
		this.#target = target;
		this.#random = random;
	}

	/** @param target the registry's port on this machine @param random from 0 up to 1 */
	static async before(target: number, random: () => number): Promise<ChaosProxy> {
		const proxy = new ChaosProxy(target, random);
		await new Promise<void>((resolve, reject) => {
			proxy.#server.once('error', reject);
			proxy.#server.listen(0, '127.0.0.1', resolve);
		});
		return proxy;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Good weather. Lines that were half open end now, as a browser ends them when its network changes. */
	heal(): void {
		this.weather = calm;
		for (const end of this.#halfOpen) end();
	}

	/** Every connection there is now dies. */
	cutAll(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	async close(): Promise<void> {
		this.cutAll();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#meet(client: Socket): void {
		const server = this.#open();
		this.#keep(client);
		const both = () => {
			this.#halfOpen.delete(both);
			client.destroy();
			server.destroy();
		};
		client.on('close', both);
		server.on('close', both);

		/** What the client said since the registry last spoke: one request, as clients do not talk over the answer. */
		let request: Buffer[] = [];
		let dead = false;
		let loses = false;
		let repeats = false;
		let sending: Promise<void> = Promise.resolve();
		client.on('data', (piece: Buffer) => {
			if (dead) return;
			if (request.length === 0) repeats = this.#happens('duplicate');
			request.push(piece);
			if (this.#happens('cut')) return both();
			if (this.#happens('halfOpen')) {
				dead = true;
				this.#halfOpen.add(both);
				return;
			}
			loses ||= this.#happens('loseAnswer');
			const wait = this.#happens('delay') ? this.#random() * delayMaximum : 0;
			const size = this.#happens('trickle') ? bit : piece.length;
			sending = sending.then(() => trickled(server, piece, wait, size));
		});
		server.on('data', (piece: Buffer) => {
			if (dead) return;
			if (repeats) this.#again(Buffer.concat(request));
			repeats = false;
			request = [];
			if (loses) return both();
			client.write(piece);
		});
	}

	/** The same bytes once more; whatever is answered is lost. */
	#again(request: Buffer): void {
		const second = this.#open();
		second.on('data', () => second.destroy());
		second.write(request);
	}

	#open(): Socket {
		return this.#keep(connect({ port: this.#target, host: '127.0.0.1' }));
	}

	#keep(socket: Socket): Socket {
		this.#sockets.add(socket);
		socket.setNoDelay(true);
		socket.on('close', () => this.#sockets.delete(socket));
		// A line that breaks is what this is for: its end is seen by `close`.
		socket.on('error', () => socket.destroy());
		return socket;
	}

	#happens(what: keyof Weather): boolean {
		const happens = this.#random() < this.weather[what];
		if (happens) this.happened[what] += 1;
		return happens;
	}
}

async function trickled(to: Socket, piece: Buffer, wait: number, size: number): Promise<void> {
	if (wait > 0) await pause(wait);
	for (let from = 0; from < piece.length && !to.destroyed; from += size) {
		to.write(piece.subarray(from, from + size));
		if (size < piece.length) await pause(5);
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
