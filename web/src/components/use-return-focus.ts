import { useState } from 'react';

/** What opens the dialog: the focused control, or the menu's trigger when it is an item of a menu. */
function findOpener(): Element | null {
  const active = document.activeElement;
  const triggerId = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return triggerId ? document.getElementById(triggerId) : active;
}

/**
 * Radix gives the focus back to a trigger of its own only; our dialogs are opened by whatever sets their state.
 * For a component that is there only while its dialog is open: the opener is looked up in its first render,
 * before a field inside takes the focus.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(findOpener);
  return (event) => {
    event.preventDefault();
    // The act may have removed the opener, such as the row of a member who was removed.
    const there = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
    (there ? opener : document.getElementById('content'))?.focus();
  };
}
