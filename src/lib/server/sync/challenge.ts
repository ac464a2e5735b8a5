import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * A challenge says "signed not long ago", by the registry's clock alone: tablets' clocks are wrong by a year. It is the
 * time and a MAC over it, so that the registry keeps no list of challenges and any of its processes can check one.
 *
 *   <milliseconds since 1970, base 36>.<8 random bytes>.<HMAC-SHA256 of both>    the latter two base64url
 *
 * A request can be repeated by an eavesdropper within the five minutes; TLS keeps him out, and every request of sync is
 * harmless when repeated.
 */
export const challengeMinutes = 5;

/** @param random 8 random bytes, so that two challenges of one millisecond differ */
export function newChallenge(key: string, now: Date, random: Uint8Array): string {
	const said = `${now.getTime().toString(36)}.${Buffer.from(random).toString('base64url')}`;
	return `${said}.${mac(key, said)}`;
}

export type ChallengeFault = { readonly type: 'challenge_invalid' } | { readonly type: 'challenge_expired' };

/** Undefined when the challenge is one of ours and not too old. */
export function challengeFault(challenge: string, key: string, now: Date): ChallengeFault | undefined {
	const [time = '', random = '', given = ''] = challenge.split('.');
	const expected = Buffer.from(mac(key, `${time}.${random}`));
	const found = Buffer.from(given);
	if (found.length !== expected.length || !timingSafeEqual(found, expected)) return { type: 'challenge_invalid' };
	const age = now.getTime() - Number.parseInt(time, 36);
	return age >= 0 && age <= challengeMinutes * 60_000 ? undefined : { type: 'challenge_expired' };
}

function mac(key: string, text: string): string {
	return createHmac('sha256', key).update(`challenge/${text}`).digest('base64url');
}
