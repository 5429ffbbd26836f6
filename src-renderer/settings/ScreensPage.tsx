import {
  USUAL_MARKS,
  USUAL_PLACEMENT,
  USUAL_SOUND,
  type ScreensState,
  type WallOutputView,
  type WallPlacement,
} from '#shared/protocol/wall-output.ts';
import type { WallId } from '#shared/model/ids.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';
import { MarkChoice } from './MarkChoice.tsx';
import { PlaceForm } from './PlaceForm.tsx';
import { SoundChoice } from './SoundChoice.tsx';

const words = messages.screens;

/** The walls on the screens of this machine: which, where, and how they look there. */
export function ScreensPage() {
  const screens = useMirror((mirror) => mirror.screens);
  const walls = useMirror((mirror) => mirror.walls);
  if (screens === null) return <p className={styles.hint}>{words.none}</p>;
  const shown = walls.filter(({ id, archived }) => !archived || isOpen(screens, id));
  return (
    <div className={styles.page}>
      <p className={styles.hint}>{words.intro}</p>
      {shown.map(({ id, name }) => (
        <WallOnScreen key={id} name={name} output={outputOf(screens, id)} displays={screens.displays} />
      ))}
    </div>
  );
}

const isOpen = (screens: ScreensState, wall: WallId): boolean =>
  screens.outputs.some((output) => output.wall === wall && output.isOpen);

function outputOf(screens: ScreensState, wall: WallId): WallOutputView {
  const kept = screens.outputs.find((output) => output.wall === wall);
  const never = {
    isOpen: false,
    opensAtStart: false,
    isAway: false,
    isSoundAway: false,
    solo: null,
    at: null,
  };
  return kept ?? { ...never, wall, placement: USUAL_PLACEMENT, sound: USUAL_SOUND, marks: USUAL_MARKS };
}

function WallOnScreen(props: {
  readonly name: string;
  readonly output: WallOutputView;
  readonly displays: ScreensState['displays'];
}) {
  const { name, output, displays } = props;
  const { machine } = useActions();
  const { wall, placement, at } = output;
  const place = (change: Partial<WallPlacement>) =>
    void machine('place-on-screen', { wall, placement: { ...placement, ...change } });
  return (
    <section aria-label={name} data-output={wall} data-open={output.isOpen}>
      <div className={styles.line}>
        <h3 className={styles.what}>{name}</h3>
        <Button
          tone={output.isOpen ? 'quiet' : 'plain'}
          aria-label={output.isOpen ? words.takeOne(name) : words.putOne(name)}
          onClick={() => void machine(output.isOpen ? 'take-off-screen' : 'put-on-screen', wall)}
        >
          {output.isOpen ? words.take : words.put}
        </Button>
      </div>
      <p className={styles.quiet}>
        {at === null ? words.off : words.at(at.x, at.y, at.width, at.height)} {output.isAway && words.away}
      </p>
      <div className={styles.form}>
        <DisplayChoice displays={displays} placement={placement} onChoose={(display) => place({ display })} />
        <Switch
          words={words.fullScreen}
          on={placement.fullScreen}
          onChange={(fullScreen) => place({ fullScreen })}
        />
        <Switch
          words={words.frameless}
          on={placement.frameless}
          onChange={(frameless) => place({ frameless })}
        />
      </div>
      <PlaceForm
        key={JSON.stringify(placement.rect)}
        rect={placement.rect}
        onPlace={(rect) => place({ rect, fullScreen: false })}
      />
      <SoundChoice output={output} />
      <MarkChoice output={output} />
    </section>
  );
}

function DisplayChoice(props: {
  readonly displays: ScreensState['displays'];
  readonly placement: WallPlacement;
  readonly onChoose: (display: WallPlacement['display']) => void;
}) {
  const { displays, placement, onChoose } = props;
  const chosen = placement.display;
  const gone = chosen !== null && !displays.some(({ id }) => id === chosen.id) ? [chosen] : [];
  const options = [
    { value: '', words: words.main },
    ...displays.map(({ id, name, bounds }) => ({
      value: id,
      words: words.displayName(name || words.noName(id), bounds.width, bounds.height),
    })),
    ...gone.map(({ id, name }) => ({ value: id, words: words.goneDisplay(name || words.noName(id)) })),
  ];
  const scale = displays.find(({ id, isPrimary }) => (chosen === null ? isPrimary : id === chosen.id))?.scale;
  const choose = (value: string) => {
    const display = displays.find(({ id }) => id === value);
    if (value === '') onChoose(null);
    else if (display !== undefined) onChoose({ id: display.id, name: display.name });
  };
  return (
    <Labelled
      words={words.display}
      {...(scale !== undefined && scale !== 1 ? { hint: words.scale(scale) } : {})}
    >
      <Select label={words.display} value={chosen?.id ?? ''} options={options} onChange={choose} />
    </Labelled>
  );
}
