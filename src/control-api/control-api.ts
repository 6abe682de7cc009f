/** Generated from specs/control.yaml by `npm run types:control`: change the spec, not this file. */
import type { Json } from '../messages/json.ts';

export type { Json };

type KeysOf<Union> = Union extends unknown ? keyof Union : never;

/** A value is exactly one of these objects: it has no field that only another one has. */
type OneOf<Union, Keys extends PropertyKey = KeysOf<Union>> = Union extends unknown
  ? Union & { readonly [Key in Exclude<Keys, keyof Union>]?: never }
  : never;

/** A problem document (RFC 9457). */
export type ProblemDocument = {
    /**
     * The kind of error, as a link to its explanation.
     * @example /_mock/errors/invalid-request
     */
    readonly type: string;
    /**
     * The kind of error.
     * @example The request violates the spec
     */
    readonly title: string;
    /**
     * The status of the answer.
     * @example 422
     */
    readonly status: number;
    /**
     * What is wrong, with which value, and how to fix it.
     * @example times: must be >= 1
     */
    readonly detail: string;
    /**
     * The invalid field of the body, as a JSON Pointer in a URI fragment.
     * @example #/times
     */
    readonly pointer?: string;
    /**
     * The invalid path or query parameter.
     * @example limit
     */
    readonly parameter?: string;
    /** All faults of an invalid request. The first one is also given above. */
    readonly errors?: readonly {
        /**
         * What is wrong.
         * @example must be >= 1
         */
        readonly detail: string;
        /**
         * The field of the body.
         * @example #/times
         */
        readonly pointer?: string;
        /**
         * The parameter of path or query.
         * @example limit
         */
        readonly parameter?: string;
    }[];
};

/** Whether the server accepts requests. */
export type Readiness = {
    /**
     * Whether the server accepts requests.
     * @example ready
     */
    readonly status: "ready" | "stopping" | "unable";
    /**
     * Why it is unable to.
     * @example No space left on the device.
     */
    readonly reason?: string;
};

/**  */
export type NotServed = {
    /**
     * The file.
     * @example specs/orders.yaml
     */
    readonly file: string;
    /**
     * Method and path of the one operation that is not served.
     * @example GET /orders
     */
    readonly operation?: string;
    /**
     * JSON Pointer of a schema that does not compile. Any value passes it.
     * @example /components/schemas/Order
     */
    readonly schema?: string;
    /**
     * What is wrong, with the line if it is known.
     * @example specs/orders.yaml:7 paths.orders: must start with "/".
     */
    readonly reason: string;
};

/** A vendor that the mock serves. */
export type Vendor = {
    /**
     * Also its key in a scenario and its Pact provider name.
     * @example alice
     */
    readonly name: string;
    /**
     * For people.
     * @example Alice (ASP.NET Web API 2)
     */
    readonly title: string;
    /**
     * The path of its OpenAPI document.
     * @example /_mock/specs/alice.json
     */
    readonly spec: string;
    /** In the order of the spec. */
    readonly operations: readonly {
        /**
         * The operation's id in the spec.
         * @example addLicense
         */
        readonly id: string;
        /**
         * In upper case.
         * @example POST
         */
        readonly method: string;
        /**
         * As in the spec.
         * @example /api/licenses/add
         */
        readonly path: string;
        /**
         * What it does.
         * @example Create a license
         */
        readonly summary: string;
        /**
         * By stateful code (`handled`) or from the spec (`generated`).
         * @example handled
         */
        readonly kind: "handled" | "generated";
    }[];
};

/** A row of the ledger: a point where a vendor's documentation is silent or contradicts itself, and what the mock does there. */
export type LedgerRow = {
    /**
     * The id used in settings and in `X-Mock-Ledger`.
     * @example IBL-PAGE-LINKS
     */
    readonly id: string;
    /**
     * The vendor.
     * @example ibl
     */
    readonly vendor: string;
    /**
     * The operations it applies to. Empty: all operations.
     * @example [
     *   "listProgramLicenses"
     * ]
     */
    readonly operations: readonly string[];
    /**
     * The subject of the row.
     * @example How a page points at its neighbours
     */
    readonly title: string;
    /** What is known, and the source. */
    readonly sources: readonly {
        /**
         * Where.
         * @example docs field table
         */
        readonly source: string;
        /**
         * What.
         * @example an absolute URL or null
         */
        readonly says: string;
    }[];
    /**
     * What the mock does, and why.
     * @example Answers with URLs.
     */
    readonly mock: string;
    /**
     * The evidence for this behavior.
     * @example documented
     */
    readonly evidence: "documented" | "executed" | "observed" | "assumed";
    /**
     * The date of the last review.
     * @example 2026-11-21
     */
    readonly date: string;
    /**
     * Why it cannot be switched. Only assumed rows without choices have it.
     * @example It changes nothing that a consumer sees.
     */
    readonly fixed?: string;
    /** The choices, the default first. Absent if there are none. */
    readonly choices?: readonly {
        /**
         * As settings name it.
         * @example urls
         */
        readonly id: string;
        /**
         * The reason for this choice, if a source supports it.
         * @example The field table has URLs.
         */
        readonly why?: string;
    }[];
    /** The range, if the setting is a number. */
    readonly number?: {
        /**
         * Without a setting.
         * @example 20
         */
        readonly default: number;
        /**
         * The least.
         * @example 1
         */
        readonly min: number;
        /**
         * The most.
         * @example 100
         */
        readonly max: number;
    };
    /**
     * The current choice. Absent if there are none.
     * @example urls
     */
    readonly choice?: string;
};

