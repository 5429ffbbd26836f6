import type { CatalogueView, StreamView, WallView } from '#shared/document/view.ts';
import { StreamCode } from '#shared/model/stream.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { isHeldForSheet, WAITS_FOR_SHEET } from '#shared/model/waits-for-sheet.ts';
import type { Outcome } from '../collect/verdict.ts';
import type { Interaction } from './discord-types.ts';

const STRING = 3;
const SUBCOMMAND = 1;

/** What Discord offers to people who type a slash. Source: docs.discord.com, "Application commands". */
export const COMMANDS = [
  {
    name: 'stream',
    description: 'Streams on the wall’s list',
    options: [
      {
        type: SUBCOMMAND,
        name: 'add',
        description: 'Add the streams of a message',
        options: [
          { type: STRING, name: 'link', description: 'One or more links', required: true },
          { type: STRING, name: 'place', description: 'Where it is: a city, a state' },
        ],
      },
      {
        type: SUBCOMMAND,
        name: 'status',
        description: 'What is known of a stream',
        options: [{ type: STRING, name: 'stream', description: 'Its link or its code', required: true }],
      },
    ],
  },
  { name: 'wall', description: 'What is on the wall now' },
] as const;

/** What somebody asked by a command. */
export type Asked =
  | { readonly type: 'add'; readonly text: string }
  | { readonly type: 'status'; readonly stream: string }
  | { readonly type: 'wall' }
  | { readonly type: 'unknown' };

export function readCommand({ data }: Interaction): Asked {
  if (data?.name === 'wall') return { type: 'wall' };
  const sub = data?.name === 'stream' ? data.options?.[0] : undefined;
  const said = (name: string): string => {
    const value = sub?.options?.find((option) => option.name === name)?.value;
    return typeof value === 'string' ? value.slice(0, 4_000) : '';
  };
  if (sub?.name === 'add') return { type: 'add', text: `${said('place')}\n${said('link')}`.trim() };
  return sub?.name === 'status' ? { type: 'status', stream: said('stream') } : { type: 'unknown' };
}

/** One sentence for each link, in the message's order. */
export function describeOutcomes(outcomes: readonly Outcome[], links: readonly string[]): string {
  return fit(outcomes.map((outcome, index) => `${OUTCOMES[outcome]} ${quiet(links[index] ?? '')}`));
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  added: '✅ Added:',
  waiting: '🕒 Waits for an operator’s yes:',
  known: '🔁 Is on the list already:',
  ignored: '🚫 Is not taken here:',
  limited: '🐌 Too many at once, try again in a minute:',
  failed: '⚠️ Could not be added:',
};

export function describeStatus(asked: string, catalogue: CatalogueView, nowMs: number): string {
  const stream = findStream(asked, catalogue);
  if (stream === undefined) return 'No such stream is on the list.';
  const { code, label, source, title, status, statusAt, city, region } = stream;
  const since = statusAt === undefined ? '' : ` for ${describeSpan(nowMs - statusAt)}`;
  const place = [city, region].filter((part) => part !== undefined).join(', ');
  const waitsForWhat = isHeldForSheet(stream) ? WAITS_FOR_SHEET : 'waits for an operator’s yes';
  const moderation = stream.moderation === 'waiting' ? waitsForWhat : '';
  const facts = [`${status}${since}`, place, moderation].filter((part) => part !== '');
  return fit([
    `**${code}** ${plain(label ?? source ?? title ?? '')} · ${facts.join(' · ')}`,
    quiet(stream.link),
  ]);
}

export function describeWall(wall: WallView | undefined, catalogue: CatalogueView): string {
  if (wall === undefined) return 'This bot is not allowed to see a wall.';
  if (wall.tiles.length === 0) return `Nothing is on ${plain(wall.name)} now.`;
  const lines = wall.tiles.map(({ stream, heard }) => {
    const shown = catalogue.streams.get(catalogue.resolve(stream));
    if (shown === undefined) return '· a stream that is not on the list any more';
    const { code, label, source, city, status } = shown;
    const names = [label ?? source, city].filter((part) => part !== undefined).map(plain);
    return `${heard ? '🔊' : '·'} **${code}** ${names.join(', ')} (${status})`;
  });
  return fit([`${plain(wall.name)}:`, ...lines]);
}

function findStream(asked: string, catalogue: CatalogueView): StreamView | undefined {
  const code = StreamCode.safeParse(asked.trim().toLowerCase());
  const byCode = code.success ? catalogue.byCode(code.data) : undefined;
  if (byCode !== undefined) return catalogue.streams.get(byCode);
  const link = readStreamUrl(asked);
  return link.ok ? catalogue.streams.get(catalogue.resolve(streamIdOf(link.value.url))) : undefined;
}

/** Shows no preview of the page. */
const quiet = (link: string) => `<${link}>`;

/** What others wrote has no say in how a post looks, and names nobody. */
export const plain = (text: string) =>
  text
    .slice(0, 200)
    .replaceAll(/[\\*_~`|>#[\]<@:-]/g, (mark) => `\\${mark}`)
    .replaceAll(/\s+/g, ' ');

const MAX_POST = 2_000;

/** As many lines as Discord takes in one post. */
export function fit(lines: readonly string[]): string {
  let text = '';
  for (const [index, line] of lines.entries()) {
    const next = text === '' ? line : `${text}\n${line}`;
    const more = `\n… and ${lines.length - index} more`;
    if (next.length > MAX_POST - more.length) return (text + more).slice(0, MAX_POST);
    text = next;
  }
  return text;
}

export function describeSpan(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
