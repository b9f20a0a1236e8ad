/** For lists whose items have no name but their place: words of a text, bars, lines of a form. */
export const numbered = <T>(items: readonly T[]): { place: number; item: T }[] => items.map((item, place) => ({ place, item }));
