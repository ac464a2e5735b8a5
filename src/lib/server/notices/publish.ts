import { custodian, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { disclose, type PublicationPolicy } from '#lib/domain/disclosure/disclose.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import { comesOfAgeOn } from '#lib/domain/notice/coming-of-age.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { institutionById } from '../accounts/institutions.ts';
import type { Session } from '../db/connection.ts';
import type { NoticePhoto } from './notice-row.ts';
import type { Originals, PhotoFault, PublicPhotos } from './public-photos.ts';
import { listNotice, unlistNotice } from './public-tables.ts';
import { keepPublishedFacts } from './published-facts.ts';

/** What publishing needs beside the case file. */
export interface Press {
	readonly policy: PublicationPolicy & Pick<Policy, 'ages'>;
	readonly photos: PublicPhotos;
	readonly originals: Originals;
	/** The civil day at the registry: who has come of age by it is public no more. */
	readonly today: () => CivilDate;
}

/** What came of publishing. */
export interface Published {
	/** Photos that could not be made public; they are left out. */
	readonly faults: readonly PhotoFault[];
	/** Names of pictures that are not shown any more: their files are to be removed once this is committed. */
	readonly gone: readonly string[];
}

/**
 * Makes the public tables say of this child what was decided, no more and no less: lists the approved notice, or takes
 * the number off. Runs in the transaction of the decision and, for every child, in `rebuild`; the same case file always
 * gives the same rows on the same day. Also to be run when something of a published child changes (a photo withdrawn, a
 * hand-over), and on the day the child comes of age (sweep.ts).
 */
export async function publishDecided(session: Session, press: Press, caseFile: CaseFile): Promise<Published> {
	const state = noticeState(caseFile);
	if (state.publicNumber === undefined) return { faults: [], gone: [] };
	await keepPublishedFacts(session, caseFile);
	const { published } = state;
	if (!published) return { faults: [], gone: await withholdNotice(session, caseFile) };
	const adultOn = comesOfAgeOn(caseFile, press.policy);
	if (adultOn !== undefined && adultOn <= press.today()) {
		return { faults: [], gone: await unlistNotice(session, state.publicNumber, adultOn) };
	}
	const publishedOn = published.approval.occurredOn;
	const { notice } = disclose(caseFile, 'public', press.policy, published.draft);
	const photos: NoticePhoto[] = [];
	const faults: PhotoFault[] = [];
	for (const { sha256, view } of notice.photos) {
		const made = await press.photos.derive(
			published.entryId,
			sha256,
			markOf(state.publicNumber, publishedOn),
			press.originals
		);
		if ('type' in made) faults.push(made);
		else photos.push({ ...made, view });
	}
	const before = await listNotice(session, {
		publicNumber: state.publicNumber,
		publishedOn,
		institution: await houseOf(session, custodian(caseFile)),
		notice,
		photos
	});
	const shown = new Set(photos.map(({ token }) => token));
	return { faults, gone: before.filter((token) => !shown.has(token)) };
}

/**
 * Takes a child's number off the public tables, whatever was decided: until `publishDecided` succeeds again nothing of the
 * child is public. Needs no file and no picture.
 *
 * @returns names of the pictures that were shown
 */
export async function withholdNotice(session: Session, caseFile: CaseFile): Promise<readonly string[]> {
	const { publicNumber, takenDown } = noticeState(caseFile);
	if (publicNumber === undefined) return [];
	return unlistNotice(session, publicNumber, takenDown?.origin.occurredOn ?? lastDecision(caseFile));
}

/** What is drawn into the pictures. */
export function markOf(publicNumber: string, publishedOn: CivilDate): string {
	return `${publicNumber} ${publishedOn}`;
}

async function houseOf(session: Session, id: InstitutionId | undefined): Promise<{ name: string; nameEn: string }> {
	const house = id && (await institutionById(session, id));
	if (!house) throw new Error('A child whose notice is approved has no house that the registry knows');
	return { name: house.name, nameEn: house.nameEn };
}

/** Where no take-down stands but nothing is public either: withheld, or an approval whose draft is not here. */
function lastDecision(caseFile: CaseFile): CivilDate {
	const days = [...caseFile.noticeSteps.values()].map((step) => step.origin.occurredOn).sort();
	const last = days.at(-1);
	if (last === undefined) throw new Error('A child with a public number has no notice');
	return last;
}
