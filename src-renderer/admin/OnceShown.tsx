import { copyText } from '../ui/copy-text.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import { messages } from './messages.ts';
import { useAdmin } from './use-asked.ts';

/** Something that the server tells once: to be copied now. */
export function OnceShown({ hint, text }: { readonly hint: string; readonly text: string }) {
  const { say } = useAdmin();
  const copy = async () => say((await copyText(text)) ? messages.copied : text);
  return (
    <div className={styles.once} role="status">
      <p>{hint}</p>
      <code className={styles.mono}>{text}</code>
      <Button onClick={() => void copy()}>{messages.copy}</Button>
    </div>
  );
}
