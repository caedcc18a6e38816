import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { builtin } from '../../../core/languages/javascript/operators/builtin.ts';
import { usualWays } from '../../../core/prompts/operators.ts';
import { configure, readSetting } from '../../../core/search/configure.ts';
import { formerNames } from '../../../core/search/former-settings.ts';
import { probabilitiesOf, settings } from '../../../core/search/settings.ts';
import { archives, migrations, populationOf, samplers } from '../../../islands/population.ts';
import { withNames } from '../../../ui/run/operators.ts';

test('every default is one that its own check accepts', () => {
  for (const [name, setting] of Object.entries(settings)) assert.ok(setting.accepts(setting.initial), name);
});

test('what is not given is by default, what is undefined is not given', () => {
  assert.equal(configure({ seed: undefined }).seed, settings.seed.initial);
  assert.equal(configure({ islands: 9 }).islands, 9);
});

test('a small budget has fewer islands, unless their number is given', () => {
  const islandsOf = (given: Record<string, unknown>, asking = false) => configure(given, asking).islands;
  assert.deepEqual(
    [50, 199, 200, 399, 400, 100_000, null].map((evaluations) => islandsOf({ evaluations })),
    [1, 1, 2, 3, 4, 4, 4],
  );
  assert.deepEqual([islandsOf({ evaluations: 100 }, true), islandsOf({ evaluations: 400 }, true)], [1, 2]);
  assert.equal(islandsOf({ evaluations: 50, islands: 4 }), 4);
  assert.equal(islandsOf({ evaluations: 1000, strategy: 'hill-climbing' }), 1);
});

for (const [given, said] of [
  [
    { evaluations: -3 },
    /Expected `evaluations` to be a whole number of at least 1, or none for no limit, got `-3`/,
  ],
  [{ minutes: 0 }, /Expected `minutes` to be a number above 0, or none for no limit, got `0`/],
  [{ archive: 'a heap' }, /Expected `archive` to be the name of an archive, got `a heap`/],
  [
    { 'operators.disabled': 'swap swop' },
    /Expected `operators.disabled` to be none, or names of operators, separated by commas, got `swap swop`/,
  ],
  [{ 'operators.disabled': '' }, /Expected `operators.disabled` to be none/],
  [
    { banditProbabilities: 'crossover:90,swap:11' },
    /Expected `banditProbabilities` to be none, or percentages .* up to 100 together, got/,
  ],
  [{ banditProbabilities: 'crossover' }, /Expected `banditProbabilities` to be none, or percentages/],
  [{ banditProbabilities: 'crossover:9,crossover:9' }, /Expected `banditProbabilities`/],
  [{ banditProbabilities: 'swap:-1' }, /Expected `banditProbabilities`/],
  [{ seed: 1.5 }, /Expected `seed` to be a whole number of at least 0, got `1.5`/],
  [{ sead: 1 }, /^Expected a setting \(docs\/settings.md\), got `sead`: did you mean `seed`\?$/],
  [{ migrationevery: 1 }, /got `migrationevery`: did you mean `migrationEvery`\?$/],
  [{ frobnicate: 1 }, /^Expected a setting among seed, .* got `frobnicate`$/],
  [{ islands: '4' }, /Expected `islands` to be a whole number from 1 to 1000, got `"4"`/],
  [{ target: Number.NaN }, /Expected `target` to be a number, or none .*, got `NaN`/],
] as const) {
  test(`${JSON.stringify(given)} is refused in words`, () => {
    assert.throws(() => configure(given), { name: 'ConfigError', message: said });
  });
}

test('null, none and off unset every setting that can be unset, and are refused in words for every other', () => {
  for (const [name, setting] of Object.entries(settings)) {
    const unset = [null, 'none', 'off'].filter((value) => setting.accepts(value));
    for (const word of [null, 'null', 'none', 'off'] as const) {
      const configured = () => configure({ [name]: word })[name as keyof typeof settings];
      if (unset.length === 0) assert.throws(configured, { name: 'ConfigError' }, `${name}=${word}`);
      // A word that a setting knows as one of its values means that value.
      else assert.equal(configured(), unset.includes(word as null) ? word : unset[0], `${name}=${word}`);
    }
    // The default that docs/settings.md and help state can be typed.
    const documented = String(setting.initial ?? 'none');
    assert.equal(
      configure({ [name]: readSetting(documented) })[name as keyof typeof settings],
      setting.initial,
    );
  }
});

test('no setting is said to be allowed what it was just refused', () => {
  for (const [name, setting] of Object.entries(settings)) {
    for (const word of ['null', 'none', 'off', 'nonsense', '-1.5']) {
      try {
        configure({ [name]: readSetting(word) });
      } catch (error) {
        const { message } = error as Error;
        assert.ok(!new RegExp(`\\b${word}\\b`).test(setting.may), message);
        assert.doesNotMatch(setting.may, /\bnull\b/, message);
      }
    }
  }
});

