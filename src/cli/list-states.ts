/** Lists every provider state that a scenario serves, as written in a consumer's Pact test. */
import type { ScenarioDescription } from '../scenarios/load-scenario.ts';
import { declaredParameters, type Params } from '../scenarios/parameters.ts';

export type StateListing = {
  readonly scenario: string;
  readonly description: string;
  readonly state: string;
  readonly parameters: readonly ParameterListing[];
};

type ParameterListing = {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** Null if the interaction must give the value. */
  readonly default: Params[string] | null;
};

/** Skips scenarios that cannot be used. */
export function listStates(scenarios: readonly ScenarioDescription[]): readonly StateListing[] {
  return scenarios
    .filter(({ fault }) => fault === undefined)
    .flatMap(({ name, description, providerStates, parameters, document }) =>
      providerStates.map((state) => ({
        scenario: name,
        description,
        state,
        parameters: parameters.map((parameter) => describeParameter(parameter, document)),
      })),
    );
}

function describeParameter(name: string, document: unknown): ParameterListing {
  const schema: object = declaredParameters(document)[name] ?? {};
  const text = (field: string, fallback: string): string =>
    String(Reflect.get(schema, field) ?? fallback);
  const fallback = 'default' in schema ? (schema.default as Params[string]) : null;
  return {
    name,
    type: text('type', 'string'),
    description: text('description', ''),
    default: fallback,
  };
}

/** Renders TypeScript with the defaults as values. Parameters with a default can be omitted. */
export function renderStates(states: readonly StateListing[]): string[] {
  if (states.length === 0) {
    return [
      'No scenario defines a provider state. Add some under providerStates in a scenario file.',
    ];
  }
  const groups = [...Map.groupBy(states, ({ scenario }) => scenario)];
  return groups.flatMap(([scenario, listed], i) => [
    ...(i === 0 ? [] : ['']),
    `// ${scenario}: ${listed[0]?.description ?? ''}`,
    ...listed.flatMap(renderState),
  ]);
}

function renderState({ state, parameters }: StateListing): string[] {
  if (parameters.length === 0) return [`.given(${quote(state)})`];
  return [
    `.given(${quote(state)}, {`,
    ...parameters.map((parameter) => {
      const value =
        typeof parameter.default === 'string' ? quote(parameter.default) : parameter.default;
      const note = [
        ...(parameter.default === null ? [`${parameter.type}, to be given`] : []),
        ...(parameter.description === '' ? [] : [parameter.description]),
      ].join('; ');
      return `  ${parameter.name}: ${value ?? sampleOf(parameter)},${note && ` // ${note}`}`;
    }),
    '})',
  ];
}

function sampleOf({ name, type }: ParameterListing): string {
  if (type === 'boolean') return 'true';
  return type === 'string' ? quote(name) : '1';
}

function quote(text: string): string {
  const escaped = text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`);
  return `'${escaped.replaceAll('\n', String.raw`\n`)}'`;
}
