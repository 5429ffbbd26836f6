import { useActions, useMirror } from '../stores/control-context.tsx';
import { inOwnWords } from '../words/told-words.ts';
import { Button } from '../ui/Button.tsx';
import { messages } from './messages.ts';
import styles from './TeamLines.module.css';

/** What the team's server wants to know, and the edits that it refused. Lines of the screen, never in the way. */
export function TeamLines() {
  const state = useMirror((mirror) => mirror.team);
  const { team, say } = useActions();
  if (state?.type !== 'member') return null;
  const { line } = state.sync;
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(
      () => say(messages.copied),
      () => say(messages.notCopied, 'warning'),
    );
  };
  return (
    <div role="status" aria-label={messages.team}>
      {line.type === 'asking' && (
        <div className={styles.line}>
          <p>{messages.questions[line.question.kind]}</p>
          <Button tone="loud" onClick={() => void team.answerStore('yes')}>
            {messages.answers[line.question.kind]}
          </Button>
          <Button onClick={() => void team.answerStore('no')}>{messages.notNow}</Button>
        </div>
      )}
      {state.sync.othersAreStale && <p className={styles.line}>{messages.othersAreStale}</p>}
      {state.sync.serverLacks && <p className={styles.line}>{messages.serverLacks}</p>}
      {state.refused.slice(0, 3).map((edit) => (
        <div key={`${edit.document} ${edit.n}`} className={styles.line} data-refused-edit="">
          <p>{messages.refused(edit.what, inOwnWords(edit.reason))}</p>
          <Button onClick={() => copy(`${edit.what}: ${edit.reason}`)}>{messages.copy}</Button>
          <Button onClick={() => void team.redoRefused({ document: edit.document, n: edit.n })}>
            {messages.tryAgain}
          </Button>
          <Button onClick={() => void team.dismissRefused({ document: edit.document, n: edit.n })}>
            {messages.dismiss}
          </Button>
        </div>
      ))}
      {state.refused.length > 3 && (
        <p className={styles.line}>{messages.moreRefused(state.refused.length - 3)}</p>
      )}
    </div>
  );
}
