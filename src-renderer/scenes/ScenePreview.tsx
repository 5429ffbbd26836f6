import type { SceneView } from '#shared/document/view.ts';
import { useActions, useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { OverStage } from '../wall-grid/OverStage.tsx';
import { messages } from './messages.ts';
import { ScenePicture } from './ScenePicture.tsx';

/** Over the stage: how the wall would be with a scene. Nothing of it is on the wall until it is applied. */
export function ScenePreview() {
  const { screen } = useControl();
  const { wall } = useActions();
  const preview = useScreen((state) => state.preview);
  const scene = useMirror((mirror): SceneView | undefined =>
    mirror.wall.scenes.find(({ id }) => id === preview),
  );
  if (scene === undefined) return null;
  const leave = () => screen.setState({ preview: null });
  return (
    <OverStage
      label={messages.previewOf(scene.name)}
      picture={<ScenePicture scene={scene} />}
      onLeave={leave}
    >
      <Button
        tone="loud"
        onClick={() => {
          leave();
          void wall({ type: 'apply-scene', scene: scene.id }, messages.applied(scene.name));
        }}
      >
        {messages.apply}
      </Button>
      <Button onClick={leave}>{messages.leave}</Button>
    </OverStage>
  );
}
