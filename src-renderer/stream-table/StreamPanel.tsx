import { useRef } from 'react';
import { useControl, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { AddStreamField } from './AddStreamField.tsx';
import { FilterTabs } from './FilterTabs.tsx';
import { messages } from './messages.ts';
import { SearchField } from './SearchField.tsx';
import styles from './StreamPanel.module.css';
import { StreamTable } from './StreamTable.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { useStreamRows, type StreamRows } from './use-stream-rows.ts';

/** The list of streams: found at once, put on the wall by hand or key. */
export function StreamPanel() {
  const { rows, counts, marks } = useStreamRows();
  const filter = useScreen((screen) => screen.filter);
  const pageRef = useRef(8);
  const { active, onKeyDown } = useRowKeys(rows, pageRef);
  return (
    <section className={styles.panel} aria-label={messages.panel}>
      <div className={styles.head}>
        <SearchField shown={rows.length} all={counts[filter]} active={active} onKeyDown={onKeyDown} />
        <FilterTabs counts={counts} />
      </div>
      {rows.length === 0 ? (
        <NoRows counts={counts} />
      ) : (
        <StreamTable rows={rows} marks={marks} active={active} onKeyDown={onKeyDown} pageRef={pageRef} />
      )}
      <div className={styles.foot}>
        <AddStreamField />
      </div>
    </section>
  );
}

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
      </EmptyState>
    );
  }
  return <EmptyState {...(filter === 'live' ? messages.noLive : messages.noneOnWall)}>{showAll}</EmptyState>;
}
