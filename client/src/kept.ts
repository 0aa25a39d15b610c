/** A folder of the editor's own, outside of the project. */
export interface Storage {
  /** undefined where there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Names of all files. */
  list(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/**
 * One thing that outlives the editor, whenever that goes away. What is kept in the editor's own memory reaches the disk only later; this is on
 * the disk when `save` settles. Two files take turns: where writing one of them is cut short, the other has what was true just before.
 */
export class Kept<Value> {
  #turn = 0;

  /** `name` is that of the thing, and its files begin with it; `isValue` looks at what was read. */
  constructor(
    private readonly storage: Storage,
    private readonly name: string,
    private readonly isValue: (data: unknown) => data is Value,
  ) {}

  /** undefined where nothing is kept. What cannot be read counts as not there. */
  async load(): Promise<Value | undefined> {
    const records = (await Promise.all(this.#slots.map((slot) => this.#record(slot)))).filter((record) => record !== undefined);
    const [newest] = records.sort((a, b) => b.turn - a.turn);
    this.#turn = newest?.turn ?? 0;
    return newest?.value;
  }

  /** To be called after `load`, and again only when it has settled. undefined where there is nothing to keep any more. */
  async save(value: Value | undefined): Promise<void> {
    this.#turn++;
    const record = { version, turn: this.#turn, ...(value === undefined ? {} : { [this.name]: value }) };
    await this.storage.write(this.#slots[this.#turn % 2 === 0 ? 0 : 1], new TextEncoder().encode(JSON.stringify(record)));
  }

  get #slots(): readonly [string, string] {
    return [`${this.name}-a.json`, `${this.name}-b.json`];
  }

  async #record(slot: string): Promise<Entry<Value> | undefined> {
    const bytes = await this.storage.read(slot);
    const data = bytes && parsed(new TextDecoder().decode(bytes));
    if (typeof data !== 'object' || data === null || !('version' in data) || data.version !== version || !('turn' in data) || typeof data.turn !== 'number') return undefined;
    const value: unknown = new Map(Object.entries(data)).get(this.name);
    if (value === undefined) return { turn: data.turn };
    return this.isValue(value) ? { turn: data.turn, value } : undefined;
  }
}

/** Another version writes another form. */
const version = 1;

interface Entry<Value> {
  readonly turn: number;
  readonly value?: Value;
}

/** undefined for what was cut short while it was written. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
