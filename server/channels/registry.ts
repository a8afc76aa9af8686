/** The adapters by kind, and how an account of each is opened. */
import { type ChannelAdapter, type ChannelKind, type ChannelSender, channelKinds, type SandboxSink } from './channel.ts';
import { openSandboxSender, sandboxAdapter } from './sandbox/adapter.ts';
import { openSmtpSender, smtpAdapter } from './smtp/adapter.ts';
import { smtpConfigSchema, smtpSecretSchema } from './smtp/config.ts';

const adapters: Record<ChannelKind, ChannelAdapter> = { sandbox: sandboxAdapter, smtp: smtpAdapter };

export function adapterOf(kind: ChannelKind): ChannelAdapter {
  return adapters[kind];
}

export function isChannelKind(kind: string): kind is ChannelKind {
  return (channelKinds as readonly string[]).includes(kind);
}

/** Opens an account. `config` and `secret` as stored: they are parsed again, and a mismatch throws. */
export function openSender(
  account: { kind: ChannelKind; config: unknown; secret: unknown },
  deps: { sandboxSink: SandboxSink },
): ChannelSender {
  switch (account.kind) {
    case 'sandbox':
      return openSandboxSender(deps.sandboxSink);
    case 'smtp':
      return openSmtpSender(smtpConfigSchema.parse(account.config), smtpSecretSchema.parse(account.secret));
  }
}
