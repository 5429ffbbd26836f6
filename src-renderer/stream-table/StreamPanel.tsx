import { memo, useRef } from 'react';
import { useControl, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { AddStreamField } from './AddStreamField.tsx';
import { FilterTabs } from './FilterTabs.tsx';
import { ListTools } from './ListTools.tsx';
import { ManyBar } from './ManyBar.tsx';
import { messages } from './messages.ts';
import { SearchField } from './SearchField.tsx';
import styles from './StreamPanel.module.css';
import { StreamTable } from './StreamTable.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { useListed, useStreamRows, type ListedBy, type StreamRows } from './use-stream-rows.ts';

/** The list of streams: found at once, put on the wall by hand or key. */
export function StreamPanel() {
  return <ListedStreams {...useListed()} />;
}

/** Drawn again only once what it lists has changed, not at each key. */
const ListedStreams = memo(function ListedStreams(listed: ListedBy) {
  const { rows, counts, marks } = useStreamRows(listed);
  const filter = useScreen((screen) => screen.filter);
  const selecting = useScreen((screen) => screen.selected.size > 0);
  const pageRef = useRef(8);
  const { active, index, onKeyDown } = useRowKeys(rows, listed.text, pageRef);
  return (
    <section className={styles.panel} aria-label={messages.panel}>
      <div className={styles.head}>
        <div className={styles.search}>
          <SearchField
            shown={rows.length}
            all={counts[filter] ?? rows.length}
            active={active}
            onKeyDown={onKeyDown}
          />
          <ListTools />
        </div>
        <FilterTabs counts={counts} />
      </div>
      <div className={styles.list}>
        {rows.length === 0 ? (
          <NoRows counts={counts} />
        ) : (
          <StreamTable {...{ rows, marks, active, onKeyDown, pageRef }} activeIndex={index} />
        )}
      </div>
      {/* In one place, so that rows never move from under the pointer when the first is selected. */}
      <div className={styles.foot}>{selecting ? <ManyBar /> : <AddStreamField />}</div>
    </section>
  );
});

/** Why the list is empty, and what to do about it. */
function NoRows({ counts }: Pick<StreamRows, 'counts'>) {
  const { screen } = useControl();
  const search = useScreen((state) => state.search);
  const filter = useScreen((state) => state.filter);
  if (counts.all === 0) return <EmptyState {...messages.none} />;
  const showAll = (
    <Button onClick={() => screen.setState({ search: '', filter: 'all' })}>{messages.showAll}</Button>
  );
  if (search.trim() !== '') {
    return (
      <EmptyState title={messages.noMatch.title} words={messages.noMatch.words(search.trim())}>
        {showAll}
        <Button onClick={() => screen.setState({ over: { kind: 'archive', text: search.trim() } })}>
          {messages.inArchive}
        </Button>
      </EmptyState>
    );
  }
  const why = { live: messages.noLive, wall: messages.noneOnWall };
  return (
    <EmptyState {...(filter === 'live' || filter === 'wall' ? why[filter] : messages.noneHere)}>
      {showAll}
    </EmptyState>
  );
}
