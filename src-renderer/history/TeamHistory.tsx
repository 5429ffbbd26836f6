import { History as Clock } from 'lucide-react';
import { useState } from 'react';
import type { TeamChange } from '#shared/protocol/team-history.ts';
import { useActions, useControl, useMirror } from '../stores/control-context.tsx';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { codeOfTile } from '../wall-grid/wall-lookup.ts';
import { describeEdits, type Names } from './describe-edits.ts';
import styles from './HistoryPanel.module.css';
import { messages } from './messages.ts';
import { locale } from '../words/language.ts';

/** What the team's server knows of this wall, from before this window was opened, too: read when it is asked for. */
export function TeamHistory() {
  const isMember = useMirror((mirror) => mirror.team?.type === 'member');
  const wall = useMirror((mirror) => mirror.wall.id);
  return isMember ? <WallHistory key={wall} /> : null;
}

type Read = Readonly<{
  changes: readonly TeamChange[];
  phase: 'nothing' | 'reading' | 'more' | 'all';
  words: string;
}>;

function WallHistory() {
  const { mirror } = useControl();
  const { readHistory, look } = useActions();
  const [read, setRead] = useState<Read>({ changes: [], phase: 'nothing', words: '' });
  const more = async () => {
    const { changes, phase } = read;
    setRead({ ...read, phase: 'reading' });
    const older = await readHistory(changes.at(-1)?.number ?? null);
    if (!older.ok) return setRead({ changes, phase, words: older.error.message });
    const all = [...changes, ...older.value];
    const isAll = older.value.length === 0 || all.at(-1)?.number === 1;
    setRead({ changes: all, phase: isAll ? 'all' : 'more', words: '' });
  };
  const names = namesOf(mirror.getState());
  return (
    <section aria-label={messages.team} data-team-history="">
      {read.changes.length > 0 && <p className={styles.since}>{messages.team}</p>}
      <ol className={styles.moments}>
        {read.changes.map((change) => (
          <ChangeLine key={change.number} change={change} names={names} onLook={() => void look(change)} />
        ))}
      </ol>
      {read.words !== '' && <p role="alert">{read.words}</p>}
      {read.phase === 'all' ? (
        <p className={styles.since}>{messages.oldest}</p>
      ) : (
        <Button disabled={read.phase === 'reading'} onClick={() => void more()}>
          {buttonWords[read.phase]}
        </Button>
      )}
    </section>
  );
}

const buttonWords = {
  nothing: messages.readTeam,
  reading: messages.reading,
  more: messages.older,
} as const;

function ChangeLine(props: {
  readonly change: TeamChange;
  readonly names: Names;
  readonly onLook: () => void;
}) {
  const { change, names, onLook } = props;
  const me = useMirror(({ team }) => (team?.type === 'member' ? team.sync.account?.actor : undefined));
  const at = new Date(change.atMs);
  const time = at.toLocaleString(locale, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <li className={styles.moment} data-change={change.number}>
      <time className={styles.time} dateTime={at.toISOString()}>
        {time}
      </time>
      <p className={styles.words}>
        {describeEdits(change.edits, names)}{' '}
        <span className={styles.who}>{change.actor === me ? messages.me : actorWords(change.actor)}</span>
      </p>
      <span className={styles.buttons}>
        <IconButton small label={messages.look(time)} icon={<Clock size={14} />} onClick={onLook} />
      </span>
    </li>
  );
}

/** The kind of who did it says nothing to a person where it is a person. */
const actorWords = (actor: string): string => actor.replace(/^user:/, '');

function namesOf({ streams, wall }: Pick<ControlMirror, 'streams' | 'wall'>): Names {
  const byText = new Map([...streams].map(([id, { code }]) => [String(id), String(code)]));
  const tiles = new Map([...wall.tiles, ...wall.bench].map(({ id }) => [String(id), id]));
  return {
    stream: (id) => byText.get(String(id)) ?? '–',
    tile: (id) => {
      const tile = tiles.get(String(id));
      return tile === undefined ? '–' : codeOfTile(wall, streams, tile);
    },
  };
}
