FROM node:24-slim

ENV NODE_ENV=production \
    DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=3000

WORKDIR /app

COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

# The product runs as it is written: there is no build step.
COPY bots ./bots
COPY core ./core
COPY adapters ./adapters
COPY storage ./storage
COPY LICENSE README.md README.zh.md ./

RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000

# The first start trains the language model; that may take a minute on a small machine.
HEALTHCHECK --interval=15s --timeout=3s --start-period=90s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Node itself is the process that gets the signals, so that a stop finishes what is under way.
CMD ["node", "bots/anxin.ts", "start"]
