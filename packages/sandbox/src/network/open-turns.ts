interface Telling {
  isBehind: () => boolean;
  publish: () => void;
}

/**
 * An act runs whole: each entry is folded at once, and only when the act is over does anybody outside hear of it (the
 * journal, listeners, sockets). Whatever they do in turn runs after it, so that nobody ever sees half an act.
 */
export const openTurns = ({ isBehind, publish }: Telling): (<T>(act: () => T) => T) => {
  let depth = 0;
  let publishing = false;
  const tell = (): void => {
    publishing = true;
    try {
      publish();
    } finally {
      publishing = false;
    }
  };
  return (act) => {
    // What could not be told comes first: while it cannot, nothing more happens.
    if (depth === 0 && !publishing && isBehind()) tell();
    depth += 1;
    try {
      return act();
    } finally {
      depth -= 1;
      if (depth === 0 && !publishing) tell();
    }
  };
};
