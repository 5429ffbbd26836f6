import type { ReactNode } from 'react';
import type { StreamView, TileView } from '#shared/document/view.ts';
import { useControl } from '../stores/control-context.tsx';
import { ContextMenuArea } from '../ui/Menu.tsx';
import { messages } from './messages.ts';
import { tileEntries } from './tile-entries.tsx';

type TileMenuProps = {
  readonly tile: TileView;
  readonly stream: StreamView | undefined;
  /** The element that the menu belongs to. */
  readonly children: ReactNode;
};

/** Everything that can be done with a tile, on a right click, on Enter and on the button with the dots. */
export function TileMenu({ tile, stream, children }: TileMenuProps) {
  const control = useControl();
  const code = stream?.code ?? messages.missingCode;
  return (
    <ContextMenuArea label={messages.tileMenu(code)} entries={() => tileEntries(tile, stream, control)}>
      {children}
    </ContextMenuArea>
  );
}
