/**
 * The short number under which whoever wrote a loose record knows it: six signs of its id, shown on the tablet when it is saved
 * and told on the telephone. It finds a record; it is no secret and not unique for ever.
 *
 * @param id the record's UUID
 */
export function writersNumber(id: string): string {
	return id.slice(-6).toUpperCase();
}
