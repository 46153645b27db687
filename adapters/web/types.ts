/** Shapes of the web channel: what customers send and read, and what the channel needs around it. */

import type { TraceNames } from "../../core/conversation/explain.ts";
import type { Language, LocalText } from "../../core/language.ts";
import type { Clock, Feed, FileSource, Intake, Store } from "../../core/ports.ts";
import type { BusinessModel } from "../../core/profile/model.ts";
import type { DeskQuestions } from "../../core/spine/desk-questions.ts";
import type { InboundEvent, Media, Sender } from "../../core/spine/events.ts";

/** A customer's request that was read and found good. */
export interface WebMessage {
  readonly conversation: string;
  readonly id: string;
  readonly event: Extract<InboundEvent, { kind: "message" | "press" | "media" }>;
}

/** A message as customers read it. */
export interface PublicMessage {
  readonly seq: number;
  readonly id: string;
  readonly from: Sender;
  readonly text: string;
  readonly buttons?: readonly { readonly id: string; readonly label: string }[];
  /** What was sent beside the words. `url` for what staff sent; what the customer sent stays with us. */
  readonly media?: { readonly kind: Media["kind"]; readonly name: string | null; readonly url?: string };
  /** ISO 8601 in the business zone. */
  readonly at: string;
}

/** A customer whose part visitors of the try page can play. */
export interface SampleCustomer {
  /** Id of the customer file. */
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly vip: boolean;
  /** Conversation linked to the file, as in `POST /channels/web/messages`. */
  readonly conversation: string;
}

/** What the pages need to know of the business; the same for everyone. */
export interface About {
  readonly business: LocalText;
  readonly bot: LocalText;
  readonly zone: string;
  readonly currency: string;
  readonly languages: readonly Language[];
  readonly staff: readonly { readonly id: string; readonly name: LocalText; readonly role: string; readonly onCall: boolean }[];
  readonly customers: readonly SampleCustomer[];
  /** Root causes that a case may be given. */
  readonly causes: readonly { readonly id: string; readonly name: LocalText }[];
  /** Names of the running channels. */
  readonly channels: readonly string[];
  /** Names by id. */
  readonly names: Readonly<Record<"product" | "fault" | "service" | "technician" | "rule", Readonly<Record<string, LocalText>>>>;
}

export interface WebDependencies {
  readonly store: Store;
  readonly feed: Feed;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly about: About;
  /** What staff ask of the desk itself. */
  readonly questions: DeskQuestions;
  readonly model: BusinessModel;
  /** Where platforms keep files, by the channel's name; may be filled later. */
  readonly files: ReadonlyMap<string, FileSource>;
  /** Puts ids of traces into words. */
  readonly names: TraceNames;
  readonly limits?: Partial<WebLimits>;
}

export interface WebLimits {
  /** Messages of one conversation. */
  readonly conversation: { readonly burst: number; readonly perSecond: number };
  /** Messages of one caller's address, whatever the conversation. */
  readonly peer: { readonly burst: number; readonly perSecond: number };
  /** Open streams of one conversation. */
  readonly streamsPerConversation: number;
  /** Open streams of the desk. */
  readonly deskStreams: number;
}

/** Far above what people do, so that only programs that run wild feel them. */
export const WEB_LIMITS: WebLimits = {
  // A fast typist sends two short messages a second; a phone that comes back online sends what it kept at once.
  conversation: { burst: 300, perSecond: 20 },
  // An office of two hundred people behind one address. Programs on this machine are the operator's own and not counted.
  peer: { burst: 1_000, perSecond: 60 },
  // Phone, tablet and computer with a few tabs each.
  streamsPerConversation: 12,
  deskStreams: 200,
};