test('odds are percentages by name', () => {
  assert.deepEqual(
    [...probabilitiesOf('crossover:90,swap:2.5')],
    [
      ['crossover', 90],
      ['swap', 2.5],
    ],
  );
  assert.deepEqual([...probabilitiesOf('none')], []);
  assert.equal(
    configure({ banditProbabilities: 'crossover:90,swap:2.5' }).banditProbabilities,
    'crossover:90,swap:2.5',
  );
});

test('what a strategy presets is a setting like any other: it gives way to what is given', () => {
  assert.equal(configure({ strategy: 'generational' }).tournamentSize, 7);
  assert.equal(configure({ tournamentSize: 5, strategy: 'generational' }).tournamentSize, 5);
  for (const strategy of ['best-of-n', 'sequential', 'hill-climbing', 'random', 'generational']) {
    for (const [name, value] of Object.entries(configure({ strategy }))) {
      assert.ok(settings[name as keyof typeof settings].accepts(value), `${strategy}: ${name}`);
    }
  }
});

test('every default and preset names an archive, a parent sampler and a migration that there are', () => {
  for (const strategy of ['islands', 'best-of-n', 'sequential', 'hill-climbing', 'random', 'generational']) {
    for (const asking of [false, true]) {
      const { archive, parents, migration } = configure({ strategy }, asking);
      assert.ok(archive in archives && parents in samplers && migration in migrations, strategy);
    }
  }
});

test('a name that is in no table of the population is refused with those that are', () => {
  for (const [setting, table] of Object.entries(tables)) {
    for (const name of ['topp', 'to-string', 'constructor']) {
      assert.throws(() => populationOf({}, javascript, configure({ [setting]: name })), {
        name: 'ConfigError',
        message: `Expected \`${setting}\` to be one of ${Object.keys(table).join(', ')}, got \`${name}\``,
      });
    }
  }
});

test('operators and prompts are named one by one before a search keeps them, and a name that is none is refused', () => {
  const resolved = withNames(configure({ 'operators.disabled': 'usual,searching,swap' }), javascript);
  assert.equal(resolved['operators.disabled'], 'move,specialise,exchange,tune,regress,link,blend,swap');
  assert.equal(resolved['operators.prompts'], usualWays.join(','));
  assert.deepEqual(withNames(resolved, javascript), resolved);
  assert.equal(
    withNames(configure({ 'operators.disabled': 'none' }), javascript)['operators.disabled'],
    'none',
  );
  for (const [name, value, word] of [
    ['operators.disabled', 'swap,swop', 'swop'],
    ['operators.prompts', 'diff,dif', 'dif'],
    ['banditProbabilities', 'grafting:9', 'grafting'],
  ] as const) {
    assert.throws(() => withNames(configure({ [name]: value }), javascript), {
      name: 'ConfigError',
      message: new RegExp(`to name .*, got .${word}.$`),
    });
  }
});

test('every operator without a model can be left out by its name', () => {
  for (const { name } of [...builtin(60), ...builtin(60, [], true)]) {
    const settings = withNames(configure({ 'operators.disabled': name }), javascript);
    assert.equal(settings['operators.disabled'], name);
    for (const comparable of [false, true])
      assert.ok(!builtin(60, [name], comparable).some((each) => each.name === name));
  }
});

test('a setting that was renamed is refused with the name it has now', () => {
  for (const [former, name] of Object.entries(formerNames)) {
    assert.throws(() => configure({ [former]: 1 }), {
      name: 'ConfigError',
      message: `Expected a setting (docs/settings.md), got \`${former}\`, which is called \`${name}\` now`,
    });
    assert.ok(name in settings && !(former in settings), name);
  }
});

test('a word is a number only if it reads as one', () => {
  assert.deepEqual(['12', '-3', '1e3', 'on', '', '0x10'].map(readSetting), [12, -3, 1000, 'on', '', 16]);
});

const tables: Readonly<Record<string, object>> = {
  archive: archives,
  parents: samplers,
  migration: migrations,
};

test('docs/settings.md has a row for every setting with its default and what it may be', () => {
  const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
  for (const [name, setting] of Object.entries(settings)) {
    const asking = 'asking' in setting ? ` (with a model: ${setting.asking})` : '';
    const may = tables[name] ? `one of ${Object.keys(tables[name]).join(', ')}` : setting.may;
    const row = `| \`${name}\` | ${setting.initial ?? 'none'}${asking} | ${may} | ${setting.what} |`;
    assert.ok(page.includes(row), `docs/settings.md lacks: ${row}`);
  }
});
