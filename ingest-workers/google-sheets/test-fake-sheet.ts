import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';

/** One tab: rows of texts. */
export type FakeTab = string[][];

/** Google Sheets as far as this program uses it: values, tabs, quotas, batches that are taken whole or not at all. */
export type FakeSheet = {
  readonly rootUrl: string;
  readonly tabs: Map<string, FakeTab>;
  /** What a request is answered with in place of the sheet; undefined is the sheet. */
  trouble: { readonly status: number; readonly headers?: Record<string, string> } | undefined;
  /** What a person does just before the next write is carried out, and just after it. */
  beforeWrite: (() => void) | undefined;
  afterWrite: (() => void) | undefined;
  readonly requests: {
    readonly kind: 'read' | 'write';
    readonly cells: number;
    readonly authorization: string;
  }[];
  /** Requests of a kind that are allowed until `newMinute`. */
  quota: number;
  readonly newMinute: () => void;
  readonly close: () => void;
};

export const SPREADSHEET = 'sheet-1';
export const fakeKey = {
  client_email: 'bot@example.iam.gserviceaccount.com',
  private_key: generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey,
};

const Batch = z.object({
  valueInputOption: z.enum(['RAW', 'USER_ENTERED']),
  data: z.array(z.object({ range: z.string(), values: z.array(z.array(z.string())) })),
});
const Append = z.object({ values: z.array(z.array(z.string())) });

export async function startFakeSheet(tabs: Readonly<Record<string, FakeTab>>): Promise<FakeSheet> {
  const server = createServer((message, response) => {
    let body = '';
    message.on('data', (chunk: Buffer) => (body += chunk.toString()));
    message.on('end', () => answer(fake, message, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let counted = 0;
  const fake: FakeSheet = {
    rootUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tabs: new Map(Object.entries(tabs).map(([name, rows]) => [name, rows.map((row) => [...row])])),
    trouble: undefined,
    beforeWrite: undefined,
    afterWrite: undefined,
    requests: [],
    quota: 60,
    newMinute: () => (counted = fake.requests.length),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  limits.set(fake, () => fake.requests.slice(counted));
  return fake;
}

const limits = new WeakMap<FakeSheet, () => FakeSheet['requests']>();

function answer(fake: FakeSheet, message: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(message.url ?? '/', 'http://sheets');
  const kind = message.method === 'GET' ? 'read' : 'write';
  const done = carryOut(fake, url, kind, body);
  fake.requests.push({ kind, cells: done.cells, authorization: message.headers.authorization ?? '' });
  response.writeHead(done.status, { 'content-type': 'application/json', ...done.headers });
  response.end(JSON.stringify(done.value));
}

type Done = { status: number; value: unknown; cells: number; headers?: Record<string, string> };

function carryOut(fake: FakeSheet, url: URL, kind: 'read' | 'write', body: string): Done {
  const refuse = (status: number, headers: Record<string, string> = {}): Done => ({
    status,
    value: { error: { code: status, message: 'no' } },
    cells: 0,
    headers,
  });
  if (fake.trouble !== undefined) return refuse(fake.trouble.status, fake.trouble.headers);
  const spent =
    limits
      .get(fake)?.()
      .filter((each) => each.kind === kind).length ?? 0;
  if (spent >= fake.quota) return refuse(429);
  const path = decodeURIComponent(url.pathname).replace(`/v4/spreadsheets/${SPREADSHEET}`, '');
  if (path === '')
    return {
      status: 200,
      value: { sheets: [...fake.tabs.keys()].map((title) => ({ properties: { title } })) },
      cells: 0,
    };
  if (path === '/values:batchGet') {
    const names = url.searchParams.getAll('ranges').map((range) => readRange(range).tab);
    if (names.some((name) => !fake.tabs.has(name))) return refuse(400);
    return {
      status: 200,
      value: { valueRanges: names.map((name) => ({ values: trimmed(fake.tabs.get(name) ?? []) })) },
      cells: 0,
    };
  }
  fake.beforeWrite?.();
  fake.beforeWrite = undefined;
  const cells = path === '/values:batchUpdate' ? update(fake, body) : append(fake, path, url, body);
  fake.afterWrite?.();
  fake.afterWrite = undefined;
  return cells === undefined ? refuse(400) : { status: 200, value: {}, cells };
}

function update(fake: FakeSheet, body: string): number | undefined {
  const read = Batch.safeParse(JSON.parse(body));
  if (!read.success) return undefined;
  const places = read.data.data.map(({ range }) => readRange(range));
  if (places.some(({ tab, row }) => !fake.tabs.has(tab) || row === undefined)) return undefined;
  for (const [n, { values }] of read.data.data.entries()) {
    const { tab, row = 0, column = 0 } = places[n] ?? readRange('');
    for (const [down, cells] of values.entries())
      for (const [right, text] of cells.entries())
        put(fake, tab, row + down, column + right, enter(text, read.data.valueInputOption));
  }
  return read.data.data.length;
}

function append(fake: FakeSheet, path: string, url: URL, body: string): number | undefined {
  const range = /^\/values\/(.+):append$/.exec(path)?.[1];
  const read = Append.safeParse(JSON.parse(body));
  const rows = fake.tabs.get(readRange(range ?? '').tab);
  if (!read.success || rows === undefined || url.searchParams.get('insertDataOption') !== 'INSERT_ROWS')
    return undefined;
  const option = url.searchParams.get('valueInputOption') ?? 'USER_ENTERED';
  rows.push(...read.data.values.map((row) => row.map((text) => enter(text, option))));
  return read.data.values.length;
}

/** What a cell shows: a formula shows what it works out, and that is where it is dangerous. */
const enter = (text: string, option: string) =>
  option === 'USER_ENTERED' && text.startsWith('=') ? '#FORMULA' : text;

function put(fake: FakeSheet, tab: string, row: number, column: number, text: string): void {
  const rows = fake.tabs.get(tab) ?? [];
  while (rows.length <= row) rows.push([]);
  const cells = rows[row] ?? [];
  while (cells.length <= column) cells.push('');
  cells[column] = text;
}

/** Google leaves out empty cells and rows at the end. */
function trimmed(rows: FakeTab): FakeTab {
  const short = rows.map((row) => row.slice(0, row.findLastIndex((text) => text !== '') + 1));
  return short.slice(0, short.findLastIndex((row) => row.length > 0) + 1);
}

function readRange(range: string): { tab: string; row?: number; column?: number } {
  const [, quoted = range, cell = ''] = /^('(?:[^']|'')*'|[^!]*)(?:!(.*))?$/.exec(range) ?? [];
  const tab = quoted.startsWith("'") ? quoted.slice(1, -1).replaceAll("''", "'") : quoted;
  const place = /^([A-Z]+)(\d+)$/.exec(cell);
  if (place === null) return { tab };
  const column = [...(place[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { tab, row: Number(place[2]) - 1, column };
}
