import { Link2, ListPlus } from 'lucide-react';
import { useState, type ClipboardEvent, type FormEvent, type KeyboardEvent } from 'react';
import { focusMarks, focusStage } from '../control/focus-places.ts';
import { useActionKeys } from '../control/use-action-keys.ts';
import { useControl, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { addStream } from './add-stream.ts';
import styles from './AddStreamField.module.css';
import { judgeLink, type LinkVerdict } from './judge-link.ts';
import { messages } from './messages.ts';

const words = messages.add;

/** A link becomes a stream. What cannot become one is said in a sentence, and changes nothing. */
export function AddStreamField() {
  const control = useControl();
  const { actions, screen } = control;
  const text = useScreen((state) => state.link);
  const [complaint, setComplaint] = useState<LinkVerdict | string | null>(null);

  const change = (next: string, whole: boolean) => {
    screen.setState({ link: next });
    const verdict = judgeLink(next);
    setComplaint(verdict.kind === 'refused' && (whole || verdict.isFinal) ? verdict : null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const verdict = judgeLink(text);
    if (verdict.kind !== 'good') return setComplaint(verdict);
    const added = await addStream(verdict, control);
    if (added.kind === 'refused') return setComplaint(added.words);
    setComplaint(null);
    screen.setState({ link: '', search: '', filter: 'all', activeStream: verdict.id });
    if (added.kind === 'known') return actions.say(words.known(added.code));
    actions.say(added.code === null ? words.addedUnseen : words.added(added.code), 'info', true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    if (text === '') focusStage();
    else change('', false);
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const pasted = event.clipboardData.getData('text').trim();
    // A pasted list is shown before anything of it is added.
    if (/\s/.test(pasted) && (pasted.match(/https?:/gi)?.length ?? 0) > 1) {
      event.preventDefault();
      return screen.setState({ over: { kind: 'links', text: pasted } });
    }
    const replacesAll = selectionStart === 0 && selectionEnd === value.length;
    if (!replacesAll) return;
    event.preventDefault();
    change(pasted, true);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        mono
        inputMode="url"
        data-focus={focusMarks.addLink}
        className={styles.field}
        label={words.label}
        placeholder={words.placeholder}
        icon={<Link2 size={15} />}
        value={text}
        onChange={(event) => change(event.target.value, false)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
        complaint={
          complaint !== null && <Complaint complaint={complaint} onFix={(link) => change(link, true)} />
        }
      />
      <IconButton
        label={words.many}
        keys={useActionKeys('paste-links')}
        icon={<ListPlus size={17} />}
        onClick={() => screen.setState({ over: { kind: 'links', text } })}
      />
      <Button type="submit" tone={text === '' ? 'plain' : 'loud'}>
        {words.button}
      </Button>
    </form>
  );
}

function Complaint(props: {
  readonly complaint: LinkVerdict | string;
  readonly onFix: (link: string) => void;
}) {
  const { complaint, onFix } = props;
  if (typeof complaint === 'string') return words.refused(complaint);
  if (complaint.kind === 'empty') return words.empty;
  if (complaint.kind === 'good') return null;
  const { fix } = complaint;
  return (
    <>
      {words.refused(complaint.words)}
      {fix !== null && (
        <Button className={styles.fix} onClick={() => onFix(fix)}>
          {words.fix(fix)}
        </Button>
      )}
    </>
  );
}
