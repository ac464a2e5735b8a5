import type { CaseFile } from '../../src/lib/domain/case-file/case-file.ts';
import type { House } from '../children.ts';
import { filesOf, reckon, type Reckoned } from '../hold-work.ts';

/* The holds of many children in a page, as a tablet reckons them. */
let files: readonly CaseFile[] = [];

const bench = {
	/** Makes the files; not measured. */
	fill(children: number, house: House): number {
		files = filesOf(children, house);
		return files.length;
	},
	reckon: (): Reckoned => reckon(files)
};

declare global {
	interface Window {
		readonly holdBench: typeof bench;
	}
}
Object.defineProperty(window, 'holdBench', { value: bench });
