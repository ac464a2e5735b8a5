import { uuidV7 } from '#lib/domain/ids.ts';
import { toDayNumber, type CivilDate } from '#lib/domain/time.ts';
import type { Random } from './random.ts';

/** A minute of a day in China, which has one time zone and no summer time in the years of the demo. */
export interface Moment {
	/** As a tablet writes it: `2026-03-24T09:14:05+08:00`. */
	readonly recordedAt: string;
	/** Milliseconds since 1970. */
	readonly epochMs: number;
}

/** @param second of the day, 0 to 86,399, by the wall clock in China */
export function momentOf(day: CivilDate, second: number): Moment {
	const two = (value: number) => String(value).padStart(2, '0');
	const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
	return {
		recordedAt: `${day}T${clock}+08:00`,
		epochMs: toDayNumber(day) * 86_400_000 + (second - 8 * 3600) * 1000
	};
}

/** An id of a kind, made at an instant; the randomness is the generator's. */
export function idFrom<Id extends string>(epochMs: number, random: Random): Id {
	return uuidV7(epochMs, random.bytes(10)) as Id;
}
