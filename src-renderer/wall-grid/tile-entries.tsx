import {
  ArrowDownToLine,
  ArrowUpFromLine,
  Camera,
  Copy,
  Ear,
  Eye,
  EyeOff,
  Headphones,
  Image,
  LogIn,
  Maximize2,
  MonitorPlay,
  RefreshCw,
  Replace,
  RotateCw,
  Trash2,
  Volume2,
  VolumeOff,
  Wrench,
} from 'lucide-react';
import type { StreamView, TileView } from '#shared/document/view.ts';
import { maySignal } from '#shared/protocol/may-signal.ts';
import { isSolo, listenInTab, listensInTabs, setSolo } from '../audio-mixer/solo.ts';
import { checkEntries } from '../status/check-entries.tsx';
import type { Control } from '../stores/control-context.tsx';
import { copyText } from '../ui/copy-text.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { messages } from './messages.ts';
import { saveStill } from './save-still.ts';

const line: MenuEntry = { kind: 'line' };

/** Everything that can be done with a tile, as a menu. `stream` is what it shows, if that is still in the list. */
export function tileEntries(
  tile: TileView,
  stream: StreamView | undefined,
  control: Control,
): readonly MenuEntry[] {
  return [
    ...soundEntries(tile, stream, control),
    line,
    ...pictureEntries(tile, control),
    line,
    ...placeEntries(tile, stream, control),
    line,
    ...machineEntries(tile, stream, control),
    ...(stream === undefined ? [] : [...checkEntries(stream, control), copyEntry(stream, control)]),
    removeEntry(tile, stream, control),
  ];
}

function soundEntries(
  tile: TileView,
  stream: StreamView | undefined,
  control: Control,
): readonly MenuEntry[] {
  const { actions } = control;
  return [
    {
      kind: 'action',
      words: tile.heard ? messages.stopListening : messages.listen,
      icon: tile.heard ? <VolumeOff size={15} /> : <Volume2 size={15} />,
      keys: 'Space',
      run: () => void actions.wall({ type: 'listen', tile: tile.heard ? null : tile.id }),
    },
    {
      kind: 'action',
      words: tile.background ? messages.notInBackground : messages.inBackground,
      icon: <Ear size={15} />,
      keys: 'Shift+Space',
      run: () => void actions.wall({ type: 'set-background', tile: tile.id, on: !tile.background }),
    },
    ...soloEntry(tile, stream, control),
    {
      kind: 'action',
      words: tile.blurred ? messages.unblur : messages.blur,
      icon: tile.blurred ? <Eye size={15} /> : <EyeOff size={15} />,
      keys: 'B',
      run: () => void actions.wall({ type: 'blur', tile: tile.id, on: !tile.blurred }),
    },
  ];
}

/** Offered where the wall stands on a screen of this machine; a browser has tabs. */
function soloEntry(tile: TileView, stream: StreamView | undefined, control: Control): readonly MenuEntry[] {
  if (listensInTabs(control.mirror.getState()) && stream !== undefined) {
    return [
      {
        kind: 'action',
        words: messages.inTab,
        icon: <Headphones size={15} />,
        keys: 'Alt+Shift+S',
        run: () => listenInTab(stream),
      },
    ];
  }
  const on = isSolo(control.mirror.getState(), tile.id);
  if (on === null) return [];
  return [
    {
      kind: 'action',
      words: on ? messages.notAlone : messages.alone,
      icon: <Headphones size={15} />,
      keys: 'Alt+Shift+S',
      run: () => setSolo(on ? null : tile.id, control),
    },
  ];
}

const zooms = [1, 1.25, 1.5, 2, 3] as const;

