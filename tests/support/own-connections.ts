import { grpcClientOptions } from "@pulumi/pulumi/runtime/settings";

// Exported, but left out of the types.
declare module "@pulumi/pulumi/runtime/settings" {
  export const grpcClientOptions: Record<string, unknown>;
}

/**
 * Programs of many runs in one process share gRPC's connections by address. An engine that is gone leaves a broken one
 * behind, and the next engine that the system gives the same port would be called unavailable before anybody called it:
 * "No connection established. Last error: null" (@grpc/grpc-js, load-balancer-pick-first.js). So each client has its own.
 * https://github.com/grpc/grpc-node/blob/master/packages/grpc-js/README.md#supported-channel-options
 */
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
