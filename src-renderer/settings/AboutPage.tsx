import { useMirror } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

/** Which program this is, and what it could not show. */
export function AboutPage() {
  const { app, electron } = useMirror((mirror) => mirror.versions);
  const hidden = useMirror((mirror) => mirror.problems.length);
  const problems = useMirror((mirror) => mirror.problems);
  return (
    <div className={styles.page}>
      <p>{messages.about(app, electron)}</p>
      {hidden > 0 && (
        <>
          <p className={styles.wrong}>{messages.notShown(hidden)}</p>
          <ul>
            {problems.slice(0, 100).map(({ root, id, reason }) => (
              <li key={`${root} ${id}`} className={styles.quiet}>
                {root} {id}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
