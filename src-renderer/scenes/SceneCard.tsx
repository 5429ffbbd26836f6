import { Check, Eye, EyeOff, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import type { SceneView } from '#shared/document/view.ts';
import { useActions, useControl, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import { ScenePicture } from './ScenePicture.tsx';
import styles from './SceneCard.module.css';

/** One scene: a picture of it, its name, and what can be done with it. */
export const SceneCard = memo(function SceneCard({ scene }: { readonly scene: SceneView }) {
  const { screen } = useControl();
  const { wall } = useActions();
  const shown = useScreen((state) => state.preview === scene.id);
  const [writing, setWriting] = useState(false);
  const apply = () => {
    screen.setState({ preview: null });
    void wall({ type: 'apply-scene', scene: scene.id }, messages.applied(scene.name));
  };
  const rename = (name: string) => {
    setWriting(false);
    const wanted = name.trim().slice(0, 80);
    if (wanted !== '' && wanted !== scene.name) {
      void wall({ type: 'rename-scene', scene: scene.id, name: wanted }, messages.renamed(wanted));
    }
  };
  return (
    <li className={classNames(styles.card, shown && styles.shown)} data-scene={scene.id}>
      <ScenePicture scene={scene} />
      <div className={styles.side}>
        {writing ? (
          <SceneName name={scene.name} onDone={rename} />
        ) : (
          <p className={styles.name} onDoubleClick={() => setWriting(true)}>
            {scene.name}
          </p>
        )}
        <p className={styles.facts}>{messages.facts(scene.grid, scene.tiles.length)}</p>
        <div className={styles.buttons}>
          <Button icon={<Check size={15} />} aria-label={messages.applyLong(scene.name)} onClick={apply}>
            {messages.apply}
          </Button>
          <IconButton
            on={shown && 'plain'}
            label={shown ? messages.hide(scene.name) : messages.look(scene.name)}
            icon={shown ? <EyeOff size={16} /> : <Eye size={16} />}
            onClick={() => screen.setState({ preview: shown ? null : scene.id })}
          />
          <IconButton
            label={messages.rename(scene.name)}
            icon={<Pencil size={15} />}
            onClick={() => setWriting(true)}
          />
          <IconButton
            label={messages.replace(scene.name)}
            icon={<RefreshCw size={15} />}
            onClick={() =>
              void wall(
                { type: 'save-scene', scene: scene.id, name: scene.name },
                messages.replaced(scene.name),
              )
            }
          />
          <IconButton
            label={messages.remove(scene.name)}
            icon={<Trash2 size={15} />}
            onClick={() => {
              if (shown) screen.setState({ preview: null });
              void wall({ type: 'delete-scene', scene: scene.id }, messages.removed(scene.name));
            }}
          />
        </div>
      </div>
    </li>
  );
});

function SceneName(props: { readonly name: string; readonly onDone: (name: string) => void }) {
  const [text, setText] = useState(props.name);
  return (
    <TextField
      label={messages.name}
      autoFocus
      maxLength={80}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => props.onDone(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') props.onDone(text);
        else if (event.key === 'Escape') props.onDone(props.name);
      }}
    />
  );
}
