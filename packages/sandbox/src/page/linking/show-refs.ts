import type { NetworkFrame } from '../../wire/frames.ts';
import type { App } from '../app.ts';

export interface RefShow {
  show: (frame: Extract<NetworkFrame, { t: 'refs' }>) => void;
  stop: () => void;
}

/** Turns the QR over, one ref after another, and says so when they are used up. */
export const showRefs = (app: App): RefShow => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    show: ({ refs, firstMs, nextMs }) => {
      stop();
      const left = [...refs];
      const turn = (): void => {
        const ref = left.shift();
        if (ref === undefined) return void app.socket.set({ state: 'UNPAIRED_IDLE' });
        timer = setTimeout(turn, left.length === refs.length - 1 ? firstMs : nextMs);
        app.conn.set({ ref });
        app.socket.set({ state: 'UNPAIRED' });
      };
      turn();
    },
  };
};
