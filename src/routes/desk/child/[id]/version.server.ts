/** The version of the file that the person looked at, out of the form; -1, which no file has, where it is no number. */
export function versionIn(data: FormData): number {
	const version = Number(data.get('version') ?? 'none');
	return Number.isSafeInteger(version) ? version : -1;
}
