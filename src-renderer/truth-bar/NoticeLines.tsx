import { useActions, useMirror } from '../stores/control-context.tsx';
import { QuietNotice } from '../ui/QuietNotice.tsx';
import { inOwnWords } from '../words/told-words.ts';
import { messages } from './messages.ts';
import styles from './NoticeLines.module.css';

/** What the program has to say; each line stays until it is dismissed. */
export function NoticeLines() {
  const notices = useMirror((mirror) => mirror.notices);
  const { dismissNotice } = useActions();
  return (
    <div role="status" aria-label={messages.notices} className={styles.notices}>
      <ul>
        {notices.map((notice) => (
          <li key={notice.id} className={styles.notice}>
            <QuietNotice
              tone={notice.tone}
              words={inOwnWords(notice.words)}
              dismissWords={messages.dismiss}
              onDismiss={() => void dismissNotice(notice.id)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
