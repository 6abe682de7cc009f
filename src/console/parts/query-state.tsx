/** What stands in the place of an answer that is not there yet, or that was refused. */
import { messageOf } from '../../errors.ts';

export function QueryState({
  error,
  what,
}: {
  readonly error: unknown;
  /** `the ledger` */
  readonly what: string;
}) {
  if (error === null || error === undefined) return <p className="soft">Loading {what}…</p>;
  return (
    <p className="error" role="alert">
      {messageOf(error)}
    </p>
  );
}
