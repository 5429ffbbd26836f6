import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import type { WallCommand } from '#shared/document/command.ts';
import { Grid } from '#shared/model/tile.ts';
import { Colour, type WallColours } from '#shared/model/wall.ts';
import { MAX_SOURCES, SourceSettings, USUAL_EVERY_SECONDS } from '#shared/protocol/data-source.ts';
import { DelaySettings } from '#shared/protocol/delay-state.ts';
import { ScreenRect, type WallPlacement } from '#shared/protocol/wall-output.ts';
import { messages } from './messages.ts';

/** One option of the original's settings file, and what becomes of it. Nothing in the file is without a line. */
export type ConfigLine = Readonly<{
  option: string;
  /** As the file has it; keys and passwords are not shown. */
  value: string;
  fate: 'taken' | 'elsewhere' | 'wrong';
  words: string;
}>;

export type OriginalConfig = Readonly<{
  lines: readonly ConfigLine[];
  wall: readonly WallCommand[];
  sources: readonly SourceSettings[];
  delay: DelaySettings | null;
  placement: Partial<WallPlacement> | null;
}>;

const words = messages.options;
const TABLES = new Set(['grid', 'window', 'data', 'streamdelay', 'control', 'twitch', 'telemetry', 'cert']);
const SECRET = /password|token|key/;