/** How one live vendor answered the probes. */
export type Calibration = {
    /**
     * The vendor.
     * @example ibl
     */
    readonly vendor: string;
    /**
     * The day.
     * @example 2026-11-26
     */
    readonly date: string;
    /**
     * The versions of what calibrated.
     * @example {
     *   "license-mock": "0.2.0"
     * }
     */
    readonly versions: {
        readonly [key: string]: string;
    };
    /**
     * The choices that were found, by the id of the row.
     * @example {
     *   "IBL-PAGE-LINKS": "drf"
     * }
     */
    readonly settings: {
        readonly [key: string]: string;
    };
    /** The verdicts, by the id of the row. */
    readonly rows: {
        readonly [key: string]: CalibratedRow;
    };
    /** The vendor's own words, where only words differ. */
    readonly sentences: readonly {
        /**
         * The row.
         * @example IBL-NO-SEAT
         */
        readonly row: string;
        /**
         * What the mock says.
         * @example No seat.
         */
        readonly mock: string;
        /**
         * What the vendor says.
         * @example Full.
         */
        readonly live: string;
    }[];
    /**
     * What the run created at the vendor and could not remove.
     * @example []
     */
    readonly left: readonly string[];
};

/** The verdict on one row. */
export type CalibratedRow = {
    /**
     * Whether a choice of the row answers as the vendor does.
     * @example confirmed
     */
    readonly verdict: "confirmed" | "another choice fits" | "none fits" | "cannot be told apart" | "not probed";
    /**
     * The choice that fits; for `none fits` the nearest.
     * @example drf
     */
    readonly choice?: string;
    /**
     * The choices that answer alike.
     * @example [
     *   "urls",
     *   "drf"
     * ]
     */
    readonly alike?: readonly string[];
    /**
     * Why it was not probed.
     * @example It changes data.
     */
    readonly why?: string;
    /** What differs. */
    readonly differs?: readonly {
        /**
         * Status, header, form, fields, type, value or words.
         * @example status
         */
        readonly kind: string;
        /**
         * The request and the place in its answer.
         * @example GET /ping
         */
        readonly at: string;
        /**
         * What the mock has.
         * @example 200
         */
        readonly mock: string;
        /**
         * What the vendor has.
         * @example 204
         */
        readonly live: string;
    }[];
    /**
     * The requests and the forms of their answers.
     * @example [
     *   "GET /ping → 200 application/json"
     * ]
     */
    readonly asked?: readonly string[];
};

/** All known operations, and how each is mocked. */
export type Coverage = {
    /** By vendor. */
    readonly operations: readonly {
        /**
         * The vendor.
         * @example alice
         */
        readonly vendor: string;
        /**
         * The id of the operation. Null if it is not mocked.
         * @example addLicense
         */
        readonly operation: string | null;
        /**
         * In upper case.
         * @example POST
         */
        readonly method: string;
        /**
         * As in the spec.
         * @example /api/licenses/add
         */
        readonly path: string;
        /**
         * What it does.
         * @example Create a license
         */
        readonly summary: string;
        /**
         * How it is served.
         * @example handled
         */
        readonly kind: "handled" | "generated" | "not-mocked";
        /** The number of its ledger rows, by evidence. */
        readonly evidence: {
            /**
             * The vendor's docs say so.
             * @example 3
             */
            readonly documented: number;
            /**
             * The vendor's framework behaved this way when executed.
             * @example 6
             */
            readonly executed: number;
            /**
             * Public clients or schemas show it.
             * @example 1
             */
            readonly observed: number;
            /**
             * Nobody says so.
             * @example 4
             */
            readonly assumed: number;
        };
        /**
         * The ids of these rows.
         * @example [
         *   "ALICE-RESULT"
         * ]
         */
        readonly ledger: readonly string[];
    }[];
    /** The number of operations of each kind. */
    readonly totals: {
        /**
         * By code that keeps state.
         * @example 5
         */
        readonly handled: number;
        /**
         * From the spec.
         * @example 0
         */
        readonly generated: number;
        /**
         * Known and not served.
         * @example 38
         */
        readonly notMocked: number;
    };
};

/** A scenario that a sandbox can start from. */
export type Scenario = {
    /**
     * The name of its file.
     * @example demo
     */
    readonly name: string;
    /**
     * The purpose of the scenario.
     * @example Two platforms in the middle of a school year.
     */
    readonly description: string;
    /**
     * The Pact provider states that the scenario defines.
     * @example []
     */
    readonly providerStates: readonly string[];
    /**
     * The parameters of these provider states.
     * @example []
     */
    readonly parameters: readonly string[];
    /**
     * Why no sandbox can start from it. Absent if the scenario is valid.
     * @example line 2: all mapping items must start at the same column
     */
    readonly fault?: string;
};

/** A scenario with its content. */
export type ScenarioContent = {
    /**
     * The name of its file.
     * @example demo
     */
    readonly name: string;
    /**
     * The purpose of the scenario.
     * @example Two platforms in the middle of a school year.
     */
    readonly description: string;
    /**
     * The Pact provider states that the scenario defines.
     * @example []
     */
    readonly providerStates: readonly string[];
    /**
     * The parameters of these provider states.
     * @example []
     */
    readonly parameters: readonly string[];
    /**
     * Why no sandbox can start from it.
     * @example line 2: all mapping items must start at the same column
     */
    readonly fault?: string;
    /**
     * The file's content.
     * @example {
     *   "alice": {
     *     "licenses": []
     *   }
     * }
     */
    readonly document: Record<string, unknown>;
};

/** Values for the parameters of a scenario, by name. */
export type Params = {
    readonly [key: string]: string | number | boolean;
};

/** What a sandbox starts with. For an option that is left out, the option of the server applies; if the server has
 * none either, the scenario decides. */
