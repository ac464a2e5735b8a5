import { app } from '#lib/messages/app.ts';
import type { Message, Translate } from '#lib/messages/message.ts';

/** Roles as the roster writes them; one it does not know is shown as written. */
const roles: Readonly<Record<string, Message>> = {
	care_worker: app.roleCareWorker,
	supervisor: app.roleSupervisor,
	second_administrator: app.roleSecondAdministrator,
	registry_officer: app.roleOfficer,
	auditor: app.roleAuditor
};

export function roleWords(role: string, t: Translate): string {
	const message = roles[role];
	return message ? t(message) : role;
}
