/** What a calibration found out about a row: the verdict of one live vendor, on its day. */
import type { LedgerRow } from '../../control-api/control-api.ts';
import { useCalibrations } from '../api/use-queries.ts';

/** Nothing where the server was started without a calibration of the row's vendor. */
export function AtLiveVendor({ row }: { readonly row: LedgerRow }) {
  const { data: calibrations } = useCalibrations();
  const calibration = calibrations?.find(({ vendor }) => vendor === row.vendor);
  const found = calibration?.rows[row.id];
  if (!calibration || !found) return null;
  const { verdict, choice, why, alike, differs = [], asked = [] } = found;
  const own = calibration.sentences.filter((sentence) => sentence.row === row.id);
  return (
    <section>
      <h3>At the live vendor, {calibration.date}</h3>
      <p>
        <span className="badge">{verdict}</span> {choice !== undefined && <code>{choice}</code>}
        {alike && alike.join(', ')} {why}
      </p>
      {verdict === 'none fits' && (
        <dl className="sources">
          {differs.map(({ kind, at, mock, live }) => (
            <div key={`${kind} ${at}`}>
              <dt>
                {kind} of {at}
              </dt>
              <dd>
                The vendor has <code>{live}</code>, the mock <code>{mock}</code>.
              </dd>
            </div>
          ))}
        </dl>
      )}
      {own.map(({ mock, live }) => (
        <p key={mock}>
          It says “{live}” where the mock says “{mock}”.
        </p>
      ))}
      {asked.length > 0 && (
        <details>
          <summary>What was asked</summary>
          <ul className="names">
            {[...new Set(asked)].map((line) => (
              <li key={line}>
                <code>{line}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
