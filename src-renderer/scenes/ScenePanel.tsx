import { Camera } from 'lucide-react';
import { focusMarks } from '../control/focus-places.ts';
import { useState, type FormEvent } from 'react';
import { SceneId } from '#shared/model/ids.ts';
import { useActions, useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import { SceneCard } from './SceneCard.tsx';
import styles from './ScenePanel.module.css';

/** The arrangements of this wall that were saved: looked at, applied, renamed, deleted. */
export function ScenePanel() {
  const scenes = useMirror((mirror) => mirror.wall.scenes);
  return (
    <section className={styles.panel} aria-label={messages.panel}>
      <SaveScene />
      {scenes.length === 0 ? (
        <EmptyState {...messages.none} />
      ) : (
        <ul className={styles.scenes}>
          {scenes.map((scene) => (
            <SceneCard key={scene.id} scene={scene} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SaveScene() {
  const { mirror } = useControl();
  const { wall } = useActions();
  const [name, setName] = useState('');
  const [complaint, setComplaint] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { scenes, tiles } = mirror.getState().wall;
    if (tiles.length === 0) return setComplaint(messages.nothingToSave);
    const wanted = name.trim().slice(0, 80) || messages.usualName(scenes.length + 1);
    const scene = SceneId.parse(crypto.randomUUID().replaceAll('-', ''));
    const saved = await wall({ type: 'save-scene', scene, name: wanted }, messages.saved(wanted));
    if (saved.ok) setName('');
  };
  return (
    <form className={styles.save} onSubmit={(event) => void submit(event)}>
      <TextField
        label={messages.name}
        placeholder={messages.namePlaceholder}
        data-focus={focusMarks.sceneName}
        maxLength={80}
        value={name}
        complaint={complaint}
        onChange={(event) => {
          setName(event.target.value);
          setComplaint('');
        }}
      />
      <Button type="submit" icon={<Camera size={15} />}>
        {messages.save}
      </Button>
    </form>
  );
}
