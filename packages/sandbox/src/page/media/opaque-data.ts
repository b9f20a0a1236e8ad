/** WAWebMediaOpaqueData: a blob behind a handle. */
export class OpaqueData {
  readonly type: string;
  readonly size: number;
  readonly filename: string | undefined;
  #blob: Blob;
  #url: string | undefined;

  constructor(blob: Blob) {
    this.#blob = blob;
    this.type = blob.type;
    this.size = blob.size;
    this.filename = blob instanceof File ? blob.name : undefined;
  }

  static async createFromData(data: Blob, type: string): Promise<OpaqueData> {
    const named = data.type === type ? data : new Blob([data], { type });
    const made = new OpaqueData(named);
    return data instanceof File ? Object.assign(made, { filename: data.name }) : made;
  }

  url(): string {
    this.#url ??= URL.createObjectURL(this.#blob);
    return this.#url;
  }

  formData(): Blob {
    return this.#blob;
  }

  /** Nobody draws it here: the address is given up at once. */
  autorelease(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}
