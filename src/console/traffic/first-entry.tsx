/** Shown while the journal is empty: what to paste so that the first request appears. */
import { useExamples, useVendors } from '../api/use-queries.ts';
import { base } from '../api/api.ts';
import { CopyButton } from '../parts/copy.tsx';
import { renderCurl } from './copy-as.ts';

export function FirstEntry({ sandbox }: { readonly sandbox: string }) {
  const { data } = useExamples(sandbox);
  const { data: served } = useVendors();
  const origin = sandboxUrl(sandbox);
  const titleOf = (name: string) =>
    served?.vendors.find((vendor) => vendor.name === name)?.title ?? name;
  return (
    <div className="empty">
      <h2>No requests yet</h2>
      <p>
        Set the base URL of your app to <code>{origin}</code>, or paste one of these commands into a
        terminal. Each request appears here as it arrives, with the reason for its answer.
      </p>
      {data?.examples.map(({ vendor, method, path, headers, body }) => {
        const curl = renderCurl({ method, url: `${origin}${path}`, headers, body });
        return (
          <section key={vendor}>
            <h3>
              {titleOf(vendor)} <CopyButton text={curl} what={`the command for ${vendor}`} />
            </h3>
            <pre className="code wrap" tabIndex={0}>
              {curl}
            </pre>
          </section>
        );
      })}
    </div>
  );
}

export function sandboxUrl(sandbox: string): string {
  return sandbox === 'default' ? base : `${base}/_sandbox/${sandbox}`;
}
