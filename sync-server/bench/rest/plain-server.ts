import express from 'express';
import pg from 'pg';
import { STREAMS_SQL } from './streams-sql.ts';

/** The rival: express and pg, the same two statements as ours, and nothing else: nobody is asked who they are. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const app = express();
app.get('/streams', (request, response, next) => {
  const { search = '', platform = '', page = '1' } = request.query as Record<string, string>;
  const isSearch = search !== '';
  const { pageText, countText } = isSearch ? STREAMS_SQL.search : STREAMS_SQL.page;
  const wanted = isSearch ? `%${search.toLowerCase()}%` : platform;
  Promise.all([
    pool.query(pageText, [wanted, 25, (Number(page) - 1) * 25]),
    pool.query<{ total: number }>(countText, [wanted]),
  ]).then(
    ([rows, counted]) => response.json({ streams: rows.rows, meta: { total: counted.rows[0]?.total } }),
    next,
  );
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object')
    console.log(`listening on http://127.0.0.1:${String(address.port)}`);
});
