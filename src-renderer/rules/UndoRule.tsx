import { Undo2 } from 'lucide-react';
import { useControl } from '../stores/control-context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { messages } from './messages.ts';
import { undoRuleMoves, type RuleMove } from './rule-moves.ts';

/** Takes back what a rule did, for as long as the rule's stream is live. */
export function UndoRule({ moves }: { readonly moves: readonly RuleMove[] }) {
  const { actions, mirror } = useControl();
  const undo = () => {
    const { wall } = mirror.getState();
    const commands = undoRuleMoves(moves, wall);
    if (commands.length === 0) return actions.say(messages.nothingLeft);
    void actions.all(
      commands.map((command) => ({ document: 'wall', wall: wall.id, command })),
      () => messages.undone,
    );
  };
  return <IconButton small label={messages.undo} icon={<Undo2 size={14} />} onClick={undo} />;
}
