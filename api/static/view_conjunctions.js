export class ConjunctionsView {
  static id = "conjunctions";
  static title = "Conjunctions";
  constructor(app) { this.app = app; }
  show(box) { box.append("…"); }
}
