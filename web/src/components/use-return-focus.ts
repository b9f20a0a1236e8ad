import { useRef } from 'react';

/** What opened the dialog: the focused control, or the menu's trigger when it was an item of a menu. */
function findOpener(): Element | null {
  const active = document.activeElement;
  const menu = active?.closest('[role="menu"]');
  const triggerId = menu?.getAttribute('aria-labelledby');
  return triggerId ? document.getElementById(triggerId) : active;
}

/** Radix gives the focus back to a trigger of its own only; our dialogs are opened by whatever sets their state. */
export function useReturnFocus(): { onOpenAutoFocus: () => void; onCloseAutoFocus: (event: Event) => void } {
  const opener = useRef<Element>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = findOpener();
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      const found = opener.current;
      // The act may have removed the opener, such as the row of a member who was removed.
      const target = found instanceof HTMLElement && found.isConnected && found !== document.body ? found : document.getElementById('content');
      target?.focus();
    },
  };
}
