/** Chooses the sandbox that the page shows; creates, resets and removes one. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import {
  Button,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { useApi } from '../api/session.tsx';
import { useJournalFeed } from '../api/use-journal.tsx';
import { useSandboxes } from '../api/use-queries.ts';
import type { Place } from '../place.ts';
import { Confirm } from './dialog.tsx';
import { NewSandbox } from './new-sandbox.tsx';
import { useToasts } from './toasts.tsx';

type Asked = 'new' | 'reset' | 'remove' | undefined;

export function SandboxPicker({
  place,
  go,
}: {
  readonly place: Place;
  readonly go: (place: Place) => void;
}) {
  const { sandbox } = place;
  const api = useApi();
  const queries = useQueryClient();
  const feed = useJournalFeed();
  const { attempt } = useToasts();
  const { data: sandboxes = [] } = useSandboxes();
  const [asked, setAsked] = useState<Asked>();
  const names = [...new Set(['default', sandbox, ...sandboxes.map(({ name }) => name)])];
  const show = (name: string) => go({ ...place, sandbox: name, rest: [] });

  const reset = () =>
    void attempt(
      async () => {
        await api.resetSandbox(sandbox);
        feed.clear();
        await queries.invalidateQueries();
      },
      () => ({ text: `${sandbox} was started over.` }),
    );
  const remove = () =>
    void attempt(
      async () => {
        await api.removeSandbox(sandbox);
        await queries.invalidateQueries();
        show('default');
      },
      () => ({ text: `${sandbox} was removed.` }),
    );

  return (
    <>
      <MenuTrigger>
        <Button className="button" aria-label={`Sandbox ${sandbox}`}>
          <span className="soft">Sandbox</span> {sandbox} <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            onAction={(key) => {
              const id = String(key);
              if (id.startsWith('show:')) show(id.slice(5));
              else setAsked(id as Asked);
            }}
          >
            <MenuSection aria-label="Sandboxes">
              {names.map((name) => (
                <MenuItem key={name} id={`show:${name}`} className="menu-item" textValue={name}>
                  {name}
                </MenuItem>
              ))}
            </MenuSection>
            <Separator />
            <MenuSection aria-label="Actions">
              <MenuItem id="new" className="menu-item">
                New sandbox…
              </MenuItem>
              <MenuItem id="reset" className="menu-item">
                Start {sandbox} over…
              </MenuItem>
              <MenuItem id="remove" className="menu-item">
                Remove {sandbox}…
              </MenuItem>
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      <NewSandbox
        isOpen={asked === 'new'}
        onClose={() => setAsked(undefined)}
        onCreated={(name) => {
          void queries.invalidateQueries();
          show(name);
        }}
      />
      <Confirm
        title={`Start ${sandbox} over?`}
        action="Start over"
        isOpen={asked === 'reset'}
        onClose={() => setAsked(undefined)}
        onConfirm={reset}
      >
        Its records return to its scenario. Its overrides and its journal are deleted. Snapshots
        stay. This cannot be undone; a snapshot taken now keeps the records.
      </Confirm>
      <Confirm
        title={`Remove ${sandbox}?`}
        action="Remove"
        isOpen={asked === 'remove'}
        onClose={() => setAsked(undefined)}
        onConfirm={remove}
      >
        Its records, snapshots, overrides and journal are deleted. This cannot be undone. The next
        request to it creates it again from the server’s scenario.
      </Confirm>
    </>
  );
}
