const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** One line that moves on a terminal and is written twice, begun and ended, elsewhere. */
export const beginLine = (text) => {
  const began = Date.now();
  const elapsed = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  let detail = '';
  let frame = 0;
  let timer;
  if (process.stdout.isTTY) {
    const draw = () => process.stdout.write(`\r${frames[frame++ % frames.length]} ${text}${detail} … ${elapsed()}\x1b[K`);
    draw();
    timer = setInterval(draw, 100);
  } else {
    process.stdout.write(`  ${text} …\n`);
  }
  const stop = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    process.stdout.write('\r\x1b[K');
  };
  const done = (ended) => {
    stop();
    process.stdout.write(`✓ ${ended} (${elapsed()})\n`);
  };
  const tell = (next) => {
    detail = ` (${next})`;
  };
  return { tell, done, stop };
};
