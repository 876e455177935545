import { join } from "node:path";
import * as ts from "typescript";
import { REPOSITORY } from "../../sandbox/options";

const FILE = join(REPOSITORY, "components/secure-jump-access-args.ts");

/** Everything that a caller of a component can write, as paths; `*` stands for a key of the caller's own. */
export interface ArgumentInputs {
  /** Values: text, numbers, switches, lists, and the entries of maps. */
  readonly values: readonly string[];
  /** Objects that may be left out as a whole. */
  readonly optional: readonly string[];
}

function isMap(type: ts.Type): boolean {
  return type.getStringIndexType() !== undefined && type.getProperties().length === 0;
}

/**
 * The inputs below an interface, read from its type by the TypeScript compiler, so that an argument that is added is
 * one more input without anybody's doing.
 */
export function argumentInputs(name = "SecureJumpAccessArgs", file = FILE): ArgumentInputs {
  const { config } = ts.readConfigFile(join(REPOSITORY, "tsconfig.json"), (path) =>
    ts.sys.readFile(path),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, REPOSITORY);
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbol = module?.exports?.get(ts.escapeLeadingUnderscores(name));
  if (symbol === undefined) throw new Error(`${file} exports no ${name}`);

  const values = new Set<string>();
  const optional = new Set<string>();

  /** What a caller writes in place of `pulumi.Input<T>` is a `T`. */
  const plain = (type: ts.Type): ts.Type => {
    const given = checker.getNonNullableType(type);
    const [inner] = given.aliasTypeArguments ?? [];
    return given.aliasSymbol?.name === "Input" && inner !== undefined ? plain(inner) : given;
  };

  const walk = (given: ts.Type, path: string): void => {
    const type = plain(given);
    const members = type.isUnion() ? type.types : [type];
    const objects = members.filter(
      (member) => (member.flags & ts.TypeFlags.Object) !== 0 && !checker.isArrayType(member),
    );
    if (objects.length < members.length) values.add(path);
    for (const object of objects) {
      const entry = isMap(object) ? object.getStringIndexType() : undefined;
      if (entry !== undefined) {
        values.add(`${path}.*`);
        if (!isScalar(entry)) walk(entry, `${path}.*`);
        continue;
      }
      for (const property of object.getProperties()) {
        const inside = path === "" ? property.name : `${path}.${property.name}`;
        const of = checker.getTypeOfSymbol(property);
        if ((property.flags & ts.SymbolFlags.Optional) !== 0 && !isScalar(of)) optional.add(inside);
        walk(of, inside);
      }
    }
  };

  /** Text, a number, a switch or a list: nothing that has inputs of its own. */
  const isScalar = (given: ts.Type): boolean => {
    const type = plain(given);
    return (type.isUnion() ? type.types : [type]).every(
      (member) => (member.flags & ts.TypeFlags.Object) === 0 || checker.isArrayType(member),
    );
  };

  walk(checker.getDeclaredTypeOfSymbol(symbol), "");
  return { values: [...values].sort(), optional: [...optional].sort() };
}
