/** How much a network may keep. Without one there is no end to it. */
export interface Room {
  /** Refuses where nothing more fits. */
  check: () => void;
  /** So many bytes are kept now. */
  note: (bytes: number) => void;
}
