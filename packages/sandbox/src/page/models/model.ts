import { Emitter } from './emitter.ts';

/** Whoever hears of a model's changes besides its own listeners: its collection. */
export interface Owner {
  heard: (name: string, args: unknown[]) => void;
}

/** Attributes are plain properties, as the library reads them; `set` is how they change, and tells. */
export class Model extends Emitter {
  #owners = new Set<Owner>();

  ownedBy(owner: Owner): void {
    this.#owners.add(owner);
  }

  leave(owner: Owner): void {
    this.#owners.delete(owner);
  }

  override trigger(name: string, ...args: unknown[]): void {
    super.trigger(name, ...args);
    for (const owner of this.#owners) owner.heard(name, args);
  }

  /** Sets what differs, then tells of each attribute and once of all. */
  set(patch: Partial<this>): this {
    const changes: [string, unknown, unknown][] = [];
    for (const [name, value] of Object.entries(patch)) {
      const before: unknown = Reflect.get(this, name);
      if (Object.is(before, value)) continue;
      Reflect.set(this, name, value);
      changes.push([name, value, before]);
    }
    for (const [name, value, before] of changes) this.trigger(`change:${name}`, this, value, before);
    if (changes.length > 0) this.trigger('change', this);
    return this;
  }

  /** A copy without models inside, fit for leaving the page. */
  serialize(): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(this)) {
      if (typeof value === 'function' || value === undefined) continue;
      copy[name] = value instanceof Model ? value.serialize() : hasSerialize(value) ? value.serialize() : value;
    }
    return copy;
  }
}

const hasSerialize = (value: unknown): value is { serialize: () => unknown } => typeof value === 'object' && value !== null && 'serialize' in value && typeof value.serialize === 'function';
