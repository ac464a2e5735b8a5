import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/*
 * A thin, long, leaky line, shared by everything on it: so many bits a second each way, a delay, lost segments, and now
 * and then no line at all. A lost segment (1,460 bytes) travels twice and holds up what comes after it on its connection
 * for a round trip, as TCP with selective acknowledgement does; what TCP's congestion control would make of the loss
 * beyond that is not modelled.
 */
export interface Line {
	readonly bitsPerSecond: number;
	/** Milliseconds there and back. */
	readonly roundTrip: number;
	/** Share of segments that are lost. */
	readonly loss: number;
	/** The line is cut so often, and comes back after `cutFor`; milliseconds. */
	readonly cutEvery: number;
	readonly cutFor: number;
}

const segment = 1_460;
/** Bytes under way before a sender has to wait: what its socket buffers. */
const underWay = 128_000;

export class SlowLine {
	readonly #line: Line;
	readonly #random: () => number;
	readonly #target: number;
	readonly #server = createServer((client) => this.#meet(client));
	readonly #sockets = new Set<Socket>();
	readonly #freeAt = { up: 0, down: 0 };
	#isCut = false;
	readonly #timer: NodeJS.Timeout;
	cuts = 0;
	/** Bytes that came through, without what was lost. */
	readonly carried = { up: 0, down: 0 };

	private constructor(target: number, line: Line, random: () => number) {
		this.#target = target;
		this.#line = line;
		this.#random = random;
		this.#timer = setInterval(() => this.#cut(), line.cutEvery);
	}

	/** @param target the registry's port on this machine @param random from 0 up to 1 */
	static async before(target: number, line: Line, random: () => number): Promise<SlowLine> {
		const slow = new SlowLine(target, line, random);
		await new Promise<void>((resolve, reject) => {
			slow.#server.once('error', reject);
			slow.#server.listen(0, '127.0.0.1', resolve);
		});
		return slow;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		clearInterval(this.#timer);
		for (const socket of this.#sockets) socket.destroy();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#cut(): void {
		this.cuts += 1;
		this.#isCut = true;
		for (const socket of this.#sockets) socket.destroy();
		setTimeout(() => (this.#isCut = false), this.#line.cutFor);
	}

	#meet(client: Socket): void {
		if (this.#isCut) {
			client.on('error', () => client.destroy());
			client.destroy();
			return;
		}
		const server = this.#keep(connect({ port: this.#target, host: '127.0.0.1' }));
		this.#keep(client);
		this.#carry('up', client, server);
		this.#carry('down', server, client);
	}

	#carry(way: 'up' | 'down', from: Socket, to: Socket): void {
		const { bitsPerSecond, roundTrip, loss } = this.#line;
		let lastArrival = 0;
		// What was said before the end is still on its way when the end is known here.
		from.on('close', () => setTimeout(() => to.destroy(), Math.max(0, lastArrival - performance.now()) + 1));
		from.on('data', (piece: Buffer) => {
			const now = performance.now();
			let lost = 0;
			for (let at = 0; at < piece.length; at += segment) while (this.#random() < loss) lost += 1;
			const bits = 8 * (piece.length + lost * segment);
			const sent = Math.max(now, this.#freeAt[way]) + (bits / bitsPerSecond) * 1_000;
			this.#freeAt[way] = sent;
			const arrival = Math.max(lastArrival, sent + roundTrip / 2 + (lost > 0 ? roundTrip : 0));
			lastArrival = arrival;
			setTimeout(() => {
				if (to.destroyed) return;
				this.carried[way] += piece.length;
				to.write(piece);
			}, arrival - now);
			const backlog = ((sent - now) / 1_000) * (bitsPerSecond / 8);
			if (backlog < underWay) return;
			from.pause();
			setTimeout(() => from.resume(), ((backlog - underWay / 2) / (bitsPerSecond / 8)) * 1_000);
		});
	}

	#keep(socket: Socket): Socket {
		this.#sockets.add(socket);
		socket.setNoDelay(true);
		socket.on('close', () => this.#sockets.delete(socket));
		// A line that breaks is what this is for: its end is seen by `close`.
		socket.on('error', () => socket.destroy());
		return socket;
	}
}