export type StartOptions = {
    /**
     * The name of a scenario. `GET /_mock/scenarios` lists all names.
     * @example demo
     */
    readonly scenario?: string;
    /**
     * Values for the parameters of a scenario, by name.
     * @example {
     *   "externalId": "acme-1"
     * }
     */
    readonly params?: Params;
    /**
     * Generated values and probabilities derive from this number.
     * @example 7
     */
    readonly seed?: number;
    /**
     * An ISO 8601 instant: the clock is frozen there. `now`: the clock shows real time. `now-30d`, `now+1y`: the
     * clock runs that far behind or ahead of real time.
     * @example 2026-01-01T00:00:00Z
     */
    readonly clock?: string;
    /**
     * How the mock answers a request that breaks the vendor's documentation but that the vendor accepts. `wire`
     * accepts it and adds a warning. `strict` refuses it.
     * @example strict
     */
    readonly profile?: Profile;
    /**
     * The choice for a row of the ledger, by the id of the row.
     * @example {
     *   "IBL-PAGE-LINKS": "integers"
     * }
     */
    readonly settings?: Settings;
};

/** What to change of a sandbox. */
export type SandboxChange = {
    /**
     * How the mock answers a request that breaks the vendor's documentation but that the vendor accepts. `wire`
     * accepts it and adds a warning. `strict` refuses it.
     * @example strict
     */
    readonly profile?: Profile;
    /**
     * What happens when a request names a platform, client or course that does not exist. `open`: the mock creates it
     * and adds a warning. `closed`: the mock refuses the request as the vendor does.
     * @example closed
     */
    readonly references?: References;
    /**
     * The choice for a row of the ledger, by the id of the row.
     * @example {
     *   "IBL-PAGE-LINKS": "integers"
     * }
     */
    readonly settings?: Settings;
};

/** An error of the mock. */
export type ErrorDescription = {
    /**
     * The last part of `type`.
     * @example bad-sandbox-name
     */
    readonly code: string;
    /**
     * The HTTP status.
     * @example 400
     */
    readonly status: number;
    /**
     * A short name.
     * @example Invalid sandbox name
     */
    readonly title: string;
    /**
     * What it means and what to do, in Markdown.
     * @example A sandbox name has 1 to 64 of `a-z`, `0-9` and `-`, and does not start with `-`.
     */
    readonly description: string;
};

/** What happens when a request names a platform, client or course that does not exist. `open`: the mock creates it
 * and adds a warning. `closed`: the mock refuses the request as the vendor does. */
export type References = "open" | "closed";

/** How the mock answers a request that breaks the vendor's documentation but that the vendor accepts. `wire`
 * accepts it and adds a warning. `strict` refuses it. */
export type Profile = "wire" | "strict";

/** The choice for a row of the ledger, by the id of the row. */
export type Settings = {
    readonly [key: string]: string | number;
};

/** What a clock shows. */
export type ClockReading = {
    /**
     * Whether the clock stands still or runs.
     * @example frozen
     */
    readonly mode: ClockMode;
    /**
     * The time that the clock shows: ISO 8601 in UTC, with milliseconds.
     * @example 2026-01-01T00:00:00.000Z
     */
    readonly now: string;
};

/** Whether the clock stands still or runs. */
export type ClockMode = "frozen" | "running";

/** How to set a clock. */
export type SetClock = {
    /**
     * Whether the clock stands still or runs.
     * @example frozen
     */
    readonly mode: ClockMode;
    /**
     * The time to show: an ISO 8601 instant from 1970 to 9999, or a time relative to what the clock shows
     * (`now+30d`). If it is left out, the clock keeps its time.
     * @example 2026-01-01T00:00:00Z
     */
    readonly now?: string;
};

/** A sandbox and its settings. */
export type SandboxView = {
    /**
     * The name of the sandbox.
     * @example checkout
     */
    readonly name: string;
    /**
     * The scenario that the state came from.
     * @example demo
     */
    readonly scenario: string;
    /**
     * Generated values and probabilities derive from this number.
     * @example 1
     */
    readonly seed: number;
    /** What a clock shows. */
    readonly clock: ClockReading;
    /**
     * How the mock answers a request that breaks the vendor's documentation but that the vendor accepts. `wire`
     * accepts it and adds a warning. `strict` refuses it.
     * @example strict
     */
    readonly profile: Profile;
    /**
     * What happens when a request names a platform, client or course that does not exist. `open`: the mock creates it
     * and adds a warning. `closed`: the mock refuses the request as the vendor does.
     * @example closed
     */
    readonly references: References;
    /**
     * The current choice for every ledger row that has choices, by the id of the row.
     * @example {
     *   "IBL-PAGE-LINKS": "urls"
     * }
     */
    readonly settings: {
        readonly [key: string]: string;
    };
    /**
     * The number of records in each collection of the vendors.
     * @example {
     *   "ibl.program-licenses": 40
     * }
     */
    readonly records: {
        readonly [key: string]: number;
    };
    /**
     * The base URL of this sandbox. Append a vendor's path to it.
     * @example http://127.0.0.1:4010/_sandbox/checkout
     */
    readonly url: string;
};

/** A sandbox in the list of all sandboxes. */
export type SandboxItem = {
    /**
     * The name of the sandbox.
     * @example checkout
     */
    readonly name: string;
    /**
     * The scenario that the state came from. Null if the sandbox is in a folder and not loaded now.
     * @example demo
     */
    readonly scenario: string | null;
    /** What the clock shows. Null if the sandbox is in a folder and not loaded now. */
    readonly clock: ClockReading | null;
    /**
     * The base URL of this sandbox. Append a vendor's path to it.
     * @example http://127.0.0.1:4010/_sandbox/checkout
     */
    readonly url: string;
};

