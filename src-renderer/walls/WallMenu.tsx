import { Archive, ChevronDown, Copy, LayoutGrid, Pencil, Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { MenuSurface, type MenuEntry } from '../ui/Menu.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import { archiveWall, duplicateWall, newWall, renameWall } from './wall-actions.ts';
import styles from './WallMenu.module.css';

/** Which wall this is, and the way to the others. Its name is written in place. */
export function WallMenu() {
  const { screen } = useControl();
  const wall = useMirror((mirror) => mirror.wall);
  const renaming = useScreen((state) => state.renaming);
  if (renaming) return <WallNameField key={wall.id} name={wall.name} />;
  return (
    <h1 className={styles.name}>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className={styles.button}
          aria-label={messages.menu(wall.name)}
          onDoubleClick={() => screen.setState({ renaming: true })}
        >
          <span className={styles.words}>{wall.name}</span>
          <ChevronDown size={14} />
        </DropdownMenu.Trigger>
        <WallEntries />
      </DropdownMenu.Root>
    </h1>
  );
}

function WallEntries() {
  const control = useControl();
  const wall = useMirror((mirror) => mirror.wall);
  const walls = useMirror((mirror) => mirror.walls);
  const others = walls.filter((one) => !one.archived || one.id === wall.id);
  const entries: readonly MenuEntry[] = [
    ...others.slice(0, 20).map<MenuEntry>((one) => ({
      kind: 'choice',
      words: one.name,
      chosen: one.id === wall.id,
      run: () => void (one.id === wall.id ? undefined : control.actions.openWall(one.id)),
    })),
    { kind: 'line' },
    { kind: 'action', words: messages.create, icon: <Plus size={15} />, run: () => void newWall(control) },
    {
      kind: 'action',
      words: messages.rename,
      icon: <Pencil size={15} />,
      run: () => control.screen.setState({ renaming: true }),
    },
    {
      kind: 'action',
      words: messages.duplicate,
      icon: <Copy size={15} />,
      run: () => void duplicateWall(wall.id, control),
    },
    {
      kind: 'action',
      words: messages.archive,
      icon: <Archive size={15} />,
      run: () => void archiveWall(wall.id, true, control),
    },
    {
      kind: 'action',
      words: messages.all,
      icon: <LayoutGrid size={15} />,
      run: () => control.screen.setState({ over: { kind: 'settings', page: 'walls' } }),
    },
  ];
  return <MenuSurface label={messages.menu(wall.name)} entries={entries} align="start" />;
}

function WallNameField({ name }: { readonly name: string }) {
  const control = useControl();
  const [text, setText] = useState(name);
  const end = (keep: boolean) => {
    control.screen.setState({ renaming: false });
    if (keep) void renameWall(control.mirror.getState().wall.id, text, control);
  };
  return (
    <TextField
      className={styles.field}
      label={messages.nameField}
      autoFocus
      maxLength={80}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => control.screen.getState().renaming && end(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(true);
        else if (event.key === 'Escape') end(false);
      }}
    />
  );
}
