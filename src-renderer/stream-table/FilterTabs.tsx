import { ToggleGroup } from 'radix-ui';
import { useControl, useScreen } from '../stores/control-context.tsx';
import styles from './FilterTabs.module.css';
import { messages } from './messages.ts';
import type { StreamFilter } from './order-streams.ts';

const filters: readonly StreamFilter[] = ['all', 'live', 'wall'];

/** Which streams the list shows, and how many of each there are. */
export function FilterTabs({ counts }: { readonly counts: Readonly<Record<StreamFilter, number>> }) {
  const { screen } = useControl();
  const filter = useScreen((state) => state.filter);
  const choose = (value: string) => {
    const chosen = filters.find((one) => one === value);
    if (chosen !== undefined) screen.setState({ filter: chosen, activeStream: null });
  };
  return (
    <ToggleGroup.Root
      type="single"
      className={styles.filters}
      aria-label={messages.filterLabel}
      value={filter}
      onValueChange={choose}
    >
      {filters.map((one) => (
        <ToggleGroup.Item key={one} value={one} className={styles.filter} data-filter={one}>
          {messages.filters[one]} <span className={styles.count}>{counts[one].toLocaleString()}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
