import { createContext } from 'svelte';
import type { ProgramFacts } from '#lib/sync/program-files.ts';
import type { Program, ProgramState } from '../pwa/register.ts';

/** The program's next version, as the screens show it. Never applied by itself. */
export class ProgramWatch {
	readonly #program: Pick<Program, 'state' | 'onChange' | 'apply' | 'busy' | 'facts'> | undefined;
	state = $state<ProgramState>('none');
	/** Another tab held the update up. */
	heldUp = $state(false);

	constructor(program: Pick<Program, 'state' | 'onChange' | 'apply' | 'busy' | 'facts'> | undefined) {
		this.#program = program;
		if (!program) return;
		this.state = program.state;
		program.onChange((state) => (this.state = state));
	}

	/** Keeps the update away while something in this tab must not be interrupted. The answer ends it. */
	busy(): () => void {
		return this.#program?.busy() ?? (() => undefined);
	}

	/** The program on this tablet; undefined where none is kept (a private window, in development, nothing installed yet). */
	async facts(): Promise<ProgramFacts | undefined> {
		return this.#program?.facts().catch(() => undefined);
	}

	async apply(): Promise<void> {
		this.heldUp = (await this.#program?.apply()) === 'busy';
	}
}

export const [useProgram, setProgram] = createContext<ProgramWatch>();
