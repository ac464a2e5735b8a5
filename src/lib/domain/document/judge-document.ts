/**
 * A paper brought to the desk (rule book 3.2). What looks odd about it is shown before it is saved and can be overridden with
 * a reason, which is kept in the entry; nothing odd is refused: the police do write wrong dates, and a paper that is not on
 * file helps nobody. Whether it counts is the hold's to say (../hold/conditions.ts), whatever was overridden here.
 */
import { items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from '../decision/decision.ts';
import { recordsDocuments, type Role } from '../disclosure/roles.ts';
import { documentRules, isIssuedBy, type DocumentParty } from '../hold/documents.ts';
import { periodOf, type Hold } from '../hold/hold.ts';
import type { Policy } from '../hold/policy.ts';
import type { ChildId, ItemId } from '../ids.ts';
import type { Photo } from '../photo/photo.ts';
import { err, ok, type Result } from '../result.ts';
import { earliest, type CivilDate } from '../time.ts';
import type { CaseDocument, DocumentCode, PaperWarningCode } from './document.ts';
import { numberKey } from './number.ts';

/** A paper as somebody at a desk describes it. */
export interface PaperGiven {
	/** The paper it corrects; missing for a new one. */
	readonly itemId?: ItemId | undefined;
	readonly document: Omit<CaseDocument, 'accepted'>;
	/** The day it reached the house. */
	readonly receivedOn: CivilDate;
	/** Pictures of its pages, kept already. */
	readonly scans: readonly Pick<Photo, 'sha256' | 'mediaType' | 'bytes' | 'width' | 'height'>[];
	/** What was shown as odd before, and why it is filed all the same. */
	readonly seen: readonly PaperWarningCode[];
	readonly reason?: string | undefined;
}

/** Files of other children in which a paper has the same number. */
export interface NumberElsewhere {
	/** Those the person may open. */
	readonly files: readonly ChildId[];
	/** How many others. */
	readonly hidden: number;
}

export type PaperWarning =
	| { readonly code: 'before_clock'; readonly date: CivilDate; readonly clock: string; readonly openFrom?: CivilDate }
	| { readonly code: 'in_future'; readonly date: CivilDate }
	| { readonly code: 'before_rescue'; readonly date: CivilDate; readonly rescued: CivilDate }
	| { readonly code: 'received_before_dated'; readonly date: CivilDate; readonly received: CivilDate }
	| { readonly code: 'number_in_file'; readonly number: string; readonly papers: readonly DocumentCode[] }
	| ({ readonly code: 'number_elsewhere'; readonly number: string } & NumberElsewhere)
	| { readonly code: 'issuer_unusual'; readonly issuer: string; readonly expected: readonly DocumentParty[] };

export type PaperFault =
	| CaseFault
	/** The police bring their own papers and no others. */
	| { readonly type: 'paper_not_yours'; readonly code: DocumentCode }
	/** "Other" says nothing. */
	| { readonly type: 'title_needed' }
	| { readonly type: 'paper_odd'; readonly warnings: readonly PaperWarning[] };

/** May a person of this role file such a paper? */
export function filesPaper(role: Role, code: DocumentCode): boolean {
	if (!recordsDocuments.includes(role)) return false;
	return role !== 'police_liaison' || (code !== 'OTHER' && isIssuedBy(code, 'police'));
}

/**
 * The entries of a new paper or of a correction, or why not. Warnings that were not seen, or not given a reason, come back.
 *
 * @param houses names of the registry's houses, which are issuers whatever they are called
 */
export function judgeDocument(
	ground: CaseGround,
	actor: Actor,
	given: PaperGiven,
	elsewhere: NumberElsewhere,
	houses: readonly string[],
	means: Pick<DecisionMeans, 'newItemId'>
): Result<readonly DeskEntry[], PaperFault> {
	const { caseFile, today } = ground;
	const { document } = given;
	if (!recordsDocuments.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (!filesPaper(actor.role, document.code)) return err({ type: 'paper_not_yours', code: document.code });
	const corrected = given.itemId === undefined ? undefined : paperOf(caseFile, given.itemId);
	if (given.itemId !== undefined && !corrected) return err({ type: 'not_there', what: 'paper' });
	const before = corrected?.live.find(({ value }) => !filesPaper(actor.role, value.code));
	if (before) return err({ type: 'paper_not_yours', code: before.value.code });
	if (document.code === 'OTHER' && !document.title) return err({ type: 'title_needed' });
	if (given.receivedOn > today) return err({ type: 'date_in_future', date: given.receivedOn });

	const warnings = paperWarningsOf(ground, given, elsewhere, houses);
	const reason = given.reason?.trim() ?? '';
	const unseen = warnings.some(({ code }) => !given.seen.includes(code));
	if (warnings.length > 0 && (unseen || reason === '')) return err({ type: 'paper_odd', warnings });

	const itemId = given.itemId ?? means.newItemId();
	return ok([
		{
			type: 'document.recorded',
			payload: {
				itemId,
				document: {
					...document,
					...(warnings.length > 0 && { accepted: { warnings: warnings.map(({ code }) => code), reason } })
				}
			},
			replaces: corrected?.live.map(({ entryId }) => entryId) ?? [],
			occurredOn: given.receivedOn
		},
		...given.scans.map((scan): DeskEntry => ({
			type: 'photo.added',
			payload: { itemId: means.newItemId(), photo: { ...scan, view: 'paper', publishable: false, of: itemId } },
			replaces: [],
			occurredOn: given.receivedOn
		}))
	]);
}

/** Takes a paper, or a picture of one, off the lists; it stays in the history. */
export function withdrawPaper(
	{ caseFile, today }: Pick<CaseGround, 'caseFile' | 'today'>,
	actor: Actor,
	itemId: ItemId,
	reason: string
): Result<readonly DeskEntry[], PaperFault> {
	if (!recordsDocuments.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	const scan = items(caseFile, 'photo').find((photo) => photo.itemId === itemId && photo.value.view === 'paper');
	const of = scan === undefined ? itemId : scan.value.of;
	const paper = of === undefined ? undefined : paperOf(caseFile, of);
	const found = scan ?? paper;
	if (!found) return err({ type: 'not_there', what: 'paper' });
	const notYours = paper?.live.find(({ value }) => !filesPaper(actor.role, value.code));
	if (notYours) return err({ type: 'paper_not_yours', code: notYours.value.code });
	return ok([
		{
			type: 'item.withdrawn',
			payload: { itemId, reason },
			replaces: found.live.map(({ entryId }) => entryId),
			occurredOn: today
		}
	]);
}

/** What looks odd about a paper, in the order of `paperWarnings`. */
export function paperWarningsOf(
	{ caseFile, hold, policy, today }: Pick<CaseGround, 'caseFile' | 'hold' | 'policy' | 'today'>,
	given: Pick<PaperGiven, 'itemId' | 'document' | 'receivedOn'>,
	elsewhere: NumberElsewhere,
	houses: readonly string[]
): readonly PaperWarning[] {
	const { code, date, number, issuer } = given.document;
	const found: PaperWarning[] = [];
	if (date !== undefined) {
		const early = tooEarly(code, date, hold, policy);
		if (early) found.push(early);
		if (date > today) found.push({ code: 'in_future', date });
		const rescued = knownValue(caseFile, 'dateRescued');
		// A birth certificate or a proof of disability can be older than the rescue.
		if (rescued && !olderPapers.includes(code) && date < earliest(rescued))
			found.push({ code: 'before_rescue', date, rescued: earliest(rescued) });
		if (given.receivedOn < date) found.push({ code: 'received_before_dated', date, received: given.receivedOn });
	}
	if (number !== undefined) {
		const key = numberKey(number);
		const papers = items(caseFile, 'document')
			.filter(({ itemId, live }) => itemId !== given.itemId && live.some(({ value }) => isSame(value.number, key)))
			.map(({ value }) => value.code);
		if (papers.length > 0) found.push({ code: 'number_in_file', number, papers });
		if (elsewhere.files.length > 0 || elsewhere.hidden > 0)
			found.push({ code: 'number_elsewhere', number, ...elsewhere });
	}
	if (issuer !== undefined && code !== 'OTHER' && !couldIssue(code, issuer, houses))
		found.push({ code: 'issuer_unusual', issuer, expected: documentRules[code].issuers });
	return found;
}

const olderPapers: readonly DocumentCode[] = ['DOC-L', 'OTHER'];

/** The period a policy wants elapsed before such a paper counts, if the paper is dated before that. */
function tooEarly(code: DocumentCode, date: CivilDate, hold: Hold, policy: Policy): PaperWarning | undefined {
	for (const { needs } of policy.conditions) {
		if (needs.kind !== 'document' || needs.document !== code || needs.notBefore === undefined) continue;
		const clock = hold.clocks.find(({ id }) => id === needs.notBefore);
		const openFrom = clock && periodOf(clock)?.openFrom;
		if (openFrom === undefined) return { code: 'before_clock', date, clock: needs.notBefore };
		if (date < openFrom) return { code: 'before_clock', date, clock: needs.notBefore, openFrom };
	}
	return undefined;
}

function isSame(number: string | undefined, key: string): boolean {
	return number !== undefined && key !== '' && numberKey(number) === key;
}

/*
 * The names people write are free: 云岭县公安局刑侦大队, 打拐办. A word of the trade in them is enough; a name without one is asked
 * about. Who adopts and who assesses can be called anything.
 */
const issuerWords: Readonly<Record<DocumentParty, RegExp | undefined>> = {
	police: /公安|派出所|警|刑侦|打拐|police|public security/i,
	institution: /福利|救助|保护|儿童|welfare|rescue|children/i,
	civil_affairs: /民政|civil affairs/i,
	registry: /民政|登记|civil affairs|registr/i,
	hospital: /医院|卫生|保健|残联|残疾|hospital|health|clinic/i,
	adopter: undefined,
	assessor: undefined
};
/** The search notice is issued by a house and printed by a newspaper. */
const printers = /报|公告|平台|news|daily|gazette/i;

function couldIssue(code: Exclude<DocumentCode, 'OTHER'>, issuer: string, houses: readonly string[]): boolean {
	const { issuers } = documentRules[code];
	if (issuers.includes('institution') && houses.includes(issuer.trim())) return true;
	if (code === 'DOC-D' && printers.test(issuer)) return true;
	return issuers.some((party) => issuerWords[party]?.test(issuer) ?? true);
}

function paperOf(caseFile: CaseFile, itemId: ItemId) {
	return items(caseFile, 'document').find((paper) => paper.itemId === itemId);
}
