import type { Effect, Input, Move, Situation } from '../situation.ts';
import { firstSituation } from '../situation.ts';
import { transition } from '../transitions.ts';

export interface PretendLife {
  situation: Situation;
  /** What really runs, by the effects; asked to close or not. */
  real: 'none' | 'opening' | 'open';
  closing: boolean;
  destroyed: number;
  take: (input: Input) => Move;
}

/** Runs the table against a browser that obeys, and refuses what no runner could do. */
export const openPretendLife = (): PretendLife => {
  const life: PretendLife = {
    situation: firstSituation,
    real: 'none',
    closing: false,
    destroyed: 0,
    take: (input) => {
      if (input.is === 'browser_opened') life.real = 'open';
      if (input.is === 'browser_gone' || input.is === 'browser_refused') Object.assign(life, { real: 'none', closing: false });
      const move = transition(life.situation, input);
      life.situation = move.to;
      for (const effect of move.effects) perform(life, effect);
      return move;
    },
  };
  return life;
};

const perform = (life: PretendLife, effect: Effect): void => {
  switch (effect.do) {
    case 'open_browser':
      if (life.real !== 'none') throw new Error('opened a second browser');
      life.real = 'opening';
      break;
    case 'close_browser':
      if (life.real === 'none' || life.closing) throw new Error('closed a browser that is not there');
      life.closing = true;
      life.destroyed += effect.profile === 'destroy' ? 1 : 0;
      break;
    case 'kill_browser':
      if (!life.closing) throw new Error('killed a browser that was not asked to close');
      break;
    case 'open_page':
    case 'log_out':
    case 'refresh_qr':
    case 'request_code':
      if (life.real !== 'open') throw new Error(`${effect.do} without a browser`);
      break;
    case 'back_off':
      if (life.real !== 'none') throw new Error('waits beside a browser');
      break;
    case 'tell':
    case 'arm':
    case 'catch_up':
      break;
  }
};
