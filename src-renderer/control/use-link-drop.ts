import { useEffect } from 'react';
import { useControl, type Control } from '../stores/control-context.tsx';
import { cursorAt } from '../wall-grid/stage-cursor.ts';
import { stageCellAt } from '../wall-grid/stage-element.ts';
import { focusAddLink } from './focus-places.ts';

/** More than any link. */
const MAX_DROP = 4096;

/** Takes links that are dragged here out of other programs: onto the wall, or into the field for a new link. */
export function useLinkDrop(): void {
  const control = useControl();
  useEffect(() => {
    const { signal, abort } = listening();
    const onDragOver = (event: DragEvent) => {
      if (isField(event.target)) return;
      // Without this the page would go to the link.
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      if (isField(event.target)) return;
      event.preventDefault();
      const text = droppedText(event.dataTransfer);
      if (text !== '') take(text, { x: event.clientX, y: event.clientY }, control);
    };
    window.addEventListener('dragover', onDragOver, { signal });
    window.addEventListener('drop', onDrop, { signal });
    return abort;
  }, [control]);
}

function take(text: string, point: { readonly x: number; readonly y: number }, control: Control): void {
  const { mirror, screen } = control;
  const { wall } = mirror.getState();
  const cell = stageCellAt(point, wall.grid);
  if (cell !== null) return screen.setState({ code: { at: cursorAt(wall, cell), text } });
  screen.setState({ link: text });
  focusAddLink();
}

function droppedText(data: DataTransfer | null): string {
  const list = data
    ?.getData('text/uri-list')
    .split('\n')
    .find((line) => line !== '' && !line.startsWith('#'));
  return (list ?? data?.getData('text/plain') ?? '').trim().slice(0, MAX_DROP);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}

function listening() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
