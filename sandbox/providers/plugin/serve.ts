import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { immortal, type Mortality } from "./mortality";
import type { Provider } from "./provider";
import { serviceOf } from "./service";

/** Largest message of the engine's own clients and servers (sdk/go/common/util/rpcutil). */
const messageLimit = 400 * 1024 * 1024;

export interface ServedProvider {
  readonly port: number;
  close(): void;
}

/** Serves a provider on the loopback interface, at a port that the system picks. */
export async function serve(
  provider: Provider,
  mortality: Mortality = immortal,
): Promise<ServedProvider> {
  const server = new Server({ "grpc.max_receive_message_length": messageLimit });
  server.addService(ResourceProviderService, serviceOf(provider, mortality));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    close() {
      provider.cancel();
      server.forceShutdown();
    },
  };
}
