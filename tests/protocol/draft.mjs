// A letter that is being written.

/** Up to its first citation. */
export const DRAFT = `Case Number: CM14-0012345
Date of Injury: 02/14/2013
UR Denial Date: 10/06/2014

CLINICAL CASE SUMMARY

The patient is a 40-year-old male. His left knee hurts since 03/14/2013. See 8 CCR 9792.24.2.

IMR ISSUES, DECISIONS AND RATIONALES

MRI of the left knee: Upheld

MAXIMUS guideline: `;

/** With what stands in the field and in the rationale. */
export const letter = (guideline, rationale) => `${DRAFT}${guideline}\n\nDecision rationale: ${rationale}\n`;
