import {
  Archive,
  Ban,
  Check,
  Copy,
  Crosshair,
  Hash,
  MonitorUp,
  Pencil,
  Pin,
  PinOff,
  Replace,
  Trash2,
  Volume2,
  VolumeOff,
} from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { checkEntries } from '../status/check-entries.tsx';
import { useControl, type Control } from '../stores/control-context.tsx';
import { ContextMenuArea, type MenuEntry } from '../ui/Menu.tsx';
import { spotOf } from '../wall-grid/stage-cursor.ts';
import { codeOfTile, isPlaced, tileOfStream } from '../wall-grid/wall-lookup.ts';
import { isLayer } from './decide-placing.ts';
import { messages } from './messages.ts';
import { streamOfRow } from './row-ids.ts';
import { useRowActions, type RowActions } from './use-row-actions.ts';

const words = messages.menu;

/** The menu of whichever row it is opened on: one for the whole list. */
export function RowMenu({ children }: { readonly children: ReactNode }) {
  const control = useControl();
  const row = useRowActions();
  const asked = useRef<StreamId | null>(null);
  const entries = () => {
    const stream = asked.current === null ? undefined : control.mirror.getState().streams.get(asked.current);
    return stream === undefined ? [] : rowEntries(stream, control, row);
  };
  return (
    <ContextMenuArea
      label={messages.rowMenu}
      entries={entries}
      opensOn={(target) => {
        asked.current = streamOfRow(target);
        return asked.current !== null;
      }}
    >
      {children}
    </ContextMenuArea>
  );
}

function rowEntries(stream: StreamView, control: Control, row: RowActions): readonly MenuEntry[] {
  return [
    ...(isLayer(stream) ? [] : wallEntries(stream, control, row)),
    {
      kind: 'action',
      words: words.edit,
      icon: <Pencil size={15} />,
      keys: 'F2',
      run: () => control.screen.setState({ over: { kind: 'stream', stream: stream.id } }),
    },
    {
      kind: 'action',
      words: stream.pinned === true ? words.unpin : words.pin,
      icon: stream.pinned === true ? <PinOff size={15} /> : <Pin size={15} />,
      run: () => row.pin(stream),
    },
    ...checkEntries(stream, control),
    { kind: 'action', words: words.copyLink, icon: <Copy size={15} />, run: () => row.copy(stream.link) },
    { kind: 'action', words: words.copyCode, icon: <Hash size={15} />, run: () => row.copy(stream.code) },
    { kind: 'line' },
    {
      kind: 'action',
      words: stream.archived === true ? words.unarchive : words.archive,
      icon: <Archive size={15} />,
      run: () => row.change(stream, { archived: stream.archived === true ? null : true }),
    },
    ...moderationEntries(stream, row),
    { kind: 'action', words: words.remove, icon: <Trash2 size={15} />, run: () => row.remove(stream) },
  ];
}

function moderationEntries(stream: StreamView, row: RowActions): readonly MenuEntry[] {
  const decide = (moderation: 'accepted' | 'refused') => () => row.change(stream, { moderation });
  const refuse = (words: string): MenuEntry => ({
    kind: 'action',
    words,
    icon: <Ban size={15} />,
    run: decide('refused'),
  });
  const accept = (words: string): MenuEntry => ({
    kind: 'action',
    words,
    icon: <Check size={15} />,
    run: decide('accepted'),
  });
  if (stream.moderation === 'waiting') return [accept(words.sayYes), refuse(words.sayNo)];
  return [stream.moderation === 'refused' ? accept(words.accept) : refuse(words.ignore)];
}

function wallEntries(
  stream: StreamView,
  { actions, mirror, screen }: Control,
  row: RowActions,
): readonly MenuEntry[] {
  const { wall, streams } = mirror.getState();
  const tile = tileOfStream(wall, stream.id);
  const found = tile !== undefined && isPlaced(tile);
  const place: MenuEntry = {
    kind: 'action',
    words: found ? words.find : words.place,
    icon: found ? <Crosshair size={15} /> : <MonitorUp size={15} />,
    keys: 'Enter',
    run: () => row.place(stream),
  };
  if (tile !== undefined) {
    const listen: MenuEntry = {
      kind: 'action',
      words: tile.heard ? words.stopListening : words.listen,
      icon: tile.heard ? <VolumeOff size={15} /> : <Volume2 size={15} />,
      run: () => void actions.wall({ type: 'listen', tile: tile.heard ? null : tile.id }),
    };
    return found ? [place, listen, { kind: 'line' }] : [place, { kind: 'line' }];
  }
  const { cursor } = screen.getState();
  const spot = cursor === null ? null : spotOf(wall, cursor);
  if (spot?.kind !== 'tile') return [place, { kind: 'line' }];
  const target = spot.tile.id;
  const instead: MenuEntry = {
    kind: 'action',
    words: words.instead(codeOfTile(wall, streams, target)),
    icon: <Replace size={15} />,
    run: () => void actions.wall({ type: 'put-stream', tile: target, stream: stream.id }),
  };
  return [place, instead, { kind: 'line' }];
}
