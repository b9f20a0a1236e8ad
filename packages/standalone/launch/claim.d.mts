export type Claim = { release: () => Promise<void>; heldBy?: undefined } | { heldBy: number; release?: undefined };

/** Takes the file for this process, or tells which living process holds it. */
export const claim: (path: string) => Promise<Claim>;
