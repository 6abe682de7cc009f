/** Calls the vendor alice for tests. Sends only headers that a test names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { rawRequest, sendRaw, type RawAnswer } from './raw-http.ts';

export type WireCase = {
  readonly id: string;
  readonly compare?: 'bytes' | 'status+headers';
  readonly header?: Readonly<Record<string, string>>;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly contentType: string | null;
    readonly accept: string | null;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
};

const alicePath = '/api/licenses/add';
export const groupId = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
const xmlNamespaces =
  'xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';

export function readWire(name: string): readonly WireCase[] {
  const file = path.join(import.meta.dirname, '../wire', name);
  return JSON.parse(readFileSync(file, 'utf8')) as WireCase[];
}

/** A license in XML; `content` in the vendor's namespace, the prefix a for lists' items, i for nil. */
export function licenseXml(content: string): string {
  return `<LicenseRequest ${xmlNamespaces}>${content}</LicenseRequest>`;
}

export type Sent = {
  readonly method?: string;
  readonly path?: string;
  /** Default: application/json. Null: none. */
  readonly contentType?: string | null;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export async function callAlice(
  url: string,
  body: string | Buffer | object,
  sent: Sent = {},
): Promise<RawAnswer> {
  const { method = 'POST', contentType = 'application/json', accept, headers = {} } = sent;
  const lines = Object.entries({
    ...(contentType !== null && { 'Content-Type': contentType }),
    ...(accept !== undefined && { Accept: accept }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const base = new URL(url).pathname.replace(/\/$/, '');
  return sendRaw(url, rawRequest(`${method} ${base}${sent.path ?? alicePath}`, lines, bytes));
}

/** An entry of a JSON ValidationResult by the names without their angle brackets. */
export type Failure = Readonly<Record<string, unknown>>;

/** The failures of an answer in JSON, each under its property names. */
export function failuresOf(answer: RawAnswer): readonly Failure[] {
  const { errors } = JSON.parse(answer.body) as { errors: Record<string, unknown>[] };
  return errors.map((error) =>
    Object.fromEntries(
      Object.entries(error).map(([key, value]) => [key.replace(/^<(\w+)>.*$/, '$1'), value]),
    ),
  );
}

export function messagesOf(answer: RawAnswer): readonly unknown[] {
  return failuresOf(answer).map((failure) => failure['ErrorMessage']);
}

/** The ModelState of an answer in JSON. */
export function modelStateOf(answer: RawAnswer): Readonly<Record<string, readonly string[]>> {
  const { ModelState } = JSON.parse(answer.body) as {
    ModelState: Record<string, readonly string[]>;
  };
  return ModelState;
}

/** The rules of the recorded FluentValidation run. */
export const recordedRules = parse(`
- { property: Name, validator: NotEmpty }
- { property: AvailableSeats, validator: GreaterThan, arguments: [0] }
- { property: TargetUserGroupId, validator: NotEmpty }
- { property: ContactEmail, validator: Email }
- { property: EndDate, validator: After, arguments: [StartDate] }
- { property: Name, validator: Length, arguments: [1, 5] }
`) as object[];

/** An inline scenario with this section of the vendor. */
export function aliceScenario(section: object): string {
  return `name: inline\nalice: ${JSON.stringify(section)}\n`;
}