/** A request that a vendor answers with success, and the credentials that it accepts. */
export type VendorExample = {
    /**
     * The vendor.
     * @example ibl
     */
    readonly vendor: string;
    /**
     * One line for each credential, as a header to send, or `none needed`.
     * @example [
     *   "Authorization: Api-Token dm-admin  (DM admin)"
     * ]
     */
    readonly credentials: readonly string[];
    /**
     * In upper case.
     * @example GET
     */
    readonly method: string;
    /**
     * Path and query, below the base URL of the sandbox.
     * @example /api/catalog/licenses/program/
     */
    readonly path: string;
    /**
     * The headers to send.
     * @example {
     *   "authorization": "Api-Token dm-admin"
     * }
     */
    readonly headers: {
        readonly [key: string]: string;
    };
    /**
     * The body to send. Absent if there is none.
     * @example {}
     */
    readonly body?: string;
};

/** A record as the mock stores it. */
export type StoredRecord = {
    readonly [key: string]: unknown;
};

/** A collection of records. */
export type CollectionView = {
    /**
     * Unique across all vendors.
     * @example ibl.licenses
     */
    readonly name: string;
    /**
     * The vendor.
     * @example ibl
     */
    readonly vendor: string;
    /**
     * For people.
     * @example Licenses
     */
    readonly label: string;
    /**
     * The field that holds the key of a record.
     * @example id
     */
    readonly key: string;
    /**
     * The field that names a record for people.
     * @example name
     */
    readonly title: string;
    /**
     * The fields that tell most. Empty: all of them.
     * @example [
     *   "id",
     *   "name",
     *   "external_id"
     * ]
     */
    readonly columns: readonly string[];
    /**
     * The number of records.
     * @example 40
     */
    readonly records: number;
    /** The vendor's operations that make, change or remove a record. */
    readonly operations: readonly {
        /**
         * What it does to a record.
         * @example change
         */
        readonly does: "create" | "change" | "remove";
        /**
         * The id of the operation.
         * @example updateProgramLicense
         */
        readonly operation: string;
        /**
         * By parameter of the path or field of the body: the field of the record that it takes.
         * @example {
         *   "license_id": "id"
         * }
         */
        readonly ids: {
            readonly [key: string]: string;
        };
    }[];
};

/** A record, its life, and what belongs to it. */
export type RecordView = {
    /**
     * A record as the mock stores it.
     * @example {
     *   "id": 1,
     *   "name": "Spring"
     * }
     */
    readonly record: StoredRecord;
    /** What happened and will happen to the record, by time. */
    readonly moments: readonly {
        /**
         * When.
         * @example 2026-06-30T00:00:00.000Z
         */
        readonly at: string;
        /**
         * What happens.
         * @example expires
         */
        readonly event: string;
        /**
         * The field that says so.
         * @example expired
         */
        readonly field: string;
    }[];
    /** The records of other collections that belong to it. */
    readonly parts: readonly {
        /**
         * The name of the collection.
         * @example ibl.history
         */
        readonly collection: string;
        /** At most 100. */
        readonly records: readonly StoredRecord[];
        /**
         * How many belong to it.
         * @example 1
         */
        readonly total: number;
    }[];
};

/** The key of a record. */
export type RecordKey = string | number;

/** A record that is not as it was. */
export type RecordDifference = {
    /**
     * The name of the collection.
     * @example ibl.licenses
     */
    readonly collection: string;
    /**
     * The key of a record.
     * @example 1
     */
    readonly key: RecordKey;
    /** The record in the snapshot. Null: it was created later. */
    readonly was: StoredRecord | null;
    /** The record now. Null: it was removed. */
    readonly now: StoredRecord | null;
};

/** Something that happens to a record at a time. */
export type ClockEvent = {
    /**
     * When.
     * @example 2026-06-30T00:00:00.000Z
     */
    readonly at: string;
    /**
     * What happens.
     * @example expires
     */
    readonly event: string;
    /**
     * The name of the collection.
     * @example ibl.licenses
     */
    readonly collection: string;
    /**
     * The key of a record.
     * @example 1
     */
    readonly key: RecordKey;
    /**
     * What people call the record.
     * @example Spring
     */
    readonly title: string;
};

/** A whole state as a scenario document, valid as a scenario file. Each vendor has a section under its own name;
 * `scenarios/scenario.schema.json` describes the sections. */
export type StateDocument = {
    /**
     * The name of the scenario.
     * @example demo
     */
    readonly name?: string;
    /**
     * What the state is.
     * @example The state of sandbox checkout.
     */
    readonly description?: string;
    /**
     * `now` for real time, a time relative to it, or the instant at which the clock is frozen.
     * @example 2026-01-01T00:00:00.000Z
     */
    readonly clock?: string;
    /**
     * Generated values and probabilities derive from this number.
     * @example 1
     */
    readonly seed?: number;
    /**
     * Whether the mock creates unknown platforms, clients and courses on first use (`open`) or refuses them (`closed`).
     * @example open
     */
    readonly references?: "open" | "closed";
    /**
     * How the mock answers a request that breaks the vendor's documentation but that the vendor accepts. `wire`
     * accepts it and adds a warning. `strict` refuses it.
     * @example strict
     */
    readonly profile?: Profile;
    /**
     * The choice for a row of the ledger, by the id of the row.
     * @example {
     *   "IBL-PAGE-LINKS": "integers"
     * }
     */
    readonly settings?: Settings;
    /**
     * The Pact provider states that the scenario defines.
     * @example []
     */
    readonly providerStates?: readonly string[];
} & {
    readonly [key: string]: unknown;
};

