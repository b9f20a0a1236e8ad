/** Text is 16 px on a phone, because Safari zooms into anything smaller. */
export const controlLook =
  'min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 text-16 text-text md:min-h-8 md:text-14 ' +
  'placeholder:text-muted disabled:bg-sunken aria-invalid:border-danger aria-invalid:outline-danger';
