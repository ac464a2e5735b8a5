import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { pushEntriesMaximum, signatureHeaders } from '#lib/sync/protocol.ts';
import { GET } from '../../../routes/api/openapi.json/+server.ts';
import { apiDocument, type ApiOperation } from './document.ts';

const routesFolder = join(import.meta.dirname, '../../../routes');
const document = apiDocument();

/** Names SvelteKit takes for handlers; `fallback` would answer methods that no document could list. */
const handlerNames = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'fallback']);

/** What a +server.ts exports as handlers, however it writes it: const, function, or a list of names. */
function exportedMethods(source: string): string[] {
	const file = ts.createSourceFile('+server.ts', source, ts.ScriptTarget.Latest, true);
	const names: string[] = [];
	for (const statement of file.statements) {
		if (ts.isExportDeclaration(statement)) {
			if (!statement.exportClause || !ts.isNamedExports(statement.exportClause))
				throw new Error('a route that exports * cannot be read');
			names.push(...statement.exportClause.elements.map((element) => element.name.text));
			continue;
		}
		const exported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
		if (!exported) continue;
		if (ts.isFunctionDeclaration(statement) && statement.name) names.push(statement.name.text);
		if (ts.isVariableStatement(statement))
			names.push(...statement.declarationList.declarations.map(({ name }) => name.getText(file)));
	}
	return names.filter((name) => handlerNames.has(name));
}

interface Handler {
	readonly method: string;
	/** As SvelteKit names it: `/api/photos/[sha256]/state`. */
	readonly route: string;
}

function handlers(): Handler[] {
	return readdirSync(join(routesFolder, 'api'), { recursive: true, encoding: 'utf8' })
		.filter((path) => /(^|\/)\+server\.(ts|js)$/.test(path.replaceAll('\\', '/')))
		.flatMap((path) => {
			const route = `/api/${dirname(path).replaceAll('\\', '/')}`;
			const methods = exportedMethods(readFileSync(join(routesFolder, 'api', path), 'utf8'));
			return methods.map((method) => ({ method, route }));
		});
}

/** Does a path of the document belong to this route? A rest parameter takes nothing, or one part more. */
function belongs(path: string, route: string): boolean {
	const pattern = route
		.replace(/[.+*?^$()|{}]/g, '\\$&')
		.replace(/\/\[\\\.\\\.\\\.\w+\]/g, '(/\\{\\w+\\})?')
		.replace(/\[\w+(=\w+)?\]/g, '\\{\\w+\\}');
	return new RegExp(`^${pattern}$`).test(path);
}

interface Described extends Handler {
	readonly path: string;
	readonly operation: ApiOperation;
}

function described(): Omit<Described, 'route'>[] {
	return Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation }))
	);
}

describe('the description of /api', () => {
	it('names every handler of every route', () => {
		const found = handlers();
		expect(found.length).toBeGreaterThan(10);
		const missing = found.filter(
			({ method, route }) => !described().some((said) => said.method === method && belongs(said.path, route))
		);
		expect(missing).toEqual([]);
	});

	it('names none that does not exist', () => {
		const invented = described()
			.filter(
				({ method, path }) => !handlers().some((handler) => handler.method === method && belongs(path, handler.route))
			)
			.map(({ method, path }) => `${method} ${path}`);
		expect(invented).toEqual([]);
	});

	it('reads handlers in every spelling', () => {
		expect(exportedMethods('export const GET = 1; const PUT = 2; export const load = 3;')).toEqual(['GET']);
		expect(exportedMethods('export async function POST() {}')).toEqual(['POST']);
		expect(exportedMethods('const a = 1; export { a as PATCH, a as DELETE };')).toEqual(['PATCH', 'DELETE']);
		expect(belongs('/api/photos/{sha256}/state', '/api/photos/[sha256]/state')).toBe(true);
		expect(belongs('/api/photos/uploads/{sha256}', '/api/photos/uploads/[...id]')).toBe(true);
		expect(belongs('/api/photos/uploads', '/api/photos/uploads/[...id]')).toBe(true);
		expect(belongs('/api/photosXuploads', '/api/photos.uploads')).toBe(false);
	});

	it('is served as it stands', async () => {
		const response = await GET({} as Parameters<typeof GET>[0]);
		expect(response.headers.get('content-type')).toMatch(/^application\/json/);
		expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
	});

	it('refers to nothing that it does not hold, and holds nothing that nobody refers to', () => {
		const text = JSON.stringify(document);
		const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]));
		const held = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
		expect([...referred].sort()).toEqual(held.sort());
		const schemes = described().flatMap(({ operation }) => operation.security.flatMap((need) => Object.keys(need)));
		expect(new Set(schemes)).toEqual(new Set(Object.keys(document.components.securitySchemes)));
	});

	it('tells of each operation what it does, what it takes and what it answers, refusals too', () => {
		for (const { path, method, operation } of described()) {
			const name = `${method} ${path}`;
			expect(operation.summary.length, name).toBeGreaterThan(5);
			expect(operation.description.length, name).toBeGreaterThan(10);
			const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
			const told = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
			expect(told, name).toEqual(inPath);
			expect(
				Object.keys(operation.responses).some((status) => status.startsWith('2')),
				name
			).toBe(true);
			const signed = operation.security.some((need) => 'tabletSignature' in need);
			if (signed) expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['401', '500']));
			// A closed tablet is refused everywhere but where it hands in: nothing recorded may be lost.
			const handsIn = ['push', 'sendSealed', 'tellReadings', 'tellWiped'].includes(operation.operationId);
			if (signed) expect('403' in operation.responses, name).toBe(!handsIn);
			for (const [status, answer] of Object.entries(operation.responses)) {
				expect(answer.description, `${name} ${status}`).not.toBe('');
				if (method !== 'HEAD' && Number(status) >= 400) expect(answer.content, `${name} ${status}`).toBeDefined();
			}
		}
		const ids = described().map(({ operation }) => operation.operationId);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('carries the rules of the schemas the program parses with', () => {
		const push = document.components.schemas['PushRequest'];
		expect(push).toMatchObject({
			type: 'object',
			additionalProperties: false,
			required: ['protocol', 'deviceId', 'entries'],
			properties: { protocol: { const: 1 }, entries: { type: 'array', maxItems: pushEntriesMaximum } }
		});
		const headers = Object.values(document.components.securitySchemes).map(({ name }) => name);
		expect(headers).toEqual(expect.arrayContaining(Object.values(signatureHeaders)));
	});

	it('names no host: its server is wherever it was read', () => {
		expect(document.servers.map(({ url }) => url)).toEqual(['/']);
		expect(JSON.stringify(document)).not.toMatch(/https?:\/\//);
	});
});
