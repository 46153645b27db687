/** Who plays in a script, each in a conversation of their own. */
import type { Script } from "./schema.ts";

export class Cast {
  private readonly script: Script;

  constructor(script: Script) {
    this.script = script;
  }

  /** The conversation of a customer by name or id; anybody else is a guest. */
  conversationOf(name: string): string {
    const index = this.script.customers.findIndex((customer) => customer.name === name || customer.id === name);
    return `${this.script.channel}:${index >= 0 ? `customer-${index + 1}` : `guest-${name}`}`;
  }

  nameOf(conversation: string): string {
    const match = /:customer-(\d+)$/.exec(conversation);
    return match ? this.script.customers[Number(match[1]) - 1]!.name : conversation.replace(/^[^:]*:guest-/, "");
  }

  /** Those of the script's customers, and one more. */
  conversationsWith(conversation: string): ReadonlySet<string> {
    return new Set([...this.script.customers.map((customer) => this.conversationOf(customer.name)), conversation]);
  }
}
