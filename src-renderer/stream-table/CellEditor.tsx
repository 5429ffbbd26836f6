import { useState, type KeyboardEvent } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import { useControl } from '../stores/control-context.tsx';
import type { CellEdit, Column } from './columns.ts';
import { messages } from './messages.ts';
import { LIST_ID } from './row-ids.ts';
import { editableColumns, useRowActions } from './use-row-actions.ts';
import styles from './CellEditor.module.css';

/**
 * Writes in one cell. Nothing is written before Enter, Tab or going elsewhere: half a word is nobody's wish. Enter stays in
 * the row, Tab goes to the next cell, Escape leaves all as it was.
 */
export function CellEditor(props: {
  readonly stream: StreamView;
  readonly column: Column;
  readonly edit: CellEdit;
}) {
  const { stream, column, edit } = props;
  const control = useControl();
  const { screen } = control;
  const { change } = useRowActions();
  const [text, setText] = useState(() => edit.text(stream));
  const wrong = edit.changes(text) === null;

  const keep = (): boolean => {
    const changes = edit.changes(text);
    if (changes === null) return false;
    if (text !== edit.text(stream)) change(stream, changes);
    return true;
  };
  const leave = () => {
    screen.setState({ editing: null });
    document.getElementById(LIST_ID)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && keep()) leave();
    else if (event.key === 'Tab') {
      event.preventDefault();
      if (!keep()) return;
      const all = editableColumns(control);
      const at = all.findIndex(({ id }) => id === column.id);
      const next = all[(at + (event.shiftKey ? -1 : 1) + all.length) % all.length];
      if (next !== undefined) screen.setState({ editing: { stream: stream.id, column: next.id } });
    }
  };
  const onBlur = () => {
    const { editing } = screen.getState();
    if (editing?.stream !== stream.id || editing.column !== column.id) return;
    keep();
    screen.setState({ editing: null });
  };
  return (
    <span className={styles.editor}>
      <input
        autoFocus
        className={styles.input}
        aria-label={messages.editing(column.words, stream.code)}
        aria-invalid={wrong || undefined}
        title={wrong ? edit.complaint : undefined}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.stopPropagation()}
        onBlur={onBlur}
      />
      {wrong && (
        <span role="alert" className={styles.complaint}>
          {edit.complaint}
        </span>
      )}
    </span>
  );
}
