/** Generated requests, a few for each operation; fuzz.long.test.ts sends more. */
import { fuzzOperations } from '../support/fuzz-operations.ts';

fuzzOperations(100);
