import type { Config } from '#lib/server/config.ts';

/** One line of the table in lampkeep.ts. */
export interface Command {
	readonly name: string;
	/** One line in `--help`. */
	readonly summary: string;
	/** Loads the command's own file. */
	load(): Promise<CommandModule>;
}

/** What src/cli/<name>.ts exports. */
export interface CommandModule {
	/** Shown by `<name> --help`: arguments, standard input, an example. */
	readonly usage: string;
	/**
	 * Does it. What went wrong in a way the operator can put right is an OperatorError: its sentence goes to standard
	 * error, and the exit code is 1.
	 */
	run(context: CommandContext): Promise<void>;
}

/** What the dispatcher hands to a command. */
export interface CommandContext {
	/** What stands behind the command's name, without --json and --debug. */
	readonly args: readonly string[];
	/** The caller is a program: answer in JSON. */
	readonly json: boolean;
	/** Aborted by Ctrl-C and SIGTERM. A command that goes on until then waits for it; the process ends when `run` does. */
	readonly signal: AbortSignal;
	/** The environment; @throws OperatorError when a variable cannot be used. */
	config(): Config;
	/** All of standard input as UTF-8. */
	input(): Promise<string>;
	/**
	 * The answer, on standard output: as JSON with --json, else `text`. Nothing else goes there.
	 *
	 * @param text for people; left out, they get the JSON too
	 */
	answer(value: unknown, text?: string): void;
	/** A remark for people, on standard error. */
	say(sentence: string): void;
}
