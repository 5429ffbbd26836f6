import { Ban, Check, Crosshair, Ellipsis, MonitorUp } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { openMenuOf } from '../wall-grid/open-menu.ts';
import { isLayer } from './decide-placing.ts';
import { messages } from './messages.ts';
import styles from './RowButtons.module.css';
import { useRowActions } from './use-row-actions.ts';
import type { WallMark } from './use-stream-rows.ts';

/** What is done most often with a stream, under the pointer. The keyboard has Enter and Shift+F10. */
export function RowButtons(props: { readonly stream: StreamView; readonly mark: WallMark | undefined }) {
  const { stream, mark } = props;
  const { place, change } = useRowActions();
  const found = mark?.at === 'wall';
  const act = (event: MouseEvent) => {
    event.stopPropagation();
    place(stream);
  };
  const decide = (moderation: 'accepted' | 'refused') => (event: MouseEvent) => {
    event.stopPropagation();
    change(stream, { moderation });
  };
  const more = (event: MouseEvent<HTMLElement>) => {
    event.stopPropagation();
    openMenuOf(event.currentTarget);
  };
  return (
    <div role="gridcell" className={styles.buttons} onDoubleClick={(event) => event.stopPropagation()}>
      {stream.moderation === 'waiting' && (
        <>
          <IconButton
            small
            tabIndex={-1}
            label={messages.sayYes(stream.code)}
            icon={<Check size={15} />}
            onClick={decide('accepted')}
          />
          <IconButton
            small
            tabIndex={-1}
            label={messages.sayNo(stream.code)}
            icon={<Ban size={15} />}
            onClick={decide('refused')}
          />
        </>
      )}
      {!isLayer(stream) && (
        <IconButton
          small
          tabIndex={-1}
          label={found ? messages.find(stream.code) : messages.place(stream.code)}
          keys="Enter"
          icon={found ? <Crosshair size={15} /> : <MonitorUp size={15} />}
          onClick={act}
        />
      )}
      <IconButton
        small
        tabIndex={-1}
        label={messages.more(stream.code)}
        keys="Shift+F10"
        icon={<Ellipsis size={15} />}
        onClick={more}
      />
    </div>
  );
}
