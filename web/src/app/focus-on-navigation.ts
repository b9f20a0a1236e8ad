import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * A new page in the same document is silent to a screen reader and leaves the focus on a link that may be gone.
 * So the focus goes to the content, unless the page has put it somewhere itself.
 */
export function useFocusOnNavigation(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged) return;
        const content = document.getElementById('content');
        if (content !== null && !content.contains(document.activeElement)) content.focus({ preventScroll: true });
      }),
    [router],
  );
}
