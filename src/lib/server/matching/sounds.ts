import type { Sounds } from '#lib/domain/matching/profile.ts';

/*
 * The readings that matching compares names by. pinyin-pro holds a dictionary of some megabytes: it is loaded when the first
 * profile is made and stays.
 */
let loading: Promise<Sounds> | undefined;

/** Toneless readings of every Han character: all of them in a name, the likely one in a longer text. */
export function theSounds(): Promise<Sounds> {
	return (loading ??= load());
}

/** Longer than any name: which reading is meant is told by the words around it. */
const nameSigns = 6;

async function load(): Promise<Sounds> {
	const { pinyin, polyphonic } = await import('pinyin-pro');
	return (text) => {
		const isName = text.length <= nameSigns;
		// In a name the first sign may be a surname: 单 is shan, 解 is xie.
		const likely = pinyin(text, { toneType: 'none', type: 'array', v: true, ...(isName && { surname: 'head' }) });
		if (!isName) return likely.map(plain);
		const all = polyphonic(text, { toneType: 'none', type: 'array', v: true });
		return likely.map((first, i) =>
			[...new Set([first, ...(all[i] ?? [])].flatMap((each) => each.split(' ')).map(plain))]
				.filter((reading) => reading !== '')
				.slice(0, 6)
				.join('/')
		);
	};
}

/** Letters only, ü as v; what is no syllable sounds like nothing. */
function plain(reading: string): string {
	const letters = reading.toLowerCase().replaceAll('ü', 'v');
	return /^[a-z]+$/.test(letters) ? letters : '';
}
