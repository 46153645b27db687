/**
 * One person on several channels. Two chats become one customer's on proof only: a phone that the platform vouches for, or a
 * code that staff had made in one chat and that is typed in the other. What anybody merely claims joins nothing. Staff can part
 * them again, and everything goes back to where it was.
 */
import type { Case } from "../cases/state.ts";
import type { TurnContext } from "../conversation/context.ts";
import type { LinkedFile } from "../conversation/facts.ts";
import { nameIn } from "../profile/model.ts";
import type { CustomerFile, JoinedFile, OwnedProduct } from "./state.ts";

const digits = (phone: string): string => phone.replace(/\D/g, "");

/** Did a platform or the shop vouch for this phone of a file? A file without a chat was written by the shop. */
function isProven({ file, conversations }: LinkedFile, phone: string): boolean {
  return conversations.length === 0 || (file.proven ?? []).some((one) => digits(one) === digits(phone));
}

/**
 * A phone that the platform vouches for: kept as proven, and the chat joins the file that has it by proof.
 *
 * @returns `joined` = the customer was known under it; `kept` = it stands in their own file now
 */
export function provePhone(turn: TurnContext, phone: string): "joined" | "kept" {
  const own = turn.customer();
  const others = turn.peopleWith(phone).filter((one) => one.file.id !== own?.id);
  const proven = others.filter((one) => isProven(one, phone));
  // Two files with the same proven phone are for staff to sort out.
  if (proven.length === 1) {
    join(turn, proven[0]!, "phone", null);
    return "joined";
  }
  if (proven.length > 1) turn.note("join_ambiguous", { files: proven.length });
  const file = turn.ensureCustomer();
  turn.saveCustomer({
    ...file,
    phones: [phone, ...file.phones.filter((one) => digits(one) !== digits(phone))],
    proven: [...new Set([...(file.proven ?? []), phone])],
  });
  return "kept";
}

/** Guesses of a code allowed in one conversation within {@link TRIES_MS}. */
const TRIES = 5;
const TRIES_MS = 3_600_000;

/**
 * Takes a message that is a code for joining. Anything else, and a code that is wrong, is an ordinary message: nobody learns
 * whether a code exists.
 *
 * @returns whether it was one
 */
export function takeJoinCode(turn: TurnContext, text: string): boolean {
  const code = /^\s*(\d{6})\s*$/.exec(text.normalize("NFKC"))?.[1];
  if (code === undefined) return false;
  const tries = (turn.state.joinTries ?? []).filter((at) => turn.now - at < TRIES_MS);
  if (tries.length >= TRIES) return false;
  const found = turn.joinOffer(code);
  if (!found || found.offer.until < turn.now || found.offer.conversation === turn.conversation) {
    turn.state.joinTries = [...tries, turn.now];
    return false;
  }
  const { offer, owner } = found;
  const own = turn.customer();
  if (owner && owner.file.id === own?.id) {
    turn.say(turn.words("join.done", { name: turn.callName() }));
    return true;
  }
  if (owner) join(turn, owner, "code", code);
  else {
    // The chat with the case has no file yet: it takes this one's.
    const file = turn.ensureCustomer();
    turn.rejoining = { files: [], links: [{ conversation: offer.conversation, customer: file.id }], code };
  }
  turn.say(turn.words("join.done", { name: turn.callName() }));
  tellStaff(turn, offer.case, offer.by);
  return true;
}

/** This chat, with its file if it has one, becomes the other file's. */
function join(turn: TurnContext, other: LinkedFile, proof: JoinedFile["proof"], code: string | null): void {
  // A file of its own, even an empty one, is what a parting goes back to.
  const own = turn.ensureCustomer();
  const chats = turn.linkedFile(own.id)?.conversations ?? [];
  const conversations = [...new Set([...chats, turn.conversation])];
  const { file } = other;
  const phones = own.phones.filter((phone) => !file.phones.some((known) => digits(known) === digits(phone)));
  const products = comingProducts(file, own);
  const joined: JoinedFile = { id: own.id, conversations, products: products.map((one) => one.id), phones, proof, at: turn.now };
  const into: CustomerFile = {
    ...file,
    name: file.name ?? own.name,
    title: file.title ?? own.title,
    address: file.address ?? own.address,
    phones: [...file.phones, ...phones],
    products: [...file.products, ...products],
    proven: [...new Set([...(file.proven ?? []), ...(own.proven ?? [])])],
    joined: [...(file.joined ?? []), joined],
  };
  turn.saveCustomer(into);
  turn.rejoining = {
    files: [{ ...own, joinedInto: file.id, updatedAt: turn.now }],
    links: conversations.map((conversation) => ({ conversation, customer: file.id })),
    code,
  };
  turn.note("customers_joined", { into: file.id, from: own.id, proof });
}

/** Products the other file does not have, under ids that are free there. */
function comingProducts(into: CustomerFile, from: CustomerFile): readonly OwnedProduct[] {
  const same = (one: OwnedProduct, other: OwnedProduct): boolean =>
    (one.plate !== null && one.plate === other.plate) || (one.serial !== null && one.serial === other.serial);
  const taken = new Set(into.products.map((one) => one.id));
  let next = 1;
  return from.products
    .filter((one) => !into.products.some((known) => same(known, one)))
    .map((one) => {
      while (taken.has(`p${next}`)) next++;
      const id = `p${next}`;
      taken.add(id);
      return { ...one, id };
    });
}

/** Parts what was joined last: each chat has its own file again. */
export function splitCustomer(turn: TurnContext, found: Case, by: string): void {
  const file = turn.customer();
  const last = file?.joined?.at(-1);
  const away = last && turn.linkedFile(last.id);
  if (!file || !last || !away) {
    turn.notify(by, turn.staffWords("staff.split_none", { number: found.number }), found.number);
    return;
  }
  const { joinedInto: _into, ...restored } = away.file;
  turn.saveCustomer({
    ...file,
    joined: file.joined!.slice(0, -1),
    products: file.products.filter((one) => !last.products.includes(one.id)),
    phones: file.phones.filter((one) => !last.phones.includes(one)),
  });
  turn.rejoining = {
    files: [{ ...restored, updatedAt: turn.now }],
    links: last.conversations.map((conversation) => ({ conversation, customer: last.id })),
    code: null,
  };
  turn.note("customers_split", { from: file.id, to: last.id });
  turn.writeLine(found.number, turn.staffWords("staff.split", { number: found.number }));
}

function tellStaff(turn: TurnContext, number: string, by: string): void {
  const text = turn.staffWords("staff.joined", {
    customer: turn.customer()?.name ?? nameIn(undefined, turn.lang),
    channel: turn.conversation.slice(0, turn.conversation.indexOf(":")),
  });
  turn.notify(by, text, number);
}
