import { Check, ChevronRight } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import type { MouseEvent, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { IconButton } from './IconButton.tsx';
import { Keys } from './Keys.tsx';
import styles from './Menu.module.css';

/** One line of a menu. Menus are values, so that they can be listed, tested and shown in either kind of menu. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly words: string;
      readonly icon?: ReactNode;
      readonly keys?: string;
      readonly disabled?: boolean;
      readonly run: () => void;
    }
  | {
      readonly kind: 'choice';
      readonly words: string;
      readonly chosen: boolean;
      readonly keys?: string;
      readonly run: () => void;
    }
  | {
      readonly kind: 'more';
      readonly words: string;
      readonly icon?: ReactNode;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: 'line' };

type Parts = Pick<
  typeof ContextMenu,
  'Item' | 'CheckboxItem' | 'ItemIndicator' | 'Separator' | 'Sub' | 'SubTrigger' | 'SubContent' | 'Portal'
>;

type ContextMenuAreaProps = {
  /** Its name for screen readers. */
  readonly label: string;
  /** Asked when the menu opens. */
  readonly entries: () => readonly MenuEntry[];
  /** For an area of many things: whether there is something to open a menu for at this element. */
  readonly opensOn?: (target: EventTarget) => boolean;
  /** One element, on which a right click, a long press or Shift+F10 opens the menu. */
  readonly children: ReactNode;
};

/** The menu of whatever is under the pointer. */
export function ContextMenuArea({ label, entries, opensOn, children }: ContextMenuAreaProps) {
  const keep = (event: MouseEvent) => {
    if (opensOn?.(event.target) === false) event.preventDefault();
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={keep}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={styles.menu} aria-label={label} collisionPadding={8}>
          <AskedEntries entries={entries} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Drawn only while the menu is open, so that a thousand closed menus cost nothing. */
function AskedEntries({ entries }: Pick<ContextMenuAreaProps, 'entries'>) {
  return <Entries parts={ContextMenu} entries={entries()} />;
}

type MenuButtonProps = {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** The picture on the button. */
  readonly icon: ReactNode;
};

/** A button with a picture that opens a menu. */
export function MenuButton({ label, entries, icon }: MenuButtonProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={label} icon={icon} />
      </DropdownMenu.Trigger>
      <MenuSurface label={label} entries={entries} />
    </DropdownMenu.Root>
  );
}

/** What opens below a `DropdownMenu.Trigger`. */
export function MenuSurface(props: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
}) {
  const { label, entries, align = 'end' } = props;
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        className={styles.menu}
        aria-label={label}
        align={align}
        sideOffset={6}
        collisionPadding={8}
      >
        <Entries parts={DropdownMenu} entries={entries} />
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

function Entries({ parts, entries }: { readonly parts: Parts; readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => <Entry key={index} parts={parts} entry={entry} />);
}

function Entry({ parts, entry }: { readonly parts: Parts; readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case 'line':
      return <parts.Separator className={styles.line} />;
    case 'action':
      return (
        <parts.Item className={styles.item} disabled={entry.disabled ?? false} onSelect={entry.run}>
          <span className={styles.icon}>{entry.icon}</span>
          <span className={styles.words}>{entry.words}</span>
          {entry.keys !== undefined && <Keys keys={entry.keys} />}
        </parts.Item>
      );
    case 'choice':
      return (
        <parts.CheckboxItem className={styles.item} checked={entry.chosen} onSelect={entry.run}>
          <span className={styles.icon}>
            <parts.ItemIndicator>
              <Check size={14} />
            </parts.ItemIndicator>
          </span>
          <span className={styles.words}>{entry.words}</span>
          {entry.keys !== undefined && <Keys keys={entry.keys} />}
        </parts.CheckboxItem>
      );
    case 'more':
      return (
        <parts.Sub>
          <parts.SubTrigger className={styles.item}>
            <span className={styles.icon}>{entry.icon}</span>
            <span className={styles.words}>{entry.words}</span>
            <ChevronRight size={14} />
          </parts.SubTrigger>
          <parts.Portal>
            <parts.SubContent className={classNames(styles.menu)} collisionPadding={8}>
              <Entries parts={parts} entries={entry.entries} />
            </parts.SubContent>
          </parts.Portal>
        </parts.Sub>
      );
  }
}
