import express from 'express';
import pg from 'pg';
import { STREAMS_SQL } from './streams-sql.ts';

/** The rival: express and pg, the same statements as ours, and nothing else: nobody is asked who they are. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const PER_PAGE = 25;

async function readPage(platform: string, offset: number): Promise<{ streams: unknown[]; total: number }> {
  const { pageText, countText } = STREAMS_SQL.page;
  const [shown, counted] = await Promise.all([
    pool.query<object>(pageText, [platform, PER_PAGE, offset]),
    pool.query<{ total: number }>(countText, [platform]),
  ]);
  return { streams: shown.rows, total: counted.rows[0]?.total ?? 0 };
}

async function find(word: string, offset: number): Promise<{ streams: unknown[]; total: number }> {
  const { choiceText, chosenText } = STREAMS_SQL.search;
  const { rows } = await pool.query<{ total: number; keys: string[] }>(choiceText, [
    `%${word.toLowerCase()}%`,
    PER_PAGE,
    offset,
  ]);
  const [{ total, keys } = { total: 0, keys: [] }] = rows;
  const shown = keys.length === 0 ? [] : (await pool.query<object>(chosenText, [keys])).rows;
  return { streams: shown, total };
}

const app = express();
app.get('/streams', (request, response, next) => {
  const { search = '', platform = '', page = '1' } = request.query as Record<string, string>;
  const offset = (Number(page) - 1) * PER_PAGE;
  (search === '' ? readPage(platform, offset) : find(search, offset)).then(
    ({ streams, total }) => response.json({ streams, meta: { total } }),
    next,
  );
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object')
    console.log(`listening on http://127.0.0.1:${String(address.port)}`);
});
