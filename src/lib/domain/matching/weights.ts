/*
 * The table of the model (Fellegi and Sunter, 1969). For every field and every level on which two sides can agree:
 *
 *   m   how often a child and its own family agree on that level, of all pairs where both sides know the field
 *   u   how often a child and a family that have nothing to do with each other do
 *
 * The weight of a level is log2(m / u), in bits: +1 makes a match twice as likely, -1 half as likely. Where u is
 * 'by value' it depends on what is agreed on (王 or 欧阳, a scar on the knee or a sixth finger), see frequencies.ts.
 *
 * No registry has published how often families and houses agree, so every m is an estimate of ours, argued for in
 * `because`; docs/matching.md says how they were tried. They are data to be replaced by counts once there are matches
 * confirmed by DNA to count.
 */

/** What is compared, in the order in which it is shown. */
export const matchFields = [
	'sex',
	'birth',
	'lost',
	'sequence',
	'place',
	'names',
	'marks',
	'siblings',
	'speech',
	'bloodGroup',
	'height',
	'clothing'
] as const;
export type MatchField = (typeof matchFields)[number];

export type Verdict = 'agree' | 'close' | 'disagree' | 'unknown';

export interface Level {
	readonly verdict: Exclude<Verdict, 'unknown'>;
	readonly m: number;
	readonly u: number | 'by value';
	/** What the figures rest on. */
	readonly because: string;
}

