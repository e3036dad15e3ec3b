export class JobsView {
  static id = "jobs";
  static title = "Jobs";
  constructor(app) { this.app = app; }
  show(box) { box.append("…"); }
}
