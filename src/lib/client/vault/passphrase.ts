/*
 * Passphrases that a Chinese care worker can say, remember and type. A word is two toneless pinyin syllables, such as
 * `lumei` or `taiguo`: no IME is needed, no tone, no upper case, five letters on average. Left out are syllables that
 * southern ears confuse (zh/z, ch/c, sh/s, -n/-ng), those that begin with a vowel (so that words run together still read only
 * one way) and those that make rude words.
 */
const syllables = (
	'ba bai bao bei bo bu pa pai pao pei pi po pu mai mao mei mi mo mu fa fei fo fu da dai dao di du duo ta tai tao ti tie tu tuo ' +
	'na nai nao ni nu la lai lao lei li liu lu luo ga gai gao ge gu gua guo ka kai ke ku kua kuo ha hai hao he hei hu hua huo ' +
	'jia jie jiu ju qi qia qie qiu qu xi xia xie xu za zai zao zu zuo cai ce cu sai su suo ya yao ye yi you yu wa wai wei wo wu'
).split(' ');

const wordCount = 5;

/** Bits of chance in a generated passphrase: about 67. */
export const passphraseBits = wordCount * 2 * Math.log2(syllables.length);

/** Five words, parted by spaces. Every choice is equally likely. @param random gives that many random bytes */
export function generatePassphrase(random: (length: number) => Uint8Array): string {
	const words: string[] = [];
	for (let i = 0; i < wordCount; i++) words.push(pick(random) + pick(random));
	return words.join(' ');
}

/**
 * The one spelling of a secret that is hashed: full-width letters of an IME, capitals, and blanks or hyphens between the words
 * make no difference. A PIN passes through the same.
 */
export function normaliseSecret(secret: string): string {
	return secret
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s\-_'’]+/gu, '');
}

function pick(random: (length: number) => Uint8Array): string {
	// Bytes past the last whole multiple would make the first syllables likelier.
	const limit = 256 - (256 % syllables.length);
	for (;;) {
		const byte = random(1)[0];
		if (byte === undefined || byte >= limit) continue;
		const syllable = syllables[byte % syllables.length];
		if (syllable) return syllable;
	}
}
