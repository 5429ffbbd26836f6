import { Archive, ArrowUpDown, Columns3, Maximize2, Minimize2 } from 'lucide-react';
import { performRoomAction } from '../control/perform-room-action.ts';
import { useActionKeys } from '../control/use-action-keys.ts';
import { useControl, usePreference, useScreen } from '../stores/control-context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { MenuButton, type MenuEntry } from '../ui/Menu.tsx';
import { columns } from './columns.ts';
import { messages } from './messages.ts';

/** How the list is shown: its order, its columns, its width. */
export function ListTools() {
  const control = useControl();
  const wide = useScreen((state) => state.wide);
  return (
    <>
      <SortMenu />
      {wide && <ColumnMenu />}
      <IconButton
        label={messages.archive}
        keys={useActionKeys('archive')}
        icon={<Archive size={16} />}
        onClick={() => performRoomAction('archive', control)}
      />
      <IconButton
        label={wide ? messages.narrow : messages.widen}
        keys={useActionKeys('wide-list')}
        icon={wide ? <Minimize2 size={16} /> : <Maximize2 size={16} />}
        onClick={() => performRoomAction('wide-list', control)}
      />
    </>
  );
}

function SortMenu() {
  const { preferences } = useControl();
  const sort = usePreference('sort');
  const entries: readonly MenuEntry[] = [
    {
      kind: 'choice',
      words: messages.noSort,
      chosen: sort === null,
      run: () => preferences.change({ sort: null }),
    },
    { kind: 'line' },
    ...columns.map<MenuEntry>(({ id, words }) => ({
      kind: 'choice',
      words: sort?.column === id ? messages.sortedBy(words, sort.down) : words,
      chosen: sort?.column === id,
      run: () =>
        preferences.change({
          sort: { column: id, down: sort?.column === id ? !sort.down : id === 'addedAt' || id === 'viewers' },
        }),
    })),
  ];
  return <MenuButton label={messages.sort} icon={<ArrowUpDown size={16} />} entries={entries} />;
}

function ColumnMenu() {
  const { preferences } = useControl();
  const chosen = usePreference('columns');
  const entries = columns.map<MenuEntry>(({ id, words }) => ({
    kind: 'choice',
    words,
    chosen: chosen.includes(id),
    run: () =>
      preferences.change({
        columns: chosen.includes(id)
          ? chosen.filter((other) => other !== id)
          : columns.map((column) => column.id).filter((other) => other === id || chosen.includes(other)),
      }),
  }));
  return <MenuButton label={messages.chooseColumns} icon={<Columns3 size={16} />} entries={entries} />;
}
