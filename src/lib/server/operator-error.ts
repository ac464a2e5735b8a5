/**
 * A failure the operator can do something about: a port in use, a full disk, a damaged setting. The message is one
 * plain sentence that names the thing and the way out; the command line prints it alone and exits 1. Anything else
 * that is thrown is a surprise and shows as one.
 *
 * Told apart by name, not by class: the built server and the command line each carry their own copy of this module.
 */
export class OperatorError extends Error {
	override readonly name = 'OperatorError';
}

export function isOperatorError(error: unknown): error is OperatorError {
	return error instanceof Error && error.name === 'OperatorError';
}
