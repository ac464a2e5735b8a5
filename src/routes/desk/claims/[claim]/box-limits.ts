/** The longest a note and a number of a paper can be, in characters, as the claim's events hold them (claim/events.ts). */
export const noteMaximum = 4000;
export const referenceMaximum = 200;