/** A snapshot of a sandbox. */
export type SnapshotView = {
    /**
     * The name of the snapshot.
     * @example before-renewal
     */
    readonly name: string;
    /**
     * When the snapshot was taken, in real time.
     * @example 2026-11-21T08:30:00.000Z
     */
    readonly takenAt: string;
    /**
     * The scenario that the state came from.
     * @example demo
     */
    readonly scenario: string;
    /**
     * Generated values and probabilities derive from this number.
     * @example 1
     */
    readonly seed: number;
    /** What a clock shows. */
    readonly clock: ClockReading;
    /**
     * The number of records in each collection of the vendors.
     * @example {
     *   "ibl.program-licenses": 40
     * }
     */
    readonly records: {
        readonly [key: string]: number;
    };
};

/** A rule that changes how the mock answers a vendor's client. If several overrides match a call, the one that was
 * added last acts. */
export type Override = {
    /**
     * Act only on calls to this vendor. `GET /_mock/vendors` lists the names. Default: all vendors.
     * @example ibl
     */
    readonly vendor?: string;
    /**
     * Act only on calls to the operation with this id. Default: all operations.
     * @example createProgramLicense
     */
    readonly operation?: string;
    /**
     * Which calls an override acts on. All given fields must match. A text matches if it is equal; a text such as
     * `/^acme-/i` is a regular expression.
     */
    readonly when?: When;
    /**
     * How often the override acts at most. Default: no limit.
     * @example 1
     */
    readonly atMost?: number;
    /**
     * The share of matching calls on which the override acts, drawn from the sandbox's seed. Default: all.
     * @example 0.5
     */
    readonly probability?: number;
    /**
     * What an override does to a call. Either a `preset`, or one of `reply`, `patch` and `rateLimit`, which a `delay`
     * and a `fault` can accompany, or `delay` and `fault` alone.
     */
    readonly effect: Effect;
};

/** An active override. */
export type Rule = {
    /**
     * The id of the override. The header `X-Mock-Override` of an answer names the override that acted.
     * @example 1
     */
    readonly id: string;
    /**
     * How many calls the override has matched since it was added.
     * @example 4
     */
    readonly calls: number;
    /**
     * On how many of these calls it acted.
     * @example 1
     */
    readonly hits: number;
    /**
     * Act only on calls to this vendor. `GET /_mock/vendors` lists the names. Default: all vendors.
     * @example ibl
     */
    readonly vendor?: string;
    /**
     * Act only on calls to the operation with this id. Default: all operations.
     * @example createProgramLicense
     */
    readonly operation?: string;
    /**
     * Which calls an override acts on. All given fields must match. A text matches if it is equal; a text such as
     * `/^acme-/i` is a regular expression.
     */
    readonly when?: When;
    /**
     * How often the override acts at most. Default: no limit.
     * @example 1
     */
    readonly atMost?: number;
    /**
     * The share of matching calls on which the override acts, drawn from the sandbox's seed. Default: all.
     * @example 0.5
     */
    readonly probability?: number;
    /**
     * What an override does to a call. Either a `preset`, or one of `reply`, `patch` and `rateLimit`, which a `delay`
     * and a `fault` can accompany, or `delay` and `fault` alone.
     */
    readonly effect: Effect;
};

/** Which calls an override acts on. All given fields must match. A text matches if it is equal; a text such as
 * `/^acme-/i` is a regular expression. */
export type When = {
    /**
     * Act only on the n-th call that matches everything else, counted since the override was added.
     * @example 3
     */
    readonly call?: number;
    /**
     * The HTTP method, in upper case.
     * @example POST
     */
    readonly method?: string;
    /**
     * The path as sent, without sandbox prefix, gateway mount and query.
     * @example /api/licenses/add
     */
    readonly path?: string;
    /**
     * Headers by name. The case of names does not matter.
     * @example {
     *   "x-tenant": "acme"
     * }
     */
    readonly headers?: {
        readonly [key: string]: string;
    };
    /**
     * Query parameters by name, as the operation documents them.
     * @example {
     *   "page": "2"
     * }
     */
    readonly query?: {
        readonly [key: string]: string;
    };
    /**
     * A part of the body, decoded and in the documented types. An object matches an object that has all its
     * fields. A list matches a list of the same length.
     * @example {
     *   "external_id": "acme-1"
     * }
     */
    readonly body?: Json;
};

/** Which requests to count. All given fields must match. A text matches if it is equal; a text such as `/^acme-/i`
 * is a regular expression. */
export type Match = {
    /**
     * The vendor.
     * @example ibl
     */
    readonly vendor?: string;
    /**
     * The id of the operation.
     * @example createProgramLicense
     */
    readonly operation?: string;
    /**
     * The status of the answer.
     * @example 200
     */
    readonly status?: number;
    /**
     * How many warnings the request got. 0 insists on exact types.
     * @example 0
     */
    readonly warnings?: number;
    /**
     * The HTTP method, in upper case.
     * @example POST
     */
    readonly method?: string;
    /**
     * The path as sent, without sandbox prefix, gateway mount and query.
     * @example /api/licenses/add
     */
    readonly path?: string;
    /**
     * Headers by name. The case of names does not matter.
     * @example {
     *   "x-tenant": "acme"
     * }
     */
    readonly headers?: {
        readonly [key: string]: string;
    };
    /**
     * Query parameters by name, as the operation documents them.
     * @example {
     *   "page": "2"
     * }
     */
    readonly query?: {
        readonly [key: string]: string;
    };
    /**
     * A part of the body, decoded and in the documented types. An object matches an object that has all its
     * fields. A list matches a list of the same length.
     * @example {
     *   "external_id": "acme-1"
     * }
     */
    readonly body?: Json;
};

/** What an override does to a call. Either a `preset`, or one of `reply`, `patch` and `rateLimit`, which a `delay`
 * and a `fault` can accompany, or `delay` and `fault` alone. */
