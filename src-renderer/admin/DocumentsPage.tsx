import { useState } from 'react';
import { saveBlob } from '../ui/save-file.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import { Documents } from './admin-shapes.ts';
import { DocumentHistoryPart } from './DocumentHistoryPart.tsx';
import { messages } from './messages.ts';
import { dayOf, sizeOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.documents;

/** Documents as they are kept, and the history of one. */
export function DocumentsPage() {
  const [chosen, setChosen] = useState<string>();
  const asked = useAsked('admin/documents', Documents);
  if (chosen !== undefined)
    return <DocumentHistoryPart key={chosen} name={chosen} onBack={() => setChosen(undefined)} />;
  return (
    <Shown asked={asked}>
      {({ documents }) => (
        <Table
          label={messages.pages.documents}
          heads={words.heads}
          none={words.none}
          rows={documents.map((one) => ({
            key: one.name,
            cells: [
              one.name,
              one.last.toLocaleString(),
              one.updates === null
                ? ''
                : `${one.updates.toLocaleString()} (${sizeOf(one.update_bytes)}), ${dayOf(one.oldest_at)}`,
              one.snapshot_up_to === null ? '' : sizeOf(one.snapshot_bytes),
              one.snapshot_up_to?.toLocaleString() ?? '',
              one.connections.toLocaleString(),
              <DocumentButtons key="a" name={one.name} onHistory={() => setChosen(one.name)} />,
            ],
          }))}
        />
      )}
    </Shown>
  );
}

function DocumentButtons({ name, onHistory }: { readonly name: string; readonly onHistory: () => void }) {
  const { api } = useAdmin();
  const act = useAct();
  const take = async (form: 'json' | 'yjs') => {
    const done = await act(api.take(`admin/documents/${encodeURIComponent(name)}/export?form=${form}`));
    if (done !== undefined) saveBlob(`${name.replace(':', '-')}.${form}`, done.answer);
  };
  const button = (text: string, onClick: () => void) => (
    <Button tone="quiet" aria-label={`${text}: ${name}`} onClick={onClick}>
      {text}
    </Button>
  );
  return (
    <div className={styles.row}>
      {button(words.history, onHistory)}
      {button(words.exportJson, () => void take('json'))}
      {button(words.exportYjs, () => void take('yjs'))}
    </div>
  );
}
