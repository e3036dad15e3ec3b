export class PassesView {
  static id = "passes";
  static title = "Passes";
  constructor(app) { this.app = app; }
  show(box) { box.append("…"); }
}