export type Effect = OneOf<{
    /**
     * `rate-limited` refuses every call with the rate limit error. `flaky` answers one call in ten with 503. `slow` adds one to
     * four seconds. `outage` answers every call with 503. `lost-answer` runs the handler, then resets the
     * connection. `expired-token` refuses valid credentials. `maintenance` answers 503 with an HTML page, as a proxy
     * does.
     * @example lost-answer
     */
    readonly preset: PresetName;
} | {
    /** The answer to send instead of the vendor's. The handler does not run, so nothing is stored. */
    readonly reply: OverrideReply;
    /** How much longer a call takes. */
    readonly delay?: Delay;
    /**
     * `truncate` sends only the first half of the answer, then closes the connection.
     * @example truncate
     */
    readonly fault?: "truncate";
} | {
    /**
     * A JSON merge patch (RFC 7396) for the vendor's answer. What the handler stored does not change.
     * @example {
     *   "count": 0
     * }
     */
    readonly patch: Json;
    /** How much longer a call takes. */
    readonly delay?: Delay;
    /**
     * `truncate` sends only the first half of the answer, then closes the connection.
     * @example truncate
     */
    readonly fault?: "truncate";
} | {
    /**
     * Refuses calls beyond the limit with the rate limit error, by the sandbox's clock. Below the limit the override does
     * nothing; its delay and fault do not apply either.
     */
    readonly rateLimit: RateLimit;
    /** How much longer a call takes. */
    readonly delay?: Delay;
    /**
     * `truncate` sends only the first half of the answer, then closes the connection.
     * @example truncate
     */
    readonly fault?: "truncate";
} | {
    /**
     * `reset-before` resets the connection; the handler does not run. `reset-after` runs the handler, then
     * resets the connection instead of sending the answer. `truncate` sends only the first half of the
     * answer, then closes the connection.
     * @example reset-after
     */
    readonly fault: "reset-before" | "reset-after" | "truncate";
    /** How much longer a call takes. */
    readonly delay?: Delay;
} | {
    /**
     * `hang` leaves the connection open without an answer; the handler does not run.
     * @example hang
     */
    readonly fault: "hang";
} | {
    /** How much longer a call takes. */
    readonly delay: Delay;
}>;

/** `rate-limited` refuses every call with the rate limit error. `flaky` answers one call in ten with 503. `slow` adds one to
 * four seconds. `outage` answers every call with 503. `lost-answer` runs the handler, then resets the
 * connection. `expired-token` refuses valid credentials. `maintenance` answers 503 with an HTML page, as a proxy
 * does. */
export type PresetName = "rate-limited" | "flaky" | "slow" | "outage" | "lost-answer" | "expired-token" | "maintenance";

/** The answer to send instead of the vendor's. The handler does not run, so nothing is stored. */
export type OverrideReply = OneOf<FixedReply | ErrorReply>;

/** An answer of your own. The mock does not check it against the vendor's spec. */
export type FixedReply = {
    /**
     * The status of the answer.
     * @example 503
     */
    readonly status: number;
    /**
     * Headers of the answer. With a `content-type` of your own, a text body is sent as it is and any other body
     * as JSON. Without one, the vendor encodes the body.
     * @example {
     *   "retry-after": "5"
     * }
     */
    readonly headers?: {
        readonly [key: string]: string;
    };
    /**
     * The body of the answer.
     * @example {
     *   "detail": "Later."
     * }
     */
    readonly body?: Json;
};

/** An error response in the vendor's own format. */
export type ErrorReply = {
    /**
     * An error that every vendor has, each in its own format.
     * @example rate-limited
     */
    readonly error: ErrorKind;
};

/** An error that every vendor has, each in its own format. */
export type ErrorKind = "unauthenticated" | "forbidden" | "not-found" | "conflict" | "rate-limited" | "server-error" | "unavailable";

/** How much longer a call takes. */
export type Delay = OneOf<{
    /**
     * Milliseconds.
     * @example 500
     */
    readonly ms: number;
} | {
    /**
     * The shortest delay in milliseconds.
     * @example 200
     */
    readonly minMs: number;
    /**
     * The longest delay in milliseconds.
     * @example 900
     */
    readonly maxMs: number;
}>;

/** Refuses calls beyond the limit with the rate limit error, by the sandbox's clock. Below the limit the override does
 * nothing; its delay and fault do not apply either. */
export type RateLimit = {
    /**
     * How many calls a window allows.
     * @example 10
     */
    readonly limit: number;
    /**
     * The length of a window in seconds.
     * @example 60
     */
    readonly windowSeconds: number;
};

/** What a test expects of the journal. Without a number, at least one request must match. */
export type Expectation = OneOf<{
    /**
     * Which requests to count. All given fields must match. A text matches if it is equal; a text such as `/^acme-/i`
     * is a regular expression.
     */
    readonly match: Match;
    /**
     * Exactly this many requests match.
     * @example 1
     */
    readonly times: number;
} | {
    /**
     * Which requests to count. All given fields must match. A text matches if it is equal; a text such as `/^acme-/i`
     * is a regular expression.
     */
    readonly match: Match;
    /**
     * No request matches.
     * @example true
     */
    readonly never: true;
} | {
    /**
     * Which requests to count. All given fields must match. A text matches if it is equal; a text such as `/^acme-/i`
     * is a regular expression.
     */
    readonly match: Match;
    /**
     * At least this many requests match.
     * @example 1
     */
    readonly atLeast?: number;
    /**
     * At most this many requests match.
     * @example 3
     */
    readonly atMost?: number;
}>;

/** The expectation holds. */
export type Held = {
    /**
     * The expectation holds.
     * @example true
     */
    readonly held: true;
    /**
     * How many requests match.
     * @example 1
     */
    readonly count: number;
};

