import Ajv, { type ErrorObject } from "ajv";
import type { Declaration } from "../components/model/estate/access-estate";
import { parseScope } from "../components/model/estate/scope";
import type { ActivationDemand } from "../components/model/pim-policy";
import schema from "./declaration.schema.json";
import { ReportError } from "./report-error";

/** The file of `--declare`, as the schema has let it through. */
interface DeclarationFile {
  readonly breakGlass?: readonly string[];
  readonly customPorts?: readonly number[];
  readonly activation?: readonly (Omit<ActivationDemand, "ticket"> & {
    readonly ticket?: boolean;
    readonly scope?: string;
    readonly role?: string;
  })[];
}

const validate = new Ajv({ allErrors: true, verbose: true }).compile<DeclarationFile>(schema);

/**
 * Reads what the author says is meant.
 * @param file its name, for messages
 * @throws ReportError with every problem at once
 */
export function readDeclaration(content: unknown, file: string): Partial<Declaration> {
  if (!validate(content)) {
    const problems = (validate.errors ?? []).map((error) => `${file}: ${problemOf(error)}`);
    throw new ReportError([...new Set(problems)]);
  }
  const { breakGlass, customPorts, activation = [] } = content;
  const problems: string[] = [];
  const demands = activation.map(({ scope, ...demand }, index) => {
    const read = scope === undefined ? undefined : parseScope(scope);
    if (scope !== undefined && read === undefined) {
      problems.push(
        `${file}: activation[${index}].scope: "${scope}" is no scope; write /subscriptions/GUID, /subscriptions/GUID/resourceGroups/NAME or the id of a resource`,
      );
    }
    return {
      ...demand,
      ticket: demand.ticket ?? false,
      scope: read,
      role: demand.role?.toLowerCase(),
    };
  });
  if (problems.length > 0) throw new ReportError(problems);
  return {
    ...(breakGlass === undefined ? {} : { breakGlass: breakGlass.map((id) => id.toLowerCase()) }),
    ...(customPorts === undefined ? {} : { customPorts }),
    ...(content.activation === undefined ? {} : { activation: demands }),
  };
}

/** `/activation/0/scope` as a reader of the file writes it: `activation[0].scope`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .reduce(
      (path, part) =>
        /^\d+$/.test(part) ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`,
      "",
    );
}

function problemOf({ instancePath, keyword, params, data, schemaPath }: ErrorObject): string {
  const path = pathOf(instancePath);
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const value = JSON.stringify(data);
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "required":
      return `${at(String(given.missingProperty))}: missing; say what activation has to ask for`;
    case "additionalProperties":
      return `${at(String(given.additionalProperty))}: not a field of a declaration; docs/report.md lists them`;
    case "type":
      return `${path === "" ? "the file" : path}: ${value} is not of type ${String(given.type)}; docs/report.md shows an example`;
    case "pattern":
      return schemaPath.includes("guid")
        ? `${path}: ${value} is not a GUID; write an object id or the id of a role`
        : `${path}: ${value} is no scope; write it as /subscriptions/GUID/...`;
    default:
      return `${path}: ${value} is out of range (${String(given.comparison)} ${String(given.limit)}); docs/report.md says what is meant`;
  }
}
