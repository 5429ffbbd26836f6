/**
 * The tag of a link that a bot found and that waits until the team's sheet has it: so that everybody sees what it waits for,
 * and only then a person's yes or no.
 */
export const WAITS_FOR_SHEET = 'waits for the sheet';

/** Whether a stream waits for the sheet, and not for a person. */
export const isHeldForSheet = ({
  moderation,
  tags,
}: {
  readonly moderation?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}): boolean => moderation === 'waiting' && tags?.includes(WAITS_FOR_SHEET) === true;
