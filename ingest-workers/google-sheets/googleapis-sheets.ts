import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { JWT } from 'google-auth-library';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { readRetryAfter } from '../safe-fetch/read-retry-after.ts';
import { quoteTab } from './sheet-layout.ts';
import type { SheetsApi, SheetsFailure } from './sheets-api.ts';

/** A service account's key file, as far as it is used. Never logged. */
export const ServiceAccountKey = z.object({
  client_email: z.string().min(3),
  private_key: z.string().min(1),
});
export type ServiceAccountKey = z.infer<typeof ServiceAccountKey>;

export type GoogleSheetsOptions = Readonly<{
  spreadsheetId: string;
  key: ServiceAccountKey;
  /** Another server that speaks the same: for tests. */
  rootUrl?: string;
  timeoutMs?: number;
}>;

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets';

/** The door to Google Sheets. A service account signs its own tokens, so no other server is asked for one. */
export function createGoogleSheets({
  spreadsheetId,
  key,
  rootUrl,
  timeoutMs = 20_000,
}: GoogleSheetsOptions): SheetsApi {
  const auth = new JWT({ email: key.client_email, key: key.private_key, scopes: [SCOPE] });
  auth.useJWTAccessWithScope = true;
  const { values, get } = ((client) => ({
    values: client.spreadsheets.values,
    get: client.spreadsheets.get.bind(client.spreadsheets),
  }))(
    sheets({
      version: 'v4',
      auth,
      timeout: timeoutMs,
      retry: false,
      ...(rootUrl === undefined ? {} : { rootUrl }),
    }),
  );
  return {
    readTabs: (tabs) =>
      attempt(async () => {
        const ranges = tabs.map(quoteTab);
        const { data } = await values.batchGet({
          spreadsheetId,
          ranges,
          valueRenderOption: 'FORMATTED_VALUE',
        });
        return tabs.map((_, n) => textsOf(data.valueRanges?.[n]));
      }),
    tabNames: () =>
      attempt(async () => {
        const { data } = await get({ spreadsheetId, fields: 'sheets.properties.title' });
        return (data.sheets ?? []).flatMap(({ properties }) => properties?.title ?? []);
      }),
    writeCells: (writes) =>
      attempt(async () => {
        const data = writes.map(({ range, value }) => ({ range, values: [[value]] }));
        await values.batchUpdate({ spreadsheetId, requestBody: { valueInputOption: 'RAW', data } });
        return undefined;
      }),
    appendRows: (tab, rows) =>
      attempt(async () => {
        await values.append({
          spreadsheetId,
          range: `${quoteTab(tab)}!A1`,
          valueInputOption: 'RAW',
          insertDataOption: 'INSERT_ROWS',
          requestBody: { values: rows.map((row) => [...row]) },
        });
        return undefined;
      }),
  };
}

const Cells = z.array(z.array(z.unknown()));

/** What is not text is written as text. */
function textsOf(range: sheets_v4.Schema$ValueRange | undefined): readonly (readonly string[])[] {
  const read = Cells.safeParse(range?.values ?? []);
  if (!read.success) return [];
  return read.data.map((row) =>
    row.map((value) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : '',
    ),
  );
}

const HttpError = z.object({
  status: z.number().optional(),
  code: z.union([z.number(), z.string()]).optional(),
  response: z.object({ status: z.number(), headers: z.unknown() }).optional().catch(undefined),
});

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, SheetsFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail(describe(error));
  }
}

function describe(error: unknown): SheetsFailure {
  const read = HttpError.safeParse(error);
  const status = read.success
    ? (read.data.response?.status ?? read.data.status ?? Number(read.data.code))
    : Number.NaN;
  const headers = read.success ? read.data.response?.headers : undefined;
  const retryAfter = readHeader(headers, 'retry-after');
  const retryAfterMs = readRetryAfter(retryAfter, Date.now());
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429)
    return { reason: 'rate-limited', message: 'Google asks us to slow down.', retryable: true, ...wait };
  if (status === 401 || status === 403)
    return {
      reason: 'no-access',
      message: 'Google does not let us at this sheet: share it with the service account.',
      retryable: true,
    };
  if (status === 404) return { reason: 'not-found', message: 'There is no such sheet.', retryable: true };
  if (status === 400)
    return {
      reason: 'refused',
      message: 'Google refused the request: a tab may be missing.',
      retryable: true,
    };
  const what = Number.isNaN(status) ? 'Google cannot be reached.' : `Google is in trouble (${status}).`;
  return { reason: 'unreachable', message: what, retryable: true, ...wait };
}

/** Headers as the library has them: of its own kind, or plain. */
function readHeader(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const plain =
    Symbol.iterator in headers
      ? Object.fromEntries(headers as Iterable<readonly [string, unknown]>)
      : (headers as Record<string, unknown>);
  const value = plain[name];
  return typeof value === 'string' ? value : undefined;
}
