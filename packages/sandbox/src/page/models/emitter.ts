type Listener = (...args: unknown[]) => void;

/** Events by name, several in one string, as the page's own models have them. One listener's failure is its own. */
export class Emitter {
  #listeners = new Map<string, Set<Listener>>();
  #once = new WeakMap<Listener, Listener>();

  on(names: string, listener: Listener): this {
    for (const name of names.split(' ')) {
      const set = this.#listeners.get(name) ?? new Set();
      set.add(listener);
      this.#listeners.set(name, set);
    }
    return this;
  }

  once(names: string, listener: Listener): this {
    const first: Listener = (...args) => {
      this.off(names, listener);
      listener(...args);
    };
    this.#once.set(listener, first);
    return this.on(names, first);
  }

  off(names: string, listener: Listener): this {
    for (const name of names.split(' ')) {
      const set = this.#listeners.get(name);
      set?.delete(listener);
      const first = this.#once.get(listener);
      if (first !== undefined) set?.delete(first);
    }
    return this;
  }

  trigger(name: string, ...args: unknown[]): void {
    // A copy: who comes to listen while this is told hears the next one.
    for (const listener of new Set(this.#listeners.get(name))) {
      try {
        listener(...args);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
