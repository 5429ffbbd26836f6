import { useState } from 'react';
import { StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import { LabelPosition, StreamKind, StreamStatus } from '#shared/model/stream.ts';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { TextField } from '../ui/TextField.tsx';
import { streamName } from '../words/stream-words.ts';
import { setStatusOfMany } from './many-streams.ts';
import { messages } from './messages.ts';
import { changesOfForm, formOf, type StreamFormText } from './stream-form.ts';
import styles from './StreamForm.module.css';
import { useRowActions } from './use-row-actions.ts';

const words = messages.form;

/** Everything that a person can say of one stream. Nothing is written before it is saved; then only what was changed. */
export function StreamFormDialog() {
  const { screen } = useControl();
  const id = useScreen((state) => (state.over?.kind === 'stream' ? state.over.stream : null));
  const stream = useMirror((mirror) => (id === null ? undefined : mirror.streams.get(id)));
  if (stream === undefined) return null;
  return <OpenForm key={stream.id} stream={stream} onClose={() => screen.setState({ over: null })} />;
}

function OpenForm({ stream, onClose }: { readonly stream: StreamView; readonly onClose: () => void }) {
  const { change } = useRowActions();
  const [before] = useState(() => formOf(stream));
  const [form, setForm] = useState(before);
  const [complaint, setComplaint] = useState('');
  const set = (part: Partial<StreamFormText>) => setForm((now) => ({ ...now, ...part }));
  const save = () => {
    const changes = StreamChanges.safeParse(changesOfForm(before, form));
    if (!changes.success) {
      const [issue] = changes.error.issues;
      return setComplaint(words.wrong(String(issue?.path[0] ?? ''), issue?.message ?? ''));
    }
    onClose();
    if (Object.keys(changes.data).length > 0) change(stream, changes.data);
  };
  return (
    <Dialog
      open
      title={words.title(stream.code, streamName(stream))}
      closeWords={words.close}
      onClose={onClose}
      foot={
        <>
          <span role="alert" className={styles.complaint}>
            {complaint}
          </span>
          <Button tone="loud" onClick={save}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && save()}
      >
        <p className={styles.link}>{stream.link}</p>
        <FormText form={form} set={set} />
        <FormChoices form={form} set={set} />
        <Status stream={stream} />
        <input type="submit" hidden />
      </form>
    </Dialog>
  );
}

type PartProps = {
  readonly form: StreamFormText;
  readonly set: (part: Partial<StreamFormText>) => void;
};

const texts = ['label', 'code', 'title', 'source', 'city', 'region', 'country', 'tags'] as const;

function FormText({ form, set }: PartProps) {
  return (
    <>
      {texts.map((name) => (
        <Labelled key={name} words={words.fields[name]}>
          <TextField
            label={words.fields[name]}
            mono={name === 'code'}
            value={form[name]}
            onChange={(event) => set({ [name]: event.target.value })}
          />
        </Labelled>
      ))}
      <div className={styles.whole}>
        <Labelled words={words.fields.notes}>
          <TextArea
            label={words.fields.notes}
            rows={3}
            value={form.notes}
            onChange={(event) => set({ notes: event.target.value })}
          />
        </Labelled>
      </div>
    </>
  );
}

function FormChoices({ form, set }: PartProps) {
  return (
    <>
      <Labelled words={words.fields.kind}>
        <Select
          label={words.fields.kind}
          value={form.kind}
          options={StreamKind.options.map((value) => ({ value, words: messages.kinds[value] }))}
          onChange={(kind) => set({ kind })}
        />
      </Labelled>
      <Labelled words={words.fields.labelPosition}>
        <Select
          label={words.fields.labelPosition}
          value={form.labelPosition}
          options={LabelPosition.options.map((value) => ({ value, words: words.positions[value] }))}
          onChange={(labelPosition) => set({ labelPosition })}
        />
      </Labelled>
      <Labelled words={words.fields.orientation}>
        <Select
          label={words.fields.orientation}
          value={form.orientation}
          options={(['', 'horizontal', 'vertical'] as const).map((value) => ({
            value,
            words: value === '' ? words.unknownShape : messages.orientations[value],
          }))}
          onChange={(orientation) => set({ orientation })}
        />
      </Labelled>
      <Labelled words={words.fields.rotation}>
        <Select
          label={words.fields.rotation}
          value={form.rotation}
          options={(['0', '90', '180', '270'] as const).map((value) => ({ value, words: `${value}°` }))}
          onChange={(rotation) => set({ rotation })}
        />
      </Labelled>
      <Switch words={messages.menu.pin} on={form.pinned} onChange={(pinned) => set({ pinned })} />
      <Switch words={words.noCheck} on={form.noCheck} onChange={(noCheck) => set({ noCheck })} />
    </>
  );
}

/** A person's word on whether it is live; it stands for half an hour against every checker's. */
function Status({ stream }: { readonly stream: StreamView }) {
  const control = useControl();
  return (
    <Labelled words={messages.many.state} hint={words.statusHint}>
      <Select
        label={messages.many.state}
        value={stream.status}
        options={StreamStatus.options.map((value) => ({ value, words: messages.statuses[value] }))}
        onChange={(status) => void setStatusOfMany([stream], status, control)}
      />
    </Labelled>
  );
}
