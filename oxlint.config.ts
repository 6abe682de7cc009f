import { readdirSync } from 'node:fs';
import { defineConfig, type OxlintOverride } from 'oxlint';

/** Top first; a folder or file imports only from layers below its own. docs/architecture.md draws it. */
export const layers = [
  ['cli'],
  ['vitest', 'vitest-setup'],
  ['index'],
  ['start-server', 'connect'],
  ['app', 'listen'],
  ['parts'],
  ['open-state'],
  ['calibration'],
  ['http', 'control', 'contracts', 'console', 'moving'],
  ['live'],
  ['sandboxes'],
  ['scenarios', 'overrides', 'journal', 'ledger'],
  ['vendors'],
  ['frameworks'],
  ['openapi'],
  ['store', 'shared', 'client'],
  ['database'],
  ['control-api'],
  ['config'],
  ['matching'],
  ['schema', 'yaml', 'metrics', 'log', 'faker', 'messages'],
  ['time'],
  ['errors', 'package-folder'],
];
const files = new Set([
  'vitest',
  'vitest-setup',
  'index',
  'start-server',
  'package-folder',
  'connect',
  'app',
  'parts',
  'open-state',
  'listen',
  'errors',
]);

/** Which folder imports which library, so that it can be replaced in one place. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  express: ['control'],
  '@stoplight/**': ['openapi'],
  'lowdb{,/**}': ['store'],
  pg: ['database'],
  '@pact-foundation/**': ['contracts'],
  '@pactflow/**': ['contracts'],
  'ajv{,/**}': ['schema'],
  'openapi-types': ['openapi'],
  yaml: ['yaml', 'console'],
  'react{,-dom}{,/**}': ['console'],
  'react-aria-components': ['console'],
  '@tanstack/**': ['console'],
  '{@codemirror,@lezer}/**': ['console'],
  'wouter{,/**}': ['console'],
  'prom-client': ['metrics'],
  'js-yaml': ['yaml'],
  saxes: ['frameworks'],
  undici: ['live'],
  commander: ['cli'],
  '@faker-js/faker': ['faker', 'vendors'],
};

const foldersIn = (layer: string): readonly string[] =>
  readdirSync(`${import.meta.dirname}/src/${layer}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const vendors = foldersIn('vendors');

/** Layers above speak to a vendor through `vendor.ts`, and to its framework through `framework.ts`. */
const closed = ['vendors', 'frameworks'].flatMap((layer) =>
  foldersIn(layer).map((folder) => `${layer}/${folder}`),
);

function forbidden(name: string): { group: string[]; message: string }[] {
  const own = layers.findIndex((layer) => layer.includes(name));
  const above = layers.slice(0, own + 1).flat();
  const upwards = above
    .filter((other) => other !== name && other !== 'index')
    .map((other) => (files.has(other) ? `**/${other}.ts` : `**/${other}/**`));
  const foreign = Object.keys(libraries).filter((library) => !libraries[library]?.includes(name));
  const isAboveVendors = own < layers.findIndex((layer) => layer.includes('vendors'));
  // `parts.ts` makes a vendor of each file that is nobody's.
  const inside = closed.filter((each) => name !== 'parts' || each !== 'vendors/foreign');
  return [
    ...(isAboveVendors
      ? [
          {
            group: inside.map((each) => `**/${each}/**`),
            message: 'Only a vendor imports its own folder, and that of its framework.',
          },
        ]
      : []),
    ...(upwards.length > 0
      ? [{ group: upwards, message: `${name} imports only from the layers below it.` }]
      : []),
    { group: foreign, message: `${name} does not import this library: another folder wraps it.` },
  ];
}

function globOf(name: string): string {
  if (files.has(name)) return `src/${name}.ts`;
  return name === 'console' ? 'src/console/**/*.{ts,tsx}' : `src/${name}/**/*.ts`;
}

function restrict(glob: string, patterns: { group: string[]; message: string }[]): OxlintOverride {
  return {
    files: [glob],
    excludeFiles: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

// oxlint-disable-next-line import/no-default-export -- the form oxlint wants
export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'vitest', 'node'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'no-console': 'error',
    // Steps that depend on each other are awaited one by one.
    'no-await-in-loop': 'off',
    // fp-ts' tag, in what Prism answers.
    'no-underscore-dangle': ['error', { allow: ['_tag'] }],
    // Vite makes a style sheet of it.
    'import/no-unassigned-import': ['error', { allow: ['**/*.css'] }],
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/require-mock-type-parameters': 'off',
  },
  ignorePatterns: ['dist', 'coverage'],
  overrides: [
    {
      // A helper stands where its tests are.
      files: ['test/**/*.ts', '**/*.test.ts'],
      rules: {
        'unicorn/consistent-function-scoping': 'off',
        'vitest/expect-expect': [
          'error',
          { assertFunctionNames: ['expect', 'expectAccessible', 'expectTypeOf', 'fc.assert'] },
        ],
        // `test` of src/vitest.ts is vitest's own, extended.
        'vitest/no-standalone-expect': [
          'error',
          {
            additionalTestBlockFunctions: [
              'test',
              'test.concurrent.for',
              'beforeEach',
              'afterEach',
            ],
          },
        ],
        // fast-check is used as its docs do: fc.property, fc.array.
        'import/no-named-as-default-member': 'off',
      },
    },
    ...layers.flat().map((name) => restrict(globOf(name), forbidden(name))),
    ...vendors.map((name) =>
      restrict(`src/vendors/${name}/**/*.ts`, [
        ...forbidden('vendors'),
        {
          group: vendors.filter((other) => other !== name).map((other) => `**/${other}/**`),
          message: 'A vendor never imports another one.',
        },
      ]),
    ),
  ],
});
