/** A description of a spec: paragraphs with `code` and **bold**. Other Markdown stays as it is written; HTML is text. */
import { Fragment } from 'react';

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*)/;

export function Prose({ text }: { readonly text: string }) {
  const paragraphs = text.split(/\n\s*\n/).filter((each) => each.trim() !== '');
  return paragraphs.map((paragraph, index) => (
    <p key={index}>
      <Inline text={paragraph} />
    </p>
  ));
}

export function Inline({ text }: { readonly text: string }) {
  return text.split(INLINE).map((part, index) => {
    if (/^`.+`$/s.test(part)) return <code key={index}>{part.slice(1, -1)}</code>;
    if (/^\*\*.+\*\*$/s.test(part)) return <strong key={index}>{part.slice(2, -2)}</strong>;
    return <Fragment key={index}>{part}</Fragment>;
  });
}
