import type { Product } from './product.ts';

/** The licence of the service; the notice of the baseline is in docs/baseline/. */
export function licenceOf({ licence, holder, year }: Product, mit: string): string {
  const copyright = `Copyright (c) ${year} ${holder}`;
  const own =
    licence === 'mit'
      ? mit.replace(/Copyright \(c\) .*/, copyright)
      : `${copyright}. All rights reserved.\n`;
  return `${own}
Parts of this software come from a baseline under the MIT licence. Its notice:

${mit.replace(/^MIT License\n\n/, '')}`;
}

export const changelog = `# Changelog

What changed for those who use or run this service, the newest first
([Keep a Changelog](https://keepachangelog.com/en/1.1.0/)). What it was built on has [its own](baseline/changelog.md).

## Unreleased

### Added

- The service, from its baseline.
`;

export const contractChangelog = `# Changelog of the contract

What callers of this service have to know, the newest first: see \`docs/contract-changes.md\`.

## Unreleased

The first release is still to come.
`;
