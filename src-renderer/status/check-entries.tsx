import { Radar, SearchX } from 'lucide-react';
import type { StreamView } from '#shared/document/view.ts';
import type { Control } from '../stores/control-context.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';
import { messages } from './messages.ts';

/** What a person can ask of the checkers about one stream. */
export function checkEntries(
  stream: StreamView,
  { actions }: Pick<Control, 'actions'>,
): readonly MenuEntry[] {
  const { id, noCheck = false } = stream;
  const change = async () => {
    const changes = { noCheck: noCheck ? null : true };
    const done = await actions.catalogue({ type: 'edit-stream', id, changes });
    if (!done.ok && done.error.reason !== 'unchanged') actions.say(done.error.message, 'warning');
  };
  const check: MenuEntry = {
    kind: 'action',
    words: messages.check,
    icon: <Radar size={15} />,
    run: () => void actions.checkNow([id]),
  };
  const leave: MenuEntry = {
    kind: 'action',
    words: noCheck ? messages.doCheck : messages.dontCheck,
    icon: <SearchX size={15} />,
    run: () => void change(),
  };
  return noCheck ? [leave] : [check, leave];
}
