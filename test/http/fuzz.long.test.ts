/** Generated requests, 1,000 for each operation, or as many as FUZZ_RUNS says. */
import { fuzzOperations } from '../support/fuzz-operations.ts';

fuzzOperations(Number(process.env['FUZZ_RUNS'] ?? 1_000));
