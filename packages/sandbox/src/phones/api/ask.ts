/** The sandbox says no, in a sentence that can be shown. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, text: string) {
    super(text);
    this.name = 'Refused';
    this.code = code;
  }
}

/** The sandbox did not answer, or not as it should. */
class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The sandbox cannot be reached.', { cause });
    this.name = 'Unreachable';
  }
}

const deadlineMs = 30_000;

/** Asks the phones' API. Addresses are relative: the page lives under another path in the product. */
export async function ask<T>(path: string, request: RequestInit = {}): Promise<T> {
  const response = await fetch(`api/${path}`, { ...request, signal: AbortSignal.timeout(deadlineMs) }).catch((cause: unknown) => {
    throw new Unreachable(cause);
  });
  const text = await response.text();
  const body = read(text);
  if (response.ok) return body as T;
  throw asRefusal(body) ?? new Unreachable(new Error(`status ${response.status}`));
}

function read(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

function asRefusal(body: unknown): Refused | undefined {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('text' in body)) return undefined;
  const { code, text } = body;
  return typeof code === 'string' && typeof text === 'string' ? new Refused(code, text) : undefined;
}
