// Compares what pairs of modules share with others: what they import and export, and the names they read from objects.
// [[name, source, delivered], ...] on standard input. The parser is the one that Node carries.
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const walk = require("internal/deps/acorn/acorn-walk/dist/walk");

const AS_OPERATORS = ["abs", "sqrt"];  // of Math: written as x < 0 ? -x : x and x ** .5

const sorted = (names) => [...new Set(names)].sort().join(" ");

function namesOf(source) {
  const tree = parse(source, { ecmaVersion: "latest", sourceType: "module" }), imported = [], exported = [], read = [];
  for (const node of tree.body) {
    if (node.type === "ImportDeclaration") imported.push(...node.specifiers.map((one) => `${node.source.value}:${one.imported?.name}`));
    if (node.type === "ExportNamedDeclaration") {
      exported.push(...node.specifiers.map((one) => one.exported.name));
      for (const one of node.declaration?.declarations ?? [node.declaration].filter(Boolean)) exported.push(one.id.name);
    }
  }
  walk.full(tree, (node) => { if (node.type === "MemberExpression" && !node.computed && !AS_OPERATORS.includes(node.property.name)) read.push(node.property.name); });
  return { imported: sorted(imported), exported: sorted(exported), read: sorted(read) };
}

let differing = 0;
for (const [name, source, delivered] of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
  const [before, after] = [namesOf(source), namesOf(delivered)];
  for (const kind of Object.keys(before)) {
    if (before[kind] === after[kind]) continue;
    differing++;
    console.log(`${name} ${kind}\n  ${before[kind]}\n  ${after[kind]}`);
  }
}
process.exit(differing ? 1 : 0);
