import { err, ok, type Result } from '#lib/domain/result.ts';
import { enrolAnswerSchema, type EnrolAnswer, type EnrolRequest } from '#lib/sync/protocol.ts';

/** Why the registry did not enrol the tablet. Nothing was used up unless it says `code_refused`. */
export type EnrolFault =
	| { readonly type: 'unreachable' }
	| { readonly type: 'code_refused' }
	/** The tablet belongs to another house, or was taken off the list. */
	| { readonly type: 'tablet_refused' }
	/** Too many wrong codes from this address. */
	| { readonly type: 'too_many_tries' }
	| { readonly type: 'program_outdated' }
	| { readonly type: 'registry_failed'; readonly status: number };

/** Sends the one-time code with the tablet's keys; answers whose tablet this is now. */
export async function requestEnrolment(
	fetch: typeof globalThis.fetch,
	request: EnrolRequest
): Promise<Result<EnrolAnswer, EnrolFault>> {
	let response: Response;
	let text: string;
	try {
		response = await fetch('/api/enrol', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(request)
		});
		text = await response.text();
	} catch (error) {
		if (error instanceof TypeError) return err({ type: 'unreachable' });
		throw error;
	}
	if (response.status === 426) return err({ type: 'program_outdated' });
	if (response.status === 429) return err({ type: 'too_many_tries' });
	if (response.status === 403 || response.status === 409) return err({ type: 'tablet_refused' });
	if (response.status >= 400 && response.status < 500) return err({ type: 'code_refused' });
	if (!response.ok) return err({ type: 'registry_failed', status: response.status });
	const answer = enrolAnswerSchema.safeParse(readJson(text));
	// A page that is not the registry's, such as a hotel's sign-in: as good as no network.
	return answer.success ? ok(answer.data) : err({ type: 'unreachable' });
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}
