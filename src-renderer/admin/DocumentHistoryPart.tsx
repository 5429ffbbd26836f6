import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import { DocumentHistory, Past } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { BroughtBackPart } from './BroughtBackPart.tsx';
import { LackPart } from './LackPart.tsx';
import { messages } from './messages.ts';
import { momentOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { ReturnButton, SnapshotsPart } from './SnapshotsPart.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.documents;

/** Who wrote to a document and when; how it was after each edit; and a wall, back to that. */
export function DocumentHistoryPart({
  name,
  onBack,
}: {
  readonly name: string;
  readonly onBack: () => void;
}) {
  const [before, setBefore] = useState<number>();
  const [lackSince, setLackSince] = useState<number>();
  const path = `admin/documents/${encodeURIComponent(name)}`;
  const asked = useAsked(
    `${path}/history?limit=50${before === undefined ? '' : `&before=${String(before)}`}`,
    DocumentHistory,
  );
  const { api, say } = useAdmin();
  const act = useAct();
  const look = async (number: number) => {
    const past = await api.read(`${path}/past?number=${String(number)}`, Past);
    const facts = past.ok
      ? Object.entries(past.value).map(([what, value]) => `${what} ${String(value)}`)
      : [];
    say(past.ok ? words.past(number, facts.join(', ')) : past.error);
  };
  const restore = async (number: number) => {
    await act(api.send('POST', `${path}/restore`, { number }), words.restored(number));
    asked.reload();
  };
  const isCatalogue = name === 'catalogue';
  if (lackSince !== undefined)
    return <LackPart path={path} number={lackSince} onBack={() => setLackSince(undefined)} />;
  return (
    <section className={styles.page} aria-labelledby="history">
      <h2 id="history">{words.historyOf(name)}</h2>
      <div className={styles.row}>
        <Button onClick={onBack}>{words.back}</Button>
      </div>
      <SnapshotsPart path={path} onReturn={isCatalogue ? setLackSince : undefined} />
      {isCatalogue && <BroughtBackPart path={path} />}
      <h3>{words.edits}</h3>
      <Shown asked={asked}>
        {({ entries, next }) => (
          <>
            <Table
              label={words.historyOf(name)}
              heads={words.historyHeads}
              none={words.noHistory}
              rows={entries.map(({ number, actor, name: author, at, carried, bytes }) => ({
                key: String(number),
                cells: [
                  number.toLocaleString(),
                  carried ? `${words.carried} ${author ?? actor}` : (author ?? actor),
                  momentOf(at),
                  bytes.toLocaleString(),
                  <div key="a" className={styles.row}>
                    <Button
                      tone="quiet"
                      aria-label={`${words.look}: ${String(number)}`}
                      onClick={() => void look(number)}
                    >
                      {words.look}
                    </Button>
                    {isCatalogue && <ReturnButton number={number} onReturn={setLackSince} />}
                    {name.startsWith('wall:') && (
                      <ArmedButton
                        words={words.restore}
                        what={String(number)}
                        onPress={() => void restore(number)}
                      />
                    )}
                  </div>,
                ],
              }))}
            />
            {next !== null && <Button onClick={() => setBefore(next)}>{messages.more}</Button>}
          </>
        )}
      </Shown>
    </section>
  );
}
