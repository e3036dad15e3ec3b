// What the page adds to the window.
interface Window {
  Cesium: any;
  CESIUM_BASE_URL: string;
  __ssa: any;
}