function pictureEntries(tile: TileView, { actions }: Control): readonly MenuEntry[] {
  const rotation = { 0: 90, 90: 180, 180: 270, 270: 0 } as const;
  const fits = [
    { fit: 'cover', words: messages.cover },
    { fit: 'contain', words: messages.contain },
  ] as const;
  return [
    {
      kind: 'action',
      words: messages.reload,
      icon: <RefreshCw size={15} />,
      keys: 'F5',
      run: () => void actions.reloadTile(tile.id),
    },
    {
      kind: 'more',
      words: messages.picture,
      icon: <Image size={15} />,
      entries: [
        ...fits.map<MenuEntry>(({ fit, words }) => ({
          kind: 'choice',
          words,
          chosen: tile.fit === fit,
          run: () => void actions.wall({ type: 'set-fit', tile: tile.id, fit }),
        })),
        line,
        ...zooms.map<MenuEntry>((factor) => ({
          kind: 'choice',
          words: messages.zoom(factor * 100),
          chosen: tile.zoom.factor === factor,
          run: () => void actions.wall({ type: 'set-zoom', tile: tile.id, zoom: { ...tile.zoom, factor } }),
        })),
        line,
        {
          kind: 'action',
          words: messages.rotate,
          icon: <RotateCw size={15} />,
          run: () =>
            void actions.wall({ type: 'rotate-tile', tile: tile.id, rotation: rotation[tile.rotation] }),
        },
      ],
    },
  ];
}

function placeEntries(
  tile: TileView,
  stream: StreamView | undefined,
  { actions, screen }: Control,
): readonly MenuEntry[] {
  const { place } = tile;
  const promote: MenuEntry = {
    kind: 'action',
    words: messages.promote,
    keys: 'Shift+Enter',
    icon: <Maximize2 size={15} />,
    run: () => void actions.wall({ type: 'promote-tile', tile: tile.id }),
  };
  if (place === null) {
    const unbench: MenuEntry = {
      kind: 'action',
      words: messages.unbench,
      icon: <ArrowUpFromLine size={15} />,
      keys: 'Enter',
      run: () => void actions.wall({ type: 'place-tile', tile: tile.id }),
    };
    return [unbench, promote];
  }
  return [
    promote,
    {
      kind: 'action',
      words: messages.another,
      icon: <Replace size={15} />,
      keys: '/',
      // The menu gives focus back when it closes; the field takes it after that.
      run: () =>
        setTimeout(
          () => screen.setState({ code: { at: { x: place.x, y: place.y, tile: tile.id }, text: '' } }),
          0,
        ),
    },
    {
      kind: 'action',
      words: messages.bench,
      icon: <ArrowDownToLine size={15} />,
      run: () =>
        void actions.wall(
          { type: 'bench-tile', tile: tile.id },
          messages.benched(stream?.code ?? messages.missingCode),
        ),
    },
  ];
}

/** What is asked of the machine that shows the tile; what the role may not ask is not offered. */
function machineEntries(
  tile: TileView,
  stream: StreamView | undefined,
  { actions, mirror }: Control,
): readonly MenuEntry[] {
  const { team } = mirror.getState();
  const role = team?.type === 'member' ? (team.sync.account?.role ?? 'viewer') : 'admin';
  const all = [
    {
      signal: 'still',
      words: messages.still,
      icon: <Camera size={15} />,
      run: () => void saveStill(tile.id, stream?.code ?? messages.missingCode, actions),
    },
    {
      signal: 'open-page',
      words: messages.openPage,
      icon: <LogIn size={15} />,
      run: () => void actions.signalTile(tile.id, 'open-page'),
    },
    {
      signal: 'devtools',
      words: messages.devtools,
      icon: <Wrench size={15} />,
      run: () => void actions.signalTile(tile.id, 'devtools'),
    },
  ] as const;
  const entries = all
    .filter(({ signal }) => maySignal(role, signal))
    .map<MenuEntry>(({ words, icon, run }) => ({ kind: 'action', words, icon, run }));
  return entries.length === 0
    ? []
    : [{ kind: 'more', words: messages.onMachine, icon: <MonitorPlay size={15} />, entries }];
}

function copyEntry(stream: StreamView, { actions }: Control): MenuEntry {
  return {
    kind: 'action',
    words: messages.copyLink,
    icon: <Copy size={15} />,
    run: () =>
      void copyText(stream.link).then((copied) =>
        actions.say(copied ? messages.copied : messages.notCopied, copied ? 'info' : 'warning'),
      ),
  };
}

function removeEntry(tile: TileView, stream: StreamView | undefined, { actions }: Control): MenuEntry {
  const code = stream?.code ?? messages.missingCode;
  return {
    kind: 'action',
    words: messages.remove,
    icon: <Trash2 size={15} />,
    keys: 'Delete',
    run: () => void actions.wall({ type: 'remove-tile', tile: tile.id }, messages.removed(code)),
  };
}
