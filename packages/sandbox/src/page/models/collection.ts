import { Emitter } from './emitter.ts';
import type { Model, Owner } from './model.ts';

export interface Identified extends Model {
  id: { toString: () => string };
}

/** Models by their id, in the order they came or in one of their own. The library reads `_models`, and of calls the map. */
export class Collection<M extends Identified> extends Emitter implements Owner {
  _models: M[] = [];
  _byId = new Map<string, M>();
  readonly #place: ((model: M) => number) | undefined;

  constructor(place?: (model: M) => number) {
    super();
    this.#place = place;
  }

  get length(): number {
    return this._models.length;
  }

  /** By the id itself or by its text. */
  get(id: unknown): M | undefined {
    return typeof id === 'string' || hasText(id) ? this._byId.get(id.toString()) : undefined;
  }

  /** Adds what is not there yet, and tells. */
  add(model: M, options: { silent?: boolean } = {}): M {
    const known = this.get(model.id);
    if (known !== undefined) return known;
    this._models.splice(this.#indexFor(model), 0, model);
    this._byId.set(String(model.id), model);
    model.ownedBy(this);
    if (options.silent !== true) this.trigger('add', model);
    return model;
  }

  #indexFor(model: M): number {
    const place = this.#place;
    let index = this._models.length;
    if (place === undefined) return index;
    for (let before = this._models[index - 1]; before !== undefined && place(before) > place(model); before = this._models[index - 1]) index -= 1;
    return index;
  }

  remove(id: unknown, options: { silent?: boolean } = {}): M | undefined {
    const model = this.get(id);
    if (model === undefined) return undefined;
    this._byId.delete(String(model.id));
    this._models.splice(this._models.indexOf(model), 1);
    model.leave(this);
    if (options.silent !== true) this.trigger('remove', model);
    return model;
  }

  /** The model's id has changed: it is found under the new one. */
  renamed(before: unknown, model: M): void {
    if (this._byId.delete(String(before))) this._byId.set(String(model.id), model);
  }

  reset(): void {
    for (const model of this.getModelsArray()) this.remove(model.id, { silent: true });
  }

  getModelsArray(): M[] {
    return [...this._models];
  }

  filter(wanted: (model: M) => boolean): M[] {
    return this._models.filter(wanted);
  }

  heard(name: string, args: unknown[]): void {
    this.trigger(name, ...args);
  }

  serialize(): Record<string, unknown>[] {
    return this._models.map((model) => model.serialize());
  }
}

const hasText = (id: unknown): id is Identified['id'] => typeof id === 'object' && id !== null;
