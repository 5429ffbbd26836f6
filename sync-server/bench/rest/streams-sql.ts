import { countStatement, pageStatement } from '../../projection/stream-reads.ts';

/** The statements that our server runs for the two kinds of lists, as text, so that another can run them, too. */
const statementsOf = (filter: Parameters<typeof pageStatement>[0]) => ({
  pageText: pageStatement(filter, undefined).text,
  countText: countStatement(filter).text,
});

export const STREAMS_SQL = {
  page: statementsOf({ platform: ['twitch'] }),
  search: statementsOf({ search: 'word' }),
};
