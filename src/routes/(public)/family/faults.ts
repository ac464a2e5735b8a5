import type { StatementProblem } from '#lib/domain/claim/statement.ts';
import type { ResidentIdFault } from '#lib/domain/codes/resident-id.ts';
import type { TopicFault } from '#lib/domain/claim/topic-form.ts';
import { claimFaults as words } from '#lib/messages/claim.ts';
import type { Translate } from '#lib/messages/message.ts';

/** What is wrong in one box, in a sentence. */
export function faultWord(t: Translate, fault: TopicFault): string {
	switch (fault.type) {
		case 'not_a_number':
			return t(words.notANumber, { example: fault.control.endsWith('Year') ? 2019 : 3 });
		case 'year_two_digits':
			return t(words.yearTwoDigits);
		case 'out_of_range':
			return t(fault.control === 'height' ? words.heightRange : words.outOfRange, {
				least: fault.least,
				most: fault.most
			});
		case 'too_long':
			return t(words.tooLong, { maximum: fault.maximum });
		case 'reason_missing':
			return t(words.reasonMissing);
		case 'year_missing':
			return t(fault.control.startsWith('birth') ? words.yearMissingBirth : words.yearMissingLoss);
		case 'day_without_month':
			return t(words.dayWithoutMonth);
		case 'no_such_day':
			return t(words.noSuchDay);
		case 'lunar_month_short':
			return t(words.lunarMonthShort);
		case 'in_the_future':
			return t(words.inTheFuture);
		case 'lost_before_born':
			return t(words.lostBeforeBorn);
		case 'identity_number':
			return identityWord(t, fault.fault);
		case 'phone_unreadable':
			return t(words.phoneUnreadable);
		case 'public_number':
			return t(words.publicNumber);
	}
}

/** What is odd about a whole statement, in a sentence, for the page where it is read once more. */
export function problemWord(t: Translate, problem: StatementProblem): string {
	switch (problem.type) {
		case 'name_missing':
			return t(words.nameMissing);
		case 'contact_missing':
			return t(words.contactMissing);
		case 'nothing_told':
			return t(words.nothingTold);
		case 'age_does_not_fit':
			return t(words.ageDoesNotFit, { least: problem.least, most: problem.most });
		case 'identity_number':
			return t(words.identityLook);
		case 'public_number':
			return t(words.publicNumberLook);
		case 'year_missing':
			return t(problem.topic === 'child' ? words.yearMissingBirth : words.yearMissingLoss);
		case 'day_without_month':
			return t(words.dayWithoutMonth);
		case 'no_such_day':
			return t(words.noSuchDay);
		case 'lunar_month_short':
			return t(words.lunarMonthShort);
		case 'in_the_future':
			return t(words.inTheFuture);
		case 'lost_before_born':
			return t(words.lostBeforeBorn);
		case 'phone_unreadable':
			return t(words.phoneUnreadable);
		case 'mobile_digits':
			return t(words.mobileDigits, { digits: problem.digits });
	}
}

function identityWord(t: Translate, fault: ResidentIdFault): string {
	switch (fault.type) {
		case 'digits':
			return t(words.idDigits);
		case 'old':
			return t(words.idOld);
		case 'birth_date':
			return t(words.idBirthDate);
		case 'check_sign':
			return t(words.idCheck);
	}
}