export const levels = {
	sex: {
		same: { verdict: 'agree', m: 0.995, u: 0.5, because: 'Half of all children.' },
		different: {
			verdict: 'disagree',
			m: 0.005,
			u: 0.5,
			because: 'A slip of the pen in one of two hundred files; an infant dressed as the other sex.'
		}
	},
	birth: {
		same_day: {
			verdict: 'agree',
			m: 0.5,
			u: 0.00015,
			because: 'Both sides name a day. One in 18 years of days by chance (1 / 6,575).'
		},
		overlap: {
			verdict: 'agree',
			m: 0.78,
			u: 'by value',
			because:
				'Estimates by teeth or eye hold the true day in about four of five. By chance: both ranges together, of 18 years.'
		},
		within_a_year: {
			verdict: 'close',
			m: 0.13,
			u: 0.11,
			because: 'Just beside each other: 虚岁, a year of school, a house that rounded. By chance two years of 18.'
		},
		within_three_years: {
			verdict: 'disagree',
			m: 0.06,
			u: 0.22,
			because: 'An undernourished child is thought younger by two years. By chance four years of 18.'
		},
		years_apart: { verdict: 'disagree', m: 0.01, u: 0.45, because: 'A wrong paper, a wrong year.' }
	},
	lost: {
		same: {
			verdict: 'agree',
			m: 0.62,
			u: 'by value',
			because:
				'Suspects and children tell the time coarsely, families well. By chance: both ranges together, of 15 years.'
		},
		within_a_year: { verdict: 'close', m: 0.23, u: 0.13, because: 'The wrong year is told one time in four.' },
		within_three_years: { verdict: 'disagree', m: 0.09, u: 0.25, because: 'By chance four years of 15.' },
		years_apart: { verdict: 'disagree', m: 0.06, u: 0.5, because: 'The child was sold on, and the last sale was told.' }
	},
	sequence: {
		lost_before_found: {
			verdict: 'agree',
			m: 0.985,
			u: 0.7,
			because: 'True of most pairs, since reports are older than rescues.'
		},
		found_before_lost: {
			verdict: 'disagree',
			m: 0.015,
			u: 0.3,
			because: 'Impossible, unless one of the two days is written wrongly.'
		}
	},
	place: {
		same_county: {
			verdict: 'agree',
			m: 0.6,
			u: 'by value',
			because:
				'Three of five files name the true county. By chance: the county’s share of all people, four times, because children are taken where others were.'
		},
		same_prefecture: {
			verdict: 'close',
			m: 0.14,
			u: 'by value',
			because: 'The next county, or the county town; twice the share.'
		},
		same_province: { verdict: 'close', m: 0.11, u: 'by value', because: 'An accent was heard and no more.' },
		same_words: { verdict: 'close', m: 0.2, u: 0.01, because: 'No code on either side, and the words are alike.' },
		elsewhere: {
			verdict: 'disagree',
			m: 0.15,
			u: 0.93,
			because: 'Suspects lie about it, children name where they last lived, families moved for work.'
		}
	},
	names: {
		same_name: { verdict: 'agree', m: 0.2, u: 'by value', because: 'Surname and name, sign by sign.' },
		same_given: {
			verdict: 'agree',
			m: 0.15,
			u: 'by value',
			because: 'The name without surname: a child of three knows it.'
		},
		same_sound: {
			verdict: 'agree',
			m: 0.1,
			u: 'by value',
			because: 'A care worker writes what a child says: 阿果 for 阿国.'
		},
		near_sound: {
			verdict: 'close',
			m: 0.05,
			u: 'by value',
			because: 'The same after zh/z, n/l, h/f, -ng/-n: heard through an accent.'
		},
		shared_sign: { verdict: 'close', m: 0.08, u: 'by value', because: 'One sign of two: 强强 and 李国强.' },
		shared_sound: { verdict: 'close', m: 0.02, u: 'by value', because: 'One sign of two sounds alike.' },
		same_surname: { verdict: 'close', m: 0.08, u: 'by value', because: 'A surname alone; buyers give their own.' },
		different: {
			verdict: 'disagree',
			m: 0.32,
			u: 0.9,
			because: 'A third of children bear the name their buyers gave.'
		}
	},
	marks: {
		same: {
			verdict: 'agree',
			m: 0.45,
			u: 'by value',
			because: 'The kind and the place on the body; the share of children who have it there.'
		},
		near: {
			verdict: 'close',
			m: 0.15,
			u: 'by value',
			because: 'A kind like it beside it, or the other side: left and right are mixed up when facing a child.'
		},
		same_words: { verdict: 'close', m: 0.1, u: 0.01, because: 'Kind or place is not said, and the words are alike.' },
		none_alike: {
			verdict: 'disagree',
			m: 0.3,
			u: 0.9,
			because: 'Marks fade, are hidden by hair, or were never noticed; what a house described another family did not.'
		}
	},
	siblings: {
		same_name: {
			verdict: 'agree',
			m: 0.2,
			u: 'by value',
			because: 'A name the family gives is in what the child says, in sign or sound.'
		},
		same_relations: {
			verdict: 'agree',
			m: 0.5,
			u: 0.2,
			because: 'Both tell of the same ones: an elder sister, a twin.'
		},
		other_relations: {
			verdict: 'disagree',
			m: 0.2,
			u: 0.5,
			because: 'Small children call cousins and playmates brother and sister.'
		}
	},
	speech: {
		alike: {
			verdict: 'agree',
			m: 0.6,
			u: 0.25,
			because: 'Low on purpose: people of one place speak alike, and the place is counted already.'
		},
		different: {
			verdict: 'disagree',
			m: 0.15,
			u: 0.3,
			because: 'A child takes on the accent of where it lives within a year.'
		}
	},
	bloodGroup: {
		same: { verdict: 'agree', m: 0.85, u: 'by value', because: 'Remembered from the birth; the share of the group.' },
		possible: {
			verdict: 'agree',
			m: 0.95,
			u: 'by value',
			because: 'The parents’ groups allow it; the share of all groups they allow.'
		},
		different: {
			verdict: 'disagree',
			m: 0.15,
			u: 0.6,
			because: 'One family in seven remembers the group wrongly; a test strip errs too.'
		},
		impossible: {
			verdict: 'disagree',
			m: 0.1,
			u: 0.4,
			because:
				'Weak on purpose: a group told by heart proves nothing, and a parent need not be one by blood. DNA decides.'
		}
	},
	height: {
		alike: {
			verdict: 'agree',
			m: 0.7,
			u: 0.3,
			because: 'Measured within three months of the loss, 5 cm or less apart.'
		},
		near: { verdict: 'close', m: 0.2, u: 0.2, because: '10 cm or less apart.' },
		different: {
			verdict: 'disagree',
			m: 0.1,
			u: 0.5,
			because: 'More than 10 cm apart within three months, or 5 cm shorter than when lost.'
		}
	},
	clothing: {
		alike: { verdict: 'agree', m: 0.35, u: 0.04, because: 'Found within two months, and the words are alike.' },
		different: {
			verdict: 'disagree',
			m: 0.65,
			u: 0.9,
			because: 'Clothes are changed on the road, and words for them differ.'
		}
	}
} as const satisfies Record<MatchField, Readonly<Record<string, Level>>>;

export type LevelOf<F extends MatchField> = keyof (typeof levels)[F];

/** The most a field may add, bits: however rare a name is, it is one fact, and facts can be copied from a notice. */
export const mostByField: Readonly<Partial<Record<MatchField, number>>> = {
	birth: 12,
	names: 12,
	marks: 14,
	siblings: 6,
	place: 13
};

/** The least a field may add, bits. */
export const leastByField: Readonly<Partial<Record<MatchField, number>>> = { bloodGroup: -2 };

/** One mark, however special, bits. */
export const mostByMark = 9;

/**
 * How likely a pair is a match before anything is compared: 1 in 10,000. A report has one child at most; a registry of
 * some thousand children holds that child perhaps one time in three. Fixed, and not the size of this registry today: a
 * score must mean the same every day.
 */
export const priorOfAPair = 1e-4;

/*
 * What a score means, in bits. log2 of the prior's odds is -13.3: at 13.3 bits a match is as likely as not.
 *
 *   below 10   a chance of less than 1 in 10: not listed
 *   10 to 17   worth a look by a person
 *   from 17    likely (more than 9 in 10), as far as papers can say; only DNA makes it certain
 *
 * They are what the model says, and the model is an estimate; docs/matching.md has what was measured.
 */
export const worthALook = 10;
export const likely = 17;
