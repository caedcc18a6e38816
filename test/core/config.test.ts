import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configure, readSetting, settings } from '../../core/config.ts';

test('every default is one that its own check accepts', () => {
  for (const [name, setting] of Object.entries(settings)) assert.ok(setting.accepts(setting.initial), name);
});

test('what is not given is by default, what is undefined is not given', () => {
  assert.equal(configure({ seed: undefined }).seed, settings.seed.initial);
  assert.equal(configure({ islands: 9 }).islands, 9);
});

for (const [given, said] of [
  [
    { evaluations: -3 },
    /Expected `evaluations` to be a whole number of at least 1, or null for no limit, got `-3`/,
  ],
  [{ minutes: 0 }, /Expected `minutes` to be a number above 0, or null for no limit, got `0`/],
  [{ archive: 'heap' }, /Expected `archive` to be one of top, grid, seeds, latest, got `heap`/],
  [{ seed: 1.5 }, /Expected `seed` to be a whole number of at least 0, got `1.5`/],
  [{ sead: 1 }, /Expected a setting among seed, .* got `sead`/],
] as const) {
  test(`${JSON.stringify(given)} is refused in words`, () => {
    assert.throws(() => configure(given), { name: 'ConfigError', message: said });
  });
}

test('a word is a number only if it reads as one', () => {
  assert.deepEqual(['12', '-3', '1e3', 'on', '', '0x10'].map(readSetting), [12, -3, 1000, 'on', '', 16]);
});

test('docs/settings.md has a row for every setting with its default and what it may be', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  for (const [name, setting] of Object.entries(settings)) {
    const asking = 'asking' in setting ? ` (with a model: ${setting.asking})` : '';
    const row = `| \`${name}\` | ${setting.initial ?? 'none'}${asking} | ${setting.may} | ${setting.what} |`;
    assert.ok(page.includes(row), `docs/settings.md lacks: ${row}`);
  }
});
