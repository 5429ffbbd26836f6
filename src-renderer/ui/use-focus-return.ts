import { useState } from 'react';

/**
 * For a surface that is not opened by a button of its own, but by keys, menus and others: when it closes, the focus goes
 * back to where it was, or to the main part of the page where that is gone. Whoever takes the focus meanwhile keeps it.
 * @returns what the surface does when it would lose the focus
 */
export function useFocusReturn(open: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(open);
  const [from, setFrom] = useState(focused);
  if (open !== wasOpen) {
    setWasOpen(open);
    // While it is drawn for the first time nothing of it has taken the focus yet.
    if (open) setFrom(focused());
  }
  return (event) => {
    event.preventDefault();
    if (focused() !== null) return;
    const back = from?.isConnected === true ? from : document.querySelector<HTMLElement>(MAIN_PLACE);
    back?.focus({ preventScroll: true });
  };
}

/** Where the keyboard stands in the main part. */
const MAIN_PLACE = "main [tabindex='0']";

function focused(): HTMLElement | null {
  const { activeElement, body } = document;
  return activeElement instanceof HTMLElement && activeElement !== body ? activeElement : null;
}
