import styles from './Admin.module.css';
import { Bringings, BroughtBack, type Bringing } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { messages } from './messages.ts';
import { momentOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.documents.lack;

/** What was brought back of a catalogue, by whom; it is undone here, also by somebody else and later. */
export function BroughtBackPart({ path }: { readonly path: string }) {
  const asked = useAsked(`${path}/brought_back`, Bringings);
  const { api, say } = useAdmin();
  const act = useAct();
  const undo = async ({ before, after, actor }: Bringing) => {
    const done = await act(api.send('POST', `${path}/take_back`, { before, after, actor }));
    const read = BroughtBack.safeParse(done?.answer);
    if (read.success) say(words.done(read.data.done, read.data.refused_count));
    asked.reload();
  };
  return (
    <section className={styles.page} aria-labelledby="brought-back">
      <h3 id="brought-back">{words.past.title}</h3>
      <Shown asked={asked}>
        {({ entries }) => (
          <Table
            label={words.past.title}
            heads={words.past.heads}
            none={words.past.none}
            rows={entries.map((one) => ({
              key: String(one.before),
              cells: [
                momentOf(one.at),
                one.name ?? one.actor,
                one.number.toLocaleString(),
                words.done(one.done, one.refused_count),
                <UndoCell key="u" entry={one} onUndo={() => void undo(one)} />,
              ],
            }))}
          />
        )}
      </Shown>
    </section>
  );
}

function UndoCell({ entry, onUndo }: { readonly entry: Bringing; readonly onUndo: () => void }) {
  const { undone } = entry;
  if (undone !== null) return words.past.undone(undone.name ?? undone.actor, momentOf(undone.at));
  if (!entry.may_undo) return words.past.forgotten;
  return <ArmedButton words={words.past.undo} what={momentOf(entry.at)} onPress={onUndo} />;
}
