import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { StreamId } from '#shared/model/ids.ts';
import { focusMarks, focusStage } from '../control/focus-places.ts';
import { useControl, useScreen } from '../stores/control-context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import { LIST_ID, rowId } from './row-ids.ts';
import styles from './SearchField.module.css';

type SearchFieldProps = {
  readonly shown: number;
  readonly all: number;
  readonly active: StreamId | null;
  /** The keys of the list, which work from here too. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** Searches as one types; up and down choose in the list, Enter puts the chosen stream on the wall. */
export function SearchField({ shown, all, active, onKeyDown }: SearchFieldProps) {
  const { screen } = useControl();
  const search = useScreen((state) => state.search);
  const clear = () => screen.setState({ search: '' });
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return onKeyDown(event);
    event.preventDefault();
    if (search === '') focusStage();
    else clear();
  };
  return (
    <TextField
      type="search"
      data-focus={focusMarks.search}
      label={messages.search}
      placeholder={messages.searchPlaceholder}
      icon={<Search size={15} />}
      aria-controls={shown > 0 ? LIST_ID : undefined}
      aria-activedescendant={active === null ? undefined : rowId(active)}
      value={search}
      onChange={(event) => screen.setState({ search: event.target.value, activeStream: null })}
      onKeyDown={keys}
      trailing={
        search === '' ? (
          <Keys keys="Ctrl+F" />
        ) : (
          <>
            <span className={styles.count} aria-live="polite" aria-label={messages.shownLong(shown, all)}>
              {messages.shown(shown, all)}
            </span>
            <IconButton small label={messages.clearSearch} icon={<X size={14} />} onClick={clear} />
          </>
        )
      }
    />
  );
}
