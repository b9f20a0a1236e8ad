import type { App } from '../app.ts';

const add = <K extends keyof HTMLElementTagNameMap>(parent: Element, tag: K, text = ''): HTMLElementTagNameMap[K] => {
  const element = parent.appendChild(document.createElement(tag));
  element.textContent = text;
  return element;
};

/** All that there is to see: what this is, how it stands, and before it is linked the text of the QR. */
export const showScreen = (app: App, root: Element): void => {
  root.replaceChildren();
  add(root, 'h1', 'Waxos sandbox');
  add(root, 'p', 'A simulated WhatsApp. Nothing here reaches the real one.');
  const state = add(root, 'p');
  const label = add(root, 'label', 'Text of the QR, to be pasted into a pretend phone: ');
  const qr = add(label, 'textarea');
  qr.readOnly = true;
  qr.rows = 6;
  qr.cols = 60;

  const draw = (): void => {
    const { ref } = app.conn;
    const { noise, identity, adv, platform } = app.registration;
    const linked = app.me() !== undefined;
    state.textContent = `State: ${app.socket.state}${app.socket.hasSynced ? ', synced' : ''}`;
    label.hidden = linked || ref === undefined;
    qr.value = linked || ref === undefined ? '' : [ref, noise, identity, adv, platform].join(',');
  };
  app.socket.on('change', draw);
  app.conn.on('change', draw);
  draw();
};
