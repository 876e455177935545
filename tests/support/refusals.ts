import { expect } from "chai";
import type { JsonObject } from "../../sandbox/azure/json";
import { type Engine, openEngine, type EngineOptions, type Outcome } from "./engine";
import { type Place, place } from "./plain-azure";
import { type TenantFile, tenantFile } from "./tenant-file";

/** One thing that Azure turns down, and a plain program that asks for it. */
export interface RefusalScene {
  /** Azure's code; for Graph, which has one code for all, the number in its text. */
  readonly code: string;
  /** When, as the rest of a sentence: `a second Bastion in a subnet`. */
  readonly of: string;
  /** A part of the message that Azure is known to give. */
  readonly says: RegExp;
  /** What the engine shows, where the provider keeps Azure's answer to itself. @default code and message */
  readonly shows?: RegExp;
  /** What stands before. @default nothing */
  readonly before?: (at: Place) => void;
  /** The whole program afterwards; what it leaves out is deleted. */
  readonly after: (at: Place) => void;
  /** Key of the resource that is refused; of two that meet, either. */
  readonly refused: string | readonly [string, string];
}

interface Options {
  /** What happens between the two runs, such as a machine that is stopped. */
  readonly between?: (engine: Engine) => Promise<void>;
  readonly engine?: EngineOptions;
  /** Members of the tenant file in place of the sandbox's own. */
  readonly tenant?: JsonObject;
}

/**
 * Tests that each scene is refused and nothing else is. All scenes share one program, each in a resource group of its
 * own, and the engine goes on after an error, so one run provokes them all.
 */
export function testRefusals(
  title: string,
  scenes: readonly RefusalScene[],
  options: Options = {},
): void {
  const named = scenes.map((scene, index) => ({ ...scene, name: `s${index}` }));
  describe(title, () => {
    let engine: Engine;
    let outcome: Outcome;
    let tenant: TenantFile | undefined;
    before(async () => {
      tenant = options.tenant === undefined ? undefined : tenantFile(options.tenant);
      engine = await openEngine({ ...options.engine, tenantFile: tenant?.path });
      const stack = await engine.inline({
        program: () => {
          for (const { name, before } of named) if (before !== undefined) before(place(name));
          return undefined;
        },
      });
      await stack.up();
      await options.between?.(engine);
      outcome = await stack.up({
        flags: ["--continue-on-error"],
        mayFail: true,
        program: () => {
          for (const { name, after } of named) after(place(name));
          return undefined;
        },
      });
    });
    after(async () => {
      await engine.close();
      tenant?.remove();
    });

    for (const { name, code, of, says, shows, refused } of named) {
      it(`refuses ${of} with ${code}`, () => {
        const answers = engine
          .journal()
          .filter(
            ({ id, outcome: end }) => id.includes(`/rg-${name}/`) && /refused|failed/.test(end),
          )
          .map((answer) => `Code="${answer.code ?? ""}" Message="${answer.message ?? ""}"`);
        const failed = Object.entries(outcome.failures).filter(([key]) =>
          key.startsWith(`${name}-`),
        );
        const [[key, text] = ["", ""], ...others] = failed;
        expect([refused].flat()).to.include(key.slice(name.length + 1));
        const said = shows === undefined ? [text] : answers;
        expect(said).to.not.be.empty;
        for (const answer of said) {
          expect(answer).to.contain(code);
          expect(answer).to.match(says);
        }
        expect(text).to.match(shows ?? says);
        expect(others, "what else was refused").to.deep.equal([]);
      });
    }
  });
}
