import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { messages } from './messages.ts';

/** For what cannot be undone: the first press asks, the second does it; going elsewhere takes the question back. */
export function ArmedButton({
  words,
  what,
  onPress,
}: {
  readonly words: string;
  readonly what: string;
  readonly onPress: () => void;
}) {
  const [isArmed, setArmed] = useState(false);
  return (
    <Button
      tone={isArmed ? 'loud' : 'quiet'}
      aria-label={`${isArmed ? messages.sure(words) : words}: ${what}`}
      onBlur={() => setArmed(false)}
      onClick={() => {
        setArmed(!isArmed);
        if (isArmed) onPress();
      }}
    >
      {isArmed ? messages.sure(words) : words}
    </Button>
  );
}
