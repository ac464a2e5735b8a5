import type { EntryType, PayloadOf } from '#lib/domain/case-file/entry.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, EntryId, ItemId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { Photo, PhotoView } from '#lib/domain/photo/photo.ts';
import { addDays, earlierOf, laterOf, type CivilDate } from '#lib/domain/time.ts';
import type { DemoFact, PictureRequest } from './facts.ts';
import type { DemoHouses, DemoStaff, HouseKey, HousesByKey } from './houses.ts';
import { idFrom, momentOf } from './moment.ts';
import type { PortraitSubject } from './picture.ts';
import type { Random } from './random.ts';

/** Who records a fact and when, besides what. */
export interface Recording {
	/** The day the fact is about. */
	readonly on: CivilDate;
	/** Days until somebody wrote it down; 0 unless said. */
	readonly lag?: number;
	readonly house: HouseKey;
	/** `care_worker` unless said. */
	readonly role?: Role;
	/** Somebody other than this person. */
	readonly notBy?: StaffId;
	readonly replaces?: readonly EntryId[];
	/** What must have been recorded before, beside what is replaced. */
	readonly after?: readonly EntryId[];
}

/** What was recorded: to be replaced or referred to later. */
export interface Recorded {
	readonly id: EntryId;
	readonly staff: DemoStaff;
	readonly recordedOn: CivilDate;
}

/**
 * The facts of one child, written in any order. A fact that would be recorded on or after `today` has not happened yet:
 * `record` leaves it out and answers undefined.
 */
export class Recorder {
	readonly #facts: DemoFact[] = [];
	/** The last second of each day on which something was recorded, so that what follows comes later. */
	readonly #clock = new Map<CivilDate, number>();
	readonly #random: Random;
	readonly #houses: HousesByKey;
	readonly #staff: readonly DemoStaff[];
	readonly yesterday: CivilDate;
	/** The care worker who knows the child best, by house. */
	readonly #keyWorkers = new Map<HouseKey, DemoStaff>();

	constructor(random: Random, houses: DemoHouses & { readonly byKey: HousesByKey }, today: CivilDate) {
		this.#random = random;
		this.#houses = houses.byKey;
		this.#staff = houses.staff;
		this.yesterday = addDays(today, -1);
	}

	record<T extends EntryType>(type: T, payload: PayloadOf<T>, recording: Recording): Recorded | undefined {
		return this.#write(type, payload, recording, {});
	}

	/** A photo of the child or of one of its things. The picture is drawn later; its hash stands for it until then. */
	photo(
		picture: Omit<PictureRequest, 'subject'> & { readonly subject?: PortraitSubject },
		photo: Pick<Photo, 'publishable'> & { readonly view: PhotoView } & Partial<
				Pick<Photo, 'quality' | 'of' | 'caption'>
			>,
		recording: Recording
	): (Recorded & { readonly itemId: ItemId }) | undefined {
		const itemId = this.itemId(recording.on);
		const hash = [...this.#random.bytes(32)].map((byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256;
		const recorded = this.#write(
			'photo.added',
			{ itemId, photo: { sha256: hash, mediaType: 'image/jpeg', bytes: 1, width: 640, height: 800, ...photo } },
			recording,
			{ picture }
		);
		return recorded && { ...recorded, itemId };
	}

	itemId(on: CivilDate): ItemId {
		return idFrom<ItemId>(momentOf(on, this.#random.between(0, 86_399)).epochMs, this.#random);
	}

	childId(on: CivilDate): ChildId {
		return idFrom<ChildId>(momentOf(on, this.#random.between(8 * 3600, 18 * 3600)).epochMs, this.#random);
	}

	/** A person of the house, mostly the child's own care worker. */
	staffOf(house: HouseKey, role: Role, notBy?: StaffId): DemoStaff {
		const { institutionId } = this.#houses[house];
		const people = this.#staff.filter(
			(each) => each.institutionId === institutionId && each.role === role && each.staffId !== notBy
		);
		if (role !== 'care_worker') return this.#random.pick(people);
		const known = this.#keyWorkers.get(house) ?? this.#random.pick(people);
		this.#keyWorkers.set(house, known);
		return known.staffId !== notBy && this.#random.chance(0.7) ? known : this.#random.pick(people);
	}

	/** Everything recorded, in the order of `recordedAt`. */
	facts(): readonly DemoFact[] {
		return this.#facts.toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0));
	}

	#write(
		type: EntryType,
		payload: PayloadOf<EntryType>,
		recording: Recording,
		more: { readonly picture?: PictureRequest }
	): Recorded | undefined {
		const { on, lag = 0, house, role = 'care_worker', notBy, replaces = [], after = [] } = recording;
		const known = [...replaces, ...after];
		const seen = this.#facts.filter((fact) => known.includes(fact.id)).map((fact) => fact.recordedAt.slice(0, 10));
		const recordedOn = seen.reduce<CivilDate>((day, each) => laterOf(day, each as CivilDate), addDays(on, lag));
		const staff = this.staffOf(house, role, notBy);
		const moment = momentOf(recordedOn, this.#secondOf(recordedOn));
		const id = idFrom<EntryId>(moment.epochMs, this.#random);
		if (earlierOf(recordedOn, this.yesterday) !== recordedOn) return undefined;
		this.#facts.push({
			id,
			staffId: staff.staffId,
			role,
			institutionId: staff.institutionId,
			occurredOn: on,
			recordedAt: moment.recordedAt,
			replaces,
			type,
			payload,
			...more
		} as DemoFact);
		return { id, staff, recordedOn };
	}

	#secondOf(day: CivilDate): number {
		const before = this.#clock.get(day);
		const second =
			before === undefined
				? this.#random.between(8 * 3600, 11 * 3600)
				: Math.min(before + this.#random.between(40, 700), 86_399);
		this.#clock.set(day, second);
		return second;
	}
}
