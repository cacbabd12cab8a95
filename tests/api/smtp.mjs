// A mail server for tests: takes mail on a free port of this machine and misbehaves as it is told.
import net from "node:net";

export class MailServer {
  /** What it does wrong, if anything; may be changed at any time. */
  refuse = () => null; // (address) -> an answer to RCPT, as "550 no such mailbox"
  isMute = false; // says nothing to who connects, until `speak`
  isSlow = false; // does not answer after a mail, until `speak`
  dropsAfterData = 0; // takes so many mails, and hangs up instead of saying so

  messages = []; // {id, to, text}: all it has got whole, in order
  connections = 0; // so far
  ended = 0;
  #sockets = new Set();
  #waiting = [];

  static async start() {
    const server = new MailServer();
    await server.open();
    return server;
  }

  /** On the same port as before. */
  async open() {
    this.server = net.createServer((socket) => this.#talk(socket));
    await new Promise((resolve, reject) => this.server.once("error", reject).listen(this.port ?? 0, "127.0.0.1", resolve));
    this.port = this.server.address().port;
  }

  get config() {
    return { smtp_url: `smtp://127.0.0.1:${this.port}`, smtp_starttls: "no", mail_domain: "lienthong.example" };
  }

  /** Hangs up on everybody; nobody can connect. */
  async close() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  speak() {
    this.isMute = this.isSlow = false;
    for (const say of this.#waiting.splice(0)) say();
  }

  get isWaitedFor() {
    return this.#waiting.length > 0;
  }

  of(id) {
    return this.messages.filter((m) => m.id === id);
  }

  to(address) {
    return this.messages.filter((m) => m.to === address);
  }

  #talk(socket) {
    const say = (line) => socket.destroyed || socket.write(`${line}\r\n`);
    let pending = "", to = null, isData = false;
    this.connections++;
    this.#sockets.add(socket);
    socket.on("close", () => (this.ended++, this.#sockets.delete(socket))).on("error", () => {});
    socket.setEncoding("utf8").on("data", (part) => {
      pending += part;
      for (;;) {
        const end = isData ? pending.indexOf("\r\n.\r\n") + 3 : pending.indexOf("\r\n");
        if (end < (isData ? 3 : 0)) return;
        const text = pending.slice(0, end);
        pending = pending.slice(end + 2);
        if (isData) {
          isData = false;
          this.#take(socket, to, text.slice(0, -1), say);
        } else if (/^DATA/i.test(text)) {
          isData = true;
          say("354 go on");
        } else if (/^RCPT/i.test(text)) {
          to = text.match(/<(.*)>/)[1];
          say(this.refuse(to) ?? "250 fine");
        } else if (/^QUIT/i.test(text)) {
          socket.end("221 good day\r\n");
        } else say("250 fine");
      }
    });
    if (this.isMute) this.#waiting.push(() => say("220 test"));
    else say("220 test");
  }

  #take(socket, to, text, say) {
    this.messages.push({ id: text.match(/^Message-ID: (.*)\r$/m)[1], to, text });
    if (this.dropsAfterData > 0) {
      this.dropsAfterData--;
      socket.destroy();
    } else if (this.isSlow) this.#waiting.push(() => say("250 taken"));
    else say("250 taken");
  }
}

/** The value of a header, with its lines put together. */
export const header = (message, name) =>
  message.text.split("\r\n\r\n")[0].replace(/\r\n[ \t]/g, " ").match(new RegExp(`^${name}: (.*)$`, "m"))?.[1] ?? null;
