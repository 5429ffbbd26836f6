import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './Dialog.module.css';
import { focusSurface } from './focus-surface.ts';
import { IconButton } from './IconButton.tsx';
import { useFocusReturn } from './use-focus-return.ts';

type DialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly closeWords: string;
  readonly onClose: () => void;
  /** Stays in sight below what scrolls. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
};

/** A sheet over the screen for what is read or written at length, never for questions. Escape and a click beside it close it. */
export function Dialog({ open, title, closeWords, onClose, foot, children }: DialogProps) {
  const giveBack = useFocusReturn(open);
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.scrim} />
        <Primitive.Content
          className={styles.dialog}
          aria-describedby={undefined}
          onOpenAutoFocus={focusSurface}
          onCloseAutoFocus={giveBack}
        >
          <header className={styles.head}>
            <Primitive.Title className={styles.title}>{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label={closeWords} keys="Esc" icon={<X size={16} />} />
            </Primitive.Close>
          </header>
          <div className={styles.body}>{children}</div>
          {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
