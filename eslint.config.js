import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/*
 * What the type checker cannot see. Each rule stands for a mistake that cost somebody something; the layer rules are in
 * .dependency-cruiser.cjs, and tests/architecture.test.ts plants one violation of each and expects it to be named.
 */
const clockAndChance = [
	{
		selector: "NewExpression[callee.name='Date']",
		message: 'Time comes in by the door: take a CivilDate or a number as a parameter.'
	},
	{
		selector: "CallExpression[callee.object.name='Date']",
		message: 'Time comes in by the door: take a CivilDate or a number as a parameter.'
	},
	{
		selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
		message: 'Chance comes in by the door: take a random number as a parameter.'
	},
	{ selector: "CallExpression[callee.object.name='performance']", message: 'Time comes in by the door.' }
];

const bareJson = [
	{
		selector: "CallExpression[callee.property.name='json'][arguments.length=0]:not([callee.object.name='Response'])",
		message: 'Parse at the edge: readJson(schema, response), so that a wrong answer is refused and not believed.'
	}
];

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'bench/out/',
			'bench/node_modules/',
			'tests/rig/out/',
			'test-results/',
			'playwright-report/',
			'static/',
			'/data/'
		]
	},
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }
			],
			'@typescript-eslint/ban-ts-comment': 'error',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'no-console': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			// The addresses of this program are plain: no base path, so resolve() would only hide them.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-at-html-tags': 'error'
		}
	},
	{
		files: ['src/**/*.ts'],
		ignores: ['**/*.test.ts'],
		languageOptions: {
			parserOptions: {
				// SvelteKit's own tsconfig leaves the service worker out.
				projectService: { allowDefaultProject: ['src/service-worker.ts'] },
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
		}
	},
	{
		files: ['src/lib/domain/**/*.ts', 'src/lib/sync/**/*.ts', 'src/lib/demo/**/*.ts', 'src/lib/messages/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', ...clockAndChance] }
	},
	{
		files: ['src/lib/client/**/*.ts', 'src/routes/app/**/*.{ts,svelte}', 'src/lib/ui/**/*.{ts,svelte}'],
		ignores: ['**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', ...bareJson] }
	},
	{
		files: ['scripts/**', 'src/cli/**', 'bench/**', 'tests/**'],
		rules: { 'no-console': 'off' }
	},
	{
		files: ['**/*.cjs'],
		rules: { '@typescript-eslint/no-require-imports': 'off' }
	},
	{
		// Without types: with them every .svelte file makes the compiler begin anew, minutes for the whole tree.
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	}
);
