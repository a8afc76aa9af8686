# One image for web, worker and migration; compose.yaml says which is which.
FROM node:24-bookworm-slim
WORKDIR /andante
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && chown -R node:node /andante
USER node
ENV ANDANTE_HOST=0.0.0.0
EXPOSE 3000
CMD ["node", "server/cli/run.js", "web"]
