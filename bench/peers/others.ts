/** The peers, each as its docs start it. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { create, CREATE_PATH, LICENSE, list, LIST_PATH, type Peer } from './peer.ts';

const modules = path.join(import.meta.dirname, '../node_modules');
const specFile = path.join(import.meta.dirname, '../../specs/ibl.yaml');

type Json = { [name: string]: Json } & { readonly value?: unknown };

function versionOf(name: string): string {
  const file = path.join(modules, name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** `page`: what the list answers, 20 licenses; `license`: what a create answers. */
export function otherPeers(page: unknown, license: unknown): readonly Peer[] {
  return [
    prism(page),
    mockoon(page, license),
    jsonServer(page),
    ...(hasJava() ? [wiremock(page, license), wiremock(page, license, 'template')] : []),
    bare('bare Express', 'express-echo.ts', 'parses JSON and sends it back', express()),
    bare('bare node:http', 'http-echo.ts', 'parses JSON and sends it back', process.versions.node),
  ];
}

function prism(page: unknown): Peer {
  return {
    name: 'Prism CLI',
    version: versionOf('@stoplight/prism-cli'),
    does: 'checks the request, answers a static example',
    command(port, folder) {
      const document = parse(readFileSync(specFile, 'utf8')) as Json;
      const answer = document['paths']?.[LIST_PATH]?.['get']?.['responses'];
      const schema = (document['components']?.['responses'] ?? {}) as Json;
      if (!answer) throw new Error('specs/ibl.yaml has no list any more.');
      const reference =
        String(answer['200']?.['$ref'] ?? '')
          .split('/')
          .at(-1) ?? '';
      const response = structuredClone(schema[reference] ?? answer['200']) as Json;
      const media = response?.['content']?.['application/json'] as Record<string, unknown>;
      media['examples'] = { page: { value: page } };
      answer['200'] = response;
      const file = path.join(folder, 'spec.json');
      writeFileSync(file, JSON.stringify(document));
      const main = path.join(modules, '@stoplight/prism-cli/dist/index.js');
      return [process.execPath, main, 'mock', '-h', '127.0.0.1', '-p', String(port), file];
    },
    create,
    list,
  };
}

function mockoon(page: unknown, license: unknown): Peer {
  return {
    name: 'Mockoon CLI',
    version: versionOf('@mockoon/cli'),
    does: 'answers a static text; checks nothing',
    command(port, folder) {
      const routes = [route('post', CREATE_PATH, license), route('get', LIST_PATH, page)];
      const file = path.join(folder, 'mockoon.json');
      const environment = {
        uuid: 'bench',
        lastMigration: 33,
        name: 'bench',
        endpointPrefix: '',
        latency: 0,
        port,
        hostname: '127.0.0.1',
        routes,
        rootChildren: routes.map(({ uuid }) => ({ type: 'route', uuid })),
        folders: [],
        proxyMode: false,
        proxyHost: '',
        proxyRemovePrefix: false,
        tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '' },
        cors: false,
        headers: [],
        proxyReqHeaders: [],
        proxyResHeaders: [],
        data: [],
        callbacks: [],
      };
      writeFileSync(file, JSON.stringify(environment));
      const main = path.join(modules, '@mockoon/cli/bin/run.js');
      return [process.execPath, main, 'start', '--repair', '--data', file, '--port', String(port)];
    },
    create,
    list,
  };
}

/** As Mockoon's editor writes it. */
function route(method: string, endpoint: string, body: unknown) {
  return {
    uuid: `route-${method}`,
    type: 'http',
    documentation: '',
    method,
    endpoint: endpoint.slice(1),
    responses: [
      {
        uuid: `answer-${method}`,
        body: JSON.stringify(body),
        latency: 0,
        statusCode: 200,
        label: '',
        headers: [{ key: 'Content-Type', value: 'application/json' }],
        bodyType: 'INLINE',
        filePath: '',
        databucketID: '',
        sendFileAsBody: false,
        rules: [],
        rulesOperator: 'OR',
        disableTemplating: false,
        fallbackTo404: false,
        default: true,
        crudKey: 'id',
        callbacks: [],
      },
    ],
    responseMode: null,
    streamingMode: null,
    streamingInterval: 0,
  };
}

function jsonServer(page: unknown): Peer {
  const licenses = (page as { results: readonly object[] }).results;
  return {
    name: 'json-server',
    version: versionOf('json-server'),
    does: 'stores, checks nothing, writes the whole file each time',
    command(port, folder) {
      const file = path.join(folder, 'db.json');
      const stored = Array.from({ length: 50 }, (_, i) =>
        licenses.map((license, j) => ({ ...license, id: i * licenses.length + j + 1 })),
      ).flat();
      writeFileSync(file, JSON.stringify({ licenses: stored }));
      const main = path.join(modules, 'json-server/lib/cli/bin.js');
      return [process.execPath, main, '--host', '127.0.0.1', '--port', String(port), file];
    },
    create: { ...create, path: '/licenses' },
    list: { ...list, path: '/licenses?_page=1&_limit=20' },
  };
}

/** With `template` it answers what it was sent, as ours and json-server do; else a static text, as the others. */
function wiremock(page: unknown, license: unknown, template?: 'template'): Peer {
  const headers = { 'Content-Type': 'application/json' };
  const created = template ? { ...(license as object), ...SENT } : license;
  return {
    name: template ? 'WireMock with a template' : 'WireMock',
    version: versionOf('wiremock'),
    does: `checks the body by the spec's schema, answers ${template ? 'what was sent' : 'a static text'}, journals in memory`,
    command(port, folder) {
      const mappings = path.join(folder, 'mappings');
      mkdirSync(mappings);
      const { components } = parse(readFileSync(specFile, 'utf8')) as Json;
      const schema = { $ref: '#/components/schemas/CreateProgramLicense', components };
      const write = (name: string, request: object, body: unknown, transformers: string[]) =>
        writeFileSync(
          path.join(mappings, `${name}.json`),
          JSON.stringify({
            request,
            response: { status: 200, headers, body: asTemplate(body), transformers },
          }),
        );
      const bodyPatterns = [{ matchesJsonSchema: schema, schemaVersion: 'V202012' }];
      const request = { method: 'POST', urlPath: CREATE_PATH, bodyPatterns };
      write('create', request, created, template ? ['response-template'] : []);
      write('list', { method: 'GET', urlPath: LIST_PATH }, page, []);
      const [jar = ''] = globSync(path.join(modules, 'wiremock/build/*.jar'));
      return ['java', '-jar', jar, '--port', String(port), '--root-dir', folder];
    },
    create,
    list,
  };
}

/** WireMock's template language. */
const SENT = Object.fromEntries(
  Object.keys(LICENSE).map((name) => [name, `{{jsonPath request.body '$.${name}'}}`]),
);

/** A number is filled in as one. */
function asTemplate(body: unknown): string {
  return JSON.stringify(body).replace(/"({{[^}]*count'}})"/, '$1');
}

function bare(name: string, file: string, does: string, version: string): Peer {
  return {
    name,
    version,
    does,
    command: (port) => [process.execPath, path.join(import.meta.dirname, file), String(port)],
    create,
  };
}

function express(): string {
  const file = path.join(import.meta.dirname, '../../node_modules/express/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function hasJava(): boolean {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((folder) => existsSync(path.join(folder, 'java')));
}
