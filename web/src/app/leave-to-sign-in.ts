/**
 * Leaves for the sign-in page by loading it anew: nothing that the last person saw stays in memory.
 * Coming back to where they were is offered, so that a session that ran out costs one sign-in and no search.
 */
export function leaveToSignIn(): void {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
