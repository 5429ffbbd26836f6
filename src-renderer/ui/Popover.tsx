import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { focusSurface } from './focus-surface.ts';
import styles from './Popover.module.css';

type PopoverProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What it is about, for screen readers. */
  readonly label: string;
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
};

/** A small surface that belongs to the button that opened it. */
export function Popover({ open, onOpenChange, label, trigger, align = 'start', children }: PopoverProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={styles.popover}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onOpenAutoFocus={focusSurface}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
