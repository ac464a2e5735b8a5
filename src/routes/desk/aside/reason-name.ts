import { sealedProblems } from '#lib/messages/aside.ts';
import { quarantineReasons } from '#lib/messages/desk.ts';
import type { Message } from '#lib/messages/message.ts';

const names = { ...quarantineReasons, ...sealedProblems } as const;

/** Why something was set aside, in a few words. */
export function reasonName(reason: keyof typeof names): Message {
	return names[reason];
}
