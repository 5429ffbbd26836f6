import { History as Clock, Undo2 } from 'lucide-react';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import { messages as ruleMessages } from '../rules/messages.ts';
import { UndoRule } from '../rules/UndoRule.tsx';
import { useActions, useControl, useHistory } from '../stores/control-context.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { messages } from './messages.ts';
import type { Moment } from './moments.ts';
import styles from './HistoryPanel.module.css';
import { takeBackMoment } from './take-back.ts';
import { TeamHistory } from './TeamHistory.tsx';
import { locale } from '../words/language.ts';

/** Who did what and when, newest first; each moment can be looked at. */
export function HistoryPanel() {
  const moments = useHistory();
  const latestMine = moments.find((moment) => moment.mine);
  return (
    <section className={styles.panel} aria-label={messages.panel}>
      {moments.length === 0 ? (
        <div className={styles.none}>
          <EmptyState {...messages.none} />
        </div>
      ) : (
        <>
          <p className={styles.since}>{messages.since}</p>
          <ol>
            {moments.map((moment) => (
              <MomentLine key={moment.id} moment={moment} undoable={moment === latestMine} />
            ))}
          </ol>
        </>
      )}
      <TeamHistory />
    </section>
  );
}

function whoOf({ mine, byRules }: Moment): string {
  if (byRules !== undefined) return ruleMessages.who;
  return mine ? messages.me : messages.other;
}

function MomentLine({ moment, undoable }: { readonly moment: Moment; readonly undoable: boolean }) {
  const control = useControl();
  const { screen } = control;
  const { undo } = useActions();
  const time = new Date(moment.atMs).toLocaleTimeString(locale);
  return (
    <li className={styles.moment}>
      <time className={styles.time} dateTime={new Date(moment.atMs).toISOString()}>
        {time}
      </time>
      <p className={styles.words}>
        {moment.words} <span className={styles.who}>{whoOf(moment)}</span>
      </p>
      <span className={styles.buttons}>
        {moment.byRules !== undefined && <UndoRule moves={moment.byRules} />}
        {undoable && (
          <IconButton small label={messages.undo} icon={<Undo2 size={14} />} onClick={() => void undo()} />
        )}
        {!undoable && moment.byRules === undefined && (
          <IconButton
            small
            label={messages.undoThat(moment.words)}
            icon={<Undo2 size={14} />}
            onClick={() => takeBackMoment(moment, control)}
          />
        )}
        <IconButton
          small
          label={messages.look(time)}
          icon={<Clock size={14} />}
          onClick={() =>
            screen.setState({
              moment: { atMs: moment.atMs, wall: moment.before.id, was: arrangementOf(moment.before) },
            })
          }
        />
      </span>
    </li>
  );
}
