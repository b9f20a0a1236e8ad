import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

interface FollowOptions {
  /** Keys of the first and the last message. */
  first: string | undefined;
  last: string | undefined;
  /** The last one is this phone's own. */
  own: boolean;
  count: number;
  reachTop: () => void;
}

interface Follow {
  scroller: RefObject<HTMLDivElement | null>;
  scrolled: () => void;
  /** New ones below that were not seen. */
  waiting: number;
  toEnd: () => void;
}

const nearEnd = 80;
const nearTop = 200;

/** Stays at the end while one is near it or speaks; stays where one reads when older messages come in above. */
export function useFollow({ first, last, own, count, reachTop }: FollowOptions): Follow {
  const scroller = useRef<HTMLDivElement>(null);
  const [waiting, setWaiting] = useState(0);
  const atEnd = useRef(true);
  const before = useRef<{ first?: string | undefined; last?: string | undefined; count: number; height: number }>({ count: 0, height: 0 });
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setWaiting(0);
  }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const old = before.current;
    if (old.last === undefined || (last !== old.last && (atEnd.current || own))) toEnd();
    else if (last !== old.last) setWaiting((now) => now + Math.max(1, count - old.count));
    else if (first !== old.first) element.scrollTop += element.scrollHeight - old.height;
    before.current = { first, last, count, height: element.scrollHeight };
  }, [first, last, own, count, toEnd]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // Pictures take their place late, and the window changes: the end stays the end.
    const sizes = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    });
    sizes.observe(element);
    if (element.firstElementChild !== null) sizes.observe(element.firstElementChild);
    return () => sizes.disconnect();
  }, []);
  const scrolled = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    if (atEnd.current) setWaiting(0);
    if (element.scrollTop < nearTop && element.scrollHeight > element.clientHeight) reachTop();
  }, [reachTop]);
  return { scroller, scrolled, waiting, toEnd };
}
