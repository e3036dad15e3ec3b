export class DebrisView {
  static id = "debris";
  static title = "Debris";
  constructor(app) { this.app = app; }
  show(box) { box.append("…"); }
}
