/** Drawn on a grid of 24, as lines of the text's colour. */
const paths = {
  add: 'M12 5v14M5 12h14',
  addBeside: 'M4 5h9v14H4zM18.5 9v6M15.5 12h6',
  alert: 'M12 8v5M12 16.5v.1M12 3.5 2.5 20h19z',
  archive: 'M4 8v11h16V8M3 4h18v4H3zM10 12h4',
  attach: 'm20 11-8.2 8.2a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8 8A1.7 1.7 0 0 1 7.2 14.2l7.3-7.2',
  back: 'M19 12H5M11 6l-6 6 6 6',
  block: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.7l12.6 12.6',
  business: 'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0M10 20v-5h4v5',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  device: 'M5 5h14v10H5zM2.5 19h19',
  document: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h6M9 17h6',
  down: 'm6 9 6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  forward: 'm14 6 6 5.5-6 5.5V13.5C9 13.5 6 15 4 18c.5-5 4-9 10-9z',
  gif: 'M3 6h18v12H3zM9.5 10.5H8a1.5 1.5 0 0 0 0 3h1.5V12.2M12.5 10v4M15.5 14v-4h2.5M15.5 12h2',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5L13 16l3-3 4 4M15 9.5v.1',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5M12 8v.1',
  label: 'M4 4h8l8 8-8 8-8-8zM8.5 8.5v.1',
  leave: 'M10 4H5v16h5M9 12h11M16 8l4 4-4 4',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  mic: 'M12 3a2.5 2.5 0 0 0-2.5 2.5v6a2.5 2.5 0 0 0 5 0v-6A2.5 2.5 0 0 0 12 3M6 11a6 6 0 0 0 12 0M12 17v4',
  more: 'M12 5.5v.1M12 12v.1M12 18.5v.1',
  mute: 'M6 16V11a6 6 0 0 1 9-5.2M18 10v6l1.5 2H6M10.5 21h3M4 4l16 16',
  music: 'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-2.5-2.5H9M19 16a2.5 2.5 0 1 1-2.5-2.5H19',
  once: 'M12 3.5a8.5 8.5 0 1 0 8.5 8.5M10.5 9.5 12.5 8v8M16 4.5l.1.1M19 7.5l.1.1',
  pause: 'M8 5v14M16 5v14',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5a7.5 7.5 0 0 1 15 0',
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1.5 1.5 0 0 1-1.6 1.5A16 16 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z',
  pin: 'M9 4h6l-1 6 3 3.5H7L10 10zM12 13.5V21',
  place: 'M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  play: 'M8 5v14l11-7z',
  poll: 'M5 20V10M12 20V4M19 20v-7',
  react: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.1M15 9.5v.1',
  reply: 'm10 6-6 5.5 6 5.5v-3.5c5 0 8 1.5 10 4.5-.5-5-4-9-10-9z',
  scan: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M8 8h3v3H8zM13 13h3v3h-3zM13 8h3M8 14v2',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5',
  send: 'M4 4l17 8-17 8 3-8zM7 12h7',
  settings: 'M4 7h10M18 7h2M16 5v4M4 17h2M10 17h10M8 15v4',
  star: 'm12 3.5 2.6 5.4 5.9.8-4.3 4.1 1.1 5.9L12 16.8l-5.3 2.9 1.1-5.9L3.5 9.7l5.9-.8z',
  status: 'M12 3.5a8.5 8.5 0 0 1 8.5 8.5M20 15a8.5 8.5 0 0 1-6 5.3M10 20.3A8.5 8.5 0 0 1 9 4M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  sticker: 'M4 4h16v10l-6 6H4zM20 14h-6v6M8.5 9v.1M13.5 9v.1M8.5 12.5a4 4 0 0 0 5 0',
  stop: 'M6 6h12v12H6z',
  timer: 'M12 7a7 7 0 1 0 0 14 7 7 0 0 0 0-14M12 10.5V14M9.5 3h5',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  unread: 'M4 5h10M4 5v11h1v4l5-4h10v-6M18.5 3.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
  video: 'M3 7h12v10H3zM15 11l6-3.5v9L15 13',
} as const;

export type IconName = keyof typeof paths;

/** Turned round where reading goes from right to left. */
const directed = new Set<IconName>(['back', 'send', 'reply', 'forward', 'leave', 'addBeside', 'unread']);

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className={`icon icon-${name} ${directed.has(name) ? 'icon-directed' : ''}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden focusable={false}>
      <path d={paths[name]} />
    </svg>
  );
}
