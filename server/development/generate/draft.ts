import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CannotGenerate } from './cannot-generate.ts';
import { type Insertion, inserted } from './places.ts';

/** What will be written: first all of it is thought out, so that a refusal leaves nothing behind. */
export class Draft {
  readonly #root: string;
  readonly #texts = new Map<string, string>();
  readonly #made: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  create(file: string, text: string): void {
    if (this.has(file)) {
      throw new CannotGenerate(`${file} exists already. Choose another name.`);
    }
    this.#made.push(file);
    this.#texts.set(file, text);
  }

  insert(insertion: Insertion): void {
    this.edit(insertion.file, (before) => inserted(before, insertion));
  }

  edit(file: string, change: (before: string) => string): void {
    this.#texts.set(file, change(this.read(file)));
  }

  has(file: string): boolean {
    return this.#texts.has(file) || existsSync(join(this.#root, file));
  }

  read(file: string): string {
    if (!this.has(file)) throw new CannotGenerate(`There is no ${file} to write into.`);
    return this.#texts.get(file) ?? readFileSync(join(this.#root, file), 'utf8');
  }

  get created(): readonly string[] {
    return this.#made;
  }

  get edited(): readonly string[] {
    return [...this.#texts.keys()].filter((file) => !this.#made.includes(file));
  }

  async write(): Promise<void> {
    for (const [file, text] of this.#texts) {
      await mkdir(dirname(join(this.#root, file)), { recursive: true });
      await writeFile(join(this.#root, file), text);
    }
  }
}
