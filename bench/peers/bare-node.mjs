import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/*
 * The least a Node server can do: bytes that are ready, sent with their headers. In a process of its own.
 *
 *   node bare-node.mjs <port> <file.json>     { "/path": { "headers": {…}, "body": "<base64>" } }
 */
const [port, file] = process.argv.slice(2);
const pages = new Map(
	Object.entries(JSON.parse(readFileSync(String(file), 'utf8'))).map(([path, { headers, body }]) => [
		path,
		{ headers, body: Buffer.from(body, 'base64') }
	])
);
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
	const page = pages.get(request.url ?? '/');
	if (!page) {
		response.writeHead(404).end();
		return;
	}
	response.writeHead(200, page.headers);
	response.end(page.body);
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', () => {
	server.close(() => process.exit(0));
	server.closeAllConnections();
});
