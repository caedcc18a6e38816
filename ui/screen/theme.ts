import type { Row, Tone } from './text.ts';

/** How many colours a terminal has; 0 for one that is to show none. */
export type Colours = 0 | 16 | 256;

/** A way to look: attributes that every terminal has, and a colour of the 256 and of the 16. */
interface Look {
  /** SGR attributes: 1 bold, 4 underlined, 7 inverse. */
  readonly marks?: string;
  readonly colours?: readonly [of256: number, of16: number];
}

// A palette that is distinguishable with any colour vision (Okabe and Ito 2008), in its nearest of 256: black and white, and what is
// too light or too dark to be read on either, left out.
const skyBlue = [74, 36] as const;
const green = [36, 32] as const;
const orange = [178, 33] as const;
const vermilion = [166, 31] as const;
const purple = [175, 35] as const;
const grey = [245, 90] as const;

const looks: Readonly<Record<Tone, Look>> = {
  plain: {},
  strong: { marks: '1' },
  quiet: { colours: grey },
  curve: { colours: skyBlue },
  good: { colours: green },
  warning: { marks: '1', colours: orange },
  bad: { marks: '1', colours: vermilion },
  focus: { marks: '1', colours: orange },
  chosen: { marks: '7' },
  keyword: { colours: purple },
  string: { colours: green },
  number: { colours: orange },
  comment: { colours: grey },
  added: { colours: green },
  removed: { colours: vermilion },
};

/** A row as escape sequences, ending in the plain look. */
export function painted(row: Row, colours: Colours): string {
  let text = '';
  let tone: Tone = 'plain';
  for (const span of row) {
    // A blank that looks the same in both tones needs no new sequence.
    if (span.tone !== tone && span.text !== '') {
      text += tone === 'plain' ? '' : '\u001b[0m';
      text += start(span.tone, colours);
      tone = span.tone;
    }
    text += span.text;
  }
  return tone === 'plain' ? text : `${text}\u001b[0m`;
}

const started = new Map<string, string>();

function start(tone: Tone, colours: Colours): string {
  const key = `${tone} ${colours}`;
  let code = started.get(key);
  if (code === undefined) {
    const { marks, colours: pair } = looks[tone];
    const codes = [
      marks,
      pair && colours > 0 ? (colours === 256 ? `38;5;${pair[0]}` : String(pair[1])) : undefined,
    ];
    const all = codes.filter((each) => each !== undefined).join(';');
    code = all ? `\u001b[${all}m` : '';
    started.set(key, code);
  }
  return code;
}
