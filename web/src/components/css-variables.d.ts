import 'react';

declare module 'react' {
  interface CSSProperties {
    /** The hue of an avatar; its colours are made of it in tokens.css. */
    '--hue'?: number;
  }
}
