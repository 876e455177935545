import js from "@eslint/js";
import tseslint from "typescript-eslint";

// Imports point one way: stacks -> sdk -> components -> components/model; policy and report -> components/model.
// The sandbox, the benchmarks and the tests stand outside and may look in.
const never = (folders, message) => ({
  group: folders.flatMap((folder) => [`**/${folder}`, `**/${folder}/**`]),
  message,
});
const rootImport = {
  name: "@pulumi/azure-native",
  message: "Import the submodule (@pulumi/azure-native/network): the root costs a second at start.",
};
const imports = (...patterns) => ["error", { paths: [rootImport], patterns }];

const resourceInApply = {
  selector:
    "CallExpression[callee.property.name=/^(apply|then)$/] NewExpression[callee.type='MemberExpression']",
  message:
    "A resource made inside apply is missing from a preview; decide its existence from plain arguments.",
};
const readsConfig = [
  {
    selector: "NewExpression[callee.property.name='Config']",
    message: "Only stacks/ reads configuration; take it as an argument.",
  },
  {
    selector: "CallExpression[callee.property.name=/^(getStack|getProject|getOrganization)$/]",
    message: "Only stacks/ knows the environment; take it as an argument.",
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "Only stacks/ reads the environment; take it as an argument.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      "dist/**",
      ".sandbox/**",
      "coverage/**",
      "reports/**",
      ".stryker-tmp/**",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "no-restricted-imports": imports(),
      "no-restricted-syntax": ["error", resourceInApply],
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-imports": imports(
        never(
          ["stacks", "sdk", "policy", "report", "sandbox", "tests", "bench"],
          "components import components and components/model only.",
        ),
      ),
      "no-restricted-syntax": ["error", resourceInApply, ...readsConfig],
    },
  },
  {
    files: ["components/model/**/*.ts"],
    rules: {
      "no-restricted-imports": imports(
        { group: ["@pulumi/*"], message: "The model is pure: it knows no Pulumi." },
        {
          group: ["node:*", "fs", "path", "http", "https", "child_process"],
          message: "The model is pure: no I/O.",
        },
        never(
          ["stacks", "sdk", "policy", "report", "sandbox", "tests", "bench"],
          "The model imports the model only.",
        ),
      ),
    },
  },
  {
    files: ["sdk/**/*.ts"],
    rules: {
      "no-restricted-imports": imports(
        never(
          ["stacks", "policy", "report", "sandbox", "tests", "bench"],
          "sdk re-exports components only.",
        ),
      ),
      "no-restricted-syntax": ["error", resourceInApply, ...readsConfig],
    },
  },
  {
    files: ["stacks/**/*.ts"],
    rules: {
      "no-restricted-imports": imports(
        never(
          ["components", "policy", "report", "sandbox", "tests", "bench"],
          "stacks import sdk only, as a user would.",
        ),
      ),
    },
  },
  {
    files: ["policy/**/*.ts", "report/**/*.ts"],
    rules: {
      "no-restricted-imports": imports(
        never(
          ["stacks", "sdk", "sandbox", "tests", "bench"],
          "policy and report import components/model only.",
        ),
      ),
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      // chai's assertions are property reads, and async tests may await a plain value on one of two paths.
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        require: "readonly",
        module: "writable",
        __dirname: "readonly",
      },
    },
  },
  {
    // Handed to a browser as text.
    files: ["tests/support/page-measures.js"],
    languageOptions: {
      globals: {
        document: "readonly",
        getComputedStyle: "readonly",
        NodeFilter: "readonly",
        SVGElement: "readonly",
      },
    },
    rules: { "no-unused-expressions": "off" },
  },
);
