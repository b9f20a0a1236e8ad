/**
 * One signal for every way in which we are told to stop: Ctrl-C, a termination, or the end of the launcher,
 * whose channel closes even when it was killed with -9. A second Ctrl-C ends the process at once; the guards then end
 * what it had started.
 */
export const listenForStop = (): AbortSignal => {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('disconnect', () => stop.abort());
  // Listening for the end of the channel must not keep the process alive.
  process.channel?.unref();
  return stop.signal;
};