/** The expectation does not hold. */
export type NotHeld = {
    /**
     * The expectation does not hold.
     * @example false
     */
    readonly held: false;
    /**
     * The whole failure in several lines, for the output of a test.
     * @example Expected exactly 1 request.
     */
    readonly message: string;
    /**
     * How many requests match.
     * @example 0
     */
    readonly count: number;
    /**
     * The expectation in one line.
     * @example exactly 1 request with operation createProgramLicense
     */
    readonly expected: string;
    /**
     * At most three requests that come nearest.
     * @example []
     */
    readonly nearest: readonly Nearest[];
};

/** A request that came near to an expectation. */
export type Nearest = {
    /** The request. */
    readonly entry: {
        /**
         * Its id in the journal.
         * @example default-1
         */
        readonly id: string;
        /**
         * The time of the sandbox's clock: ISO 8601 in UTC.
         * @example 2026-01-01T00:00:00.000Z
         */
        readonly time: string;
        /**
         * The HTTP method, in upper case.
         * @example GET
         */
        readonly method: string;
        /**
         * Path and query as sent, secrets redacted.
         * @example /api/licenses/add
         */
        readonly url: string;
        /**
         * The id of the operation. Null if no operation matched.
         * @example addLicense
         */
        readonly operation: string | null;
        /**
         * The status of the answer.
         * @example 200
         */
        readonly status: number;
    };
    /** What differs. Empty if the request matches and there were too many. */
    readonly differences: readonly {
        /**
         * The place: `operation`, `body.external_id`.
         * @example body.external_id
         */
        readonly at: string;
        /**
         * What the expectation has there.
         * @example acme-1
         */
        readonly expected: unknown;
        /**
         * What the request has there, secrets redacted. Absent if it has nothing.
         * @example acme-2
         */
        readonly actual?: unknown;
    }[];
};

/** A place where a request violates the vendor's documentation. */
export type Finding = {
    /**
     * The part of the request.
     * @example body
     */
    readonly in: "body" | "query" | "header" | "path";
    /**
     * Names and indexes that lead from the root to the field.
     * @example [
     *   "count"
     * ]
     */
    readonly path: readonly (string | number)[];
    /**
     * The violated JSON Schema keyword (`required`, `type`, `format`), or `security` for credentials, `syntax` for a body that cannot be parsed.
     * @example type
     */
    readonly keyword: string;
    /**
     * What is wrong, in one sentence.
     * @example count must be integer.
     */
    readonly message: string;
};

/** A request and its answer. Secrets are redacted. */
export type JournalEntry = {
    /**
     * The header `X-Mock-Request-Id` of the answer.
     * @example default-1
     */
    readonly id: string;
    /**
     * The time of the sandbox's clock: ISO 8601 in UTC.
     * @example 2026-01-01T00:00:00.000Z
     */
    readonly time: string;
    /**
     * The name of the sandbox.
     * @example checkout
     */
    readonly sandbox: string;
    /**
     * The vendor. Null if no vendor serves the path.
     * @example ibl
     */
    readonly vendor: string | null;
    /**
     * The id of the operation. Null if no operation matched.
     * @example addLicense
     */
    readonly operation: string | null;
    /**
     * `handled` by code that keeps state, `generated` from the spec, `proxied` to the live vendor, or `unmatched`: no operation matched.
     * @example handled
     */
    readonly kind: "handled" | "generated" | "proxied" | "unmatched";
    /**
     * The status of the answer.
     * @example 200
     */
    readonly status: number;
    /**
     * How long the answer took in milliseconds.
     * @example 1.25
     */
    readonly durationMs: number;
    /**
     * What the vendor accepts although its documentation does not.
     * @example []
     */
    readonly warnings: readonly Finding[];
    /**
     * Violations of the vendor's documentation.
     * @example []
     */
    readonly violations: readonly Finding[];
    /**
     * Ids of the ledger rows that shaped the answer.
     * @example [
     *   "IBL-PAGE-LINKS"
     * ]
     */
    readonly ledger: readonly string[];
    /**
     * The id of the override that acted. Absent if none acted.
     * @example 1
     */
    readonly override?: string;
    /** What became of asking the live vendor as well. Absent if it was not asked. */
    readonly live?: LiveResult;
    /**
     * How the live answer differs from the mock's. Empty: it does not. Absent: the answers were not compared.
     * @example []
     */
    readonly drift?: readonly Drift[];
    /** The request as it arrived. */
    readonly request: {
        /**
         * The HTTP method, in upper case.
         * @example GET
         */
        readonly method: string;
        /**
         * Path and query as sent, secrets redacted.
         * @example /api/licenses/add
         */
        readonly url: string;
        /**
         * Headers by name.
         * @example {
         *   "host": "127.0.0.1:4010"
         * }
         */
        readonly headers: {
            readonly [key: string]: string;
        };
        /**
         * A body. Null if there was none.
         * @example {
         *   "json": {
         *     "count": 0
         *   },
         *   "bytes": 11
         * }
         */
        readonly body: ShownBody;
    };
    /** The answer as it was sent. */
    readonly response: {
        /**
         * The status of the answer.
         * @example 200
         */
        readonly status: number;
        /**
         * Headers by name.
         * @example {
         *   "host": "127.0.0.1:4010"
         * }
         */
        readonly headers: {
            readonly [key: string]: string;
        };
        /**
         * A body. Null if there was none.
         * @example {
         *   "json": {
         *     "count": 0
         *   },
         *   "bytes": 11
         * }
         */
        readonly body: ShownBody;
    };
};

/** `mock`: the live vendor is not used. `proxy`: every request is forwarded. `fallback`: what the mock has no
 * handler for is forwarded. `shadow`: the mock answers; the live vendor is asked as well, and the journal says
 * how the answers differ. */
export type UpstreamMode = "mock" | "proxy" | "fallback" | "shadow";