/** Null where the text is no settings file of an original Streamwall, whatever else it may be. */
export function readOriginalConfig(text: string, colours: WallColours): OriginalConfig | null {
  if (/^\s*[[{]\s*["{[\]]/.test(text)) return null;
  const file = parse(text);
  if (file === null || !Object.keys(file).some((name) => TABLES.has(name))) return null;
  const options = new Map(flatten(file).filter(([, value]) => value !== null && value !== ''));
  const reader = createReader(options);
  const wall = [...readGrid(reader), ...readColours(reader, colours)];
  const found = {
    wall,
    placement: readWindow(reader),
    sources: readSources(reader),
    delay: readDelay(reader),
  };
  noteOthers(reader);
  return { ...found, lines: reader.lines() };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return parseToml(text);
  } catch {
    return null;
  }
}

function flatten(table: Readonly<Record<string, unknown>>, before = ''): [string, unknown][] {
  return Object.entries(table).flatMap(([name, value]): [string, unknown][] => {
    const option = `${before}${name}`;
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isTable ? flatten(value as Readonly<Record<string, unknown>>, `${option}.`) : [[option, value]];
  });
}

/** Takes options out of the file one after the other, and writes down what became of each. */
function createReader(options: Map<string, unknown>) {
  const lines: ConfigLine[] = [];
  const note = (option: string, fate: ConfigLine['fate'], said: string): void => {
    const shown = SECRET.test(option) ? '…' : (JSON.stringify(options.get(option)) ?? '').slice(0, 120);
    lines.push({ option, value: shown, fate, words: said });
    options.delete(option);
  };
  const read = <S extends z.ZodType>(option: string, schema: S, why: string): z.infer<S> | undefined => {
    if (!options.has(option)) return undefined;
    const parsed = schema.safeParse(options.get(option));
    if (!parsed.success) note(option, 'wrong', why);
    return parsed.data;
  };
  return {
    note,
    read,
    has: (option: string) => options.has(option),
    left: () => [...options.keys()],
    lines: () => lines,
  };
}

type Reader = ReturnType<typeof createReader>;

function readGrid(reader: Reader): readonly WallCommand[] {
  const side = Grid.shape.cols;
  const square = reader.read('grid.count', side, words.notNumber(1, 12));
  const cols = reader.read('grid.cols', side, words.notNumber(1, 12)) ?? square;
  const rows = reader.read('grid.rows', side, words.notNumber(1, 12)) ?? square;
  if (cols === undefined && rows === undefined) return [];
  const grid = { cols: cols ?? 3, rows: rows ?? 3 };
  for (const option of ['grid.count', 'grid.cols', 'grid.rows'])
    if (reader.has(option)) reader.note(option, 'taken', words.grid(grid.cols, grid.rows));
  return [{ type: 'set-grid', grid }];
}

function readColours(reader: Reader, now: WallColours): readonly WallCommand[] {
  const background = reader.read('window.background-color', Colour, words.notColour);
  const heard = reader.read('window.active-color', Colour, words.notColour);
  if (background !== undefined) reader.note('window.background-color', 'taken', words.background);
  if (heard !== undefined) reader.note('window.active-color', 'taken', words.active);
  if (background === undefined && heard === undefined) return [];
  return [
    {
      type: 'set-colours',
      colours: { background: background ?? now.background, heard: heard ?? now.heard },
    },
  ];
}

function readWindow(reader: Reader): Partial<WallPlacement> | null {
  const { shape } = ScreenRect;
  const x = reader.read('window.x', shape.x, words.notNumber(-32_768, 32_767));
  const y = reader.read('window.y', shape.y, words.notNumber(-32_768, 32_767));
  const width = reader.read('window.width', shape.width, words.notNumber(160, 16_384));
  const height = reader.read('window.height', shape.height, words.notNumber(90, 16_384));
  const frame = reader.read('window.frameless', BOOLEAN, words.notSwitch);
  const hasRect = [x, y, width, height].some((one) => one !== undefined);
  for (const option of ['x', 'y', 'width', 'height', 'frameless'].map((name) => `window.${name}`))
    if (reader.has(option)) reader.note(option, 'taken', words.window);
  if (!hasRect && frame === undefined) return null;
  const rect = { x: x ?? 0, y: y ?? 0, width: width ?? 1920, height: height ?? 1080 };
  return {
    ...(hasRect ? { rect, fullScreen: false } : {}),
    ...(frame === undefined ? {} : { frameless: frame }),
  };
}

const [URL_SOURCE, FILE_SOURCE] = SourceSettings.options;
const BOOLEAN = z.boolean();
const list = <S extends z.ZodType>(schema: S) =>
  z.union([z.array(schema).max(MAX_SOURCES), schema.transform((one) => [one])]);

function readSources(reader: Reader): readonly SourceSettings[] {
  const every = reader.read('data.interval', URL_SOURCE.shape.everySeconds, words.notNumber(5, 86_400));
  if (every !== undefined) reader.note('data.interval', 'taken', words.interval);
  const everySeconds = every ?? USUAL_EVERY_SECONDS;
  const urls = reader.read('data.json-url', list(URL_SOURCE.shape.url), words.notAddress) ?? [];
  const files = reader.read('data.toml-file', list(FILE_SOURCE.shape.path), words.notText) ?? [];
  for (const option of ['data.json-url', 'data.toml-file'])
    if (reader.has(option)) reader.note(option, 'taken', words.source);
  return [
    ...urls.map((url): SourceSettings => ({ type: 'json-url', url, everySeconds })),
    ...files.map((path): SourceSettings => ({ type: 'toml-file', path })),
  ];
}

function readDelay(reader: Reader): DelaySettings | null {
  const { shape } = DelaySettings;
  const server = reader.read('streamdelay.endpoint', shape.server, words.notAddress);
  const key = reader.read('streamdelay.key', shape.key, words.notText);
  for (const option of ['streamdelay.endpoint', 'streamdelay.key'])
    if (reader.has(option)) reader.note(option, 'taken', key === undefined ? words.delayOff : words.delay);
  return key === undefined ? null : { server: server ?? 'http://localhost:8404', key };
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  'control.endpoint': words.control,
  ...Object.fromEntries(
    ['channel', 'username', 'token', 'color', 'announce.template', 'announce.interval', 'announce.delay']
      .concat('vote.template', 'vote.interval')
      .map((name) => [`twitch.${name}`, words.twitch]),
  ),
  'telemetry.sentry': words.telemetry,
  cert: words.certificate,
  streams: words.streams,
};

const TABLE_WIDE = new Set(['cert', 'streams']);

/** Options whose place is not on this machine, and those that are none. */
function noteOthers(reader: Reader): void {
  for (const option of reader.left()) {
    const [table = ''] = option.split('.');
    const isAccount = /^control\.(?:username|password|address|admin|hostname|port)$/.test(option);
    const elsewhere = isAccount
      ? words.account
      : (ELSEWHERE[option] ?? ELSEWHERE[TABLE_WIDE.has(table) ? table : '']);
    if (elsewhere === undefined) reader.note(option, 'wrong', words.unknown);
    else reader.note(option, 'elsewhere', elsewhere);
  }
}
