/** A body in its own form: JSON with notes, a form as a table, XML indented, other text as it is. */
import type { ShownBody } from '../../control-api/control-api.ts';
import { JsonView, type JsonNote } from '../parts/json-view.tsx';
import { indentXml } from './indent-xml.ts';

export function BodyView({
  body,
  mediaType = '',
  notes = [],
  label,
}: {
  readonly body: ShownBody;
  readonly mediaType?: string | undefined;
  readonly notes?: readonly JsonNote[];
  readonly label: string;
}) {
  if (body === null) return <p className="soft">No body</p>;
  if ('redacted' in body)
    return <p className="soft">{body.bytes} bytes, hidden because they may contain secrets</p>;
  if ('base64' in body) return <p className="soft">{body.bytes} bytes that are not text</p>;
  if ('json' in body) return <JsonView value={body.json} notes={notes} label={label} />;
  const isCut = 'truncated' in body;
  return (
    <>
      <TextView text={body.text} mediaType={mediaType} label={label} />
      {isCut && (
        <p className="soft">
          The journal kept {body.text.length} of {body.bytes} bytes.
        </p>
      )}
    </>
  );
}

function TextView({
  text,
  mediaType,
  label,
}: {
  readonly text: string;
  readonly mediaType: string;
  readonly label: string;
}) {
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) {
    return (
      <table className="table" aria-label={label}>
        <tbody>
          {[...new URLSearchParams(text)].map(([name, value], index) => (
            <tr key={index}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td className="mono">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  const isXml = /[/+]xml/i.test(mediaType);
  return (
    <pre className="code wrap" tabIndex={0} aria-label={label}>
      {isXml ? indentXml(text) : text}
    </pre>
  );
}
