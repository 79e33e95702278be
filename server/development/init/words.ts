import { baseline, type Product } from './product.ts';

type Called = Pick<Product, 'name' | 'title'>;

/** A text of the baseline in the words of the service, each occurrence in its own spelling. */
export function inWordsOf(text: string, { name, title }: Called): string {
  const pascal = name.replace(/^./, (letter) => letter.toUpperCase());
  return (
    text
      // Every service at one host has a cookie of its own.
      .replace(/(?<![-\w])session=(?=[^\s=]|\s*$)|(?<=__Host-)session\b/gm, `${name}_$&`)
      .replaceAll('CHARTER', name.toUpperCase())
      // As part of an identifier; what follows the `\n` of a string is none, and
      // `\w` of a pattern stands for more of it.
      .replace(/(?<=(?<!\\)[A-Za-z])Charter|Charter(?=[A-Za-z]|\\w)/g, pascal)
      .replaceAll('Charter', title)
      .replaceAll(baseline, name)
  );
}
