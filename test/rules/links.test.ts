import { describe, expect, test } from 'vitest';
import { libraryPage, links, wikiPatterns, type Link } from '../../server/src/rules/kit/links';

describe('links', () => {
  const all: readonly Link[] = Object.values(links).flatMap(({ guidance, python }) => [...guidance, ...python]);

  test.each([...all, ...wikiPatterns, libraryPage('urllib.request')])('$title leads to a well-formed https address', ({ title, href }) => {
    expect(new URL(href).protocol).toBe('https:');
    expect(new URL(href).href).toBe(href);
    expect(title.trim()).not.toBe('');
  });

  test('every topic has guidance, and no topic names a page twice', () => {
    for (const [topic, { guidance, python }] of Object.entries(links)) {
      const hrefs = [...guidance, ...python].map(({ href }) => href);
      expect(guidance.length, topic).toBeGreaterThan(0);
      expect(new Set(hrefs).size, topic).toBe(hrefs.length);
    }
  });

  test('a page has one title wherever it is named', () => {
    const titles = new Map<string, string>();
    for (const { title, href } of all.filter(({ href }) => !href.startsWith('https://wiki.'))) {
      expect(titles.get(href) ?? title).toBe(title);
      titles.set(href, title);
    }
  });

  test('a module of the library has its page', () => {
    expect(libraryPage('http.client')).toEqual({ title: 'Python: http.client', href: 'https://docs.python.org/3/library/http.client.html' });
  });
});

describe('the patterns of the wiki', () => {
  test('are nine, in its order', () => {
    expect(wikiPatterns.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('lead into the page only where the anchor of the heading is certain', () => {
    const bare = wikiPatterns.filter(({ href }) => !href.includes('#')).map(({ number }) => number);
    expect(bare).toEqual([2, 5, 7]);
    expect(wikiPatterns[2]?.href).toBe('https://wiki.openstack.org/wiki/Eventlet-removal#3._Timeout_and_Deadline_Management');
  });
});
