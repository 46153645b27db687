/**
 * The little XML of callbacks: elements, text, CDATA, the five entities. No attributes are kept, no document type is read
 * (so no entity can be defined), depth and size are bounded.
 */

export interface XmlNode {
  readonly name: string;
  /** Text of the element itself, outer blanks off. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

/** The deepest callback nests four levels (`SelectedItems/SelectedItem/OptionIds/OptionId`). */
const MAX_DEPTH = 10;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[^>]*\?>|<(\/?)([A-Za-z_][\w.-]*)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/gy;

interface OpenNode {
  readonly name: string;
  text: string;
  readonly children: XmlNode[];
}

/** @returns the root, or `null` when the text is no well-formed XML of this little kind */
export function parseXml(source: string): XmlNode | null {
  const stack: OpenNode[] = [];
  let root: XmlNode | null = null;
  let at = 0;
  TOKEN.lastIndex = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) return null;
    at = TOKEN.lastIndex;
    const [, cdata, closing, name, , selfClosing, text] = match;
    const top = stack.at(-1);
    if (cdata !== undefined) {
      if (!top) return null;
      top.text += cdata;
    } else if (text !== undefined) {
      if (!top) {
        if (text.replace("\ufeff", "").trim() !== "") return null;
      } else {
        const decoded = decodeEntities(text);
        if (decoded === null) return null;
        top.text += decoded;
      }
    } else if (name !== undefined) {
      if (closing) {
        if (top?.name !== name) return null;
        stack.pop();
        root = attach(stack, top, root);
      } else {
        if ((root !== null && stack.length === 0) || stack.length >= MAX_DEPTH) return null;
        const opened: OpenNode = { name, text: "", children: [] };
        if (selfClosing) root = attach(stack, opened, root);
        else stack.push(opened);
      }
    }
  }
  return stack.length === 0 ? root : null;
}

function attach(stack: readonly OpenNode[], node: OpenNode, root: XmlNode | null): XmlNode | null {
  const done: XmlNode = { name: node.name, text: node.text.trim(), children: node.children };
  const parent = stack.at(-1);
  if (!parent) return done;
  parent.children.push(done);
  return root;
}

function decodeEntities(text: string): string | null {
  let good = true;
  const decoded = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));|&/gi,
    (_whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined && Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!;
      const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : Number.NaN;
      if (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
      good = false;
      return "";
    },
  );
  return good ? decoded : null;
}

/** Text of the first child of that name; `null` when there is none. */
export function childText(node: XmlNode, name: string): string | null {
  return node.children.find((child) => child.name === name)?.text ?? null;
}
