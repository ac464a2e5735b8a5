/**
 * The one-way import rule of docs/ARCHITECTURE.md. Read as: a layer may import only what is listed.
 * `npm: undefined` means any package and the platform; a list means only those packages and no platform module.
 */
const layers = {
	domain: { may: ['domain'], npm: ['zod'] },
	sync: { may: ['sync', 'domain'], npm: ['zod'] },
	messages: { may: ['messages', 'domain'], npm: [] },
	demo: { may: ['demo', 'domain'], npm: [] },
	ui: { may: ['ui', 'domain', 'messages'], npm: ['svelte', 'uqr'] },
	client: { may: ['client', 'sync', 'domain', 'messages'] },
	server: { may: ['server', 'sync', 'domain', 'messages', 'demo'] }
};

const platform =
	'^(node:)?(assert|buffer|child_process|crypto|dns|events|fs|http|https|net|os|path|process|stream|timers|url|util|worker_threads|zlib)(/|$)';

const forbidden = Object.entries(layers).map(([name, { may, npm }]) => ({
	name: `${name}-imports-only-${may.join('-')}`,
	severity: 'error',
	from: { path: `^src/lib/${name}/`, pathNot: '\\.(test|bench)\\.ts$' },
	to: npm
		? { pathNot: [`^src/lib/(${may.join('|')})/`, ...npm.map((p) => `node_modules/${p}/`)] }
		: { path: '^src/', pathNot: [`^src/lib/(${may.join('|')})/`] }
}));

module.exports = {
	forbidden: [
		...forbidden,
		{
			name: 'client-stays-in-the-browser',
			severity: 'error',
			from: { path: '^src/lib/client/', pathNot: '\\.test\\.ts$' },
			to: { path: platform }
		},
		{
			name: 'server-files-not-client',
			severity: 'error',
			from: { path: '\\+(page\\.server|layout\\.server|server)\\.ts$|hooks\\.server\\.ts$|^src/cli/' },
			to: { path: '^src/lib/client/' }
		},
		{
			name: 'browser-files-not-server',
			severity: 'error',
			from: {
				path: '^src/routes/',
				pathNot: '\\+(page\\.server|layout\\.server|server)\\.ts$|\\.server\\.ts$|\\.db\\.test\\.ts$'
			},
			to: { path: '^src/lib/server/', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'only-the-app-uses-client',
			severity: 'error',
			from: { path: '^src/routes/', pathNot: '^src/routes/app/' },
			to: { path: '^src/lib/client/' }
		},
		{
			name: 'app-not-desk-nor-public',
			comment: 'the institution PWA and the desks meet only in lib',
			severity: 'error',
			from: { path: '^src/routes/app/' },
			to: { path: '^src/routes/(desk|\\(public\\)|api)/' }
		},
		{
			name: 'demo-only-from-the-shell',
			comment: 'invented people never enter the product by a page',
			severity: 'error',
			from: { path: '^src/routes/' },
			to: { path: '^src/lib/demo/' }
		},
		{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'resolvable',
			severity: 'error',
			from: { path: '^src' },
			to: {
				couldNotResolve: true,
				pathNot: [
					'^\\$app/',
					'^\\$env/',
					'^\\$service-worker',
					'^virtual:',
					'^\\./\\$types',
					'build/handler\\.js$',
					// A file of a package, taken by its address: the bundler finds it by the package's own export.
					'\\.wasm\\?url$'
				]
			}
		}
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'require', 'node', 'default', 'types'],
			extensions: ['.ts', '.svelte', '.js', '.mjs', '.json']
		}
	}
};
