import type { CivilDate } from '#lib/domain/time.ts';

/** One public notice as pages, posters and the search see it: what the table public_notices holds, nothing besides. */
export interface NoticeRow {
	readonly publicNumber: string;
	readonly publishedOn: CivilDate;
	readonly name: string | null;
	readonly sex: string | null;
	readonly ageWhenRescued: string | null;
	readonly placeTaken: string | null;
	readonly rescued: string | null;
	readonly height: string | null;
	readonly features: string | null;
	readonly clothing: string | null;
	readonly belongings: string | null;
	readonly ownAccount: string | null;
	readonly accent: string | null;
	readonly sexCode: string;
	readonly regionCode: string | null;
	readonly ageMonthsLeast: number | null;
	readonly ageMonthsMost: number | null;
	readonly institutionName: string;
	readonly institutionNameEn: string;
	readonly contactName: string | null;
	readonly contactPhone: string;
	readonly photos: readonly NoticePhoto[];
}

export interface NoticePhoto {
	/** 128 random-looking bits; the file's public name. */
	readonly token: string;
	readonly view: string;
	readonly width: number;
	readonly height: number;
}