/** What to use the live vendor for. */
export type SetUpstream = {
    /**
     * `mock`: the live vendor is not used. `proxy`: every request is forwarded. `fallback`: what the mock has no
     * handler for is forwarded. `shadow`: the mock answers; the live vendor is asked as well, and the journal says
     * how the answers differ.
     * @example shadow
     */
    readonly mode: UpstreamMode;
};

/** What a sandbox uses the live vendor for. */
export type Upstream = {
    /**
     * The name of the vendor.
     * @example ibl
     */
    readonly vendor: string;
    /**
     * `mock`: the live vendor is not used. `proxy`: every request is forwarded. `fallback`: what the mock has no
     * handler for is forwarded. `shadow`: the mock answers; the live vendor is asked as well, and the journal says
     * how the answers differ.
     * @example shadow
     */
    readonly mode: UpstreamMode;
    /**
     * Where the live vendor is. Null: the server was started without one, so that the mode is `mock`.
     * @example https://ibl.example
     */
    readonly url: string | null;
};

/** What became of asking the live vendor as well. Absent if it was not asked. */
export type LiveResult = {
    /**
     * `waiting` for the vendor, `compared` with its answer, `failed` because it gave none that counts, such as a 503 or a 401 for other credentials, or `dropped` because too many requests waited.
     * @example compared
     */
    readonly outcome: "waiting" | "compared" | "failed" | "dropped";
    /**
     * The status of the live answer.
     * @example 200
     */
    readonly status?: number;
    /**
     * How long the vendor took in milliseconds.
     * @example 81.5
     */
    readonly durationMs?: number;
    /**
     * Why it failed.
     * @example https://ibl.example did not answer within 10000 ms.
     */
    readonly reason?: string;
    /**
     * What cannot be compared because the data differ, such as a record on one side only.
     * @example []
     */
    readonly notComparable?: readonly NotComparable[];
};

/** A part of the answers that is not comparable. */
export type NotComparable = {
    /**
     * The place.
     * @example body.results[]
     */
    readonly path: string;
    /**
     * Why.
     * @example Only the mock has records here.
     */
    readonly reason: string;
};

/** A difference between the mock's answer and the live one. */
export type Drift = {
    /**
     * The place: `status`, `headers.content-type`, `body.results[].count`.
     * @example body.results[].count
     */
    readonly path: string;
    /**
     * What differs: the status, a header, whether a field is there, the order of fields, the type of a value, or the words of a refusal.
     * @example type
     */
    readonly what: "status" | "header" | "field" | "order" | "type" | "words";
    /**
     * What the mock has there: the status, a header's value, the type of a value, names of fields in their order, or words. Absent if it has nothing.
     * @example integer
     */
    readonly mock?: string | number;
    /**
     * What the vendor has there. Absent if it has nothing.
     * @example string
     */
    readonly live?: string | number;
    /**
     * The ledger row that explains the difference. Absent if none does.
     * @example IBL-PAGE-LINKS
     */
    readonly row?: string;
    /**
     * The choice of that row with which the mock answers as the vendor does.
     * @example integers
     */
    readonly choice?: string;
};

/** A page of the journal. */
export type JournalPage = {
    /**
     * The newest entry first.
     * @example []
     */
    readonly entries: readonly JournalEntry[];
    /**
     * How many entries match the filter on all pages together.
     * @example 1
     */
    readonly total: number;
    /**
     * The `before` of the next page. Null: this is the last page.
     * @example null
     */
    readonly next: string | null;
};

/** A body. Null if there was none. */
export type ShownBody = null | {
    /**
     * The value.
     * @example {
     *   "count": 0
     * }
     */
    readonly json: unknown;
    /**
     * The length of the whole body as sent.
     * @example 11
     */
    readonly bytes: number;
} | {
    /**
     * The text.
     * @example Name=a
     */
    readonly text: string;
    /**
     * The length of the whole body as sent.
     * @example 11
     */
    readonly bytes: number;
    /**
     * The journal kept only the start of the body.
     * @example true
     */
    readonly truncated?: true;
} | {
    /**
     * The bytes, in base64.
     * @example /wE=
     */
    readonly base64: string;
    /**
     * The length of the whole body as sent.
     * @example 11
     */
    readonly bytes: number;
    /**
     * The journal kept only the start of the body.
     * @example true
     */
    readonly truncated?: true;
} | {
    /**
     * The body is not shown.
     * @example true
     */
    readonly redacted: true;
    /**
     * The length of the whole body as sent.
     * @example 11
     */
    readonly bytes: number;
};

/** A Pact provider state to enter or leave. */
export type ProviderState = {
    /**
     * The consumer whose contract is verified.
     * @example web-shop
     */
    readonly consumer?: string | null;
    /**
     * The sentence of the provider state. An empty one resets the sandbox.
     * @example a program license with external id acme-1 exists
     */
    readonly state: string;
    /** Values for the parameters of the scenario. */
    readonly params?: Params | null;
    /**
     * Whether the interaction begins or has ended.
     * @example setup
     */
    readonly action?: "setup" | "teardown";
};

/** The query of listJournal. All given fields must match. */
export type JournalFilter = {
    /**
     * Only requests to this vendor.
     * @example ibl
     */
    readonly vendor?: string;
    /**
     * Only requests to this operation.
     * @example createProgramLicense
     */
    readonly operation?: string;
    /**
     * Only responses with this status.
     * @example 400
     */
    readonly status?: number;
    /**
     * Only entries whose operation, URL or body contains this text. Case-insensitive.
     * @example acme-1
     */
    readonly text?: string;
    /**
     * Only requests that the live vendor answered differently.
     * @example true
     */
    readonly drift?: boolean;
    /**
     * Maximum number of entries.
     * @example 20
     */
    readonly limit?: number;
    /**
     * Only entries older than the one with this id. Use the `next` value of the previous page.
     * @example default-21
     */
    readonly before?: string;
};
