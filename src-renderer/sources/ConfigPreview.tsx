import type { Command } from '#shared/document/command.ts';
import { USUAL_PLACEMENT } from '#shared/protocol/wall-output.ts';
import styles from '../add-streams/AddStreams.module.css';
import type { Control } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import type { ConfigLine, OriginalConfig } from './read-original-config.ts';

const words = messages.config;
const fates: readonly ConfigLine['fate'][] = ['wrong', 'taken', 'elsewhere'];

/** What a settings file of the original comes to, option by option, before anything is done. */
export function ConfigPreview({ config }: { readonly config: OriginalConfig }) {
  return (
    <section className={styles.part} aria-label={words.title}>
      <h3 className={styles.head}>{words.title}</h3>
      {fates.map((fate) => {
        const lines = config.lines.filter((line) => line.fate === fate);
        return (
          lines.length > 0 && (
            <div key={fate} data-fate={fate}>
              <h4 className={styles.head}>{words[fate]}</h4>
              <ul>
                {lines.map(({ option, value, words: what }) => (
                  <li key={option} className={styles.line}>
                    <span className={styles.why}>{words.line(option, value, what)}</span>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </section>
  );
}

/** Does what the file says, as far as it concerns this wall and machine. */
export async function applyConfig(config: OriginalConfig, { actions, mirror }: Control): Promise<void> {
  const { wall, screens } = mirror.getState();
  const commands = config.wall.map<Command>((command) => ({ document: 'wall', wall: wall.id, command }));
  if (commands.length > 0) await actions.all(commands, () => words.applied);
  for (const source of config.sources) await actions.machine('add-source', source);
  if (config.delay !== null) await actions.machine('set-delay', config.delay);
  if (config.placement !== null) {
    const now = screens?.outputs.find((output) => output.wall === wall.id)?.placement ?? USUAL_PLACEMENT;
    await actions.machine('place-on-screen', { wall: wall.id, placement: { ...now, ...config.placement } });
  }
}
