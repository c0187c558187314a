import { FileUp } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { usePrivacyNotes } from '@/third-parties';
import { Button } from '@/ui/button';
import { classNames } from '@/ui/class-names';
import { FieldError } from '@/ui/field';
import { ProgressBar } from '@/ui/meter';
import { Panel, PanelHeading } from '@/ui/panel';
import { Picker } from '@/ui/picker';
import { acceptedFiles, problemWith, sendResume } from './upload';

const RoleFragment = graphql(`
  fragment UploadPanel_role on Role {
    slug
    title
    family
  }
`);

type Sending = { file: File; commandId: string; share: number; state: 'sending' | 'unreachable' };

export function UploadPanel(props: {
  roles: FragmentType<typeof RoleFragment>[];
  role: string | null;
  onAccepted: (resumeId: string, position: string) => void;
}) {
  const notes = usePrivacyNotes();
  const roles = unmask(RoleFragment, props.roles);
  const input = useRef<HTMLInputElement>(null);
  const inputId = useId();
  const [role, setRole] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const target = role ?? props.role;

  const send = async (file: File, commandId: string) => {
    setSending({ file, commandId, share: 0, state: 'sending' });
    const answer = await sendResume({ commandId, role: target, file }, (share) =>
      setSending({ file, commandId, share, state: 'sending' }),
    );
    if (answer.kind === 'unreachable') {
      setSending({ file, commandId, share: 0, state: 'unreachable' });
      return;
    }
    setSending(null);
    if (answer.kind === 'refused') setProblem(answer.message);
    else props.onAccepted(answer.resumeId, answer.position);
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    const found = problemWith(file);
    setProblem(found);
    if (!found) void send(file, crypto.randomUUID());
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (sending?.state !== 'sending') take(event.dataTransfer.files[0]);
  };

  return (
    <Panel aria-labelledby={`${inputId}-title`}>
      <PanelHeading id={`${inputId}-title`} hint={`PDF or DOCX, up to 10 MB. ${notes.resume}`}>
        Add a resume
      </PanelHeading>
      <div className="space-y-5">
        <Picker
          label="Match it with"
          options={roles.map((one) => ({ value: one.slug, label: one.title, group: one.family }))}
          value={target}
          onChange={setRole}
        />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same by keyboard */}
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          className={classNames(
            'flex flex-col items-center gap-3 rounded-2xl border-2 border-dashed px-4 py-9 text-center transition-colors',
            over ? 'border-accent bg-accent-soft' : 'border-line-strong',
          )}
        >
          <FileUp aria-hidden className="size-8 text-accent" />
          {sending?.state === 'sending' ? (
            <div className="w-full max-w-xs space-y-2" role="status">
              <p className="truncate">Sending {sending.file.name}</p>
              <ProgressBar value={sending.share} label="Upload" />
            </div>
          ) : (
            <>
              <p>Drop the file here, or</p>
              <Button onClick={() => input.current?.click()}>Choose a file</Button>
            </>
          )}
          <label htmlFor={inputId} className="sr-only">
            Resume file
          </label>
          <input
            ref={input}
            id={inputId}
            type="file"
            tabIndex={-1}
            accept={acceptedFiles}
            className="sr-only"
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </div>
        {problem && <FieldError>{problem}</FieldError>}
        {sending?.state === 'unreachable' && (
          <div className="flex flex-wrap items-center gap-3">
            <FieldError>The server did not answer while {sending.file.name} was sent.</FieldError>
            <Button
              size="small"
              look="secondary"
              onClick={() => send(sending.file, sending.commandId)}
            >
              Send it again
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
