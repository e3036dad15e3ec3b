export class CoverageView {
  static id = "coverage";
  static title = "Coverage";
  constructor(app) { this.app = app; }
  show(box) { box.append("…"); }
}
