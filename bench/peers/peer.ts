/** A server under load: how to start it, and its paths for the same work. */
export type Call = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Requests go to this many sandboxes in turn; needs wrk. */
  readonly sandboxes?: number;
};

export type Peer = {
  readonly name: string;
  readonly version: string;
  /** The part of the work that it does, in a few words. */
  readonly does: string;
  /** Program and arguments; the folder is its own, for its files. */
  command(port: number, folder: string): readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly create: Call;
  /** Undefined: it has no list. */
  readonly list?: Call;
};

const headers = { 'Content-Type': 'application/json', Authorization: 'Api-Token dm-admin' };

export const CREATE_PATH = '/api/catalog/licenses/program/create/';
export const LIST_PATH = '/api/catalog/licenses/program/';

/** The body that every peer is sent. */
export const LICENSE = {
  platform_key: 'acme',
  program_key: 'program-v1:acme+bar+2026',
  name: 'Spring',
  count: 10,
  started: '2026-01-01T00:00:00Z',
};

export const create: Call = {
  method: 'POST',
  path: CREATE_PATH,
  headers,
  body: JSON.stringify(LICENSE),
};
export const list: Call = { method: 'GET', path: LIST_PATH, headers };

export const createTi: Call = {
  method: 'POST',
  path: '/incoming/v2/licenses',
  headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ti-key' },
  body: JSON.stringify({
    clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
    courseIds: ['6f1c2a70-3b1e-4c55-9a53-0d9b7c4c1a01'],
    learningPathIds: [],
    courseTagIds: [],
    name: 'Spring',
  }),
};

export const addLicense: Call = {
  method: 'POST',
  path: '/api/licenses/add',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    Name: 'Biology grade 9',
    AvailableSeats: 30,
    TargetUserGroupId: 'ea677d34-15bf-4074-97b1-5b9661e2b4d0',
  }),
};

/** The same license, which is answered in XML too. Members in the order that the vendor wants. */
export const addLicenseInXml: Call = {
  method: 'POST',
  path: '/api/licenses/add',
  headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' },
  body: [
    '<LicenseRequest xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests">',
    '<AvailableSeats>30</AvailableSeats>',
    '<Name>Biology grade 9</Name>',
    '<TargetUserGroupId>ea677d34-15bf-4074-97b1-5b9661e2b4d0</TargetUserGroupId>',
    '</LicenseRequest>',
  ].join(''),
};
