import { Bookmark, ListFilter, X } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useControl, usePreference, useScreen } from '../stores/control-context.tsx';
import { MenuButton, type MenuEntry } from '../ui/Menu.tsx';
import { STREAM_FILTERS, type StreamFilter } from './filter-streams.ts';
import styles from './FilterTabs.module.css';
import { messages } from './messages.ts';
import type { FilterCounts } from './use-stream-rows.ts';
import { locale } from '../words/language.ts';

const always: readonly StreamFilter[] = ['all', 'live', 'wall', 'new', 'pinned'];

/** Which streams the list shows, and how many of each there are. */
export function FilterTabs({ counts }: { readonly counts: FilterCounts }) {
  const { screen } = useControl();
  const filter = useScreen((state) => state.filter);
  const choose = (value: string) => {
    const chosen = STREAM_FILTERS.find((one) => one === value);
    if (chosen !== undefined) screen.setState({ filter: chosen, activeStream: null });
  };
  // What waits for somebody's yes is not to be overlooked.
  const offered = (counts.waiting ?? 0) > 0 ? [...always, 'waiting' as const] : always;
  const shown = offered.includes(filter) ? offered : [...offered, filter];
  return (
    <div className={styles.line}>
      <ToggleGroup.Root
        type="single"
        className={styles.filters}
        aria-label={messages.filterLabel}
        value={filter}
        onValueChange={choose}
      >
        {shown.map((one) => (
          <ToggleGroup.Item key={one} value={one} className={styles.filter} data-filter={one}>
            {messages.filters[one]}{' '}
            <span className={styles.count}>{counts[one]?.toLocaleString(locale)}</span>
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <MoreFilters counts={counts} choose={choose} />
    </div>
  );
}

function MoreFilters(props: { readonly counts: FilterCounts; readonly choose: (filter: string) => void }) {
  const { actions, screen, preferences } = useControl();
  const filter = useScreen((state) => state.filter);
  const saved = usePreference('savedFilters');
  const keep = () => {
    const { search } = screen.getState();
    const name = [messages.filters[filter], search.trim()].filter(Boolean).join(': ').slice(0, 60);
    const others = saved.filter((one) => one.name !== name);
    preferences.change({
      savedFilters: [...others, { name, filter, search: search.slice(0, 200) }].slice(-30),
    });
    actions.say(messages.filterSaved(name));
  };
  const entries: readonly MenuEntry[] = [
    ...STREAM_FILTERS.filter((one) => !always.includes(one)).map<MenuEntry>((one) => ({
      kind: 'choice',
      words: `${messages.filters[one]}  ${props.counts[one]?.toLocaleString(locale) ?? ''}`.trim(),
      chosen: filter === one,
      run: () => props.choose(one),
    })),
    { kind: 'line' },
    ...saved.map<MenuEntry>((one) => ({
      kind: 'action',
      words: messages.savedFilter(one.name),
      run: () => {
        props.choose(one.filter);
        screen.setState({ search: one.search });
      },
    })),
    { kind: 'action', words: messages.saveFilter, icon: <Bookmark size={15} />, run: keep },
    ...saved.map<MenuEntry>((one) => ({
      kind: 'action',
      words: messages.forgetFilter(one.name),
      icon: <X size={15} />,
      run: () => preferences.change({ savedFilters: saved.filter((other) => other !== one) }),
    })),
  ];
  return <MenuButton label={messages.moreFilters} icon={<ListFilter size={16} />} entries={entries} />;
}
