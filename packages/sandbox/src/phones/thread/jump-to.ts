/** To a message of the same conversation, if it is loaded; it is marked for a moment by its focus. */
export function jumpTo(from: HTMLElement, key: string): boolean {
  const message = from.closest('.conversation')?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (message === null || message === undefined) return false;
  message.scrollIntoView({ block: 'center' });
  message.focus();
  return true;
}
