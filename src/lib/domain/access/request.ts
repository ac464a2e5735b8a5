import { z } from 'zod';
import { grantsAccess, type Role } from '../disclosure/roles.ts';
import { addDays, type CivilDate } from '../time.ts';

/** What can be asked about a file (个人信息保护法 44-47, 未成年人网络保护条例 34; 未保法 72). */
export const requestKinds = ['see', 'copy', 'correct', 'delete', 'own_file'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** Who asks. */
export const requesters = ['child', 'guardian', 'claimant'] as const;
export type Requester = (typeof requesters)[number];

/**
 * Days in which a request is answered. Inferred: the law says "promptly" (及时); fifteen is what public bodies use where
 * no other period is said. An operator can set another (FILE_REQUEST_DAYS).
 */
export const answerDays = { days: 15, status: 'inferred' } as const;

export const requestWordsSchema = z.string().trim().min(1).max(4000);
export const requesterNameSchema = z.string().trim().min(1).max(100);

/** A refusal is in writing and says why (条例 34): words somebody can answer. */
export const refusalReasonSchema = z.string().trim().min(10).max(4000);

/** The last day to answer. The day it came is not counted (民法典 201). */
export function dueOn(receivedOn: CivilDate, days: number): CivilDate {
	return addDays(receivedOn, days);
}

export type RequestState = 'open' | 'overdue' | 'granted' | 'refused';

export function requestState(
	request: { readonly dueOn: CivilDate; readonly decision: 'granted' | 'refused' | undefined },
	today: CivilDate
): RequestState {
	return request.decision ?? (today > request.dueOn ? 'overdue' : 'open');
}

/** Who decides about a request. */
export function decidesRequests(role: Role): boolean {
	return grantsAccess.includes(role);
}
