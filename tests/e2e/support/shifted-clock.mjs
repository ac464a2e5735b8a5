/*
 * Loaded before the registry in journeys that take months: the process believes it is so many days later. The product has no
 * such switch, because nothing may move a legal date but the day itself.
 */
const ahead = Number(process.env['TEST_DAYS_AHEAD'] ?? '0') * 86_400_000;

if (ahead !== 0) {
	const Real = globalThis.Date;
	globalThis.Date = class extends Real {
		/** @param {unknown[]} given */
		constructor(...given) {
			// @ts-expect-error the constructor of Date has many shapes, and all are passed on as they are
			super(...(given.length === 0 ? [Real.now() + ahead] : given));
		}
		static now() {
			return Real.now() + ahead;
		}
	};
}
