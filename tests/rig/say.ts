/** True when the full forms run: hundreds of kills, hours of bad weather. */
export const long = process.env['LAMPKEEP_LONG'] === '1';

/** One line of figures, such as `rig: R3 kill 100/100 saves kept, text and photo`. */
export function say(figures: string): void {
	console.log(`rig: ${figures}`);
}
