import Papa from 'papaparse';
import { z } from 'zod';
import type { Result } from '#shared/kernel/result.ts';

/** A row of a file, as it is sent; CSV goes as CSV, so that empty cells mean what they mean there. */
export type Rows = readonly Readonly<Record<string, unknown>>[];
export type ImportState = {
  readonly isRunning: boolean;
  readonly done: number;
  readonly all: number;
  readonly added: number;
  readonly known: number;
  readonly refused: readonly { readonly row: number; readonly link: string; readonly why: string }[];
};

const AT_ONCE = 100;
const MAX_ROWS = 100_000;

const Row = z.record(z.string(), z.unknown());
const List = z.union([z.array(Row), z.object({ streams: z.array(Row) }).transform(({ streams }) => streams)]);
const Report = z.object({
  rows: z.array(z.object({ index: z.number(), result: z.string(), errors: z.array(z.string()) })),
});

/** The rows of a CSV or JSON text that have a link; none for anything else. */
export function readRows(text: string): Rows {
  const rows = /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text);
  return rows.filter(({ link }) => typeof link === 'string' && link.trim() !== '').slice(0, MAX_ROWS);
}

function readJson(text: string): Rows {
  try {
    const read = List.safeParse(JSON.parse(text));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

function readCsv(text: string): Rows {
  const { data } = Papa.parse<unknown>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (head) => head.trim().toLowerCase(),
  });
  return z.array(Row).catch([]).parse(data);
}

type Door = {
  readonly send: (body: unknown) => Promise<Result<unknown, string>>;
  readonly show: (state: ImportState) => void;
  readonly isStopped: () => boolean;
};

/** Sends rows some at a time, and shows how far it is. @returns why it ended early, if it did */
export async function importRows(rows: Rows, { send, show, isStopped }: Door): Promise<string | undefined> {
  let state: ImportState = { isRunning: true, done: 0, all: rows.length, added: 0, known: 0, refused: [] };
  const tell = (part: Partial<ImportState>): void => show((state = { ...state, ...part }));
  tell({});
  let problem: string | undefined;
  while (state.done < rows.length && !isStopped() && problem === undefined) {
    const some = rows.slice(state.done, state.done + AT_ONCE);
    const answer = await send({ streams: some.map(withoutEmpty) });
    const report = answer.ok ? Report.safeParse(answer.value) : undefined;
    if (report?.success === true) tell(count(state, some, report.data));
    else problem = answer.ok ? 'The server did not say what came of it.' : answer.error;
  }
  tell({ isRunning: false });
  return problem;
}

function count(state: ImportState, some: Rows, { rows }: z.infer<typeof Report>): Partial<ImportState> {
  const added = rows.filter(({ result }) => result === 'created').length;
  const refused = rows
    .filter(({ result }) => result === 'failed')
    .map(({ index, errors }) => ({
      row: state.done + index + 1,
      link: linkOf(some[index]),
      why: errors.join('; '),
    }));
  return {
    done: state.done + some.length,
    added: state.added + added,
    known: state.known + some.length - added - refused.length,
    refused: [...state.refused, ...refused],
  };
}

const linkOf = (row: Rows[number] | undefined): string =>
  typeof row?.['link'] === 'string' ? row['link'] : '';
const withoutEmpty = (row: Rows[number]) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
