import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webmanifest': 'application/manifest+json',
	'.wasm': 'application/wasm'
};

/**
 * Sends the file, if there is one.
 *
 * @param path below the folder, as in the request
 * @returns false when there is no such file
 */
export async function sendFile(
	folder: string,
	path: string,
	request: IncomingMessage,
	response: ServerResponse
): Promise<boolean> {
	const file = join(folder, normalize(`/${decodeURIComponent(path)}`));
	let bytes: Buffer;
	try {
		bytes = await readFile(file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return false;
		throw error;
	}
	response.writeHead(200, {
		'content-type': types[extname(file)] ?? 'application/octet-stream',
		'content-length': bytes.length,
		// As the product serves what has a hash in its name: a second start reads it from the disk.
		'cache-control': /immutable|assets/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
	});
	response.end(request.method === 'HEAD' ? undefined : bytes);
	return true;
}
