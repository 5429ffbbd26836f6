import { CHOSEN, choiceStatement, countStatement, pageStatement } from '../../projection/stream-reads.ts';

/** The statements that our server runs for the two kinds of lists, as text, so that another can run them, too. */
const page = { platform: ['twitch'] };

export const STREAMS_SQL = {
  page: { pageText: pageStatement(page, undefined).text, countText: countStatement(page).text },
  search: { choiceText: choiceStatement({ search: 'word' }, undefined).text, chosenText: CHOSEN },
};
