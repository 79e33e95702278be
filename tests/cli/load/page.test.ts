import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../server/cli/load/page.ts';
import { aRun } from './stored-run.ts';

const page = pageOf(aRun(), aRun({ startedAt: '2026-11-29T00:00:00.000Z' }));

describe('the page of a run', () => {
  it('loads nothing from anywhere and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bsrc=|\bhref=|\son\w+=/);
  });

  it('has each plot with a title and what it shows, for who does not see it', () => {
    const plots = [...page.matchAll(/<svg [^>]*aria-labelledby="(\S+) (\S+)"[\s\S]*?<\/svg>/g)];
    expect(plots).toHaveLength(4);
    for (const [plot, title, summary] of plots) {
      expect(plot).toMatch(new RegExp(`<title id="${title}">\\w.*?</title>`));
      expect(plot).toMatch(new RegExp(`<desc id="${summary}">\\w.*?</desc>`));
    }
    expect(page).toContain('ninety-nine in a hundred within 8.00 ms; the longest took 1.00 s');
  });

  it('draws no value that is no number, and a gap where nothing was answered', () => {
    expect(page).not.toMatch(/NaN|undefined|Infinity|null/);
    const [, line = ''] = /<path class="line p99" d="([^"]*)"/.exec(page) ?? [];
    expect(line.split('M')).toHaveLength(3);
    expect(line.match(/[ML]/g)).toHaveLength(9);
  });

  it('shows what was not good, and the setting that 429 asks for', () => {
    expect(page).toContain('3 s: 10 failed');
    expect(page).toContain('RATE_LIMIT_PER_MINUTE');
    expect(pageOf(aRun({ limited: 0, failed: 0 }))).toContain('Every answer was good.');
  });

  it('follows the dark mode of whoever reads it', () => {
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('compares, and says so where the other run asked for something else', () => {
    expect(page).toContain('Compared with the run of 2026-11-29 00:00 UTC');
    expect(page).toContain('× 1.00');
    expect(page).not.toContain('asked for something else');
    expect(pageOf(aRun(), aRun({ rate: 5 }))).toContain('rate 5 → 100');
    expect(pageOf(aRun())).not.toContain('Compared');
  });

  it('shows an address as text, whatever it holds', () => {
    expect(pageOf(aRun({ url: 'http://<b>.test' }))).toContain('http://&lt;b&gt;.test');
  });

  it('is a page where nothing was answered', () => {
    const nothing = { due: 0, good: 0, limited: 0, failed: 0, latency: null, lateness: null };
    const empty = { ...nothing, curve: [], answers: {}, operations: [], intervals: [] };
    expect(pageOf(aRun(empty))).not.toMatch(/NaN|undefined|Infinity/);
  });
});
