import { History as Clock, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { TeamChange } from '#shared/protocol/team-history.ts';
import { useActions, useControl, useMirror } from '../stores/control-context.tsx';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { codeOfTile } from '../wall-grid/wall-lookup.ts';
import { inOwnWords } from '../words/told-words.ts';
import { locale } from '../words/language.ts';
import { describeEdits, type Names } from './describe-edits.ts';
import { describeListEdits } from './describe-list-edits.ts';
import styles from './HistoryPanel.module.css';
import { messages } from './messages.ts';
import { takeBackChange } from './take-back.ts';
import { whoOfChange } from './who-of-change.ts';

/** What the team's server knows of this wall and the list, from before this window was opened, too: read when asked for. */
export function TeamHistory() {
  const isMember = useMirror((mirror) => mirror.team?.type === 'member');
  const wall = useMirror((mirror) => mirror.wall.id);
  if (!isMember) return null;
  return (
    <>
      <KeptHistory key={wall} of="wall" />
      <KeptHistory of="list" />
    </>
  );
}

type Kept = 'wall' | 'list';

type Read = Readonly<{
  changes: readonly TeamChange[];
  phase: 'nothing' | 'reading' | 'more' | 'all';
  words: string;
}>;

function KeptHistory({ of }: { readonly of: Kept }) {
  const { mirror } = useControl();
  const { readHistory } = useActions();
  const [read, setRead] = useState<Read>({ changes: [], phase: 'nothing', words: '' });
  const more = async () => {
    const { changes, phase } = read;
    setRead({ ...read, phase: 'reading' });
    const older = await readHistory(of, changes.at(-1)?.number ?? null);
    if (!older.ok) return setRead({ changes, phase, words: inOwnWords(older.error.message) });
    const all = [...changes, ...older.value];
    const isAll = older.value.length === 0 || all.at(-1)?.number === 1;
    setRead({ changes: all, phase: isAll ? 'all' : 'more', words: '' });
  };
  const describe = describer(of, mirror.getState());
  return (
    <section className={styles.team} aria-label={titles[of]} data-team-history={of}>
      {read.changes.length > 0 && <p className={styles.since}>{titles[of]}</p>}
      <ol>
        {read.changes.map((change) => (
          <ChangeLine key={change.number} of={of} change={change} words={describe(change)} />
        ))}
      </ol>
      {read.words !== '' && <p role="alert">{read.words}</p>}
      {read.phase === 'all' ? (
        <p className={styles.since}>{messages.oldest}</p>
      ) : (
        <Button disabled={read.phase === 'reading'} onClick={() => void more()}>
          {read.phase === 'nothing' ? beginWords[of] : buttonWords[read.phase]}
        </Button>
      )}
    </section>
  );
}

const titles = { wall: messages.team, list: messages.teamList } as const;
const beginWords = { wall: messages.readTeam, list: messages.readTeamList } as const;
const buttonWords = { reading: messages.reading, more: messages.older } as const;

function ChangeLine(props: { readonly of: Kept; readonly change: TeamChange; readonly words: string }) {
  const { of, change, words } = props;
  const control = useControl();
  const me = useMirror(({ team }) => (team?.type === 'member' ? team.sync.account?.actor : undefined));
  const at = new Date(change.atMs);
  const time = at.toLocaleString(locale, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <li className={styles.moment} data-change={change.number}>
      <time className={styles.time} dateTime={at.toISOString()}>
        {time}
      </time>
      <p className={styles.words}>
        {words} <span className={styles.who}>{whoOfChange(change, me)}</span>
      </p>
      <span className={styles.buttons}>
        <IconButton
          small
          label={messages.undoThat(words)}
          icon={<Undo2 size={14} />}
          onClick={() => void takeBackChange(change, of, control)}
        />
        {of === 'wall' && (
          <IconButton
            small
            label={messages.look(time)}
            icon={<Clock size={14} />}
            onClick={() => void control.actions.look(change)}
          />
        )}
      </span>
    </li>
  );
}

function describer(of: Kept, mirror: ControlMirror): (change: TeamChange) => string {
  const { streams } = mirror;
  if (of === 'wall') {
    const names = namesOf(mirror);
    return ({ edits }) => describeEdits(edits, names);
  }
  const codes = new Map([...streams].map(([id, { code }]) => [String(id), String(code)]));
  return ({ edits, more }) => describeListEdits(edits, (id) => codes.get(id), more);
}

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
