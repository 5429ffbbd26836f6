/**
 * The tag of a link that a bot found and that waits until the team's sheet has it: so that everybody sees what it waits for,
 * and only then a person's yes or no.
 */
export const WAITS_FOR_SHEET = 'waits for the sheet';
