import { prepared, weighed } from '#lib/domain/matching/compare.ts';
import { meet, meetingOf } from '#lib/domain/matching/meeting.ts';
import { profileOfChild, profileOfFamily, type Sounds } from '#lib/domain/matching/profile.ts';
import { worthALook } from '#lib/domain/matching/weights.ts';
import type { MatchingSet } from './matching-set.ts';

/** How the model does on a set whose truth is known. */
export interface MatchingQuality {
	readonly children: number;
	readonly reports: number;
	/** Child and report of one person. */
	readonly truePairs: number;
	/** Pairs of other people that a person would take for true: a neighbour's child, a brother or sister. */
	readonly hardPairs: number;
	/** Pairs that were compared, because they meet (domain/matching/meeting.ts). */
	readonly compared: number;
	/** True pairs that never met, and of those the ones that score enough to be listed. */
	readonly trueNeverMet: number;
	readonly trueListedNeverMet: number;
	readonly at: readonly AtThreshold[];
	/** Of the true pairs that are listed at the first threshold: how many stand first among the report's children. */
	readonly trueFirst: number;
}

export interface AtThreshold {
	readonly threshold: number;
	readonly listed: number;
	readonly trueListed: number;
	readonly hardListed: number;
	/** Of what is listed, the share that is true. */
	readonly precision: number;
	/** Of what is true, the share that is listed. */
	readonly recall: number;
	/** Listed pairs for each report. */
	readonly perReport: number;
}

/** @param thresholds ascending; the first is the one pairs are kept from */
export function matchingQuality(set: MatchingSet, thresholds: readonly number[], sounds: Sounds): MatchingQuality {
	const least = thresholds[0] ?? 0;
	const children = set.children.map((child) => {
		const profile = profileOfChild(child.caseFile, sounds);
		return { ...child, prepared: prepared(profile), meeting: meetingOf(profile) };
	});
	const scores: { readonly score: number; readonly kind: 'true' | 'hard' | 'other' }[] = [];
	let [compared, truePairs, hardPairs, trueNeverMet, trueListedNeverMet, trueFirst] = [0, 0, 0, 0, 0, 0];
	for (const report of set.reports) {
		const profile = profileOfFamily(report.description, sounds);
		const [family, meeting] = [prepared(profile), meetingOf(profile)];
		let bestOther = -Infinity;
		let own = -Infinity;
		for (const child of children) {
			const isTrue = child.person === report.person;
			const isHard =
				!isTrue &&
				(child.beside === report.person ||
					report.beside === child.person ||
					(child.beside !== undefined && child.beside === report.beside));
			if (isTrue) truePairs++;
			if (isHard) hardPairs++;
			const met = meet(child.meeting, meeting);
			if (!met && !isTrue) continue;
			const { score } = weighed(child.prepared, family);
			if (!met) {
				trueNeverMet++;
				if (score >= worthALook) trueListedNeverMet++;
				continue;
			}
			compared++;
			if (isTrue) own = score;
			else bestOther = Math.max(bestOther, score);
			if (score >= least) scores.push({ score, kind: isTrue ? 'true' : isHard ? 'hard' : 'other' });
		}
		if (own >= least && own > bestOther) trueFirst++;
	}
	return {
		children: children.length,
		reports: set.reports.length,
		truePairs,
		hardPairs,
		compared,
		trueNeverMet,
		trueListedNeverMet,
		trueFirst,
		at: thresholds.map((threshold) => {
			const listed = scores.filter(({ score }) => score >= threshold);
			const trueListed = listed.filter(({ kind }) => kind === 'true').length;
			return {
				threshold,
				listed: listed.length,
				trueListed,
				hardListed: listed.filter(({ kind }) => kind === 'hard').length,
				precision: listed.length === 0 ? 1 : trueListed / listed.length,
				recall: truePairs === 0 ? 1 : trueListed / truePairs,
				perReport: listed.length / set.reports.length
			};
		})
	};
}
