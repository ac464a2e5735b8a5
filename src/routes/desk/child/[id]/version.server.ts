/**
 * The version of the file or claim that the person looked at, out of the form; -1, which none has, where it is no number.
 *
 * @param box the hidden box that holds it
 */
export function versionIn(data: FormData, box = 'version'): number {
	const version = Number(data.get(box) ?? 'none');
	return Number.isSafeInteger(version) ? version : -1;
}
